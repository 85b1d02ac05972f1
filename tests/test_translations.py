"""Hints and predictions in another language: one file a chapter, which check, feedback, report and lessons use; marks do not."""

import json
import re
import subprocess
import sys
import zipfile

import nbformat
import pytest
from babel.messages.pofile import read_po, write_po
from bs4 import BeautifulSoup

from autograder import scratch, translations
from autograder.course_dir import BadInput, CourseDir
from autograder.demo.handin import fill_in, model_answers
from autograder.exercises import CHAPTERS, chapter_predictions, find_prediction
from autograder.publish import translate
from autograder.publish.check_release import problems
from autograder.translations import KEPT, difference, path_of, wording_of
from autograder.wording import ENGLISH
from course.picture import MINUS
from tests.support import warm
from tests.support.grading import ROOT, autograder_grade, exported_scores, hand_in_bytes, nbgrader

CHAPTER, NAME = "07-relu", "relu.ipynb"
ACCENTS = str.maketrans("aeiou", "áéíóú")
MISTAKE = "def relu_backward(dvalues, z):\n    return dvalues * (dvalues > 0)"
FIRST = "Who was clipped in the forward pass: the upstream gradient, or z?"
ASKED = "upstream-minus-seven"


def foreign(text):
    """The text as a language that everybody can read: accents on vowels, and what has to stay stays."""
    parts = re.split(f"({KEPT.pattern})", text)
    return "".join(part if number % 2 else part.translate(ACCENTS) for number, part in enumerate(parts))


def autograder(course, *words, status=0):
    done = warm.run("autograder", *words, "--course-dir", str(course.root))
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout if not status else done.stderr


def fill_in_file(path, said):
    with open(path, "rb") as file:
        catalog = read_po(file)
    for one in catalog:
        if one.id:
            one.string = said(one.id)
    with open(path, "wb") as file:
        write_po(file, catalog, width=0)


def choose(course, language):
    scratch.write_config(course.root, (ROOT / scratch.CONFIG).read_text(encoding="utf-8"))
    with open(course.root / scratch.CONFIG, "a", encoding="utf-8") as file:
        file.write(f'CHAPTERS = ["00", "07"]\nLANGUAGE = "{language}"\n')


def originals(chapter=CHAPTER):
    """All that was translated, but for words so short that other texts may hold them."""
    return [one for one in translate.texts_of(chapter) if len(one) > 20 and foreign(one) != one]


