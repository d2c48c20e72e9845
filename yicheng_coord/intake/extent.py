"""How far the sheets of a workbook reach, found without laying them out in memory.

The reader of workbooks makes a full rectangle of a sheet: one cell in the far corner, or one row
said to be repeated a million times, would take more memory than there is, and ends the process.
"""

import re
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 20
_TAIL = 400  # longer than the tag of a cell

# A cell with content; one that is only formatted is closed at once and costs nothing.
_WIDE_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*\s)?r\s*=\s*[\"']([T-Zt-z]|[A-Za-z]{2,})\d+[\"']"
    rb"[^<>]*(?<!/)>(?=[^<]|<[^/])"
)
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*\s)?r\s*=\s*[\"'](\d+)[\"']")
_ENTITY = b"<!ENTITY"
_USUAL_ROW = re.compile(rb'<row r="(\d+)"')
_USUAL_WIDE_CELL = re.compile(rb'<c r="(?:[T-Zt-z]|[A-Za-z]{2})')
_UNUSUAL = tuple(
    mark + name + space
    for mark, spaces in ((b"<", b"\t\n\r"), (b":", b" \t\n\r"))
    for name in (b"c", b"row")
    for space in (spaces[n : n + 1] for n in range(len(spaces)))
)
"""A cell or a row with a prefix, or with another space after its name."""
USUAL_WIDTH = 19  # up to S: narrower sheets are not measured


class EntityFoundError(Exception):
    """A part defines entities, by which a few bytes unfold to gigabytes; no workbook needs them."""


def excel_extent(part: IO[bytes]) -> tuple[int, int]:
    """Return (rows, columns) of a part of an xlsx, (0, 19) of one that is no sheet."""
    rows, columns = 0, USUAL_WIDTH
    tail = b""
    while chunk := part.read(_CHUNK):
        text = tail + chunk
        if _ENTITY in text:
            raise EntityFoundError
        is_usual = _is_usual(text)
        numbers = (_USUAL_ROW if is_usual else _ROW).findall(text)
        rows = max(rows, max(map(int, numbers), default=0))
        if not is_usual or _USUAL_WIDE_CELL.search(text):
            letters = set(_WIDE_CELL.findall(text))
            columns = max(columns, max(map(_column, letters), default=0))
        tail = text[-_TAIL:]
    return rows, columns


def _is_usual(text: bytes) -> bool:
    """Whether all rows and cells are written as nearly everybody does; those are found faster."""
    return (
        text.count(b"<c ") == text.count(b'<c r="')
        and text.count(b"<row ") == text.count(b'<row r="')
        and not any(sign in text for sign in _UNUSUAL)
    )


def _column(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def open_document_extent(part: IO[bytes]) -> tuple[int, int]:
    """Return (rows, columns) of the largest sheet of an ods; blank rows at its end do not count.

    Raises:
        ExpatError, ValueError: it is no XML, or a count is no number.

    """
    counter = _Counter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.EntityDeclHandler = _refuse_entity
    while chunk := part.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return counter.rows, counter.columns


def _refuse_entity(*_: object) -> None:
    raise EntityFoundError


class _Counter:
    """Counts rows and cells, each as often as it is said to be repeated."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = self._filled = self._repeated = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._row = 0
        elif name == "table:table-row":
            self._column = self._filled = 0
            self._repeated = int(attributes.get("table:number-rows-repeated", 1))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._column += int(attributes.get("table:number-columns-repeated", 1))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self._filled = self._column
        elif name == "text:p":
            self._filled = self._column

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._repeated
            if self._filled:
                self.rows = max(self.rows, self._row)
                self.columns = max(self.columns, self._filled)
