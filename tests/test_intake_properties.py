"""Any table comes back as it was written, and any bytes are read or refused."""

import codecs
import contextlib
import csv
import io
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.decode import open_rows
from yicheng_coord.intake.header import find_header

HEAD = ["案件编号", "案件名称", "发现单位", "发现日期"]
cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
tables = st.lists(st.lists(cells, min_size=4, max_size=4), max_size=8)
separators = st.sampled_from([",", "\t", ";", "，"])
quotings = st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])


def is_utf_8(content: Any) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def write(folder: Path, table: Any, separator: str, quoting: Any, codec: str) -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting).writerows([HEAD, *table])
    path = folder / "list.csv"
    path.write_bytes(out.getvalue().encode(codec))
    return path


@given(tables, separators, quotings, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_any_table_comes_back_identical(
    tmp_path_factory: pytest.TempPathFactory, table: Any, separator: str, quoting: Any, codec: str
) -> None:
    path = write(tmp_path_factory.mktemp("table"), table, separator, quoting, codec)
    if codec == "gb18030":
        assume(not is_utf_8(path.read_bytes()))
    assert [row for _, row in open_rows(path).rows()] == [HEAD, *table]


@given(tables, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]))
def test_any_table_comes_back_identical_by_the_encoding_told(
    tmp_path_factory: pytest.TempPathFactory, table: Any, codec: str
) -> None:
    path = write(tmp_path_factory.mktemp("told"), table, ",", csv.QUOTE_ALL, codec)
    rows = [row for _, row in open_rows(path, encoding=codec).rows()]
    assert rows == [HEAD, *table]


marks = st.sampled_from(
    [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE,
     b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "案号,案由\n".encode(), b'a,"b\n']
)  # fmt: skip
told = st.sampled_from([None, "utf-8", "gbk", "utf-16", "utf-16-le", "big5"])


@given(marks, st.binary(max_size=200), told)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, mark: bytes, content: Any, encoding: str | None
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "list.xls"
    path.write_bytes(mark + content)
    with contextlib.suppress(RefusedError):
        table = open_rows(path, encoding=encoding)
        assert all(line > 0 for line, _ in table.rows())
        find_header(table.rows())


@given(st.text(alphabet=',;\t，"\r\n案由号a1', max_size=60))
def test_any_play_of_quotes_and_line_breaks_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("quotes") / "list.csv"
    path.write_bytes(text.encode())
    with contextlib.suppress(RefusedError):
        lines = [line for line, _ in open_rows(path).rows()]
        assert lines == sorted(set(lines))


@given(tables)
def test_any_table_comes_back_identical_from_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, table: Any
) -> None:
    path = tmp_path_factory.mktemp("book") / "list.csv"
    book = Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for number, row in enumerate([HEAD, *table]):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    book.close()
    assert [row for _, row in open_rows(path).rows()] == [HEAD, *table]


lines_of_a_page = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=20
)


@given(st.lists(st.lists(lines_of_a_page, min_size=4, max_size=4), max_size=8))
def test_any_table_comes_back_identical_from_a_page(
    tmp_path_factory: pytest.TempPathFactory, table: Any
) -> None:
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in [HEAD, *table]
    )
    path = tmp_path_factory.mktemp("page") / "list.xls"
    path.write_text(f"<html><table>{rows}</table></html>", "utf-8")
    assert [row for _, row in open_rows(path).rows()] == [HEAD, *table]


tags = st.sampled_from(
    ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th colspan=3>", "<td rowspan=4>",
     "<td colspan=99999>", "<br>", "<!--", "-->", "<script>", "</script>", "&lt;", "&#0;", "案由"]
)  # fmt: skip


@given(st.lists(tags | st.text(max_size=5), max_size=40))
def test_any_page_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("soup") / "list.xls"
    path.write_text("<html>" + "".join(parts), "utf-8", errors="replace")
    with contextlib.suppress(RefusedError):
        lines = [line for line, _ in open_rows(path).rows()]
        assert lines == list(range(1, len(lines) + 1))
