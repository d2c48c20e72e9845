"""Text from data is data: shown harmless everywhere, obeyed nowhere, stored as it is."""

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Desk
from pseudo_terminal import shown

TITLES = {
    "markup": "[red]红[/red] [bold",
    "closing markup": "[/] [/red] [link=http://x]",
    "escape": "\x1b[2J\x1b[31m红\x1b]0;标题\x07\x1b[0m",
    "8-bit escape": "\x9b31m红\x9d0;x\x9c",
    "line breaks": "一行\r\n2026-0002\t已办结\n三\v四\f五\x85六\u2028七\u2029八",
    "carriage return": "办结\r未办",
    "template": "{{ case.phone }} {% for x in y %} {# #} ${x} %(x)s {0}",
    "formula": "=cmd|'/c calc'!A1",
    "plus": "+1-1",
    "at": "@SUM(1)",
    "minus": "-2+3",
    "bidi": "a\u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "zero width": "涉\u200b密\ufeff件\u2060",
    "backspaces": "ab\b\b\bcd\x7f",
    "quotes": "'\"`;--",
    "html": "<script>alert(1)</script>&amp;",
    "emoji": "👨‍👩‍👧 𠮷 e\u0301",
    "wide": "宽" * 120,
    "long word": "x" * 300,
    "backslashes": r"\u001b[31m \n \x1b",
}
UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
LISTS = [["overdue"], ["pending"], ["case", "list"], ["transfer", "list"]]
SHEETS = [["today"], *(["case", "show", f"{n}"] for n in range(1, len(TITLES) + 1))]
SHEETS += [["explain", "D4"], ["transfer", "show", "1"]]
CASE = ["case", "add", "--found-by", "zrj", "--found-on", "2026-11-02", "--competent", "zfj"]
TEXTS = ("title", "party", "cause", "place", "summary", "informant", "phone", "party-id")


@pytest.fixture
def hostile(coord: Desk) -> Desk:
    """A register of cases whose every text is hostile."""
    for number, title in enumerate(TITLES.values(), start=1):
        texts = [f"--{option}={title}" for option in (*TEXTS, "external-number")]
        send = ["transfer", "send", f"{number}", "--to", "zfj", "--on", "11-05"]
        for line in ([*CASE, *texts], [*send, f"--reason={title}"]):
            told = coord.ok(*line)
            assert not UNSAFE.search(told.out + told.err), line
    return coord


def test_it_is_kept_as_it_is(hostile: Desk) -> None:
    with closing(sqlite3.connect(hostile.database)) as connection:
        rows = connection.execute("SELECT title, party, summary FROM case_file").fetchall()
    assert rows == [(title,) * 3 for title in TITLES.values()]


def test_plain_lines_obey_nothing(hostile: Desk) -> None:
    for line in (*LISTS, *SHEETS):
        result = hostile.ok(*line)
        assert not UNSAFE.search(result.out), line
        assert not UNSAFE.search(result.err), line


def test_plain_lines_are_one_a_row(hostile: Desk) -> None:
    for line in LISTS:
        rows = hostile.json(*line)
        lines = hostile.ok(*line).out.split("\n")
        assert lines.pop() == ""
        assert len(lines) == len(rows) + 1
        assert len({one.count("\t") for one in lines}) == 1


def test_markup_and_templates_are_shown_as_they_were_typed(coord: Desk) -> None:
    for title in (TITLES["markup"], TITLES["closing markup"], TITLES["template"]):
        coord.ok("case", "add", "--title", title, "--found-by", "zrj", "--found-on", "11-02")
        assert title in coord.ok("case", "list").out
        assert title in coord.ok("pending").out


def test_json_keeps_it(hostile: Desk) -> None:
    for line in LISTS:
        result = hostile.ok(*line, "-f", "json")
        assert set(TITLES.values()) <= set(_texts(json.loads(result.out)))
        assert not UNSAFE.search(result.err)
    for line in SHEETS:
        assert set(TITLES.values()) & set(_texts(hostile.json(*line)))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []


def test_csv_keeps_it_and_makes_it_no_formula(hostile: Desk) -> None:
    for line in LISTS:
        text = hostile.ok(*line, "-f", "csv").out.removeprefix("\ufeff")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) == len(hostile.json(*line)) + 1
        cells = [cell for row in rows for cell in row]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
        for title in TITLES.values():
            assert title in cells or f"'{title}" in cells


def test_a_terminal_obeys_nothing(hostile: Desk) -> None:
    for line in (*LISTS, *SHEETS):
        text = "\n".join(shown("--db", str(hostile.database), *line))
        own = re.sub(r"\x1b\[\d*(;\d+)*m", "", text)  # what Rich itself says of bold and faint
        assert not UNSAFE.search(own), line
        assert not re.search(r"\x1b\[\d*;?3\dm", text), "no colour, as NO_COLOR says"


def test_a_terminal_reading_json_obeys_nothing(hostile: Desk) -> None:
    for form in ("json", "csv"):
        text = "\n".join(shown("--db", str(hostile.database), "case", "list", "-f", form))
        assert not UNSAFE.search(text)


def test_letters_obey_nothing(hostile: Desk) -> None:
    numbers = [str(number) for number in range(1, len(TITLES) + 1)]
    for form in ("txt", "source"):
        text = hostile.ok("letter", "transfer", *numbers, "--as", form).out
        assert not UNSAFE.search(text)
        assert TITLES["template"].split(" {%")[0] in text


def test_files_are_named_without_it(hostile: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in range(1, len(TITLES) + 1):
        hostile.ok("letter", "transfer", str(number), "--out", str(out))
    files = list(out.rglob("*"))
    assert len(files) == len(TITLES)
    assert all(file.parent == out for file in files)
    assert not any(UNSAFE.search(file.name) for file in files)
    assert not any(set('/\\:*?"<>|') & set(file.name) for file in files)


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_refusals_obey_nothing(coord: Desk, title: str) -> None:
    coord.ok(*CASE, f"--title={title}")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "11-05")
    coord.ok("transfer", "accept", "1", "--on", "11-06")
    for line in (
        ["transfer", "send", "1", "--to", "zjj"],
        ["case", "close", "1"],
        ["overdue", f"--unit={title}"],
        ["overdue", f"--rule={title}"],
        ["pending", f"--case={title}x"],
        ["case", "list", f"--status={title}"],
        ["case", "list", f"--since={title}"],
        [f"--db={title}.db", "today"],
        [f"--today={title}", "today"],
    ):
        result = coord(*line)
        assert result.code in {1, 2, 3}, line
        assert not UNSAFE.search(result.err), line
        assert "程序出错" not in result.err, line


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_a_list_that_comes_in_is_told_of_harmlessly(
    coord: Desk, title: str, tmp_path: Path
) -> None:
    path = tmp_path / "来件.csv"
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerows(
        [["案件名称", "发现单位", "发现日期", title], [title, title, "2026-11-02", title]]
    )
    writer.writerow([title, "zrj", title, title])
    path.write_text(buffer.getvalue(), "utf-8-sig", newline="")
    for form in ([], ["--dry-run"], ["-v"]):
        result = coord("import", str(path), *form)
        assert result.code in {0, 1, 4}
        assert not UNSAFE.search(result.out + result.err)
        assert "程序出错" not in result.err
