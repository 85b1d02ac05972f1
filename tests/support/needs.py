"""What some tests need beyond Python: without it they are skipped, or fail where everything has to run."""

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip the test that asks, or fail it if REQUIRE_ALL=1."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"REQUIRE_ALL=1, and {what}.", pytrace=False)
    pytest.skip(f"{what}.")
