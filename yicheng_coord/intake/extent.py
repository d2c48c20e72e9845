"""How far the sheets of a workbook reach, found without laying them out in memory.

The reader of workbooks makes a full rectangle of a sheet: one cell in the far corner, or one row
said to be repeated a million times, would take more memory than there is, and ends the process.
"""

import re
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

_CHUNK = 128 << 10  # what fits beside the processor
_TAIL = 400  # longer than the tag of a cell

# A cell with content; one that is only formatted is closed at once and costs nothing.
_FILLED_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*\s)?r\s*=\s*[\"']([A-Za-z]+)(\d+)[\"']"
    rb"[^<>]*(?<!/)>(?=[^<]|<[^/])"
)
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*\s)?r\s*=\s*[\"'](\d+)[\"']")
_ENTITY = b"<!ENTITY"
# Either of them, or another attribute that reads like one; found in a quarter of the time.
_NUMBER = re.compile(rb"r\s*=\s*[\"'][A-Za-z]*(\d+)[\"']")
_WIDE = re.compile(rb"r\s*=\s*[\"']([T-Zt-z]|[A-Za-z]{2,})\d")
USUAL_WIDTH = 19  # up to S: narrower sheets are not measured
_USUAL_LENGTH = 999_999
# Whatever is not plainly `r="S999999"`, `r="999999"`, `header="0.3"`, a namespace, or a word's end;
# what is cut off there by the end of a piece is seen whole in the next.
_UNUSUAL = re.compile(
    rb"r[=\s](?!\"[A-S]\d{1,6}\")(?!\"\d{1,6}[\".]|\"http|[^\s=\"'])(?=.{9})", re.DOTALL
)
_UNBOUNDED = 1 << 63
_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^<>]*\?>\s*)*<[A-Za-z_]")
"""Nothing but declarations before the first element."""


class EntityFoundError(Exception):
    """A part defines entities, by which a few bytes unfold to gigabytes; no workbook needs them."""


def usual_extent(part: IO[bytes]) -> tuple[int, int]:
    """Return what nearly every part of an xlsx has at most; no bound (2**63) of one that reaches far.

    Nothing but its far places is looked for, in a third of the time that it takes to measure it.
    """
    if any(_UNUSUAL.search(text) for text in _pieces(part)):
        return _UNBOUNDED, _UNBOUNDED
    return _USUAL_LENGTH, USUAL_WIDTH


def excel_extent_at_most(part: IO[bytes]) -> tuple[int, int]:
    """Return (rows, columns) that a part of an xlsx has at most; mostly it has just these."""
    rows, columns = 0, USUAL_WIDTH
    for text in _pieces(part):
        rows = max(rows, max(map(int, set(_NUMBER.findall(text))), default=0))
        columns = max(columns, max(map(_column, set(_WIDE.findall(text))), default=0))
    return rows, columns


def excel_extent(part: IO[bytes]) -> tuple[int, int]:
    """Return (rows, columns) of a part of an xlsx, (0, 19) of one that is no sheet."""
    rows, columns = 0, USUAL_WIDTH
    for text in _pieces(part):
        cells = _FILLED_CELL.findall(text)
        numbers = {*_ROW.findall(text), *(number for _, number in cells)}
        rows = max(rows, max(map(int, numbers), default=0))
        columns = max(columns, max(map(_column, {letters for letters, _ in cells}), default=0))
    return rows, columns


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """Yield the part piece by piece, each with the end of the one before.

    Raises:
        EntityFoundError: it has one. They stand before the first element, so a part that has only
            its declaration there, as all that a program writes, is not searched further.

    """
    tail, is_plain = b"", None
    while chunk := part.read(_CHUNK):
        text = tail + chunk
        if is_plain is None:
            is_plain = _PLAIN.match(text) is not None
        if not is_plain and _ENTITY in text:
            raise EntityFoundError
        yield text
        tail = text[-_TAIL:]


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
