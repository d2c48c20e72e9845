"""An HTML table under the name of a workbook, as many systems “export to Excel”."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.separated import (
    LONGEST_CELL,
    MOST_COLUMNS,
    CellTooLongError,
    TooManyColumnsError,
)

_CHUNK = 1 << 16
_MOST_ROWS_SPANNED = 1_048_576
_LONGEST_TAG = 1 << 20  # what is not closed by then is no page; looking on would take for ever
_BREAKS = frozenset({"br", "p", "div"})
_UNSEEN = frozenset({"script", "style", "head", "title"})

Record = tuple[int, list[str]]


class NoTableError(RefusedError):
    """A web page without a table: a log-in page, mostly, that was saved under the list's name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”其实是网页，里面没有表格。", "多半是登录已过期：重新登录后再导出。"
        )


def table_rows(path: Path, encoding: str) -> Iterator[Record]:
    """Yield (number of the row, cells) of the page's tables, one after the other.

    A merged cell keeps its text in its first place; the others are blank, as in a workbook.

    Raises:
        NoTableError: there is none.
        RefusedError: a row or a cell is beyond all measure.

    """
    reader = _Reader(path.name)
    number = 0
    with path.open(encoding=encoding, errors="strict") as file:
        while chunk := file.read(_CHUNK):
            reader.feed(chunk)
            if len(reader.rawdata) > _LONGEST_TAG:
                raise NoTableError(path.name)
            for row in reader.finished():
                number += 1
                yield number, row
    reader.close()
    for row in reader.finished():
        number += 1
        yield number, row
    if not reader.has_table:
        raise NoTableError(path.name)


class _Reader(HTMLParser):
    """Collects the cells of each row; what nobody sees is left out."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._name = name
        self._rows: list[list[str]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._length = 0
        self._number = 0
        self._span = (1, 1)
        self._below: dict[int, int] = {}  # column → rows that a cell above still covers
        self._unseen = 0
        self.has_table = False

    def finished(self) -> list[list[str]]:
        """Give out the rows that are whole."""
        rows, self._rows = self._rows, []
        return rows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self.has_table = True
            self._unseen = 0  # <head> may be left open
            self._below.clear()
        elif tag == "tr":
            self._end_row()
            self._row = []
            self._number += 1
        elif tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag in _BREAKS and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is None or self._unseen:
            return
        self._length += len(data)
        if self._length > LONGEST_CELL:
            raise CellTooLongError(self._name, self._number)
        self._cell.append(data)

    def close(self) -> None:
        """A page may break off without closing its last row."""
        super().close()
        self._end_row()

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        self._end_cell()
        if self._row is None:
            self._row = []
            self._number += 1
        self._skip_covered(self._row)
        self._cell, self._length = [], 0
        across = _count(attributes.get("colspan"), MOST_COLUMNS)
        self._span = across, _count(attributes.get("rowspan"), _MOST_ROWS_SPANNED)

    def _skip_covered(self, row: list[str]) -> None:
        while self._below.get(len(row)):
            self._below[len(row)] -= 1
            row.append("")

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        lines = "".join(self._cell).split("\n")
        text = "\n".join(" ".join(line.split(" ")).strip() for line in lines).strip()
        self._cell = None
        across, down = self._span
        for place in range(len(self._row), len(self._row) + across):
            if down > 1:
                self._below[place] = down - 1
        self._row += [text, *[""] * (across - 1)]
        if len(self._row) > MOST_COLUMNS:
            raise TooManyColumnsError(self._name, self._number)

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._skip_covered(self._row)
            self._rows.append(self._row)
        self._row = None


def _count(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isdecimal() and int(text) else 1
