"""Class lists, submissions, marks and feedback by file: every rule of autograder/classroom/lms/README.md, and nothing lost."""

import csv
import io
import json
import shutil
import zipfile
from contextlib import closing

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.classroom.lms.people import Known, Person, match, name_key
from autograder.classroom.lms.rosters import read_roster
from autograder.classroom.lms.sent import blackboard, brightspace, canvas, moodle, recognise, without_version
from autograder.classroom.lms.table import harmless, number, parse_table, read_number
from autograder.course_dir import BadInput, CourseDir
from autograder.demo.run import hand_in
from autograder.demo.students import CLASS
from tests.support import importers, warm
from tests.support.demo_class import CHAPTER, NOTEBOOK
from tests.support.grading import ROOT, autograder_grade, generate_release, nbgrader, scratch_course

pytestmark = pytest.mark.nbgrader
HANDED_IN = ("ada", "emil", "hana", "kofi", "dilek")  # of the class, for these tests; petra hands in nothing
MARKS = {"ada": 13, "emil": 10, "hana": 8, "kofi": 4, "dilek": 11}
COLUMN = "06 Batch (4711)"
NUMBERS = {student: 1200 + at for at, student in enumerate([*HANDED_IN, "petra"])}


def autograder(course, *words, status=0):
    done = warm.run("autograder", *words, "--course-dir", str(course), cwd=ROOT)
    assert done.returncode == status, done.stdout + done.stderr
    if status:
        assert done.stdout == "" and done.stderr.count("\n") == 1, done.stderr
    return done


def refused(course, *words):
    """The one line that says why, with nothing written."""
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file() and path.name != "gradebook.db"}
    said = autograder(course, *words, status=2).stderr
    assert before == {
        path: path.read_bytes() for path in course.rglob("*") if path.is_file() and path.name != "gradebook.db"
    }
    return said


def students(course):
    with closing(Gradebook(f"sqlite:///{course / 'gradebook.db'}")) as gradebook:
        return {one.id: (one.first_name, one.last_name, one.email, one.lms_user_id) for one in gradebook.students}


def person(student):
    return next(one for one in CLASS if one.id == student)


def canvas_export(maximum="13.00", delimiter=",", **more):
    """As Canvas writes it: byte order mark, marker row, points, custom column, totals, test student."""
    head = [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "Notes",
        COLUMN,
        "Assignments Current Score",
        "Final Score",
    ]
    rows = [
        head,
        [""] * 6 + ["Manual Posting", ""],
        ["    Points Possible", "", "", "", "", "", maximum, "(read only)"],
    ]
    for student, key in NUMBERS.items():
        one = person(student)
        name = more.get(student, f"{one.last_name}, {one.first_name}")
        rows.append([name, str(key), f"00{key}", student, "A and B", 'likes "quotes",\ncommas', "", ""])
    rows.append(["Student, Test", "1399", "", "0a1b2c", "A", "", "", ""])
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


MOODLE_HEAD = {
    "en": "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),"
    "Last modified (grade),Feedback comments",
    "de": "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann geändert werden,"
    "Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar",
}
MOODLE_TIMES = {"en": '"Thursday, 24 September 2026, 9:26 PM"', "de": '"Donnerstag, 24. September 2026, 21:26"'}


def worksheet(language="en", maximum="13.00"):
    """As Moodle writes it; emil is graded there already, hana's comment ends in a backslash."""
    word, time = {"en": "Participant", "de": "Teilnehmer/in"}[language], MOODLE_TIMES[language]
    lines = ["\ufeff" + MOODLE_HEAD[language]]
    decimal = maximum.replace(".", ",") if language == "de" else maximum
    for student, key in NUMBERS.items():
        one = person(student)
        grade, when = ("4.00", time) if student == "emil" else ("", "-")
        comment = {"emil": "<p>see me</p>", "hana": '"a ""\\"" b, \\"'}.get(student, "")
        grade = f'"{grade.replace(".", ",") if language == "de" else grade}"' * bool(grade)
        cells = [
            f"{word} {key}",
            f"{one.first_name} {one.last_name}",
            f"{student}@example.org",
            "Submitted",
            grade,
        ]
        lines.append(",".join([*cells, f'"{decimal}"', "Yes", time, when, comment]))
    return ("\n".join(lines) + "\n").encode()


