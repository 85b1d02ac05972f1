"""Hand-ins made from release notebooks: solution cells are filled in, and nothing else is touched."""

import nbformat
import pytest

from autograder.course_dir import CourseDir
from autograder.demo.handin import fill_in, model_answers
from course.probes import CHAPTERS
from tests.support.grading import ROOT


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_filling_in_a_release_changes_solution_cells_only(chapter):
    source_path = CourseDir(ROOT).source_notebook(chapter)
    source = nbformat.read(source_path, as_version=4)
    release = nbformat.read(ROOT / "release" / chapter / source_path.name, as_version=4)
    before = nbformat.writes(release)
    answers = model_answers(source)
    filled = {cell.id: cell for cell in fill_in(release, answers).cells}
    assert nbformat.writes(release) == before
    assert len(answers) >= 3 and not any("SOLUTION" in answer for answer in answers.values())
    for cell in release.cells:
        if cell.id in answers:
            assert filled[cell.id].source.strip() == answers[cell.id].strip() != cell.source.strip()
            assert filled[cell.id].metadata == cell.metadata
        else:
            assert filled[cell.id] == cell


@pytest.mark.parametrize("cell", ["test-double", "no-such-cell"])
def test_only_solution_cells_can_be_filled_in(cell):
    release = nbformat.read(ROOT / "release/00-start-here/start-here.ipynb", as_version=4)
    with pytest.raises(KeyError, match=cell):
        fill_in(release, {cell: "1 + 1"})
