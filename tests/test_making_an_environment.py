"""environment.py, which makes the environment: the ways it takes, what it leaves alone, and what it says."""

import ast
import importlib.util
import re
import runpy
import subprocess
import sys
import tomllib

import pytest

from tests.support.grading import ROOT

SCRIPT = ROOT / "environment.py"


@pytest.fixture
def environment():
    """A fresh copy of the module."""
    found = importlib.util.spec_from_file_location("environment", SCRIPT)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture
def asked(environment, monkeypatch):
    """The commands that would be run, in order; those whose program is in `fails` end badly."""
    commands, fails = [], set()

    def watched(words, command):
        commands.append(command)
        return not fails & {command[0], *command[1:3]}

    monkeypatch.setattr(environment, "watched", watched)
    commands.append(fails)
    yield commands
    commands.clear()


def machine(environment, monkeypatch, has):
    """A machine on which these run: "uv" on PATH, "pip" in the environment; and Python."""

    def which(name, path=None):
        return f"{path}/{name}" if path and name == "python" else name if not path and name in has else None

    monkeypatch.setattr(environment, "runs", lambda words: any(word in {*has, "-c"} for word in words))
    monkeypatch.setattr(environment.shutil, "which", which)


def test_it_wants_the_python_that_the_project_wants(environment):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=" + ".".join(map(str, environment.OLDEST))
    assert re.fullmatch(r"uv==[\d.]+", environment.UV)


def test_an_old_python_can_read_it_and_says_in_one_line_what_to_do(monkeypatch, capsys):
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    with pytest.raises(SystemExit, match="2"):
        runpy.run_path(str(SCRIPT))
    said = capsys.readouterr().err
    assert "is Python 3.10.12, and 3.11 or later is needed" in said and "PYTHON=" in said and said.count("\n") == 1


def test_uv_of_the_machine_installs_everything(environment, asked, monkeypatch, tmp_path):
    machine(environment, monkeypatch, {"uv"})
    environment.make_environment(tmp_path / "new", ["--editable", "."], compiled=False)
    (command,) = asked[1:]
    constraints = ["--constraint", str(ROOT / "constraints.txt")]
    assert command[1:] == [
        "pip",
        "install",
        *constraints,
        "--editable",
        ".",
        "pip",
        "--python",
        f"{tmp_path}/new/bin/python",
    ]


def test_where_uv_fails_pip_takes_over(environment, asked, monkeypatch, tmp_path):
    machine(environment, monkeypatch, {"uv", "pip"})
    asked[0].add("uv")
    environment.make_environment(tmp_path / "new", ["--editable", "."], compiled=False)
    by_uv, by_pip = asked[1:]
    assert by_uv[:2] != by_pip[:2] and by_pip[1:4] == ["-m", "pip", "install"] and by_pip[-1] == "--no-compile"
    assert {"--constraint", "--editable", "."} <= set(by_pip)


def test_where_nothing_can_be_fetched_it_says_so(environment, asked, monkeypatch, tmp_path, capsys):
    machine(environment, monkeypatch, {"pip"})
    asked[0].add("pip")
    assert environment.main([str(tmp_path / "new"), "--editable", "."]) == 2
    assert "is there a network?" in capsys.readouterr().err


def test_a_python_with_neither_pip_nor_uv_names_the_package(environment, asked, monkeypatch, tmp_path, capsys):
    machine(environment, monkeypatch, set())
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    assert environment.main([str(tmp_path / "new"), "--editable", "."]) == 2
    said = capsys.readouterr().err
    assert "sudo apt install python3-venv" in said and said.count("\n") == 1
    assert asked[1:] == []


def test_a_folder_that_is_no_environment_is_left_alone(environment, tmp_path, capsys):
    (tmp_path / "letters.txt").write_text("dear")
    assert environment.main([str(tmp_path), "--editable", "."]) == 2
    said = capsys.readouterr().err
    assert "no environment of Python" in said and said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="puts a script in the place of Python")
def test_an_environment_that_works_stays_and_another_is_made_anew(environment, tmp_path):
    folder, mine = tmp_path / "made", tmp_path / "made/mine.txt"
    environment.make_folder(folder)
    mine.touch()
    environment.make_folder(folder)
    assert mine.exists()
    python = folder / "bin/python"
    python.unlink()
    python.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")  # of another version, or moved away
    python.chmod(0o755)
    environment.make_folder(folder)
    assert not mine.exists() and subprocess.run([python, "-c", "pass"]).returncode == 0


def test_a_long_command_is_never_silent(environment, monkeypatch, capsys):
    monkeypatch.setattr(environment, "SILENCE", 0.05)
    assert environment.watched("waiting", [sys.executable, "-uc", "import time; print('half way'); time.sleep(1.5)"])
    first, *later = capsys.readouterr().out.splitlines()
    assert first == "waiting ..." and len(later) >= 3 and later[-1].endswith(" s  half way")


def test_what_a_command_said_is_shown_if_it_fails(environment, capsys):
    code = "import sys; print('one'); sys.exit('two')"
    assert not environment.watched("trying", [sys.executable, "-c", code])
    assert {"one", "two"} <= set(capsys.readouterr().err.splitlines())