def d2l_export():
    head = "OrgDefinedId,Username,Last Name,First Name,Email,06 Batch Points Grade <Numeric MaxPoints:13>,End-of-Line Indicator"
    rows = [
        f"#00{key},#{student},{person(student).last_name},{person(student).first_name},{student}@example.org,,#"
        for student, key in NUMBERS.items()
    ]
    return ("\r\n".join([head, *rows]) + "\r\n").encode()


def put(folder, name, content):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return str(path)


def zipped(folder, name, files):
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / name, "w") as archive:
        for entry, content in files.items():
            archive.writestr(entry, content)
    return str(folder / name)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A course with its gradebook and nobody in it."""
    return generate_release(scratch_course(tmp_path_factory.mktemp("lms") / "course"), CHAPTER)


@pytest.fixture(scope="module")
def graded(empty, tmp_path_factory):
    """Five of the demo's class, graded, with feedback."""
    course = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(empty, course)
    for student in HANDED_IN:
        hand_in(person(student), CHAPTER, CourseDir(course))
    autograder_grade(course, CHAPTER)
    nbgrader("generate_feedback", CHAPTER, cwd=course)
    return course


@pytest.fixture
def new(empty, tmp_path):
    return shutil.copytree(empty, tmp_path / "course")


@pytest.fixture
def course(graded, tmp_path):
    return shutil.copytree(graded, tmp_path / "course")


# Class lists


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_canvas_export_fills_the_gradebook_and_leaves_rows_that_are_nobody(new, tmp_path, delimiter):
    path = put(tmp_path / "in", "export.csv", canvas_export(delimiter=delimiter))
    told = json.loads(autograder(new, "lms", "roster", path, "--json").stdout)
    assert (told["lms"], told["students"], told["test_students"]) == ("canvas", 6, ["1399"])
    assert students(new)["dilek"] == ("Dilek", "Aydın", None, str(NUMBERS["dilek"]))
    assert set(students(new)) == set(NUMBERS)


def test_a_worksheet_needs_its_chapter_and_in_any_language_finds_its_columns(new, tmp_path):
    for language in ("en", "de"):
        path = put(tmp_path / "in", f"{language}.csv", worksheet(language))
        assert "--chapter" in refused(new, "lms", "roster", path)
        told = json.loads(autograder(new, "lms", "roster", path, "--chapter", CHAPTER, "--json").stdout)
        assert (told["lms"], told["students"]) == ("moodle", 6)
    assert students(new)["dilek"] == ("Dilek", "Aydın", "dilek@example.org", "dilek@example.org")


def test_brightspace_ids_keep_their_zeros_and_lose_one_sign(new, tmp_path):
    autograder(new, "lms", "roster", put(tmp_path / "in", "d2l.csv", d2l_export()))
    assert students(new)["ada"] == ("Ada", "Okafor", "ada@example.org", "001200")


def test_who_is_in_one_list_only_is_reported(course, tmp_path):
    path = put(
        tmp_path / "in", "class.csv", b"id,first_name,last_name,email\nada,Ada,Okafor,\nzoe,Zoe,Bell,zoe@example.org\n"
    )
    told = json.loads(autograder(course, "lms", "roster", path, "--json").stdout)
    assert told["new"] == ["zoe"] and told["not_in_the_list"] == sorted(set(HANDED_IN) - {"ada"})


def test_suspended_people_are_named_without_markup():
    table = parse_table("w", worksheet().replace(b"Ada Okafor", b"<span class=x>Ada Okafor</span>"))
    assert read_roster(table).persons[0].name == "Ada Okafor"


