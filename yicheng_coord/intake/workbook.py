"""Workbooks through calamine, after a look at what opening them would cost."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.binary_extent import UnderPasswordError, binary_extent
from yicheng_coord.intake.extent import (
    EntityFoundError,
    Extent,
    excel_extent,
    excel_extent_at_most,
    open_document_extent,
    usual_extent,
)
from yicheng_coord.intake.separated import MOST_COLUMNS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MOST_ROWS = 1_048_576
MOST_CELLS = 20_000_000  # calamine lays a sheet out densely: about 33 bytes a cell
MOST_SHEETS = 200
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ExpatError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,  # an unknown way of packing
    RuntimeError,  # parts under a password
)
LARGEST_FILE = 200 << 20
MOST_UNPACKED = 1 << 30


class BrokenWorkbookError(RefusedError):
    """It begins like a workbook and is none."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”不是能读的工作簿，可能已损坏。",
            "用 Excel 或 WPS 打开，另存为 xlsx 后再导入。",
        )


class OtherDocumentError(RefusedError):
    """Packed as a workbook is, but a document, slides, or an archive."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”不是 xlsx、xls 或 ods 工作簿。", "请导入清单本身，或另存为 xlsx 后再导入。"
        )


class MacroError(RefusedError):
    """It carries programs, and those we do not open."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”带宏，为安全起见不打开。", "另存为不带宏的 xlsx 后再导入。")


class EntityError(RefusedError):
    """An XML bomb."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”的 XML 里定义了实体，正常的工作簿没有，没有打开。",
            "用 Excel 或 WPS 打开，另存为 xlsx 后再导入。",
        )


class LockedWorkbookError(RefusedError):
    """It wants a password."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”设有密码。", "在 Excel 或 WPS 里去掉密码后再导入。")


class TooLargeWorkbookError(RefusedError):
    """Opening it would take the machine's memory: a zip bomb, or a cell in the far corner."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            f"“{name}”{what}，不像一份案件清单，没有打开。",
            "删去多余的行列和工作表，或另存为 CSV 后再导入。",
        )


class UnknownSheetError(RefusedError):
    """No sheet is called so."""

    def __init__(self, name: str, sheet: str, known: list[str]) -> None:
        super().__init__(
            f"“{name}”里没有工作表“{sheet}”。", f"有：{'、'.join(known)}；用 --sheet 选一个。"
        )


class NoRowsError(RefusedError):
    """All sheets are empty."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”的工作表都是空的。", "核对是否存错了文件。")


@dataclass(frozen=True)
class OpenedSheet:
    """A sheet, and the names of the other visible ones that hold something."""

    sheet: "CalamineSheet"
    others: tuple[str, ...]


def open_sheet(path: Path, wanted: str | None) -> OpenedSheet:
    """Open a workbook's sheet: the one named, else the first visible one with content.

    Raises:
        RefusedError: it is broken, locked, has macros, is too large, or has no such sheet.

    """
    _inspect(path)
    workbook = _opened(path)
    names = workbook.sheet_names
    if wanted is not None:
        if wanted not in names:
            raise UnknownSheetError(path.name, wanted, names)
        return OpenedSheet(_sheet(path, workbook, wanted), ())
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    visible = (
        _sheet(path, workbook, about.name)
        for about in workbook.sheets_metadata
        if about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible
    )
    filled = (sheet for sheet in visible if sheet.end is not None)
    first = next(filled, None)
    if first is None:
        raise NoRowsError(path.name)
    # Of the others only the names are kept: a sheet at a time is in memory beside the first.
    return OpenedSheet(first, tuple(sheet.name for sheet in filled))


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turn what the Rust reader raises into refusals; its panic is no `Exception`."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise LockedWorkbookError(name) from None
    except (CalamineError, ValueError, OverflowError):
        raise BrokenWorkbookError(name) from None
    except BaseException as wrong:
        if type(wrong).__name__ != "PanicException":
            raise
        raise BrokenWorkbookError(name) from None


def _opened(path: Path) -> "CalamineWorkbook":
    from python_calamine import load_workbook

    with reading(path.name), path.open("rb") as file:
        workbook = load_workbook(file)
    if len(workbook.sheet_names) > MOST_SHEETS:
        raise TooLargeWorkbookError(path.name, f"超过 {MOST_SHEETS} 张工作表")
    return workbook


def _sheet(path: Path, workbook: "CalamineWorkbook", name: str) -> "CalamineSheet":
    with reading(path.name):
        sheet = workbook.get_sheet_by_name(name)
    if sheet.end is not None and sheet.end[1] >= MOST_COLUMNS:
        raise TooLargeWorkbookError(path.name, f"超过 {MOST_COLUMNS} 列")
    return sheet


def _inspect(path: Path) -> None:
    """Refuse, before it is read, what has macros or would burst."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise TooLargeWorkbookError(path.name, f"超过 {LARGEST_FILE >> 20} MB")
    with path.open("rb") as file:
        is_zip = file.read(len(ZIP)) == ZIP
    if not is_zip:
        _inspect_ole(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            _inspect_archive(path, archive, size)
    except EntityFoundError:
        raise EntityError(path.name) from None
    except _BROKEN:
        raise BrokenWorkbookError(path.name) from None


def _inspect_ole(path: Path) -> None:
    content = path.read_bytes()
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise MacroError(path.name)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise LockedWorkbookError(path.name)
    if not any(f"{name}\0".encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise OtherDocumentError(path.name)
    try:
        what = _too_far(binary_extent(content))
    except UnderPasswordError:
        raise LockedWorkbookError(path.name) from None
    except _BROKEN:
        raise BrokenWorkbookError(path.name) from None
    if what:
        raise TooLargeWorkbookError(path.name, what)


def _inspect_archive(path: Path, archive: zipfile.ZipFile, size: int) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise MacroError(path.name)
    if not names & {"xl/workbook.xml", "content.xml"} or "xl/workbook.bin" in names:
        raise OtherDocumentError(path.name)  # a binary workbook (xlsb) cannot be measured
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooLargeWorkbookError(path.name, f"解开后超过 {MOST_UNPACKED >> 30} GB")
    if sum(part.compress_size for part in parts) > size:
        raise TooLargeWorkbookError(path.name, "内部各部分重叠")
    for part in parts:
        _inspect_part(path, archive, part)


def _inspect_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack it piece by piece: it may be larger than it says, and a sheet may reach far."""
    is_open_document = part.filename.lower() == "content.xml"
    for measure in (
        (open_document_extent,)
        if is_open_document
        else (usual_extent, excel_extent_at_most, excel_extent)
    ):
        with archive.open(part) as stream:  # reads the bytes declared, then checks their CRC
            what = _too_far(measure(stream))
        if not what:
            return
    raise TooLargeWorkbookError(path.name, what)


def _too_far(extent: Extent) -> str:
    if extent.columns > MOST_COLUMNS:
        return f"超过 {MOST_COLUMNS} 列"
    if extent.cells > MOST_CELLS > extent.rows * extent.columns:
        return f"各工作表共 {extent.cells} 格"
    is_large = extent.rows > MOST_ROWS or extent.cells > MOST_CELLS
    return f"占 {extent.rows} 行 {extent.columns} 列" if is_large else ""
