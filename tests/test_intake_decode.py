"""Files as rows: what is opened, how it is decoded and cut, and what is refused."""

import csv
import io
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.intake import decode, encodings, separated
from yicheng_coord.intake.decode import open_rows

HEAD = ["案件编号", "案件名称", "发现单位", "发现日期"]
ROW = ["007", "某店占道经营，㮾树😀下", "城管局", "2026-03-05"]


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(content: Any, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def as_csv(*rows: Any, separator: str = ",", quoting: Any = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting).writerows(rows)
    return out.getvalue()


def cells(path: Path, **options: Any) -> list[list[Any]]:
    return [row for _, row in open_rows(path, **options).rows()]


@pytest.mark.parametrize(
    "codec, told",
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_the_encoding_is_found_and_rare_characters_survive(
    file: Callable[..., Path], codec: str, told: str | None
) -> None:
    path = file(as_csv(HEAD, ROW).encode(codec))
    table = open_rows(path)
    assert (table.name, table.sheet, table.encoding) == ("list.csv", None, told)
    assert [row for _, row in table.rows()] == [HEAD, ROW]


def test_utf_16_big_endian_with_its_mark_is_read(file: Callable[..., Path]) -> None:
    assert cells(file(b"\xfe\xff" + as_csv(HEAD, ROW).encode("utf-16-be"))) == [HEAD, ROW]


def test_an_encoding_that_was_told_is_used(file: Callable[..., Path]) -> None:
    assert cells(file("案由,龘\n".encode("big5hkscs")), encoding="Big5") == [["案由", "龘"]]
    assert cells(file("案由,甲\n".encode("utf-16-le")), encoding="UTF_16_LE") == [["案由", "甲"]]
    assert cells(file("案由,甲\n".encode("utf-8-sig")), encoding="utf-8") == [["案由", "甲"]]
    assert cells(file("案由,甲\n".encode("gbk")), encoding="GB2312") == [["案由", "甲"]]


def test_an_encoding_that_was_told_wrongly_is_refused_and_names_the_line(
    file: Callable[..., Path],
) -> None:
    with pytest.raises(encodings.UndecodableError, match="第 2 行"):
        open_rows(file(b"a,b\n\xff\xff,c\n"), encoding="utf-8")
    with pytest.raises(encodings.UndecodableError, match="第 1 行"):
        open_rows(file(b"a,b\n"), encoding="utf-16")
    with pytest.raises(InputError, match="不认识编码“martian”"):
        open_rows(file(b"a,b\n"), encoding="martian")


def test_bytes_that_are_no_text_are_refused_with_their_line(file: Callable[..., Path]) -> None:
    with pytest.raises(encodings.UndecodableError, match=r"“list.csv”第 3 行.*utf-8、gb18030"):
        open_rows(file("案由,甲\r\n乙,丙\r丁,".encode() + b"\xff\xff\n"))


def test_a_text_that_breaks_off_inside_a_character_is_refused(file: Callable[..., Path]) -> None:
    with pytest.raises(encodings.UndecodableError, match="第 2 行"):
        open_rows(file("案由\n甲".encode("utf-16")[:-1]))


def test_utf_16_without_its_mark_is_refused_with_what_to_do(file: Callable[..., Path]) -> None:
    with pytest.raises(encodings.NoMarkError) as refused:
        open_rows(file("案由,a\n甲,b\n".encode("utf-16-le")))
    assert "--encoding utf-16-le" in refused.value.hint


def test_a_line_without_end_is_refused(
    file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encodings, "CHUNK", 100)
    monkeypatch.setattr(encodings, "_LONGEST_LINE", 1000)
    with pytest.raises(encodings.LineTooLongError, match="第 2 行"):
        open_rows(file(b"head\n" + b"x" * 3000))


@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_the_separator_is_found_by_looking(file: Callable[..., Path], separator: str) -> None:
    row = ["007", "某店", "城管局", "2026-03-05"]
    assert cells(file(as_csv(HEAD, row, separator=separator).encode())) == [HEAD, row]


def test_separators_inside_texts_do_not_deceive(file: Callable[..., Path]) -> None:
    rows = [HEAD, *([f"{n}", "甲；乙;丙;丁，戊，己;庚", "x;y", "2026-01-01"] for n in range(30))]
    assert cells(file(as_csv(*rows).encode())) == rows


def test_a_list_of_one_column_and_unknown_headings_are_cut_by_what_cuts_evenly(
    file: Callable[..., Path],
) -> None:
    assert cells(file(b"x\ny\n")) == [["x"], ["y"]]
    assert cells(file(b"x;y\n1,5;2\n3;4,5\n")) == [["x", "y"], ["1,5", "2"], ["3", "4,5"]]


def test_quoted_line_breaks_and_mixed_line_ends_keep_the_line_a_person_sees(
    file: Callable[..., Path],
) -> None:
    path = file('案由,地点\r\n"甲\r\n乙",丙\n丁,戊\r己,庚'.encode())
    assert list(open_rows(path).rows()) == [
        (1, ["案由", "地点"]),
        (2, ["甲\r\n乙", "丙"]),
        (4, ["丁", "戊"]),
        (5, ["己", "庚"]),
    ]


def test_a_quote_inside_a_cell_is_read_and_counted(file: Callable[..., Path]) -> None:
    table = open_rows(file('当事人,地点\n"甲"公司,乙\n丙,5"管\n'.encode()))
    expected = [(1, ["当事人", "地点"]), (2, ["甲公司", "乙"]), (3, ["丙", '5"管'])]
    assert list(table.rows()) == expected
    assert list(table.rows()) == expected
    assert table.cleaned == {"不成对的引号": 1}


@pytest.mark.parametrize(
    "text", ['案由,地点\n甲,"乙\n丙,丁\n', '案由,地点\n甲,"乙\n丙,丁\n"戊",己\n']
)
def test_a_quote_that_would_swallow_rows_is_refused(file: Callable[..., Path], text: str) -> None:
    table = open_rows(file(text.encode()))
    with pytest.raises(separated.UnclosedQuoteError, match="第 2 行"):
        list(table.rows())


def test_a_cell_or_a_row_beyond_all_measure_is_refused(file: Callable[..., Path]) -> None:
    with pytest.raises(separated.CellTooLongError, match="第 2 行"):
        list(open_rows(file(b"a,b\nc," + b"x" * 100_001)).rows())
    with pytest.raises(separated.CellTooLongError):
        list(open_rows(file(b'a,b\n"c"c,' + b"x" * 100_001)).rows())
    with pytest.raises(separated.TooManyColumnsError, match="第 2 行"):
        list(open_rows(file(b"a,b\nc" + b"," * 1000)).rows())


def test_a_file_that_changes_while_it_is_read_is_refused(file: Callable[..., Path]) -> None:
    path = file("案由\n甲\n".encode())
    table = open_rows(path)
    path.write_bytes(b"\xff\xff\n")
    with pytest.raises(separated.ChangedMeanwhileError):
        list(table.rows())


@pytest.mark.parametrize(
    "content, refusal, sentence",
    [
        (b"", decode.EmptyFileError, "空文件"),
        (b"\xef\xbb\xbf \r\n", decode.EmptyFileError, "空文件"),
        (b"%PDF-1.7 ...", decode.NotAListError, "是PDF"),
        (b"\x89PNG\r\n\x1a\n....", decode.NotAListError, "是图片"),
        (b"\xff\xd8\xff\xe0....", decode.NotAListError, "是图片"),
        (b"Rar!\x1a\x07", decode.NotAListError, "是压缩包"),
        (b"\x7fELF\x02\x01\x01\x00\x00", encodings.NoMarkError, "空字节"),
        (b'\xef\xbb\xbf\r\n<?xml version="1.0"?><Workbook/>', decode.MarkupError, "XML"),
        (b"MIME-Version: 1.0\r\n<html><table>", decode.MarkupError, "打包的网页"),
    ],
)
def test_what_is_no_list_is_refused_whatever_it_is_called(
    file: Callable[..., Path], content: Any, refusal: type[BaseException], sentence: str
) -> None:
    with pytest.raises(refusal, match=sentence) as refused:
        open_rows(file(content, "list.xls"))
    assert isinstance(refused.value, RefusedError)
    assert refused.value.exit_code == 1
    assert refused.value.hint


def test_missing_files_folders_and_lock_files_are_refused(
    file: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(decode.NoFileError, match="没有这个文件"):
        open_rows(tmp_path / "none.csv")
    with pytest.raises(decode.NoFileError):
        open_rows(Path("a\0b"))
    with pytest.raises(decode.NotAFileError, match="不是普通文件"):
        open_rows(tmp_path)
    with pytest.raises(decode.LockFileError) as refused:
        open_rows(file(b"\x05clerk", "~$list.xlsx"))
    assert "“list.xlsx”" in refused.value.hint
    with pytest.raises(decode.UnreadableFileError):
        open_rows(tmp_path / ("长" * 200))


def test_a_text_beyond_all_measure_is_refused(
    file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "_LARGEST_TEXT", 3)
    with pytest.raises(decode.TooLargeTextError):
        open_rows(file(b"a,b\n"))


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(decode.NotAFileError):
        open_rows(tmp_path / "pipe")


def test_rows_stream_in_little_memory(file: Callable[..., Path]) -> None:
    path = file(as_csv(HEAD, *[ROW] * 60_000).encode())
    tracemalloc.start()
    assert sum(1 for _ in open_rows(path).rows()) == 60_001
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 15_000_000  # all rows at once take three times as much
