"""Workbooks: what they say, and those that are refused before they are read."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from damage import damages, kept_parts, read_or_refused
from hypothesis import given, settings

from yicheng_coord.intake import workbook
from yicheng_coord.intake.cells import plain_text
from yicheng_coord.intake.decode import NotAListError, open_rows

OLE = workbook.OLE
SPREADSHEET = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="表">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Save a workbook of {sheet: rows}; the name says nothing of what is in it."""

    def save(sheets: Any, name: str = "list.csv", hidden: Any = ()) -> Path:
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(row)
            if title in hidden:
                sheet.sheet_state = "hidden"
        path = tmp_path / name
        made.save(path)
        return path

    return save


@pytest.fixture
def packed(tmp_path: Path) -> Callable[..., Path]:
    def pack(parts: Any, name: str = "list.xlsx", **options: Any) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        return path

    return pack


@pytest.fixture
def open_document(packed: Callable[..., Path]) -> Callable[..., Path]:
    def pack(rows: Any) -> Path:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        names = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        manifest = f'<manifest:manifest xmlns:manifest="{names}"/>'
        return packed(
            {
                "mimetype": kind,
                "META-INF/manifest.xml": manifest,
                "content.xml": SPREADSHEET.format(rows),
            },
            "list.xls",
        )

    return pack


def test_a_workbook_is_known_by_its_content(book: Callable[..., Path]) -> None:
    table = open_rows(book({"台账": [["案由", "地点"], [], ["甲", "乙"]]}))
    assert (table.name, table.sheet, table.encoding) == ("list.csv", "台账", None)
    assert list(table.rows()) == [(1, ["案由", "地点"]), (2, ["", ""]), (3, ["甲", "乙"])]
    assert list(table.rows())[2] == (3, ["甲", "乙"])


def test_rows_keep_the_sheet_s_numbers_below_blank_ones(book: Callable[..., Path]) -> None:
    path = book({"表": [[None], [None], [None, "案由"]]})
    assert list(open_rows(path).rows())[2] == (3, ["案由"])


def test_cells_keep_their_kinds(book: Callable[..., Path]) -> None:
    moment = datetime(2026, 3, 5, 9, 1)
    path = book({"表": [[date(2026, 3, 5), moment, 45000, 1.5, True, "007", None]]})
    (_, cells), *_ = open_rows(path).rows()
    assert cells == [date(2026, 3, 5), moment, 45000.0, 1.5, True, "007"]
    path = book({"表": [[time(9, 1), timedelta(hours=30)]]})
    ((_, spans),) = open_rows(path).rows()
    assert spans == [time(9, 1), timedelta(hours=30)]
    assert [plain_text(cell) for cell in spans] == ["09:01:00", "1 day, 6:00:00"]


def test_the_first_visible_sheet_with_content_is_read_and_the_others_are_named(
    book: Callable[..., Path],
) -> None:
    sheets = {"空": [], "隐": [["x"]], "甲": [["a"]], "乙": [["b"]], "丙": []}
    path = book(sheets, hidden=["隐"])
    table = open_rows(path)
    assert (table.sheet, table.other_sheets) == ("甲", ("乙",))
    assert list(open_rows(path, sheet="隐").rows()) == [(1, ["x"])]
    with pytest.raises(workbook.UnknownSheetError, match="没有工作表“丁”") as refused:
        open_rows(path, sheet="丁")
    assert "空、隐、甲、乙、丙" in refused.value.hint


def test_a_workbook_without_content_is_refused(book: Callable[..., Path]) -> None:
    with pytest.raises(workbook.NoRowsError):
        open_rows(book({"空": []}))


def test_an_open_document_is_read(open_document: Callable[..., Path]) -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = (
        f"<table:table-row>{CELL.format('', '案由')}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{CELL.format("", "甲")}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
    )
    table = open_rows(open_document(rows))
    assert list(table.rows()) == [(1, ["案由"]), (2, ["甲"]), (3, ["甲"])]


def repeated(rows: int, columns: int) -> str:
    cell = CELL.format(f' table:number-columns-repeated="{columns}"', "x")
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


