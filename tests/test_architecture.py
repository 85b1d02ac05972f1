"""The house: imports point down without a circle, modules and functions stay small. The floors stand in pyproject.toml."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODULES = [path for folder in ("autograder", "course") for path in sorted((ROOT / folder).rglob("*.py"))]
LINES, FUNCTION_LINES = 300, 40
DATA = ("autograder/exercises/", "autograder/demo/wrong.py")  # declarations, however many there are
DRAWINGS = ("course/figures/", "course/graph.py")  # a drawing is one list of strokes


def starts(path: Path, names: tuple[str, ...]) -> bool:
    return path.relative_to(ROOT).as_posix().startswith(names)


def lint(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=folder, capture_output=True, text=True
    )


def test_imports_point_down():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_an_import_that_points_up_is_found(tmp_path):
    """The same contracts, on a house in which the sandbox asks for the answers."""
    for path in MODULES:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "autograder/sandbox/peek.py").write_text("from autograder.reference import relu  # noqa: F401\n")
    done = lint(tmp_path)
    assert done.returncode == 1 and "autograder.sandbox.peek -> autograder.reference" in done.stdout


def test_modules_are_small():
    lines = {
        path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines())
        for path in MODULES
        if not starts(path, DATA)
    }
    assert {name: count for name, count in lines.items() if count > LINES} == {}


def test_functions_are_small():
    long = {}
    for path in (path for path in MODULES if not starts(path, DRAWINGS)):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = node.end_lineno - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT)}: {node.name}"] = lines
    assert long == {}


def test_what_only_asks_where_things_are_waits_neither_for_numpy_nor_for_pictures():
    """A server's start, and each command of the course's that needs no numbers."""
    for module in ("course", "course.progress_table", "course.lab", "course.untouched"):
        asked = f"import sys, {module}; print(*{{'numpy', 'matplotlib', 'course.checking'}} & set(sys.modules))"
        said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True)
        assert (said.returncode, said.stdout.strip(), said.stderr) == (0, "", ""), module


def test_no_module_of_the_course_bears_the_name_of_what_is_loaded_late():
    """Importing it would put the module where the notebooks expect a function."""
    import course

    assert not set(course.__all__) & {path.stem for path in Path(course.__file__).parent.iterdir()}
    assert all(callable(getattr(course, name)) for name in course.__all__)
