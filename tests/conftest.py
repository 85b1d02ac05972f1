"""Fixtures that several tests share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SCREENSHOTS = Path(__file__).parent / "screenshots"
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keep whether a test failed, for fixtures that leave evidence behind."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="module")
def chromium():
    """A browser for the tests of one file."""
    from tests import browser

    with browser.chromium() as started:
        yield started


@pytest.fixture
def page(request, chromium):
    """A page that remembers nothing; if the test fails, what it showed is kept in tests/screenshots/."""
    screenshot = SCREENSHOTS / f"{request.node.path.stem}-{re.sub(r'[^a-z0-9]+', '-', request.node.name)}.png"
    screenshot.unlink(missing_ok=True)
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    if request.node.stash.get(FAILED, False):
        page.screenshot(path=screenshot)
    context.close()