def words_in(path):
    return " ".join(BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").get_text().split())


def plain(text):
    """Without the marks that pages turn into elements."""
    return " ".join(re.sub(r"[`$*]", "", text.replace(MINUS, "-")).split())


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course of two chapters, of which one is translated."""
    folder = tmp_path_factory.mktemp("foreign")
    names = ("source", "release", "course", "pyproject.toml", "constraints.txt", "environment.yml", "environment.py")
    for name in (*names, "LICENSE", "LICENSE-prose.md"):
        subprocess.run(["cp", "-r", str(ROOT / name), str(folder / name)], check=True)
    for left in [*folder.rglob("__pycache__"), *folder.rglob(".ipynb_checkpoints")]:
        subprocess.run(["rm", "-r", str(left)], check=True)
    course = CourseDir(folder)
    choose(course, "en")
    autograder(course, "release")
    assert 'LANGUAGE = "eo" in nbgrader_config.py' in autograder(course, "translate", "eo", "07")
    fill_in_file(path_of(course, "eo", CHAPTER), foreign)
    choose(course, "eo")
    autograder(course, "release")
    return course


@pytest.fixture(scope="module")
def graded(course):
    """Right answers of one student, and of another a known mistake and a wrong letter."""
    nbgrader("generate_assignment", CHAPTER, "--force", cwd=course.root)
    answers = model_answers(nbformat.read(course.source_notebook(CHAPTER), as_version=4))
    released = nbformat.read(course.release / CHAPTER / NAME, as_version=4)
    wrong = answers | {"relu-backward": MISTAKE, ASKED: f'{ASKED.replace("-", "_")} = "{wrong_letter()}"'}
    for student, filled in (("ada", answers), ("ben", wrong)):
        hand_in_bytes(course.root, student, CHAPTER, NAME, nbformat.writes(fill_in(released, filled)).encode())
    assert autograder_grade(course.root)["graded"] == 2
    return course


def wrong_letter():
    return next(letter for letter, (_, _, right) in find_prediction(ASKED).choices().items() if not right)


# What students see


def test_the_release_is_whole_and_in_that_language(course):
    assert problems(course) == []
    fixture = (course.fixtures / f"{CHAPTER}.json").read_text(encoding="utf-8")
    assert [one for one in originals() if json.dumps(one, ensure_ascii=False) in fixture] == []
    assert foreign(FIRST) in fixture and '"called": "gáté ón úpstréám"' in fixture and '"gate-on-upstream"' in fixture
    for path in (course.release / CHAPTER / NAME, course.source_notebook(CHAPTER), course.lessons / f"{CHAPTER}.ipynb"):
        text = path.read_text(encoding="utf-8")
        asked = [one for one in chapter_predictions(CHAPTER) if plain(one.question) in plain(text)]
        assert asked == [] and foreign("What does ReLU pass on to") in text, path


def test_check_and_predict_in_a_students_own_folder(course, tmp_path):
    autograder(course, "student", "--output", str(tmp_path))
    (packed,) = tmp_path.glob("*.zip")
    zipfile.ZipFile(packed).extractall(tmp_path)
    edition = tmp_path / "backprop-by-doing"
    assert not list(edition.rglob("*.po"))
    code = f"""
import sys
sys.path.insert(0, "")
import numpy as np
from course import check, predict
{MISTAKE}
for _ in range(3):
    try: check(relu_backward)
    except Exception as told: print(told)
try: check("{ASKED}", "{wrong_letter()}")
except Exception as told: print(told)
print(predict("{ASKED}").still())
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=edition, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    said = plain(BeautifulSoup(done.stdout, "html.parser").get_text())
    assert 'this looks like a known mistake, "gáté ón úpstréám".' in said
    known = next(one for one in translate.chapter_exercises(CHAPTER) if one.name == "relu_backward").mistakes
    asked = find_prediction(ASKED)
    texts = [*next(one.hints for one in known if one.name == "gate-on-upstream"), asked.question, asked.because]
    assert [one for one in texts if plain(foreign(one)) not in said] == []
    assert [one for one in originals() if plain(one) in said] == []


@pytest.mark.nbgrader
@pytest.mark.parametrize("grader", ["autograder", "nbgrader"])
def test_feedback(graded, grader):
    if grader == "nbgrader":
        nbgrader("autograde", CHAPTER, "--force", cwd=graded.root)
    nbgrader("generate_feedback", CHAPTER, "--force", cwd=graded.root)
    page = words_in(graded.root / "feedback/ben" / CHAPTER / "relu.html")
    _, reply, _ = find_prediction(ASKED).choices()[wrong_letter()]
    assert 'relu_backward: this looks like a known mistake, "gáté ón úpstréám".' in page
    assert foreign(FIRST) in page and foreign(reply) in page
    assert [one for one in originals() if plain(one) in plain(page)] == []
    scores = exported_scores(graded.root)
    assert scores["ada", CHAPTER] == 12 and 0 < scores["ben", CHAPTER] < 12


@pytest.mark.nbgrader
def test_report_explain_and_solutions(graded):
    autograder(graded, "report")
    autograder(graded, "solutions", "07")
    for path in (graded.root / f"reports/{CHAPTER}.html", graded.root / f"solutions/{CHAPTER}.html"):
        page = words_in(path)
        assert [one for one in originals() if plain(one) in plain(page)] == [], path
    page = words_in(graded.root / f"reports/{CHAPTER}.html")
    assert "gáté ón úpstréám" in page and foreign(FIRST) in page and "gate on upstream" not in page
    assert foreign("That ") in page
    data = json.loads(autograder(graded, "report", "--json"))["chapters"][CHAPTER]
    assert data["exercises"]["relu_backward"]["mistakes"] == {"gate-on-upstream": 1}
    assert data["predictions"][ASKED]["letters"] == {wrong_letter(): 1}
    told = autograder(graded, "explain", "ben", CHAPTER, "relu_backward")
    assert foreign(FIRST) in told and FIRST not in told


@pytest.mark.nbgrader
def test_marks_are_the_same_in_any_language(graded):
    before = exported_scores(graded.root)
    choose(graded, "en")
    try:
        assert autograder_grade(graded.root, "--force")["graded"] == 2
        page = (graded.root / "autograded/ben" / CHAPTER / NAME).read_text(encoding="utf-8")
        assert FIRST in page and exported_scores(graded.root) == before
    finally:
        choose(graded, "eo")


def test_letters_and_digests_do_not_follow_the_language(course):
    wording = wording_of(course, CHAPTER)
    for one in chapter_predictions(CHAPTER):
        translated = one.choices(wording)
        assert {letter: right for letter, (_, _, right) in translated.items()} == {
            letter: right for letter, (_, _, right) in one.choices().items()
        }
        assert all(translated[letter][1] == foreign(reply) for letter, (_, reply, _) in one.choices().items())
    ours, theirs = (
        json.loads((folder / f"{CHAPTER}.json").read_text("utf-8"))
        for folder in (ROOT / "course/fixtures", course.fixtures)
    )
    for name, one in ours["exercises"].items():
        assert [known["observed"] for known in one["mistakes"]] == [
            known["observed"] for known in theirs["exercises"][name]["mistakes"]
        ]
    assert all(
        ours["predictions"][one]["replies"].keys() == theirs["predictions"][one]["replies"].keys()
        for one in ours["predictions"]
    )


# The file


def only(tmp_path, text=None):
    course = CourseDir(tmp_path)
    course.source.mkdir()
    (tmp_path / scratch.CONFIG).write_text('LANGUAGE = "de"\n', encoding="utf-8")
    translate.update(course, "de", CHAPTER)
    path = path_of(course, "de", CHAPTER)
    if text:
        path.write_text(path.read_text(encoding="utf-8").replace(*text, 1), encoding="utf-8")
    return course, path


def test_every_text_is_in_it_once_and_a_second_run_changes_nothing(tmp_path):
    course, path = only(tmp_path)
    with open(path, "rb") as file:
        texts = [one.id for one in read_po(file) if one.id]
    assert texts == list(translate.texts_of(CHAPTER)) and len(texts) > 300 and FIRST in texts
    assert not translate.update(course, "de", CHAPTER).changed


def test_every_chapters_texts_survive_the_file_and_what_an_editor_does_to_it(tmp_path):
    course, _ = only(tmp_path)
    for chapter in CHAPTERS:
        path = path_of(course, "de", chapter)
        translate.update(course, "de", chapter)
        fill_in_file(path, foreign)
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))  # as on Windows
        texts, wording = translate.texts_of(chapter), wording_of(course, chapter)
        assert [text for text in texts if wording.say(text) != foreign(text)] == [], chapter
        told = translate.update(course, "de", chapter)
        assert (told.missing, told.stale) == (0, 0) and not translate.update(course, "de", chapter).changed


