"""What a run left out, said once, when everything else has been said: how many tests, why, and the way to have them.

And what was run twice, and why: a browser test that passes the second time leaves no other trace.
"""

from collections import Counter

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter):
    """After every other summary; pytest's own closing line stays the last."""
    result = yield
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.write_line(f"run again: {report.nodeid}: {_cause(report)}")
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.write_sep("=", f"{len(skipped)} skipped; with REQUIRE_ALL=1 they fail")
        for why, count in Counter(map(_reason, skipped)).most_common():
            terminalreporter.write_line(f"{count:5}  {why}")
    return result


def _reason(report) -> str:
    """Of a skip pytest keeps file, line and words; of one that a worker reports, too."""
    said = report.longrepr[2] if isinstance(report.longrepr, (tuple, list)) else str(report.longrepr)
    return " ".join(said.removeprefix("Skipped: ").split())


def _cause(report) -> str:
    """Where a test that was run again had failed, and the first lines of why."""
    crash = getattr(report.longrepr, "reprcrash", None)
    said = f"line {crash.lineno}: {crash.message}" if crash else str(report.longrepr)
    return " | ".join(said.splitlines()[:6])
