"""How far the sheets of a true .xls reach, found before the reader lays all of them out.

The file is a small file system of its own (OLE); in it one stream holds the workbook's records. It
is found as the reader finds it, by its name alone and wherever it lies: a library that follows the
folders (olefile) might measure another stream than is opened.
"""

import struct
from collections.abc import Callable, Iterator
from itertools import islice

from yicheng_coord.intake.extent import Extent

_NO_SECTOR = 0xFFFFFFFA  # this and what is above it are marks, not numbers
_IN_HEADER = 109  # places of the table of sectors that the header has room for
_ENTRY = 128
_SMALL = 4096  # shorter streams lie in sectors of 64 bytes within another stream
_SMALL_SECTOR = 64

_END, _LOCKED, _SHEET, _DIMENSIONS, _NUMBERS = 0x000A, 0x002F, 0x0085, 0x0200, 0x00BD
_CELLS = frozenset(
    {2, 3, 4, 5, 0x0006, _NUMBERS, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0206, 0x0406}
)
_MOST_SAID = 65_536 * 256  # what a sheet of this kind can hold
_HEAD = struct.Struct("<HH")
_NEW_REACH, _OLD_REACH = "<IIHH", "<4H"  # first row, row after the last, the same of columns

Record = tuple[int, int, int]


class NoWorkbookError(ValueError):
    """What one part of the file says of another cannot be."""


class UnderPasswordError(Exception):
    """The records are enciphered, all but what says so."""


def binary_extent(content: bytes) -> Extent:
    """Return how far the sheets reach, by the places of their cells.

    Raises:
        UnderPasswordError: where its cells lie cannot be read.
        NoWorkbookError, struct.error: it is no such file, or one that contradicts itself.

    """
    stream = _workbook(content)
    of_book = list(_records(stream, 0))
    if any(kind == _LOCKED for kind, _, _ in of_book):
        raise UnderPasswordError
    places = [struct.unpack_from("<I", stream, at)[0] for kind, at, _ in of_book if kind == _SHEET]
    sheets = [_reach(stream, place) for place in places]
    return Extent(
        max((rows for rows, _ in sheets), default=0),
        max((columns for _, columns in sheets), default=0),
        sum(rows * columns for rows, columns in sheets),
    )


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Yield (kind, place of its content, length) until the end of a sheet."""
    while at + _HEAD.size <= len(stream):
        kind, length = _HEAD.unpack_from(stream, at)
        yield kind, at + _HEAD.size, length
        if kind == _END:
            return
        at += _HEAD.size + length


def _reach(stream: bytes, place: int) -> tuple[int, int]:
    rows = columns = 0
    for kind, at, length in _records(stream, place):
        if kind in _CELLS:
            row, column = _HEAD.unpack_from(stream, at)
            if kind == _NUMBERS:  # from this column to the one named at its end
                (column,) = struct.unpack_from("<H", stream, at + length - 2)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif kind == _DIMENSIONS:
            form = _NEW_REACH if length >= struct.calcsize(_NEW_REACH) else _OLD_REACH
            _, row, _, column = struct.unpack_from(form, stream, at)
            if row * column > _MOST_SAID:  # the reader makes room for as many
                raise NoWorkbookError
    return rows, columns


def _workbook(content: bytes) -> bytes:
    """Return the stream of the workbook's records."""
    size = 1 << min(*struct.unpack_from("<H", content, 30), 16)
    most = len(content) // size

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    # No more than the file has: what leads round in a circle would grow for ever.
    table = _numbers(b"".join(map(sector, islice(_table_sectors(content, sector), most))))[:most]

    def stream(start: int) -> bytes:
        return b"".join(map(sector, _chain(table, start)))

    (directory, small_table) = (struct.unpack_from("<I", content, at)[0] for at in (48, 60))
    entries = stream(directory)
    for name in ("Workbook", "Book"):
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            if entries[at : at + 64].startswith(f"{name}\0".encode("utf-16-le")):
                start, length = struct.unpack_from("<II", entries, at + 116)
                if length >= _SMALL:
                    return stream(start)[:length]
                within = stream(struct.unpack_from("<I", entries, 116)[0])
                numbers = _numbers(stream(small_table))[: len(within) // _SMALL_SECTOR]
                chain = _chain(numbers, start)
                pieces = (within[n * _SMALL_SECTOR : (n + 1) * _SMALL_SECTOR] for n in chain)
                return b"".join(pieces)[:length]
    raise NoWorkbookError


def _table_sectors(content: bytes, sector: Callable[[int], bytes]) -> Iterator[int]:
    """Yield where the table of sectors lies: in the header, then in sectors that lead on."""
    yield from _real(struct.unpack_from(f"<{_IN_HEADER}I", content, 76))
    (number,) = struct.unpack_from("<I", content, 68)
    for _ in range(len(content) // 512):
        if number >= _NO_SECTOR or not (numbers := _numbers(sector(number))):
            return
        yield from _real(numbers[:-1])
        number = numbers[-1]


def _real(numbers: tuple[int, ...]) -> Iterator[int]:
    return (number for number in numbers if number < _NO_SECTOR)


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _chain(table: tuple[int, ...], number: int) -> Iterator[int]:
    for _ in range(len(table)):
        if number >= _NO_SECTOR:
            return
        yield number
        if number >= len(table):
            raise NoWorkbookError
        number = table[number]
    if number < _NO_SECTOR:  # it leads round in a circle
        raise NoWorkbookError
