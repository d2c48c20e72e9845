"""A file as rows of cells, whatever it is; the content decides, not the name."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import cast

from yicheng_coord.errors import RefusedError, reason_of
from yicheng_coord.intake.encodings import encoding_of
from yicheng_coord.intake.markup import table_rows
from yicheng_coord.intake.separated import records, separator_of
from yicheng_coord.intake.workbook import OLE, ZIP, open_sheet, reading

Cell = str | int | float | date | datetime | time | timedelta | bool | None
Row = tuple[int, list[Cell]]

_LARGEST_TEXT = 2 << 30
_HEAD = 4096
# What is no list, by its first bytes, and what people call it.
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM\x00", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"RIFF", "音视频或图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"SQLite format 3\x00", "数据库"),
    (b"{\\rtf", "RTF 文档"),
)
_JSON = re.compile(rb"\s*(?:\[\s*\{\s*\"|\{\s*\"|\[\s*\]\s*$)")
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"mime-version:")


class NoFileError(RefusedError):
    """Nothing is there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"没有这个文件：{path}。", "核对路径和文件名。")


class NotAFileError(RefusedError):
    """A folder, a pipe, a device."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}”不是普通文件。", "请写出文件夹里某一个文件的名字。")


class UnreadableFileError(RefusedError):
    """The system does not let us."""

    def __init__(self, path: Path, why: OSError) -> None:
        super().__init__(
            f"“{path.name}”打不开：{reason_of(why)}。", "核对权限，或关闭占用它的程序。"
        )


class EmptyFileError(RefusedError):
    """Nothing is in it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”是空文件。", "请重新导出后再导入。")


class LockFileError(RefusedError):
    """What Office leaves beside an open workbook."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”是 Office 打开文件时的临时锁文件，不是清单。",
            f"请导入“{name.removeprefix('~$')}”本身。",
        )


class NotAListError(RefusedError):
    """A picture, a PDF, an archive."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"“{name}”是{what}，不是清单。", "请导入 xlsx、xls、ods 或 CSV 文件。")


class MarkupError(RefusedError):
    """A table in XML, or a page packed with its pictures, under the name of a workbook."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”其实是 XML 或打包的网页，不能直接导入。",
            "用 Excel 或 WPS 打开，另存为 xlsx 后再导入。",
        )


class TooLargeTextError(RefusedError):
    """More than any list."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”超过 2 GB。", "请拆成几个文件导入。")


@dataclass(frozen=True)
class Table:
    """The rows of one file or sheet, read anew at each call of `rows`.

    Attributes:
        name: of the file.
        sheet: of a workbook, else None.
        encoding: of a text, else None.
        cleaned: what was cleaned while the rows were read, by kind: {"不换行空格": 3}.
        other_sheets: visible sheets with content that were not asked for.

    """

    name: str
    sheet: str | None
    encoding: str | None
    cleaned: Counter[str]
    read: Callable[[], Iterator[Row]] = field(repr=False)
    other_sheets: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Yield (line, cells): the file's line on which the record begins, or the sheet's row.

        Cells come as they stand in the file; `read_rows` cleans them.
        """
        return self.read()


def open_rows(path: Path, encoding: str | None = None, sheet: str | None = None) -> Table:
    """Find out what the file is and how its rows are read.

    Args:
        path: the file; its ending does not matter.
        encoding: of a text, where it is known; a workbook has its own.
        sheet: of a workbook; default: the first visible one with content.

    Raises:
        RefusedError: it is no list, or one that must not be opened.

    """
    path = Path(path)
    head = _head(path)
    if head.startswith((ZIP, OLE)):
        return _workbook(path, sheet)
    _refuse_others(path, head, told=encoding is not None)
    if _JSON.match(head.removeprefix(b"\xef\xbb\xbf")) and encoding is None:
        return Table(path.name, None, "utf-8", Counter(), partial(_json_rows, path))
    return _page(path, encoding) if _is_page(head) else _text(path, encoding)


def _head(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise LockFileError(path.name)
    try:
        if not path.exists():  # a NUL in the name is a name of nothing, too
            raise NoFileError(path)
        if not path.is_file():
            raise NotAFileError(path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as wrong:
        raise UnreadableFileError(path, wrong) from wrong
    if not head:
        raise EmptyFileError(path.name)
    return head


def _refuse_others(path: Path, head: bytes, *, told: bool) -> None:
    for magic, what in _OTHERS:
        if head.startswith(magic) and not told:
            raise NotAListError(path.name, what)
    if _is_markup(head) and not _is_page(head):
        raise MarkupError(path.name)
    if path.stat().st_size > _LARGEST_TEXT:
        raise TooLargeTextError(path.name)


def _json_rows(path: Path) -> Iterator[Row]:
    from yicheng_coord.intake.cases_json import case_rows  # few lists are JSON

    return cast("Iterator[Row]", case_rows(path))


def _is_markup(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP)


def _is_page(head: bytes) -> bool:
    plain = head.lower()
    is_packed = plain.lstrip().startswith(b"mime-version:")
    return _is_markup(head) and not is_packed and (b"<html" in plain or b"<table" in plain)


def _page(path: Path, told: str | None) -> Table:
    encoding = encoding_of(path, told)

    def read() -> Iterator[Row]:
        return cast("Iterator[Row]", table_rows(path, encoding))

    return Table(path.name, None, encoding, Counter(), read)


def _workbook(path: Path, sheet: str | None) -> Table:
    opened = open_sheet(path, sheet)

    def read() -> Iterator[Row]:
        # Rows are counted from the sheet's first, blank ones above the list included.
        with reading(path.name):
            yield from cast("Iterator[Row]", enumerate(opened.sheet.iter_rows(), 1))

    return Table(path.name, opened.sheet.name, None, Counter(), read, opened.others)


def _text(path: Path, told: str | None) -> Table:
    encoding = encoding_of(path, told)
    with path.open(encoding=encoding, newline="") as file:
        if not file.read(_HEAD).strip() and not file.read(_HEAD).strip():
            raise EmptyFileError(path.name)
    separator = separator_of(path, encoding)
    cleaned: Counter[str] = Counter()

    def read() -> Iterator[Row]:
        return cast("Iterator[Row]", records(path, encoding, separator, cleaned))

    return Table(path.name, None, encoding, cleaned, read)
