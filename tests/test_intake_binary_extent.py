"""A true .xls is measured before it is opened; the reader lays out all of its sheets at once."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwt
from conftest import Desk
from damage import damages, kept_parts, read_or_refused
from hypothesis import given, settings

from yicheng_coord.intake import workbook
from yicheng_coord.intake.binary_extent import NoWorkbookError, binary_extent
from yicheng_coord.intake.decode import open_rows

NUMBER, RK, DIMENSIONS = 0x0203, 0x027E, 0x0200


@pytest.fixture
def old_book(tmp_path: Path) -> Callable[..., Path]:
    """Save {sheet: {(row, column): value}}; the cells are counted from 0."""

    def save(sheets: Any) -> Path:
        made = xlwt.Workbook(encoding="utf-8")
        for title, cells in sheets.items():
            sheet = made.add_sheet(title)
            for (row, column), value in cells.items():
                sheet.write(row, column, value)
        path = tmp_path / "list.xls"
        made.save(str(path))
        return path

    return save


def _put(path: Path, before: bytes, after: bytes) -> None:
    content = path.read_bytes()
    assert content.count(before) == 1
    path.write_bytes(content.replace(before, after))


def test_its_sheets_are_measured_by_their_cells(old_book: Callable[..., Path]) -> None:
    path = old_book({"甲": {(0, 0): "案由", (9, 3): 1.5}, "乙": {(4, 6): "x"}, "丙": {}})
    assert binary_extent(path.read_bytes()) == (10, 7, 40 + 35)


def test_one_under_a_password_is_said_to_be_so_wherever_its_cells_seem_to_lie(
    old_book: Callable[..., Path],
) -> None:
    path = old_book({"甲": {(0, 0): 1.5}})
    codepage = struct.pack("<HH", 0x0042, 2)
    _put(path, codepage, struct.pack("<HH", 0x002F, 2))
    cell = struct.pack("<HHHH", RK, 10, 0, 0)
    _put(path, cell, struct.pack("<HHHH", RK, 10, 54321, 12345))
    with pytest.raises(workbook.LockedWorkbookError, match="设有密码"):
        open_rows(path)


def test_a_row_of_numbers_ends_at_the_column_that_it_names(old_book: Callable[..., Path]) -> None:
    path = old_book({"甲": {(2, column): column for column in range(30)}})
    assert binary_extent(path.read_bytes()) == (3, 30, 90)


def test_a_file_larger_than_its_header_has_room_for_is_measured(
    old_book: Callable[..., Path],
) -> None:
    path = old_book({"甲": {(row, 0): f"{row}" * 900 for row in range(4000)} | {(4000, 1): 1.5}})
    assert path.stat().st_size > 109 * 128 * 512
    assert binary_extent(path.read_bytes()) == (4001, 2, 8002)


def test_a_small_file_is_measured_in_its_small_sectors() -> None:
    stream = b"".join(
        [
            struct.pack("<HHIHBB", 0x0085, 8, 16, 0, 1, 0) + struct.pack("<HH", 0x000A, 0),
            struct.pack("<HHHHHd", NUMBER, 14, 11, 4, 0, 1.5),
            struct.pack("<HH", 0x000A, 0),
        ]
    )
    assert binary_extent(_small_file(stream)) == (12, 5, 60)


def _small_file(stream: bytes) -> bytes:
    """An OLE file: its table, its directory, the table of small sectors, the stream in these."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    head = bytearray(workbook.OLE + bytes(504))
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", head, 44, 1, 1, 0)
    struct.pack_into("<IIIII", head, 56, 4096, 2, 1, end, 0)
    struct.pack_into("<109I", head, 76, 0, *[free] * 108)
    directory = _entry("Root Entry", 5, 3, 512) + _entry("Workbook", 2, 0, len(stream))
    return b"".join(
        [
            bytes(head),
            struct.pack("<128I", 0xFFFFFFFD, end, end, end, *[free] * 124),
            directory.ljust(512, b"\0"),
            struct.pack("<128I", 1, end, *[free] * 126),
            stream.ljust(512, b"\0"),
        ]
    )


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = f"{name}\0".encode("utf-16-le")
    numbers = struct.pack("<HB", len(text), kind) + bytes(49) + struct.pack("<III", start, size, 0)
    return text.ljust(64, b"\0") + numbers


def test_a_cell_beyond_what_such_a_sheet_can_hold_is_refused(
    coord: Desk, old_book: Callable[..., Path]
) -> None:
    """It ended the process: a hundred gigabytes for one cell."""
    path = old_book({"甲": {(0, 0): "案由", (60_000, 200): 123456.789}})
    place = struct.pack("<HHHH", NUMBER, 14, 60_000, 200)
    _put(path, place, place[:4] + struct.pack("<HH", 65_535, 65_535))
    assert "超过 1000 列，不像一份案件清单，没有打开" in coord.refused("import", str(path))
    assert coord.json("case", "list") == []


def test_a_sheet_that_says_to_be_larger_than_it_can_be_is_refused(
    old_book: Callable[..., Path],
) -> None:
    path = old_book({"甲": {(0, 0): "案由", (7, 2): 1.5}})
    said = struct.pack("<HHIIHH", DIMENSIONS, 14, 0, 8, 0, 3)
    _put(path, said, said[:4] + struct.pack("<IIHH", 0, 0x7FFFFFFF, 0, 65_535))
    with pytest.raises(workbook.BrokenWorkbookError):
        open_rows(path)


def test_its_sheets_are_counted_together(old_book: Callable[..., Path]) -> None:
    path = old_book({name: {(0, 0): "案由", (65_535, 199): 1.5} for name in "甲乙"})
    with pytest.raises(workbook.TooLargeWorkbookError, match="各工作表共 26214400 格"):
        open_rows(path)


@pytest.mark.parametrize("sector", [0, 1])
def test_a_chain_that_leads_round_in_a_circle_is_refused(sector: int) -> None:
    content = bytearray(_small_file(b"x" * 99))
    struct.pack_into("<I", content, 512 + 4 * (sector + 1), 1)
    struct.pack_into("<I", content, 512 * 3 + 4, 0)
    with pytest.raises(NoWorkbookError):
        binary_extent(bytes(content))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    made = xlwt.Workbook(encoding="utf-8")
    for column, value in enumerate(["案由", 1, 1.5]):
        made.add_sheet(f"{column}").write(0, column, value)
    path = tmp_path_factory.mktemp("book") / "a.xls"
    made.save(str(path))
    return path.read_bytes()


@settings(max_examples=60, deadline=None)
@given(damages, kept_parts)
def test_a_damaged_file_is_read_or_refused(
    sound: bytes, tmp_path_factory: pytest.TempPathFactory, damages: Any, kept: float
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "a.xls"
    read_or_refused(path, sound, damages, kept, head=8)