BLANK_ROWS = '<table:table-row table:number-rows-repeated="1048575"/>'
UNTYPED = "<table:table-cell><text:p>x</text:p></table:table-cell>"


@pytest.mark.parametrize(
    "row",
    [
        repeated(1_048_577, 1),
        repeated(1, 2000),
        repeated(30_000, 900),
        BLANK_ROWS + repeated(1, 900),
        f'<table:table-row table:number-rows-repeated="9999999">{UNTYPED}</table:table-row>',
    ],
)
def test_an_open_document_that_unfolds_beyond_measure_is_refused(
    open_document: Callable[..., Path], row: str
) -> None:
    with pytest.raises(workbook.TooLargeWorkbookError):
        open_rows(open_document(row))


@pytest.mark.parametrize(
    "content", ["<a", SPREADSHEET.format('<table:table-row table:number-rows-repeated="x"/>')]
)
def test_a_broken_open_document_is_refused(packed: Callable[..., Path], content: Any) -> None:
    with pytest.raises(workbook.BrokenWorkbookError):
        open_rows(packed({"content.xml": content}))


def test_a_cell_in_the_far_corner_is_refused_before_it_takes_the_memory(
    book: Callable[..., Path],
) -> None:
    made = openpyxl.Workbook()
    made.active["A1"], made.active["T1048576"] = "案由", "x"
    path = book({"表": [["x"]]})
    made.save(path)
    with pytest.raises(workbook.TooLargeWorkbookError, match="1048576 行 20 列"):
        open_rows(path)
    made.active["T1048576"], made.active["ALM1"] = None, "x"
    made.save(path)
    with pytest.raises(workbook.TooLargeWorkbookError, match="超过 1000 列"):
        open_rows(path)


@pytest.mark.parametrize("place", ["A99999999", "B4000000000", "a99999999", "A0099999999"])
@pytest.mark.parametrize("blank", ["{}", " {}", "{} ", "\n{}\t"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_cell_that_says_to_be_far_below_its_row_is_refused(
    tmp_path: Path, place: str, blank: str, quote: str
) -> None:
    """The reader goes by what the cell says, whatever its row says or does not say."""
    path = tmp_path / "a.xlsx"
    cell = f"<c r{blank.format('=')}{quote}{place}{quote}><v>1</v></c>"
    _with_rows(path, f"<row r='2'>{cell}</row>")
    with pytest.raises(workbook.TooLargeWorkbookError, match=r"占 (99999999|4000000000) 行"):
        open_rows(path)


def test_a_wide_sheet_is_measured_by_the_rows_of_its_cells_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    _with_rows(path, "<row r='2'><c r='CV2'><v>1</v></c><c r='S999999'><v>1</v></c></row>")
    with pytest.raises(workbook.TooLargeWorkbookError, match="占 999999 行 100 列"):
        open_rows(path)


@pytest.mark.parametrize("before", range(60))
def test_a_far_cell_is_found_wherever_the_file_is_cut_in_reading(
    tmp_path: Path, before: int
) -> None:
    path = tmp_path / "a.xlsx"
    text = "<is><t>x</t></is>" + "<!--" + " " * ((1 << 20) - 700 - before) + "-->"
    cells = f"<c r='A1' t='inlineStr'>{text}</c><c r='B99999999'><v>1</v></c>"
    _with_rows(path, f"<row r='1'>{cells}</row>")
    with pytest.raises(workbook.TooLargeWorkbookError, match="占 99999999 行"):
        open_rows(path)


FAR = "<v>1</v></c>"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    "rows",
    [
        f"<row r='1048570'>{'<c/>' * 16_000}<c>{FAR}</row>",
        f"{'<row/>' * 30_000}<row>{'<c/>' * 900}<c>{FAR}</row>",
        f'<row r="2"><c t="n" x=">" r="XFD1048576">{FAR}</row>',
        f'<row r="2"><c x="{"y" * 200_000}" r="XFD1048576">{FAR}</row>',
        f'<row r="2"><c r="http999999">{FAR}</row>',
        f'<row r="2"><c\nr="XFD1048576">{FAR}</row>',
        f'<row r="2"><c r{" " * 140_000}="XFD1048576">{FAR}</row>',
        f'<row r="2"><c  r="XFD{"0" * 900}1048576">{FAR}</row>',
        f'<row r="2"><c r="{"A" * 200_000}2">{FAR}</row>',
        f'<y:row xmlns:y="{MAIN}" r="1048570">{"<y:c/>" * 16_000}<y:c><y:v>1</y:v></y:c></y:row>',
    ],
    ids=range(10),
)
@pytest.mark.parametrize("before", range(0, 1200, 300))
def test_a_far_cell_is_found_however_its_place_is_told(
    tmp_path: Path, rows: str, before: int
) -> None:
    """It may say nothing of its place, and stand beside sixteen thousand blank ones."""
    path = tmp_path / "a.xlsx"
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    _with_rows(path, f"{near}<!--{' ' * ((1 << 17) - 1500 - before)}-->{rows}")
    with pytest.raises(workbook.TooLargeWorkbookError):
        open_rows(path)


def test_a_sheet_of_which_no_cell_tells_its_place_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    row = f"<row>{'<c><v>1</v></c>' * 12}</row>"
    _with_rows(path, row * 500)
    assert [cells for _, cells in open_rows(path).rows()] == [[1.0] * 12] * 500


def test_of_many_large_sheets_one_at_a_time_is_in_memory(book: Callable[..., Path]) -> None:
    """Each is within the bounds; together they would take the memory of the machine."""
    pytest.importorskip("resource")
    made = openpyxl.Workbook()
    made.active["A1"] = "案由"
    for _ in range(6):
        sheet = made.create_sheet()
        sheet["A1"] = sheet["S400000"] = "x"  # 240 MB each
    path = book({"表": [["x"]]})
    made.save(path)
    program = (
        "import resource, sys; from pathlib import Path;"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30));"
        "from yicheng_coord.intake.workbook import open_sheet;"
        "print(len(open_sheet(Path(sys.argv[1]), None).others))"
    )
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.stdout.strip() == b"6"


