"""Tables: on a terminal drawn to its width, elsewhere tab-separated lines.

No number and no date is ever cut: when the terminal is too narrow, columns go in their stated
order (`drop`, highest first), and only titles are folded.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from yicheng_coord.show.output import hint, is_terminal, say, write_csv, write_json, write_plain
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Format

_GAPS = (2, 1)  # between columns; the narrow one before a column is dropped
_INDENT = 2
_MIN_TITLE = 20

_MIN_FOLDED = 8
_WHOLE = re.compile(r"[\w.:-]+", re.ASCII)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column.

    Attributes:
        heading: above it.
        value: the cell of a row; text from data may stand in it, it is made harmless here.
        plain: the cell in plain lines and CSV, where it is another.
        drop: in a narrow terminal columns with the highest number go first; 0 never goes.
        folds: a title, which may take several lines; all others keep to one.
        style: how a terminal with colours shows it; nothing is told by colour alone.

    """

    heading: str
    value: Callable[[Row], object]
    plain: Callable[[Row], object] | None = None
    drop: int = 0
    folds: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A list in all its forms.

    Attributes:
        rows: what is listed.
        columns: of the table, the plain lines and the CSV; `more` are added in plain and CSV.
        as_json: a row as JSON.
        title: above a drawn table; `footer` below it, and on stderr where stdout is a pipe.
        empty: the sentence when there is nothing.

    """

    rows: Sequence[Row]
    columns: Sequence[Column[Row]]
    as_json: Callable[[Row], Any]
    empty: str
    title: str = ""
    footer: str = ""
    more: Sequence[Column[Row]] = ()


def show(listing: Listing[Row], form: Format) -> None:
    """Write a list in the form asked for."""
    columns = (*listing.columns, *listing.more)
    headings = [column.heading for column in columns]
    cells = ([(column.plain or column.value)(row) for column in columns] for row in listing.rows)
    if form is Format.JSON:
        write_json([listing.as_json(row) for row in listing.rows])
    elif form is Format.CSV:
        write_csv(headings, cells)
    elif not listing.rows:
        say(listing.empty)
    elif is_terminal():
        draw(listing)
    else:
        write_plain(headings, cells)
        if listing.footer:
            hint(listing.footer)


def draw(listing: Listing[Row]) -> None:
    """Draw the table to the terminal's width, with title and footer."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table

    console = Console(highlight=False, markup=False, emoji=False)
    cells = [
        [harmless("" if (cell := column.value(row)) is None else str(cell)) for row in listing.rows]
        for column in listing.columns
    ]
    fit = _fitted(listing.columns, cells, console.width - _INDENT)
    indent = max(0, min(_INDENT, console.width - fit.width))
    console.width = max(console.width, fit.width)  # where even that is too wide we do not cut
    table = Table(box=None, pad_edge=False, padding=(0, fit.gap, 0, 0), header_style="bold")
    for index in fit.kept:
        column = listing.columns[index]
        may_fold = column.folds or index == fit.folded
        table.add_column(
            column.heading,
            style=column.style,
            no_wrap=not may_fold,
            overflow="fold",
            # said, so that Rich does not measure each cell again
            width=None if may_fold else _width(column.heading, cells[index]),
        )
    for row in range(len(listing.rows)):
        table.add_row(*(_text(cells[index][row]) for index in fit.kept))
    if listing.title:
        console.print(listing.title, style="bold")
        console.print()
    console.print(Padding(table, (0, 0, 0, indent)))
    if listing.footer:
        console.print()
        console.print(listing.footer, soft_wrap=False)


def _text(cell: str) -> Any:  # noqa: ANN401 – Rich's Text, which is loaded only here
    from rich.text import Text

    return Text(cell)


def _width(heading: str, cells: Sequence[str]) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, (heading, *cells)))


class _Fit(NamedTuple):
    """The columns that fit, the gap between them, how wide that is, and who folds for it."""

    kept: list[int]
    gap: int
    width: int
    folded: int = -1


def _fitted(columns: Sequence[Column[Row]], cells: Sequence[Sequence[str]], room: int) -> _Fit:
    """Choose the columns that fit; a title needs some room, the others all of theirs."""
    needed = []
    for column, column_cells in zip(columns, cells, strict=True):
        width = _width(column.heading, column_cells)
        needed.append(min(width, _MIN_TITLE) if column.folds else width)
    kept = list(range(len(columns)))
    while True:
        for gap in _GAPS:
            width = sum(needed[index] + gap for index in kept) - gap
            if width <= room:
                return _Fit(kept, gap, width)
        droppable = [index for index in kept if columns[index].drop]
        if not droppable:
            return _with_one_folded(_Fit(kept, gap, width), needed, cells, room + _INDENT)
        kept.remove(max(droppable, key=lambda index: columns[index].drop))


def _with_one_folded(
    fit: _Fit, needed: Sequence[int], cells: Sequence[Sequence[str]], room: int
) -> _Fit:
    """Let the widest column fold between its words, though no number and no date in it."""
    widest = max(fit.kept, key=needed.__getitem__)
    whole = [len(word) for cell in cells[widest] for word in _WHOLE.findall(cell)]
    spare = needed[widest] - max([_MIN_FOLDED, *whole])
    narrower = max(0, min(spare, fit.width - room))
    return fit._replace(width=fit.width - narrower, folded=widest)
