"""What is written, and how: consoles of code page 936, pipes that close, formats for programs."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk

from yicheng_coord.show import output

RARE = "😀 𠮷野家 ㎡ é 한글 ①"
DRAWN = [
    ["today"],
    ["overdue"],
    ["pending"],
    ["case", "list"],
    ["case", "show", "1"],
    ["transfer", "list"],
    ["transfer", "show", "1"],
    ["explain", "D2"],
    ["letter", "transfer", "1"],
    ["rules", "list"],
    ["unit", "list"],
    ["calendar", "status"],
    ["stats"],
    ["where"],
]
PROGRAMMED = [line for line in DRAWN if line[0] != "letter"]


@pytest.fixture
def desk(coord: Desk) -> Desk:
    add = ["case", "add", "--found-by", "zrj", "--found-on", "2026-11-02", "--competent", "zfj"]
    coord.ok(*add, "--title", RARE, "--party", RARE, "--summary", RARE)
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-05", "--reason", RARE)
    coord.ok(*add, "--title", "堆场", "--determined-on", "2026-11-04")
    return coord


def typed(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "yicheng_coord", "--today", "2026-11-23", *arguments],
        env=os.environ | settings,
        capture_output=True,
        check=False,
    )


# --- a console of code page 936 -------------------------------------------------------------------


@pytest.mark.parametrize("line", DRAWN, ids=" ".join)
def test_a_gbk_console_shows_what_it_can(desk: Desk, line: list[str]) -> None:
    result = typed(*line, PYTHONIOENCODING="gbk")
    assert result.returncode == 0, result.stderr
    assert b"Traceback" not in result.stderr
    text = result.stdout.decode("gbk")
    result.stderr.decode("gbk")
    assert "?" not in text.replace("? ?野家 ㎡ é ?? ①", "")
    assert desk.database.exists()


def test_a_gbk_console_shows_refusals_too(desk: Desk) -> None:
    result = typed("case", "show", RARE, PYTHONIOENCODING="gbk")
    assert result.returncode == 1
    assert "没有这个案件：“? ?野家".encode("gbk") in result.stderr
    assert desk.database.exists()


@pytest.mark.parametrize("line", PROGRAMMED, ids=" ".join)
def test_json_is_utf8_whatever_the_console_speaks(desk: Desk, line: list[str]) -> None:
    result = typed(*line, "-f", "json", PYTHONIOENCODING="gbk")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout.decode("utf-8")) is not None
    assert b"\\u" not in result.stdout, "characters stand as themselves"
    assert result.stdout == typed(*line, "-f", "json").stdout
    assert desk.database.exists()


@pytest.mark.parametrize("line", PROGRAMMED, ids=" ".join)
def test_csv_is_utf8_for_excel(desk: Desk, line: list[str]) -> None:
    result = typed(*line, "-f", "csv", PYTHONIOENCODING="gbk")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(b"\xef\xbb\xbf")
    assert result.stdout.endswith(b"\r\n")
    assert b"\n" not in result.stdout.replace(b"\r\n", b"")
    text = result.stdout.decode("utf-8-sig")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(one.startswith('"') and one.endswith('"') for one in lines)
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len({len(row) for row in rows}) == 1
    assert desk.database.exists()


# --- the same rows in every format ----------------------------------------------------------------


@pytest.mark.parametrize(
    "line", [["overdue"], ["pending"], ["case", "list"], ["transfer", "list"]], ids=" ".join
)
def test_every_format_has_the_same_rows(desk: Desk, line: list[str]) -> None:
    as_json = desk.json(*line)
    plain = desk.ok(*line).out.splitlines()
    rows = list(csv.reader(io.StringIO(desk.ok(*line, "-f", "csv").out.removeprefix("\ufeff"))))
    assert len(as_json) == len(plain) - 1 == len(rows) - 1 > 0
    assert plain[0].split("\t") == rows[0]
    assert [one.split("\t") for one in plain] == rows


@pytest.mark.parametrize(
    "line",
    [
        ["overdue"],
        ["pending", "--unit", "zjj"],
        ["case", "list"],
        ["transfer", "list"],
        ["case", "list", "--search", "没有"],
    ],
    ids=" ".join,
)
def test_an_empty_list_says_so_and_is_empty_for_programs(coord: Desk, line: list[str]) -> None:
    said = coord.ok(*line)
    assert "没有" in said.out
    assert said.out.count("\n") == 1
    assert coord.json(*line) == []
    headings = coord.ok(*line, "-f", "csv").out.splitlines()
    assert len(headings) == 1


def test_hints_and_results_go_separate_ways(desk: Desk) -> None:
    result = desk.ok("overdue")
    assert result.out.startswith("编号\t")
    assert result.err.startswith("共 ")
    assert desk.ok("overdue", "-f", "json").err == ""


def test_a_pipe_gets_no_colour_and_no_box(desk: Desk) -> None:
    for line in DRAWN:
        text = desk.ok(*line).out
        assert "\x1b" not in text
        assert "─" not in text


# --- the building blocks --------------------------------------------------------------------------


class Stream(io.TextIOWrapper):
    """A stdout that keeps its bytes, and may be a terminal."""

    def __init__(self, *, terminal: bool = False, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding, errors="replace", newline="")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    @property
    def written(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode("utf-8")


def written(monkeypatch: pytest.MonkeyPatch, write: Any, *, terminal: bool = False) -> str:
    stream = Stream(terminal=terminal)
    monkeypatch.setattr(sys, "stdout", stream)
    write()
    return stream.written


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_field_of_a_csv_is_a_formula(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    text = written(monkeypatch, lambda: output.write_csv(["a"], [[f"{start}cmd|'/c calc'!A1"]]))
    assert text == f'\ufeff"a"\r\n"\'{start}cmd|\'/c calc\'!A1"\r\n'


def test_fields_of_a_csv_are_quoted_and_empty_where_there_is_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [[None, 0, 'say "hi"', "a,b", "a\nb", "'=x", -5]]
    text = written(monkeypatch, lambda: output.write_csv(["a"] * 7, rows))
    assert text.partition("\r\n")[2] == '"","0","say ""hi""","a,b","a\nb","\'=x","\'-5"\r\n'


