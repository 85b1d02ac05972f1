"""When something was handed in: what is unambiguous is read, and what nbgrader reads oddly is said."""

from datetime import datetime

import pytest

from autograder.grading.times import read_time

NOON = datetime(2027, 6, 1, 12)


@pytest.mark.parametrize(
    "stated",
    [
        "2027-06-01 12:00:00",
        "2027-06-01 12:00:00.000000 UTC",
        "2027-06-01T12:00:00Z",
        "2027-06-01 14:00:00+02:00",
        "2027-06-01 14:00:00 Europe/Berlin",
        "Tue Jun  1 12:00:00 2027",
    ],
)
def test_what_nbgrader_reads_rightly_is_read_in_silence(stated):
    assert read_time(stated) == (NOON, "")


@pytest.mark.parametrize(
    ("stated", "theirs"),
    [
        ("2027-06-01 14:00:00 +0200", "13:56:40"),
        ("2027-06-01 14:00:00 +02:00", "14:00:00"),
        ("2027-06-01 14:00:00 CEST", "14:00:00"),
        ("2027-06-01 08:00:00 EDT", "08:00:00"),
        ("2027-06-01 05:00:00 -0700", "05:11:40"),
    ],
)
def test_what_nbgrader_reads_oddly_is_read_and_said(stated, theirs):
    moment, note = read_time(stated)
    assert moment == NOON and stated in note and theirs in note and "12:00:00 UTC" in note


@pytest.mark.parametrize("name", ["CST", "IST", "BST", "XYZ", "Europe/Nowhere"])
def test_a_name_with_several_meanings_is_not_guessed(name):
    moment, note = read_time(f"2027-06-01 12:00:00 {name}")
    assert moment is None and note.startswith("needs a person: ") and name in note


@pytest.mark.parametrize(
    "stated",
    [
        "soon",
        "01.06.2027 12:00",
        "06/01/2027 12:00",
        "2027-13-01 12:00",
        "Jun 1",
        "2027-06-01 12:00 ../../etc",
        "9" * 99,
    ],
)
def test_what_is_no_time_is_no_time(stated):
    moment, note = read_time(stated)
    assert moment is None and "not known when this was handed in" in note


def test_nothing_said_is_no_reason_to_ask():
    assert read_time("") == (None, "")
