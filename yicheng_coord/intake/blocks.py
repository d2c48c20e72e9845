"""Rows in which nothing is odd, a hundred at a time: column by column, at half the cost of each.

A block is taken only where every row of it comes out clean and without a word; where one does not,
all of its rows are read one by one, and what is said of them is said there alone.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import dropwhile, islice
from typing import NamedTuple, cast

from yicheng_coord.intake.cells import BETWEEN, Reason, Value, needs_cleaning
from yicheng_coord.intake.decode import Cell, Row, Table
from yicheng_coord.intake.fields import SLOTS, TITLE_LIMIT
from yicheng_coord.intake.header import Header
from yicheng_coord.intake.identity import has_wrong_check_digit, with_capital_x
from yicheng_coord.intake.mapping import Map
from yicheng_coord.intake.plan import Plan, plan_of
from yicheng_coord.intake.rows import BadRow, CleanRow, Reader, SkippedRow
from yicheng_coord.policy.units import Units

SIZE = 100
_FOUND_ON, _DETERMINED_ON = SLOTS["found_on"], SLOTS["determined_on"]
_PARTY_ID, _SOURCE = SLOTS["party_id"], SLOTS["source"]
_REQUIRED = (_FOUND_ON, SLOTS["found_by"], SLOTS["title"])

Column = Sequence[Value]
Texts = Sequence[str]


class Block(NamedTuple):
    """Rows that can be registered; each field holds one thing of all of them.

    Attributes:
        lines: as a person finds them in the file.
        values: a column for each of FIELDS, as in `CleanRow.values`.
        extras: (heading, texts) of what no field takes; "" where a row says nothing.
        raws: the cells as they stood.

    """

    lines: Sequence[int]
    values: Sequence[Column]
    extras: Sequence[tuple[str, Texts]]
    raws: Sequence[list[str]]

    def rows(self) -> Iterator[CleanRow]:
        """Yield the same row by row."""
        texts = list(zip(*(texts for _, texts in self.extras), strict=True))
        for place, values in enumerate(zip(*self.values, strict=True)):
            said = zip(self.extras, texts[place] if texts else (), strict=True)
            extra = {name: text for (name, _), text in said if text}
            yield CleanRow(self.lines[place], values, extra, [], self.raws[place])


def read_blocks(
    table: Table, header: Header, sheet_map: Map | None, units: Units, today: date
) -> Iterator[Block | CleanRow | BadRow | SkippedRow]:
    """Read the rows below the header, in their order, many at once where nothing is odd.

    Raises:
        MissingColumnsError: a required field has neither column nor default. Raised at once.
        RefusedError: the map names a unit or a default that cannot be read.

    """
    plan = plan_of(header, sheet_map or Map(), units, today)
    return _read(table, header, plan)


def _read(
    table: Table, header: Header, plan: Plan
) -> Iterator[Block | CleanRow | BadRow | SkippedRow]:
    reader = Reader(table, header, plan)
    records = dropwhile(lambda record: record[0] <= header.line, table.rows())
    reads_blocks = _fits(plan)
    while batch := list(islice(records, SIZE)):
        block = _block(batch, header, plan) if reads_blocks else None
        if block:
            yield block
        else:
            for line, cells in batch:
                yield reader.read(line, cells)


def _fits(plan: Plan) -> bool:
    """Whether the columns are of the usual kind; a ledger, or a title to be built, is not."""
    return not (plan.ledger or plan.ours or plan.makes_title or plan.is_day_given)


def _block(batch: Sequence[Row], header: Header, plan: Plan) -> Block | None:
    """Return the rows as a block; None where one of them needs a closer look."""
    lines, rows = zip(*batch, strict=True)
    columns = _columns(rows, len(header.headings))
    if columns is None:
        return None
    columns.append(("",) * len(rows))  # where fields look that the list does not have
    values: list[Column] = list(plan.pick(columns))  # type: ignore[arg-type]
    for slot, memo in plan.memos:
        read = [memo[cell] if cell else None for cell in cast("Texts", values[slot])]
        if Reason in set(map(type, read)):
            return None
        values[slot] = cast("Column", read)
    values = [_silent(column) if "" in column else column for column in values]
    extras = [(name, columns[index]) for index, name in plan.extras]
    for index, slot in plan.worded:
        if slot == _SOURCE:
            extras.append((header.headings[index], _own_words(columns[index], values[slot])))
        elif any(
            word and value is None for word, value in zip(columns[index], values[slot], strict=True)
        ):
            return None
    if len({name for name, _ in extras}) < len(extras):
        return None
    for slot, default in plan.defaults:
        values[slot] = [default if value is None else value for value in values[slot]]
    return Block(lines, values, extras, rows) if _is_usual(values) else None


def _columns(rows: Sequence[list[Cell]], width: int) -> list[Texts] | None:
    """Return the cells by column, where all are texts that need no cleaning, and none is long."""
    if set(map(len, rows)) != {width}:
        return None
    try:
        joined = list(map(BETWEEN.join, cast("Sequence[list[str]]", rows)))
    except TypeError:  # a cell of a workbook is a number or a day
        return None
    if max(map(len, joined)) > TITLE_LIMIT or needs_cleaning(BETWEEN.join(joined)):
        return None
    return list(zip(*cast("Sequence[list[str]]", rows), strict=True))


def _silent(column: Column) -> Column:
    return [value or None if value == "" else value for value in column]


def _own_words(words: Texts, values: Column) -> Texts:
    """Return the list's own words where ours for them say less."""
    return ["" if word == value else word for word, value in zip(words, values, strict=True)]


def _is_usual(values: list[Column]) -> bool:
    """Whether no row lacks what it must have, or contradicts itself."""
    if any(None in values[slot] for slot in _REQUIRED):
        return False
    if any(values[_PARTY_ID]):
        numbers = [with_capital_x(str(one)) if one else None for one in values[_PARTY_ID]]
        if any(number and has_wrong_check_digit(number) for number in numbers):
            return False
        values[_PARTY_ID] = numbers
    days = zip(values[_FOUND_ON], values[_DETERMINED_ON], strict=True)
    return not any(
        determined_on is not None and determined_on < found_on  # type: ignore[operator]
        for found_on, determined_on in days
    )