def test_what_is_not_translated_stays_english(tmp_path):
    course, _ = only(tmp_path, (f'msgid "{FIRST}"\nmsgstr ""', f'msgid "{FIRST}"\nmsgstr "Wer denn?"'))
    wording = wording_of(course, CHAPTER)
    assert wording.say(FIRST) == "Wer denn?" and len(wording.pairs) == 1
    assert wording.say("Try z = -2 with dvalues = 7: was that neuron on?").startswith("Try ")
    assert wording_of(course, "06-batch").pairs == ()
    assert str(translate.update(course, "de", CHAPTER)).startswith("07-relu.po: 1 of ")


def test_a_changed_original_keeps_its_translation_and_says_so(tmp_path, monkeypatch):
    course, path = only(
        tmp_path, (f'msgid "{FIRST}"\nmsgstr ""', f'# as Ada says\nmsgid "{FIRST}"\nmsgstr "Wer denn?"')
    )
    before = translate.texts_of(CHAPTER)
    renamed = {("Who was it?" if text == FIRST else text): places for text, places in before.items()}
    monkeypatch.setattr(translate, "texts_of", lambda chapter: renamed)
    told = translate.update(course, "de", CHAPTER)
    assert (told.stale, told.texts) == (1, len(before)) and "1 to be looked at again" in str(told)
    text = path.read_text(encoding="utf-8")
    assert (
        "# as Ada says\n#. It was: Who was clipped" in text
        and '#, fuzzy\nmsgid "Who was it?"\nmsgstr "Wer denn?"' in text
    )
    assert wording_of(course, CHAPTER).say("Who was it?") == "Who was it?", "a hint about something else is none"
    assert not translate.update(course, "de", CHAPTER).changed
    monkeypatch.setattr(translate, "texts_of", lambda chapter: {"Another text": ["elsewhere"]})
    translate.update(course, "de", CHAPTER)
    assert '#~ msgstr "Wer denn?"' in path.read_text(encoding="utf-8"), "nothing that was translated is lost"
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("ours", "theirs", "lost"),
    [
        ("Try z = -2 with dvalues = 7.", "Nimm z = -2 mit dvalues = 8.", "lacks 7 and has 8"),
        ("Print `m.dtype`.", "Zeige m.", "lacks `m.dtype`"),
        ("Print np.maximum(0, z).", "Zeige das Maximum(0, z).", "lacks np.maximum"),
        ("instead of {}", "statt", "lacks {}"),
        ("$z = 2$ and 0.5", "$z = 2$ und 0,5", "lacks 0.5 and has 0, 5"),
        ("Why 3 and x_i?", "Warum x_i und 3?", ""),
        ("e.g. your name(s)", "z. B. eure Namen", ""),
    ],
)
def test_code_and_numbers_stay(tmp_path, ours, theirs, lost):
    from babel.messages import Message

    told = difference(Message(ours, theirs))
    assert lost in told and bool(told) == bool(lost), told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            ('msgid "column maxima"\nmsgstr ""', 'msgid "column maxima"\nmsgstr "Maxima der 3 Spalten"'),
            "07-relu.po, relu_forward/column-maxima/name: the translation has 3, which the original has not.",
        ),
        (('msgid "column maxima"', 'msgid "column'), "07-relu.po"),
        (('msgid "column maxima"', "nonsense"), "07-relu.po, line"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line_and_nothing_is_written(tmp_path, change, words):
    course, path = only(tmp_path, change)
    before = path.read_bytes()
    course.source_notebook(CHAPTER).parent.mkdir()
    course.source_notebook(CHAPTER).write_bytes((ROOT / "source" / CHAPTER / NAME).read_bytes())
    for command in (("translate", "de", "07"), ("release", "07")):
        told = autograder(course, *command, status=2)
        assert words in told and told.count("\n") == 1, told
    assert path.read_bytes() == before and not course.release.exists()


def test_a_setting_that_means_nothing(tmp_path):
    course = CourseDir(tmp_path)
    (tmp_path / scratch.CONFIG).write_text("LANGUAGE = de\n", encoding="utf-8")
    with pytest.raises(BadInput, match="not a language's code in quotes"):
        wording_of(course, CHAPTER)
    course = CourseDir(tmp_path)
    (tmp_path / scratch.CONFIG).write_text('LANGUAGE = "de"\n', encoding="utf-8")
    with pytest.raises(BadInput, match="`autograder translate de` writes its files"):
        wording_of(course, CHAPTER)
    for odd in ("../de", "en", "klingon!"):
        with pytest.raises(BadInput, match="no language to translate into"):
            translate.update(course, odd, CHAPTER)
    assert [path.name for path in tmp_path.iterdir()] == [scratch.CONFIG]


def test_without_a_setting_everything_is_as_it_was():
    assert wording_of(CourseDir(ROOT), CHAPTER) is ENGLISH
    assert all(not translations.path_of(CourseDir(ROOT), "de", one).exists() for one in CHAPTERS)