def test_an_export_of_blackboard_and_of_edx():
    text = '"Last Name","First Name","Username","Student ID","06 Batch [Total Pts: 13 Score] |1"\n"Okafor","Ada","ada","9",""\n'
    roster = read_roster(parse_table("b", b"\xff\xfe" + text.replace(",", "\t").encode("utf-16-le")))
    assert (roster.lms, roster.persons[0].login) == ("blackboard", "ada")
    edx = b"user_id,username,full_name,student_uid,block_id,csum,last_points,points\n7,ada,Ada Okafor,,b,c,,\n"
    assert read_roster(parse_table("e", edx)).lms == "edx"


def test_two_of_one_name_are_told_apart_by_ids_or_not_at_all():
    same = [Person("1", "Anna", "Li", login="anna1", lms_id="1"), Person("2", "Anna", "Li", login="anna2", lms_id="2")]
    assert [student for _, student in match(same, [], "f").students] == ["anna1", "anna2"]
    with pytest.raises(BadInput, match="more than one student is called 'Anna Li'"):
        match([Person("9", "Anna", "Li")], [Known("x", "Anna", "Li"), Known("y", "Anna", "Li")], "f")
    with pytest.raises(BadInput, match="would both be the student"):
        match([Person("1", login="a@x.org", lms_id="1"), Person("2", login="a@y.org", lms_id="2")], [], "f")
    assert name_key("O'Hara, Seán") == name_key("Sean OHara")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Student,Section,06 Batch (4711)\nLi,A,3\n", "ids"),
        (b"Last Name,First Name\nLi,Anna\n", "ids"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\x00\x01\x02\x03,\xff\xfe", "no text"),
        (b"one line without a comma\n", "headings"),
        (b"", "headings"),
        ("id,first_name\nä,b\n".encode("latin-1"), "UTF-8"),
        (b"id,email\nx,a@b\nx,c@d\n", "same id"),
        (b"id,email\n../x,a@b\n", "cannot be a student's id"),
    ],
)
def test_what_is_no_class_list_is_one_line_and_nothing_is_written(new, tmp_path, content, said):
    assert said in refused(new, "lms", "roster", put(tmp_path / "in", "list.csv", content))
    assert students(new) == {}


def test_two_students_of_one_name_that_nothing_tells_apart(new, tmp_path):
    ours = b"id,first_name,last_name\nx,Anna,Li\ny,Anna,Li\n"
    autograder(new, "lms", "roster", put(tmp_path / "in", "ours.csv", ours))
    theirs = b'Student,ID,Section\n"Li, Anna",7,A\n'
    assert "more than one student" in refused(new, "lms", "roster", put(tmp_path / "in", "canvas.csv", theirs))


# Names in downloads


def test_names_in_a_canvas_download():
    ids = {"1203", "1204"}
    one = canvas("lindqviståsa_1203_88991_batch.ipynb", ids)
    assert (one.key, one.attachment, one.file, one.late) == ("1203", "88991", "batch.ipynb", False)
    one = canvas("oharaseán_LATE_1204_88993_my notes_v2.txt", ids)
    assert (one.key, one.file, one.late) == ("1204", "my notes_v2.txt", True)
    assert canvas("team_7_1203_88991_batch.ipynb", ids).key == "1203"
    one = canvas("LATE_anon_Ab3_88991_batch.ipynb", ids)
    assert (one.key, one.anonymous, one.late, one.file) == ("Ab3", True, True, "batch.ipynb")
    assert (canvas("nguyễnan_1205_text.html", ids).other, canvas("nguyễnan_1206_88997_link.html", ids).key) == (
        "text",
        "1206",
    )
    assert canvas("notes.txt", ids) is None


def test_version_suffixes():
    assert without_version("batch-1.ipynb") == "batch.ipynb"
    assert without_version("06-1.batch.ipynb") == "06.batch.ipynb"
    assert without_version("a-1.tar.gz") == "a.tar.gz"
    assert without_version("batch-0d9c3a3e-1f2b-4c5d-8e9f-001122334455.ipynb") == "batch.ipynb"
    assert without_version("batch.ipynb") == "batch.ipynb"


