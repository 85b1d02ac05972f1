"""Fixtures that several tests share."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support import warm
from tests.support.skipped import pytest_terminal_summary  # noqa: F401 (pytest calls it)

# No test reads the configuration of whoever runs it: it may name a real course (see autograder/scratch.py).
os.environ["JUPYTER_CONFIG_DIR"] = str(Path(tempfile.gettempdir(), f"no-configuration-{os.getpid()}"))
os.environ.pop("JUPYTER_CONFIG_PATH", None)
SCREENSHOTS = Path(__file__).parent / "screenshots"
FAILED = pytest.StashKey[bool]()


def pytest_configure(config):
    """Workers find the warm processes of the run that started them."""
    if not hasattr(config, "workerinput"):
        warm.prepare()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keep whether a test failed, for fixtures that leave evidence behind."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def pytest_collection_modifyitems(items):
    """A browser test that fails is run once more, and the report says so: on a busy machine a page may lose a key or a click."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """The book of the course as it is, built once for all workers. Tests only read it."""
    from tests.support.book import built_book

    base = tmp_path_factory.getbasetemp()  # a worker's own, below that of the run
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "the-book"
    pages, finished = folder / "build" / "book", folder / "finished"
    with FileLock(f"{folder}.lock"):
        if not finished.exists():
            shutil.rmtree(folder, ignore_errors=True)
            assert built_book(folder) == pages
            finished.touch()
    return pages


@pytest.fixture(scope="module")
def chromium():
    """A browser for the tests of one file."""
    from tests.support import browser

    with browser.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A fresh copy of what a student has, for the tests of one file."""
    from tests.support.browser import students_course

    return students_course(tmp_path_factory.mktemp("student") / "course")


@pytest.fixture(scope="module")
def lab(chromium, folder, tmp_path_factory):
    """The address of a JupyterLab on that copy, which serves Notebook 7 as well. (Without Chromium it is not started.)"""
    from tests.support.browser import jupyter_lab

    with jupyter_lab(folder, tmp_path_factory.mktemp("jupyter")) as address:
        yield address


@pytest.fixture(scope="session")
def class_(tmp_path_factory):
    """The demo's class, handed in and not graded. Tests work on copies of it."""
    from tests.support import demo_class

    return demo_class.handed_in(tmp_path_factory.mktemp("class") / "course")


@pytest.fixture(scope="session")
def by_engine(class_, tmp_path_factory):
    """The same class, graded by `autograder grade`. Tests only read it."""
    from tests.support import demo_class, grading

    course = demo_class.copy_of(class_, tmp_path_factory.mktemp("engine") / "course")
    report = grading.autograder_grade(course, demo_class.CHAPTER, AUTOGRADER_SEED="same")
    assert report["graded"] == len(list(course.glob(f"submitted/*/{demo_class.CHAPTER}")))
    return course


@contextmanager
def evidence(request, page):
    """If the test fails, what the page showed is kept in tests/screenshots/."""
    screenshot = SCREENSHOTS / f"{request.node.path.stem}-{re.sub(r'[^a-z0-9]+', '-', request.node.name)}.png"
    screenshot.unlink(missing_ok=True)
    yield page
    if request.node.stash.get(FAILED, False):
        page.screenshot(path=screenshot)


@pytest.fixture
def page(request, chromium):
    """A page that remembers nothing."""
    from tests.support.browser import forget

    context = chromium.contexts[0]
    with evidence(request, context.new_page()) as page:
        yield page
    forget(context)
