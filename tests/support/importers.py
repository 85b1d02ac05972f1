"""How an LMS reads a file, written from the rules in autograder/classroom/lms/README.md: what our own files are tried on.

Where a language's own parser makes the rule (Ruby's CSV in Canvas, PHP's in Moodle), that parser is run.
"""

import json
import re
import subprocess

from tests.support.needs import PHP, RUBY, need

CANVAS = r"""
require "csv"; require "json"
text = File.binread(ARGV[0]).force_encoding("UTF-8")
raise "not UTF-8" unless text.valid_encoding?
text = text.delete_prefix("\uFEFF")
separator = text.lines.first(3).join.count(";") > text.lines.first(3).join.count(",") ? ";" : ","
rows = CSV.parse(text, col_sep: separator)
puts JSON.generate(rows.map { |row| row.map { |cell|
  next cell unless cell && cell =~ /\A[\d.,]+\z/
  at = [cell.rindex("."), cell.rindex(",")].compact.max
  at ? cell[0...at].delete(".,") + "." + cell[(at + 1)..] : cell } })
"""
MOODLE = r"""<?php
[$_, $path, $decimal, $word] = $argv;
$text = preg_replace('/^\xEF\xBB\xBF/', '', file_get_contents($path));
$file = fopen('php://memory', 'r+'); fwrite($file, $text); rewind($file);
$head = fgetcsv($file, 0, ',', '"', '\\');
$found = [];
while (($row = fgetcsv($file, 0, ',', '"', '\\')) !== false) {
    if (count($row) != count($head)) { fwrite(STDERR, "another number of cells"); exit(1); }
    $row = array_combine($head, $row);
    $number = (int) substr($row[$head[0]], strlen($word));
    $grade = trim($row[$argv[4] ?? 'Grade']);
    $value = $grade === '' ? null : (float) str_replace($decimal, '.', str_replace(' ', '', $grade));
    $found[] = [$number, $value, end($row)];
}
echo json_encode($found);
"""
CANVAS_HEADS = re.compile(
    r"Student,ID(,SIS Login ID|,SIS User ID,SIS Login ID(,Integration ID)?(,Root Account)?)?,Section,"
)


def canvas(path, tmp_path):
    """What Canvas would store: (ID, heading) to mark. Its importer's refusals fail the test."""
    rows = [[cell or "" for cell in row] for row in _ruby(path, tmp_path)]
    head = rows[0]
    assert CANVAS_HEADS.match(",".join(head)), head
    assert {len(row) for row in rows} == {len(head)}
    first = head.index("Section") + 1
    assert all(re.search(r" \(\d+\)$", title) for title in head[first:])
    stored = {}
    for row in rows[1:]:
        if "Points Possible" not in row[0]:
            for title, cell in zip(head[first:], row[first:], strict=True):
                assert cell != "", "a blank cell takes a mark away"
                stored[row[1], title] = float(cell)
    return stored


def _ruby(path, tmp_path):
    program = need(RUBY)
    raw = path.read_bytes()
    assert b"\r\n" in raw and b"\n" not in raw.replace(b"\r\n", b""), "mixed line ends"
    (tmp_path / "read.rb").write_text(CANVAS)
    done = subprocess.run([program, tmp_path / "read.rb", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def moodle(path, tmp_path, decimal=".", word="Participant ", heading="Grade"):
    """What Moodle would read: a list of (number, grade or None, last cell)."""
    program = need(PHP)
    (tmp_path / "read.php").write_text(MOODLE)
    command = [program, tmp_path / "read.php", path, decimal, word, heading]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def brightspace(path):
    """What Brightspace would read: OrgDefinedId to mark."""
    head, *rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    assert head[-1] == "End-of-Line Indicator" and {row[-1] for row in rows} == {"#"}
    assert any(title.endswith(" Points Grade") for title in head)
    at = next(number for number, title in enumerate(head) if title.endswith(" Points Grade"))
    assert all(row[0][0] == "#" and row[at] for row in rows)
    return {row[0][1:]: float(row[at]) for row in rows}


def moodle_feedback(names):
    """Which participant Moodle's importer gives each file to, and under what name."""
    found = {}
    for name in names:
        parts = name.split("/")
        for at, part in enumerate(parts):
            pieces = part.split("_", 4)
            if len(pieces) >= 4 and pieces[1].isdigit() and pieces[2] == "assignfeedback" and pieces[3] == "file":
                found[int(pieces[1]), "/".join(parts[at + 1 :])] = name
                break
        else:
            raise AssertionError(f"Moodle would leave {name} out")
    return found
