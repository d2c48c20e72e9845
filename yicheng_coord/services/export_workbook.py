"""Tables as an Excel workbook: real dates, a frozen header, widths for Chinese, no live formula."""

from collections.abc import Sequence
from datetime import date
from itertools import chain, islice
from typing import IO, Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.width import width
from yicheng_coord.queries.sheets import Sheet
from yicheng_coord.text import formula_safe_again

_SEEN_FOR_WIDTH = 200
_NARROWEST, _WIDEST = 6, 50
_LONGEST_CELL = 32_767
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_EARLIEST = date(1900, 3, 1)  # before it, Excel's calendar is not ours


class TooLongForAWorkbookError(RefusedError):
    """Excel would cut it, silently."""

    def __init__(self, what: str) -> None:
        super().__init__(f"工作簿装不下：{what}。没有导出。", "改写成 csv 或 json。")


def write_workbook(file: IO[bytes], tables: Sequence[Sheet]) -> dict[str, int]:
    """Write the tables, one a sheet; return how many rows each has.

    Raises:
        TooLongForAWorkbookError: a text or a table is longer than Excel takes.

    """
    from xlsxwriter import Workbook

    book = Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
    }
    try:
        return {
            table.name: _write(book.add_worksheet(table.name), table, styles) for table in tables
        }
    finally:
        book.close()


def _write(sheet: Any, table: Sheet, styles: dict[str, Any]) -> int:  # noqa: ANN401 – untyped library
    if len(table.columns) > _MOST_COLUMNS:
        raise TooLongForAWorkbookError(f"{table.name}超过 {_MOST_COLUMNS} 列")
    lines = table.lines()
    first = list(islice(lines, _SEEN_FOR_WIDTH))
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _fitting(column.heading, [line[place] for line in first]))
        sheet.write_string(0, place, formula_safe_again(column.heading), styles["head"])
    count = 0
    for count, line in enumerate(chain(first, lines), 1):
        if count >= _MOST_ROWS:
            raise TooLongForAWorkbookError(f"{table.name}超过 {_MOST_ROWS - 1} 行")
        for place, (column, cell) in enumerate(zip(table.columns, line, strict=True)):
            if cell is None or cell == "":
                continue
            day = date.fromisoformat(str(cell)) if column.is_day else None
            if day and day >= _EARLIEST:
                sheet.write_datetime(count, place, day, styles["day"])
            elif isinstance(cell, int):
                sheet.write_number(count, place, cell)
            else:
                _write_text(sheet, count, place, str(cell), table.name)
    sheet.autofilter(0, 0, max(count, 1), max(len(table.columns) - 1, 0))
    return count


def _write_text(sheet: Any, row: int, place: int, text: str, name: str) -> None:  # noqa: ANN401
    safe = formula_safe_again(text) if text.startswith("'") else text  # a string is no formula
    if len(safe) > _LONGEST_CELL:
        raise TooLongForAWorkbookError(f"{name}第 {row + 1} 行有一格超过 {_LONGEST_CELL} 字")
    sheet.write_string(row, place, safe)


def _fitting(heading: str, cells: Sequence[object]) -> int:
    longest = max((width(str(cell)) for cell in (heading, *cells) if cell is not None), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
