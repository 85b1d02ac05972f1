"""Are the committed release and the student edition made of it what the sources give, and free of answers?"""

from __future__ import annotations

import tempfile
from pathlib import Path

from autograder.course_dir import CONFIG, BadInput, CourseDir, files_below
from autograder.publish.leaks import Secrets, collect_secrets, find_leaks, own_leaks
from autograder.publish.release import CHOSEN, chosen_text, generate
from autograder.publish.source_check import slips
from autograder.publish.student_edition import edition, edition_problems
from autograder.publish.tidy import stored_form


def problems(course: CourseDir) -> list[str]:
    """One line for every file that is missing, left over, out of date or untidy, and for every leak."""
    assignments = list(course.assignments)
    if found := slips(course, assignments):
        return found  # nothing can be built of it
    with tempfile.TemporaryDirectory() as scratch:
        generate(course, assignments, Path(scratch))
        found = compare_trees(course, Path(scratch), ["release", "course/fixtures"])
    there = (course.root / CHOSEN).read_text(encoding="utf-8") if (course.root / CHOSEN).is_file() else ""
    if there != chosen_text(course):
        found.append(f"{CHOSEN.as_posix()}: other chapters than {CONFIG} chooses. Run `make release`.")
    found += untidy(course, assignments)
    secrets = collect_secrets(course, course.chapters)
    found += find_leaks(course, secrets)
    found += own_leaks(course)
    # The edition is made of what was looked at so far: while that is wrong, it has nothing to add.
    return found or in_the_edition(course, secrets)


def in_the_edition(course: CourseDir, secrets: Secrets) -> list[str]:
    """What is wrong with the student edition that this course gives."""
    try:
        return edition_problems(edition(course), secrets)
    except BadInput as why:
        return [f"student edition: {why}"]


def compare_trees(course: CourseDir, built: Path, folders: list[str]) -> list[str]:
    """The whole tree, byte for byte, but for chapters that are left out: what is there of them reaches no student."""
    found, committed = [], course.root
    for folder in folders:
        have, want = files_below(committed / folder), files_below(built / folder)
        have = {name for name in have if not course.is_left_out(name.split("/")[0].removesuffix(".json"))}
        found += [f"{folder}/{name}: missing. Run `make release`." for name in sorted(want - have)]
        found += [f"{folder}/{name}: nothing in source/ gives this file. Remove it." for name in sorted(have - want)]
        found += [
            f"{folder}/{name}: not what the sources give. Run `make release`."
            for name in sorted(have & want)
            if (committed / folder / name).read_bytes() != (built / folder / name).read_bytes()
        ]
    return found


def untidy(course: CourseDir, chapters: list[str]) -> list[str]:
    """Notebooks whose stored form `autograder tidy` would change."""
    return [
        f"{path.relative_to(course.root)}: not in stored form. Run `autograder tidy`."
        for chapter in chapters
        for path in (*course.notebooks(chapter), *course.lesson_notebooks(chapter))
        if stored_form(course, chapter, path) != path.read_text(encoding="utf-8")
    ]