def test_names_in_a_moodle_download():
    for entry, key, file in (
        ("Åsa Lindqvist_5021_assignsubmission_file/batch.ipynb", "5021", "batch.ipynb"),
        ("Seán OHara_5022_assignsubmission_file_/batch.ipynb", "5022", "batch.ipynb"),
        ("Participant_5023_assignsubmission_file/sub/batch.ipynb", "5023", "sub/batch.ipynb"),
        ("Åsa Lindqvist_5021_assignsubmission_file_my_batch.ipynb", "5021", "my_batch.ipynb"),
    ):
        assert (moodle(entry).key, moodle(entry).file) == (key, file)
    assert moodle("Seán OHara_5022_assignsubmission_onlinetext/onlinetext.html").other == "text"
    assert moodle("Default group_assignsubmission_file/batch.ipynb").other == "group"


def test_names_in_downloads_of_brightspace_and_blackboard():
    one = brightspace("wrapper/397002-255002 - Mary-Ann - Lee Smith - Sep 24, 2026 1200 AM/batch.ipynb")
    assert (one.name, one.time.hour, one.time.minute) == ("Mary-Ann - Lee Smith", 0, 0)
    assert brightspace("1-2 - A B - Sep 24, 2026 9:26 PM/x.ipynb").time.hour == 21
    assert brightspace("index.html") is None
    one = blackboard("06_Batch_a_da_attempt_2026-09-24-21-26-00_my_batch.ipynb", {"a_da"})
    assert (one.key, one.file, one.time.minute) == ("a_da", "my_batch.ipynb", 26)
    assert recognise(["__MACOSX/x", "Åsa_5_assignsubmission_file/b.ipynb"]) == "moodle"


# Submissions


def notebook(student, course):
    return (course / "submitted" / student / CHAPTER / f"{NOTEBOOK}.ipynb").read_bytes()


def test_canvas_submissions_by_their_ids_with_resubmissions_and_nothing_overwritten(new, tmp_path):
    autograder(new, "lms", "roster", put(tmp_path / "in", "export.csv", canvas_export()))
    first = {
        "okaforada_1200_90_batch.ipynb": b"ada",
        "satohana_LATE_1202_91_batch-1.ipynb": b"hana",
        "x_1999_92_batch.ipynb": b"?",
    }
    first |= {"novákemil_1201_text.html": b"words"}
    path = zipped(tmp_path / "in", "one.zip", first)
    told = json.loads(autograder(new, "lms", "collect", path, "--chapter", CHAPTER, "--json").stdout)
    assert (told["lms"], told["taken"], told["late"], told["unknown"]) == (
        "canvas",
        ["ada", "hana"],
        ["hana"],
        ["x (1999)"],
    )
    assert told["without_file"] == ["emil"] and (notebook("ada", new), notebook("hana", new)) == (b"ada", b"hana")
    again = zipped(tmp_path / "in", "two.zip", {"okaforada_1200_95_batch-2.ipynb": b"better"})
    told = json.loads(autograder(new, "lms", "collect", again, "--chapter", CHAPTER, "--json").stdout)
    assert told["kept"] == ["ada"] and notebook("ada", new) == b"ada"
    told = json.loads(autograder(new, "lms", "collect", again, "--chapter", CHAPTER, "--update", "--json").stdout)
    assert told["replaced"] == ["ada"] and notebook("ada", new) == b"better"
    assert (new / f"lms/replaced/ada/{CHAPTER}-1/{NOTEBOOK}.ipynb").read_bytes() == b"ada"
    told = json.loads(autograder(new, "lms", "collect", again, "--chapter", CHAPTER, "--json").stdout)
    assert told["unchanged"] == ["ada"]


