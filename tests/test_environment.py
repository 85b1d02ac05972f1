"""True before anything runs: one list of dependencies, tidy code, files and links that hold on any machine."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.support.needs import MAKE, missing, need

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LISTED = [
    *PROJECT["project"]["dependencies"],
    *(line for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra),
]
TEXT = {"capture_output": True, "encoding": "utf-8", "errors": "replace"}
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[A-Za-z0-9.+!]+)")
# Joined here, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(words)
    for words in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("anaconda", "org"),
        ("anaconda", "com"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
    )
]
# A folder of somebody's machine at the start of a path. `../work/` is the student's folder and `/work/` alone, in
# .gitignore, the same: both are fine.
MACHINE = re.compile(r"(?<![\w.*-])/(?:work|root|home|farm|Users)/\w|(?<![\w.])/tmp/(?:venv|brief)\b|[A-Z]:\\+Users\\")
MARKDOWN_LINK = re.compile(r"(?<!\\)\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
HTML_LINK = re.compile(r"<(?:a|img)\b[^>]*?\b(?:href|src)=\"([^\"]+)\"")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)


def project_files() -> list[Path]:
    """What git tracks, and what it would take; a skip in a copy without git."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(listed, check=True, **TEXT)
    except (OSError, subprocess.CalledProcessError):
        missing("this is no git checkout, so nobody knows which files belong to the project")
    return [ROOT / name for name in sorted(set(done.stdout.split("\0"))) if name and (ROOT / name).is_file()]