def test_plain_lines_keep_one_line_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["a\tb", "c\r\nd", None, 7]]
    text = written(monkeypatch, lambda: output.write_plain(["1", "2", "3", "4"], rows))
    assert text == "1\t2\t3\t4\na b\tc  d\t\t7\n"


def test_json_keeps_what_is_stored_and_a_terminal_obeys_none_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    value = {"title": "\x1b[31m\x9b2J\u202e\u2028[red]"}
    piped = written(monkeypatch, lambda: output.write_json(value))
    assert json.loads(piped) == value
    assert "\u202e" in piped
    seen = written(monkeypatch, lambda: output.write_json(value), terminal=True)
    assert not set("\x1b\x9b\u202e\u2028") & set(seen)
    assert json.loads(seen)["title"].startswith("\x1b[31m\x9b2J\u202e")


def test_csv_on_a_terminal_is_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["\x1b[31mx", "\x9b2J"]]
    seen = written(monkeypatch, lambda: output.write_csv(["a", "b"], rows), terminal=True)
    assert seen == '"a","b"\n"\\u001b[31mx","\\u009b2J"\n'


@pytest.mark.skipif(os.name == "nt", reason="arguments are characters there, not bytes")
def test_what_is_no_text_is_refused(desk: Desk) -> None:
    words = ["case", "add", "--found-by", "zrj", "--found-on", "2026-11-02", "--title"]
    line = [sys.executable, "-X", "utf8", "-m", "yicheng_coord", *words]
    gbk = "堆场".encode("gbk")
    result = subprocess.run(
        [*(word.encode() for word in line), gbk], capture_output=True, check=False
    )
    assert result.returncode == 2
    assert result.stderr.decode().startswith("不能识别的文字：“")
    assert len(desk.json("case", "list")) == 2


# --- readers that leave ---------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise on Windows")
@pytest.mark.parametrize(
    "line", [*DRAWN, ["--help"], ["--version"], ["unit", "list", "-f", "json"]], ids=" ".join
)
def test_a_reader_who_leaves_is_no_mistake(desk: Desk, line: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [sys.executable, "-m", "yicheng_coord", "--today", "2026-11-23", *line],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert result.returncode == 0
    assert b"Traceback" not in result.stderr
    assert b"BrokenPipe" not in result.stderr
    assert desk.database.exists()


@pytest.mark.skipif(os.name == "nt", reason="no head on Windows")
def test_head_takes_its_line_and_goes(coord: Desk, tmp_path: Path) -> None:
    rows = "".join(f"堆场{number},zrj,2026-11-02\n" for number in range(3000))
    (tmp_path / "a.csv").write_text(f"案件名称,发现单位,发现日期\n{rows}", "utf-8")
    coord.ok("import", str(tmp_path / "a.csv"))
    program = f'"{sys.executable}" -m yicheng_coord case list'
    for end in ("", " -f json", " -f csv"):
        result = subprocess.run(  # noqa: S602 – a pipe is what this is about
            f"{program}{end} | head -n 1",
            shell=True,
            capture_output=True,
            check=True,
        )
        assert result.stdout.count(b"\n") == 1
        assert result.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_output_that_finds_no_room_says_so(desk: Desk) -> None:
    for line in (["case", "list"], ["case", "list", "-f", "json"], ["--help"]):
        with Path("/dev/full").open("wb") as full:
            result = subprocess.run(
                [sys.executable, "-m", "yicheng_coord", *line],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert result.returncode == 1
        assert result.stderr.decode() == "文件无法读写（磁盘已满）。\n检查路径、权限与磁盘空间。\n"
    assert desk.database.exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell's way to close a stream")
@pytest.mark.parametrize(("closed", "code"), [("1>&-", 0), ("2>&-", 0), ("0<&-", 0)])
def test_closed_streams_are_no_mistake(desk: Desk, closed: str, code: int) -> None:
    result = subprocess.run(  # noqa: S602 – closing a stream is what this is about
        f'"{sys.executable}" -m yicheng_coord case list {closed}',
        shell=True,
        capture_output=True,
        check=False,
    )
    assert result.returncode == code
    assert b"Traceback" not in result.stderr
    assert desk.database.exists()
