"""The letters of a prediction's choices, and how what somebody wrote is read as one of them."""

LETTERS = "abcd"
LIMIT = 100  # characters of a text that may be a letter


def read_letter(written) -> str | None:
    """One of `LETTERS` from what was written, as in "b", "(b)", "B."; None if it is none of them."""
    chosen = str(written).strip().strip("().").lower()
    return chosen if len(chosen) == 1 and chosen in LETTERS else None