def pins() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [PIN.fullmatch(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
    return {canonicalize_name(pin["name"]): Version(pin["version"]) for pin in found if pin}


# Dependencies


def test_constraints_hold_exact_versions_and_nothing_else():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line.strip() and not line.startswith("#")]
    assert [line for line in lines if not PIN.fullmatch(line)] == []
    assert len(pins()) == len(lines) > 50
    assert "://" not in "\n".join(lines)


@pytest.mark.parametrize("line", LISTED)
def test_every_dependency_has_a_tested_version_that_fits(line):
    wanted = Requirement(line)
    pin = pins().get(canonicalize_name(wanted.name))
    assert pin is not None, f"constraints.txt has no version of {wanted.name}"
    assert pin in wanted.specifier, (
        f"constraints.txt pins {wanted.name}=={pin}; pyproject.toml wants {wanted.specifier}"
    )


def test_dependencies_are_listed_once():
    names = [canonicalize_name(Requirement(line).name) for line in LISTED]
    assert sorted(names) == sorted(set(names))


def test_the_conda_environment_leaves_the_list_to_pyproject():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, last = environment["dependencies"]
    assert conda == [f"python{PROJECT['project']['requires-python']}", "pip"]
    assert last == {"pip": ["-c constraints.txt", "-e ."]}


def test_pip_accepts_what_the_conda_environment_hands_it(tmp_path):
    """conda writes the pip entries to a file beside environment.yml and runs pip there. So do we, in a copy."""
    for name in ("pyproject.toml", "constraints.txt", "environment.yml", "README.md", "LICENSE", "LICENSE-prose.md"):
        shutil.copy(ROOT / name, tmp_path)
    for package in ("course", "autograder"):
        (tmp_path / package).mkdir()
        shutil.copy(ROOT / package / "__init__.py", tmp_path / package)
    entries = yaml.safe_load((tmp_path / "environment.yml").read_text(encoding="utf-8"))["dependencies"][-1]["pip"]
    (tmp_path / "condaenv.requirements.txt").write_text("\n".join(entries), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--retries", "1", "--timeout", "15"]
    done = subprocess.run([*command, "-r", "condaenv.requirements.txt"], cwd=tmp_path, **TEXT)
    said = done.stdout + done.stderr
    if done.returncode and re.search(r"No matching distribution found for setuptools", said):
        missing("pip cannot fetch setuptools, which reads pyproject.toml: there is no network")
    assert done.returncode == 0, said
    assert f"Would install {PROJECT['project']['name']}-{PROJECT['project']['version']}" in said


def test_make_lays_the_students_settings_of_jupyterlab_into_its_own_environment(tmp_path):
    """And the news stay away. (`true` in the place of Python makes no environment.)"""
    need(MAKE)
    done = subprocess.run(["make", f"VENV={tmp_path}", "PYTHON=true", f"{tmp_path}/.lab"], cwd=ROOT, **TEXT)
    assert done.returncode == 0, done.stdout + done.stderr
    laid = tmp_path / "share/jupyter/lab/settings/overrides.d/course.json"
    assert laid.read_bytes() == (ROOT / "autograder/publish/edition_files/settings/notebooks.json").read_bytes()
    (page,) = tmp_path.glob("etc/jupyter/labconfig/page_config.d/*.json")
    assert json.loads(page.read_text()) == {
        "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}
    }


# Code


def test_ruff_finds_nothing_in_code_and_notebooks():
    done = ruff("check", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_are_formatted():
    """Modules only: cells and examples are laid out by hand, so that columns of numbers stay columns."""
    done = ruff("format", "--check", "--exclude", "*.ipynb", "--exclude", "*.md", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def ruff(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "ruff", *words, "--no-cache"], cwd=ROOT, **TEXT)


# Files that hold elsewhere


def machine_names(text: str) -> list[str]:
    """Paths of one machine and hosts of package registries that a text names."""
    return [match.group() for match in MACHINE.finditer(text)] + [host for host in REGISTRIES if host in text]


def test_no_file_names_a_machine_or_a_package_registry():
    found = {}
    for path in project_files():
        try:
            names = machine_names(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
        if names:
            found[path.relative_to(ROOT).as_posix()] = names
    assert found == {}


@pytest.mark.parametrize("root", ["work", "root", "home", "Users"])
def test_machine_paths_are_noticed_where_they_are_some(root):
    assert machine_names(f"see /{root}/ann/course") and machine_names(f'"/{root}/main"')
    assert not machine_names(f"[yours](../../{root}/06-batch/batch.ipynb) or /{root}/")
    assert machine_names(f"https://{REGISTRIES[0]}/simple") == [REGISTRIES[0]]


def relative_links(path: Path) -> Iterator[str]:
    """Targets of links and pictures in a Markdown file or in a notebook's Markdown, without code and remote ones."""
    texts = [path.read_text(encoding="utf-8")]
    if path.suffix == ".ipynb":
        cells = nbformat.reads(texts[0], as_version=4).cells
        texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    for text in texts:
        prose = CODE.sub("", text)
        for target in [*MARKDOWN_LINK.findall(prose), *HTML_LINK.findall(prose)]:
            if not re.match(r"[a-z][a-z0-9+.-]*:", target):
                yield target


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub and JupyterLab make of a Markdown file's headings."""
    headings = re.findall(r"^#+ +(.+?) *$", CODE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path: Path, root: Path) -> list[str]:
    """Targets that do not exist. work/ is filled from release/ by `make lab`, so what is there counts as existing."""
    broken = []
    for link in relative_links(path):
        name, _, anchor = link.partition("#")
        target = Path(os.path.normpath(path.parent / name)) if name else path
        if target.is_relative_to(root / "work"):
            target = root / "release" / target.relative_to(root / "work")
        inside = target.is_relative_to(root) and target.exists()
        if not inside or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    return broken


def test_every_relative_link_leads_to_a_file():
    found = {
        path.relative_to(ROOT).as_posix(): broken
        for path in project_files()
        if path.suffix in (".md", ".ipynb") and (broken := broken_links(path, ROOT))
    }
    assert found == {}


def test_broken_links_are_noticed(tmp_path):
    lesson, exercise = tmp_path / "course/lessons/01.ipynb", tmp_path / "release/01/one.ipynb"
    for path, text in (
        (lesson, '[write](../../work/01/one.ipynb) [gone](02.ipynb) <img src="no.svg"> [far](https://example.org)'),
        (exercise, "[lesson](../../course/lessons/01.ipynb), `[code](nothing)`, [out](../../../secret.md)"),
    ):
        path.parent.mkdir(parents=True)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text, id="text")])
        nbformat.write(notebook, path)
    (tmp_path / "README.md").write_text(
        "# One door\n\n[in](#one-door) [up](#another) ![one](release)\n", encoding="utf-8"
    )
    assert broken_links(lesson, tmp_path) == ["02.ipynb", "no.svg"]
    assert broken_links(exercise, tmp_path) == ["../../../secret.md"]
    assert broken_links(tmp_path / "README.md", tmp_path) == ["#another"]