def test_moodle_submissions_by_their_numbers_with_times_and_teams_left_alone(new, tmp_path):
    autograder(new, "lms", "roster", put(tmp_path / "in", "w.csv", worksheet()), "--chapter", CHAPTER)
    files = {
        "Ada Okafor_1200_assignsubmission_file_/batch.ipynb": b"ada",
        "Ada Okafor_1200_assignsubmission_file_/data/x.csv": b"1",
        "Team B_1201_assignsubmission_file/batch.ipynb": b"a team's, whose number is emil's",
        "Participant_1202_assignsubmission_file/batch.ipynb": b"hana, blind",
    }
    path = zipped(tmp_path / "in", "m.zip", files)
    told = json.loads(
        autograder(new, "lms", "collect", path, "--chapter", CHAPTER, "--timezone", "Europe/Berlin", "--json").stdout
    )
    assert told["taken"] == ["ada", "hana"] and told["unknown"] == ["Team B (1201)"]
    folder = new / "submitted/ada" / CHAPTER
    assert (folder / "timestamp.txt").read_text() == "2026-09-24 19:26:00 UTC" and (
        folder / "data/x.csv"
    ).read_bytes() == b"1"
    told = json.loads(
        autograder(
            new, "lms", "collect", path, "--chapter", CHAPTER, "--who", "Team B=emil", "--who", "Team B=kofi", "--json"
        ).stdout
    )
    assert told["taken"] == ["emil", "kofi"]


def test_brightspace_submissions_by_name_newest_first_and_a_name_of_two_stops(new, tmp_path):
    autograder(new, "lms", "roster", put(tmp_path / "in", "d2l.csv", d2l_export()))
    files = {
        "397001-255001 - Ada Okafor - Sep 24, 2026 926 PM/batch.ipynb": b"old",
        "397001-255001 - Ada Okafor - Sep 25, 2026 1005 AM/batch.ipynb": b"new",
        "index.html": b"",
    }
    path = zipped(tmp_path / "in", "b.zip", files)
    autograder(new, "lms", "collect", path, "--chapter", CHAPTER, "--timezone", "UTC")
    assert notebook("ada", new) == b"new"
    assert (new / f"submitted/ada/{CHAPTER}/timestamp.txt").read_text() == "2026-09-25 10:05:00 UTC"
    nbgrader("db", "student", "add", "ada2", "--first-name=Ada", "--last-name=Okafor", cwd=new)
    assert "more than one student" in refused(new, "lms", "collect", path, "--chapter", CHAPTER)


def test_folders_of_ones_own_and_anonymous_ones(new, tmp_path):
    autograder(
        new,
        "lms",
        "roster",
        put(tmp_path / "in", "c.csv", b"id,first_name,last_name\nada,Ada,Okafor\nemil,Emil,Novak\n"),
    )
    folder = tmp_path / "in" / "handed"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada/batch.ipynb").write_bytes(b"1")
    (folder / "Novák, Emil").mkdir()
    (folder / "Novák, Emil/batch.ipynb").write_bytes(b"2")
    told = json.loads(autograder(new, "lms", "collect", str(folder), "--chapter", CHAPTER, "--json").stdout)
    assert (told["lms"], told["taken"]) == ("house", ["ada", "emil"])
    path = zipped(tmp_path / "in", "anon.zip", {"LATE_anon_Ab3_9_batch.ipynb": b"3"})
    told = json.loads(autograder(new, "lms", "collect", path, "--chapter", CHAPTER, "--json").stdout)
    assert (told["taken"], told["anonymous"]) == (["anon-Ab3"], True)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"someoneelse_999_1_batch.ipynb": b"x"}, "nobody in it"),
        ({"okaforada_1200_90_relu.ipynb": b"x"}, "07-relu"),
        ({}, "no file"),
    ],
)
def test_a_download_of_another_course_or_chapter_is_one_line(new, tmp_path, files, said):
    autograder(new, "lms", "roster", put(tmp_path / "in", "export.csv", canvas_export()))
    assert said in refused(new, "lms", "collect", zipped(tmp_path / "in", "z.zip", files), "--chapter", CHAPTER)
    assert "no zip" in refused(new, "lms", "collect", put(tmp_path / "in", "x.zip", b"words"), "--chapter", CHAPTER)
    assert not (new / "submitted").exists()