def test_the_sheets_of_an_open_document_are_counted_together(
    packed: Callable[..., Path],
) -> None:
    """The reader lays out all of them at once."""
    row = '<table:table-row table:number-rows-repeated="900000">{}</table:table-row>'
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    one = f'<table:table table:name="A">{row.format(cell * 12)}</table:table>'
    path = packed({"content.xml": SPREADSHEET.format(f"</table:table>{one}{one}<table:table>")})
    with pytest.raises(workbook.TooLargeWorkbookError, match="各工作表共 21600000 格"):
        open_rows(path)


def _with_rows(path: Path, rows: str) -> None:
    """Write a workbook whose first sheet has these rows more, as no program would write them."""
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    (sheet,) = (name for name in parts if name.endswith("sheet1.xml"))
    filled = re.sub(
        rb"<sheetData */>|<sheetData></sheetData>",
        b"<sheetData>" + rows.encode() + b"</sheetData>",
        parts[sheet],
    )
    assert filled != parts[sheet]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {**parts, sheet: filled}.items():
            made.writestr(name, content)


def test_a_far_cell_that_is_only_formatted_does_no_harm(book: Callable[..., Path]) -> None:
    made = openpyxl.Workbook()
    made.active["A1"] = "案由"
    made.active["XFD900000"].font = openpyxl.styles.Font(bold=True)
    path = book({"表": [["x"]]})
    made.save(path)
    assert list(open_rows(path).rows()) == [(1, ["案由"])]


def test_macros_are_refused_in_every_kind_of_workbook(
    packed: Callable[..., Path], tmp_path: Path
) -> None:
    for part in ("xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"):
        with pytest.raises(workbook.MacroError, match="带宏"):
            open_rows(packed({"xl/workbook.xml": "", part: ""}))
    old = tmp_path / "old.xls"
    old.write_bytes(OLE + "Workbook\0_VBA_PROJECT".encode("utf-16-le"))
    with pytest.raises(workbook.MacroError):
        open_rows(old)


