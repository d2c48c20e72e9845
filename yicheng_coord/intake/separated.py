"""Records of CSV, TSV and TXT: the separator by looking, quotes by the book, rows never merged."""

import csv
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice, tee
from pathlib import Path

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.fields import field_of

SEPARATORS = (",", "\t", ";", "，")
MOST_COLUMNS = 1000
LONGEST_CELL = 100_000
_SAMPLE = 1 << 16
_SAMPLE_ROWS = 20
_HEADER_ROWS = 10


class TooManyColumnsError(RefusedError):
    """No case list is so wide."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(
            f"“{name}”第 {line} 行超过 {MOST_COLUMNS} 列，不像一份案件清单。",
            "请删去多余的列后重新导入。",
        )


class CellTooLongError(RefusedError):
    """A cell that swallows the file; mostly a quote that nothing closes."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(
            f"“{name}”第 {line} 行起的一格超过 {LONGEST_CELL} 字。",
            "多半是前面有一个引号没有配对：补上或删去它再导入。",
        )


class UnclosedQuoteError(RefusedError):
    """What follows would all be one cell: rows would be lost silently."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(
            f"“{name}”第 {line} 行起的引号没有配对，后面几行会被并进同一格。",
            "补上或删去这个引号再导入。",
        )


class ChangedMeanwhileError(RefusedError):
    """The file was written to while it was read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”在读的时候被改动了。", "等它写完再导入。")


def separator_of(path: Path, encoding: str) -> str:
    """Return the separator that makes the most sense of the first rows.

    First that by which the most headings are known, then that which cuts the most rows alike.
    """
    with path.open(encoding=encoding, newline="") as file:
        lines = list(StringIO(file.read(_SAMPLE), newline=""))
    whole = lines[:-1] if len(lines) > 1 else lines
    return max(SEPARATORS, key=lambda separator: _sense(whole, separator))


def _sense(lines: list[str], separator: str) -> tuple[int, float, int]:
    rows = _sample(lines, separator)
    known = max((len(_known(row)) for row in rows[:_HEADER_ROWS]), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return known, 0.0, 0
    width, times = widths.most_common(1)[0]
    return known, times / len(rows), width


def _known(row: list[str]) -> set[str]:
    return {field for cell in row if (field := field_of(cell))} if len(row) > 1 else set()


def _sample(lines: list[str], separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    with suppress(csv.Error):  # what was read so far is enough to look at
        for row in csv.reader(lines, delimiter=separator):
            if any(row):
                rows.append(row)
            if len(rows) == _SAMPLE_ROWS:
                break
    return rows


def records(
    path: Path, encoding: str, separator: str, cleaned: Counter[str]
) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its first line.

    A record is read by the book. Where a quote stands inside a cell (`"甲"公司,…`) it is read as
    Excel does and counted in `cleaned`; where one runs on over the next lines the file is refused,
    since the rows after it would silently become one cell.
    """
    cleaned.clear()  # a second reading is no second cleaning
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        lines, again = tee(file)  # `again` follows one record behind
        reader = csv.reader(lines, delimiter=separator, strict=True)
        line = 1
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as wrong:
                record = list(islice(again, reader.line_num + 1 - line))
                row = _leniently(path.name, line, record, separator, wrong)
                cleaned["不成对的引号"] += 1
            except UnicodeError:
                raise ChangedMeanwhileError(path.name) from None
            else:
                next(again)
                if reader.line_num > line:
                    deque(islice(again, reader.line_num - line), 0)
            if len(row) > MOST_COLUMNS:
                raise TooManyColumnsError(path.name, line)
            yield line, row
            line = reader.line_num + 1


def _leniently(
    name: str, line: int, record: list[str], separator: str, wrong: csv.Error
) -> list[str]:
    if "field limit" in str(wrong):
        raise CellTooLongError(name, line) from None
    if len(record) > 1 or "end of data" in str(wrong):
        raise UnclosedQuoteError(name, line) from None
    try:
        return next(csv.reader(record, delimiter=separator))
    except csv.Error:
        raise CellTooLongError(name, line) from None