def test_a_zip_leads_nowhere_else(new, tmp_path):
    autograder(new, "lms", "roster", put(tmp_path / "in", "w.csv", worksheet()), "--chapter", CHAPTER)
    path = zipped(tmp_path / "in", "m.zip", {"Ada Okafor_1200_assignsubmission_file/../../../evil.ipynb": b"x"})
    autograder(new, "lms", "collect", path, "--chapter", CHAPTER)
    assert [one.relative_to(new).as_posix() for one in new.rglob("evil*")] == [f"submitted/ada/{CHAPTER}/evil.ipynb"]
    assert not list(tmp_path.glob("evil*"))


# Marks


def test_marks_for_canvas_as_its_importer_reads_them(course, tmp_path):
    autograder(course, "lms", "roster", put(tmp_path / "in", "e.csv", canvas_export(emil='=HYPERLINK("x")')))
    done = autograder(course, "lms", "marks", "06", "--for", "canvas").stdout
    path = course / f"lms/marks-canvas-{CHAPTER}.csv"
    stored = importers.canvas(path, tmp_path)
    assert stored == {(str(NUMBERS[student]), COLUMN): mark for student, mark in MARKS.items()}
    assert "'=HYPERLINK" in path.read_text("utf-8") and "test student" in done
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
    autograder(course, "lms", "marks", "06", "--for", "canvas", "--zero")
    assert importers.canvas(path, tmp_path)[str(NUMBERS["petra"]), COLUMN] == 0


def test_other_points_in_the_lms_are_refused_or_converted(course, tmp_path):
    autograder(course, "lms", "roster", put(tmp_path / "in", "e.csv", canvas_export(maximum="6,50", delimiter=";")))
    assert "6.5 in the LMS" in refused(course, "lms", "marks", CHAPTER, "--for", "canvas")
    autograder(course, "lms", "marks", CHAPTER, "--for", "canvas", "--scale")
    stored = importers.canvas(course / f"lms/marks-canvas-{CHAPTER}.csv", tmp_path)
    assert stored == {(str(NUMBERS[student]), COLUMN): mark / 2 for student, mark in MARKS.items()}


def test_a_login_that_canvas_would_mangle_and_a_title_that_it_ignores(course, tmp_path):
    text = canvas_export().decode("utf-8").replace(",ada,", ",1.2.3,")
    autograder(course, "lms", "roster", put(tmp_path / "in", "e.csv", b"id,email\nada,\n"))
    path = put(tmp_path / "in", "e.csv", text.encode())
    autograder(course, "lms", "roster", path)
    autograder(course, "lms", "marks", CHAPTER, "--for", "canvas")
    assert (course / f"lms/marks-canvas-{CHAPTER}.csv").read_text("utf-8").startswith("Student,ID,Section,")
    autograder(
        course,
        "lms",
        "roster",
        put(tmp_path / "in", "f.csv", text.replace(COLUMN, "06 Batch Final Grade (4711)").encode()),
    )
    assert "another name" in refused(course, "lms", "marks", CHAPTER, "--for", "canvas")


@pytest.mark.parametrize(("language", "decimal", "word"), [("en", ".", "Participant "), ("de", ",", "Teilnehmer/in ")])
def test_marks_for_moodle_are_its_worksheet_with_other_grades(course, tmp_path, language, decimal, word):
    before = worksheet(language)
    autograder(course, "lms", "roster", put(tmp_path / "in", "w.csv", before), "--chapter", CHAPTER)
    done = autograder(course, "lms", "marks", CHAPTER, "--for", "moodle").stdout
    path = course / f"lms/marks-moodle-{CHAPTER}.csv"
    heading = {"en": "Grade", "de": "Bewertung"}[language]
    read = importers.moodle(path, tmp_path, decimal, word, heading)
    assert {number: grade for number, grade, _ in read} == {NUMBERS[one]: MARKS.get(one) for one in NUMBERS}
    assert "1 are graded in Moodle already" in done
    old, new = (
        list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))) for text in (before, path.read_bytes())
    )
    at = old[0].index(heading)
    for row, other in zip(old, new, strict=True):
        kept = [cell for number, cell in enumerate(row) if number != at]
        assert [cell.replace("\\ ", "\\") for number, cell in enumerate(other) if number != at] == kept
    assert read[1][2] == "<p>see me</p>"  # a comment that is there would replace what Moodle has