def test_locked_and_broken_and_foreign_files_are_refused(
    packed: Callable[..., Path], tmp_path: Path
) -> None:
    old = tmp_path / "old.xls"
    old.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(workbook.LockedWorkbookError, match="密码"):
        open_rows(old)
    old.write_bytes(OLE + "WordDocument\0".encode("utf-16-le"))
    with pytest.raises(workbook.OtherDocumentError):
        open_rows(old)
    old.write_bytes(OLE + b"\0" * 600 + "Workbook\0".encode("utf-16-le"))
    with pytest.raises(workbook.BrokenWorkbookError):
        open_rows(old)
    with pytest.raises(workbook.OtherDocumentError):
        open_rows(packed({"word/document.xml": "<a/>"}))
    with pytest.raises(workbook.OtherDocumentError):  # it would be opened as what is not measured
        open_rows(packed({"xl/workbook.xml": "<a/>", "xl/workbook.bin": ""}))
    with pytest.raises(workbook.BrokenWorkbookError):
        open_rows(packed({"xl/workbook.xml": "<a/>"}))
    old.write_bytes(b"PK\x03\x04 and nothing else")
    with pytest.raises(workbook.BrokenWorkbookError):
        open_rows(old)


def test_zip_bombs_are_refused_by_what_they_say_and_by_what_they_hold(
    packed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed({"xl/workbook.xml": "<a/>", "xl/worksheets/s.xml": b" " * 5_000_000})
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 4_000_000)
    with pytest.raises(workbook.TooLargeWorkbookError, match="解开后"):
        open_rows(path)
    declared = (5_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(declared, (10).to_bytes(4, "little")))
    with pytest.raises(workbook.BrokenWorkbookError):
        open_rows(path)


def test_parts_that_overlap_are_refused(packed: Callable[..., Path]) -> None:
    path = packed({"xl/workbook.xml": "<a/>", "b": os.urandom(3000)})
    content = path.read_bytes()
    at = content.rindex(b"PK\x01\x02")
    size = (2_000_000).to_bytes(4, "little")
    path.write_bytes(content[: at + 20] + size + content[at + 24 :])
    with pytest.raises(workbook.TooLargeWorkbookError, match="重叠"):
        open_rows(path)


def test_too_large_a_file_and_too_many_sheets_are_refused(
    book: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book({"甲": [["a", "b"]], "乙": [["b"]]})
    monkeypatch.setattr(workbook, "MOST_SHEETS", 1)
    with pytest.raises(workbook.TooLargeWorkbookError, match="张工作表"):
        open_rows(path)
    monkeypatch.setattr(workbook, "MOST_SHEETS", 9)
    monkeypatch.setattr(workbook, "LARGEST_FILE", 9)
    with pytest.raises(workbook.TooLargeWorkbookError, match="MB"):
        open_rows(path)


def test_the_reader_s_own_width_is_the_last_word(
    book: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_COLUMNS", 19)
    path = book({"甲": [["a"] * 20]})
    monkeypatch.setattr(workbook, "_inspect", lambda _: None)
    with pytest.raises(workbook.TooLargeWorkbookError, match="列"):
        open_rows(path)


def test_what_the_reader_raises_becomes_a_refusal() -> None:
    import python_calamine

    panic = type("PanicException", (BaseException,), {})
    for raised, refusal in (
        (panic(), workbook.BrokenWorkbookError),
        (python_calamine.CalamineError(), workbook.BrokenWorkbookError),
        (python_calamine.PasswordError(), workbook.LockedWorkbookError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ):
        with pytest.raises(refusal), workbook.reading("x"):
            raise raised


def test_a_packed_text_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\x1f\x8b\x08")
    with pytest.raises(NotAListError):
        open_rows(path)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["案由", 1, date(2026, 1, 1)])
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    made.save(path)
    return path.read_bytes()


@settings(max_examples=60, deadline=None)
@given(damages, kept_parts)
def test_a_damaged_workbook_is_read_or_refused(
    sound: bytes, tmp_path_factory: pytest.TempPathFactory, damages: Any, kept: float
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "a.xlsx"
    read_or_refused(path, sound, damages, kept, head=4)


def test_the_package_can_be_imported_without_the_reader_of_workbooks() -> None:
    code = (
        "import sys, yicheng_coord.intake.decode, yicheng_coord.intake.rows;"
        "sys.exit('python_calamine' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
