"""How far the sheets of a workbook reach, found without laying them out in memory.

The reader of workbooks makes a full rectangle of a sheet: one cell in the far corner, or one row
said to be repeated a million times, would take more memory than there is, and ends the process.
"""

import re
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple
from xml.parsers import expat

_CHUNK = 64 << 10  # what fits beside the processor
_TAIL = 400  # longer than the tag of a cell

_ENTITY = b"<!ENTITY"
# Either of them, or another attribute that reads like one; found in a quarter of the time.
_NUMBER = re.compile(rb"r\s*=\s*[\"'][A-Za-z]*(\d+)[\"']")
_WIDE = re.compile(rb"r\s*=\s*[\"']([T-Zt-z]|[A-Za-z]{2,})\d")
USUAL_WIDTH = 19  # up to S: narrower sheets are not measured
_USUAL_LENGTH = 999_999
# A cell that does not begin plainly with its place, as `<c r="S999999"` does; where all do, nothing
# else matters. What is cut off there by the end of a piece is seen whole in the next.
_UNUSUAL = re.compile(rb"c(?! r=\"[A-S]\d{1,6}+\")(?<=[<:]c)(?=[\s/>].{12})", re.DOTALL)
# A cell that does not begin with its place: it stands beside the one before, or says so later.
_UNPLACED = re.compile(rb"c(?! r=\")[\s/>](?<=[<:]c.)(?=.{9})", re.DOTALL)
# A place so stretched that a piece might end within it.
_STRETCHED = re.compile(rb"r\s*=?\s*(?:\s{50}|[\"'][A-Za-z\d]{99})")
_PLACE = re.compile("([A-Za-z]+)([0-9]+)")
_UNBOUNDED = 1 << 63
_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^<>]*\?>\s*)*<[A-Za-z_]")
"""Nothing but declarations before the first element."""


class EntityFoundError(Exception):
    """A part defines entities, by which a few bytes unfold to gigabytes; no workbook needs them."""


class Extent(NamedTuple):
    """How far a part reaches: its farthest row and column, and the cells of all its sheets."""

    rows: int
    columns: int
    cells: int


def _rectangle(rows: int, columns: int) -> Extent:
    return Extent(rows, columns, rows * columns)


def usual_extent(part: IO[bytes]) -> Extent:
    """Return what nearly every part of an xlsx has at most; no bound (2**63) of one that reaches far.

    Nothing but its far places is looked for, in a third of the time that it takes to measure it.
    """
    if any(_UNUSUAL.search(text) for text in _pieces(part)):
        return _rectangle(_UNBOUNDED, _UNBOUNDED)
    return _rectangle(_USUAL_LENGTH, USUAL_WIDTH)


def excel_extent_at_most(part: IO[bytes]) -> Extent:
    """Return what a part of an xlsx has at most; mostly it has just this.

    A cell without a place stands at most as far on as there are such cells, and rows.
    """
    rows, columns = 0, USUAL_WIDTH
    unplaced = lines = 0
    for text in _pieces(part):
        if _STRETCHED.search(text):
            return _rectangle(_UNBOUNDED, _UNBOUNDED)
        rows = max(rows, max(map(int, set(_NUMBER.findall(text))), default=0))
        columns = max(columns, max(map(_column, set(_WIDE.findall(text))), default=0))
        unplaced += len(_UNPLACED.findall(text))
        lines += text.count(b"row")
    return _rectangle(rows + lines, columns + unplaced) if unplaced else _rectangle(rows, columns)


def excel_extent(part: IO[bytes]) -> Extent:
    """Return how far a part of an xlsx reaches, by the places of its filled cells.

    Raises:
        ExpatError, ValueError: it is no XML, or a place is no number.

    """
    places = _Places()
    _parse(part, places.start, places.end)
    return _rectangle(places.rows, places.columns)


class _Places:
    """Follows the cells as the reader does: each where it says, else beside the one before."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0  # counted from 0, of the next cell
        self._cell: tuple[int, int] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind, place = name.rpartition(":")[2], attributes.get("r")
        if kind == "row":
            self._row = int(place) - 1 if place else self._row
        elif kind == "c":
            if said := _PLACE.fullmatch(place or ""):
                self._cell = int(said[2]), _column(said[1].encode())
                self._column = self._cell[1]
            else:
                self._column += 1
                self._cell = self._row + 1, self._column
        elif self._cell:  # it holds something; one that is only formatted costs nothing
            self.rows, self.columns = (
                max(self.rows, self._cell[0]),
                max(self.columns, self._cell[1]),
            )

    def end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if kind == "c":
            self._cell = None
        elif kind == "row":
            self._row, self._column = self._row + 1, 0


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """Yield the part piece by piece, and before each what lies around the cut.

    Raises:
        EntityFoundError: it has one. They stand before the first element, so a part that has only
            its declaration there, as all that a program writes, is not searched further.

    """
    tail, is_plain = b"", False
    while chunk := part.read(_CHUNK):
        is_plain = is_plain if tail else _PLAIN.match(chunk) is not None
        for text in (tail + chunk[:_TAIL], chunk):
            if not is_plain and _ENTITY in text:
                raise EntityFoundError
            yield text
        tail = chunk[-_TAIL:]


def _column(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27; of endless letters one that is far enough."""
    number = 0
    for letter in letters[:9].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def open_document_extent(part: IO[bytes]) -> Extent:
    """Return how far the sheets of an ods reach; blank rows at the end of one do not count.

    Raises:
        ExpatError, ValueError: it is no XML, or a count is no number.

    """
    counter = _Counter()
    _parse(part, counter.start, counter.end)
    return Extent(counter.rows, counter.columns, counter.cells)


def _parse(
    part: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = _refuse_entity
    while chunk := part.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_entity(*_: object) -> None:
    raise EntityFoundError


class _Counter:
    """Counts rows and cells, each as often as it is said to be repeated."""

    def __init__(self) -> None:
        self.rows = self.columns = self.cells = 0
        self._row = self._column = self._filled = self._repeated = 0
        self._sheet = 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._row, self._sheet = 0, (0, 0)
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
                self._sheet = self._row, max(self._sheet[1], self._filled)
        elif name == "table:table":
            rows, columns = self._sheet
            self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)
            self.cells += rows * columns