def test_a_blank_grade_stays_blank_and_numbers_are_plain():
    assert [number(one) for one in (8.5, 0, 10, 7.126)] == ["8.5", "0", "10", "7.13"]
    assert [read_number(one) for one in ("8,50", "1,234.5", "10.00", "", "absent", "-")] == [
        8.5,
        1234.5,
        10.0,
        None,
        None,
        None,
    ]
    assert [harmless(one)[0] for one in ("=1+1", "+x", "-x", "@x", "-", "-3")] == ["'", "'", "'", "'", "-", "-"]


def test_marks_for_brightspace_as_its_importer_reads_them(course, tmp_path):
    autograder(course, "lms", "roster", put(tmp_path / "in", "d2l.csv", d2l_export()))
    done = autograder(course, "lms", "marks", CHAPTER, "--for", "brightspace").stdout
    assert importers.brightspace(course / f"lms/marks-brightspace-{CHAPTER}.csv") == {
        f"00{NUMBERS[student]}": mark for student, mark in MARKS.items()
    }
    assert "published at once" in done


def test_marks_go_out_only_with_feedback_and_with_a_class_list(course, tmp_path):
    assert "no class list of canvas" in refused(course, "lms", "marks", "--for", "canvas")
    shutil.rmtree(course / "feedback")
    autograder(course, "lms", "roster", put(tmp_path / "in", "e.csv", canvas_export()))
    assert "no feedback yet" in refused(course, "lms", "marks", CHAPTER, "--for", "canvas")
    autograder(course, "lms", "marks", CHAPTER, "--for", "canvas", "--without-feedback")


# Feedback


def test_feedback_for_moodle_reaches_each_participant(course, tmp_path):
    autograder(course, "lms", "roster", put(tmp_path / "in", "w.csv", worksheet()), "--chapter", CHAPTER)
    autograder(course, "lms", "feedback", CHAPTER, "--for", "moodle")
    with zipfile.ZipFile(course / f"lms/feedback-moodle-{CHAPTER}.zip") as archive:
        found = importers.moodle_feedback(archive.namelist())
        assert set(found) == {(NUMBERS[student], f"{NOTEBOOK}.html") for student in HANDED_IN}
        page = (course / f"feedback/ada/{CHAPTER}/{NOTEBOOK}.html").read_bytes()
        assert archive.read(found[NUMBERS["ada"], f"{NOTEBOOK}.html"]) == page


def test_feedback_for_canvas_bears_the_downloads_names_and_shows_no_hidden_test(course, tmp_path):
    autograder(course, "lms", "roster", put(tmp_path / "in", "e.csv", canvas_export()))
    assert "was not collected" in refused(course, "lms", "feedback", CHAPTER, "--for", "canvas")
    names = {"okaforada_1200_90_batch.ipynb": "ada", "novákemil_LATE_1201_91_batch-1.ipynb": "emil"}
    files = {name: notebook(student, course) for name, student in names.items()}
    autograder(course, "lms", "collect", zipped(tmp_path / "in", "c.zip", files), "--chapter", CHAPTER)
    autograder(course, "lms", "feedback", CHAPTER, "--for", "canvas")
    with zipfile.ZipFile(course / f"lms/feedback-canvas-{CHAPTER}.zip") as archive:
        assert set(archive.namelist()) == set(names)
        for name in names:
            text = archive.read(name).decode()
            nbformat.validate(nbformat.reads(text, as_version=4))
            for hidden in ("examine", "HIDDEN TESTS", "MARK SCHEME", "seed", "digest"):
                assert hidden not in text, hidden
        assert "10 of 13 points" in archive.read("novákemil_LATE_1201_91_batch-1.ipynb").decode()
