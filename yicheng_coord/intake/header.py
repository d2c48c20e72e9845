"""Where the header of a list stands, and what its columns mean."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, zip_longest

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.cells import heading_text
from yicheng_coord.intake.decode import Row
from yicheng_coord.intake.fields import field_of, fields_of, folded_heading, says_nothing
from yicheng_coord.intake.mapping import IGNORED, Map
from yicheng_coord.intake.ours import is_beside
from yicheng_coord.queries.sheets import OUR_HEADINGS, is_our_list

LOOKED_AT = 10
ERRORS = "错误"  # the first column of a rejects file
_LONGEST_HEADING = 40
_NO_HEADING = re.compile(r"[\d\s.,:/\-年月日]*\d[\d\s.,:/\-年月日]*")

Headings = tuple[int, list[str]]


class NoHeaderError(RefusedError):
    """No row among the first ones could be a header."""

    def __init__(self) -> None:
        super().__init__(
            f"前 {LOOKED_AT} 行里找不到表头。",
            "表头上方不要超过九行；或在对照表（--map）里写 header_row = 行号。",
        )


class NoHeaderRowError(RefusedError):
    """The line that the map names is not there, or blank."""

    def __init__(self, line: int) -> None:
        super().__init__(f"第 {line} 行没有表头。", "改正对照表里的 header_row。")


@dataclass(frozen=True)
class Header:
    """A header.

    Attributes:
        line: its last line; the rows follow.
        columns: index → field, or None where the column is kept in `extra`; ignored ones are
            left out.
        headings: as they stand in the file, two lines joined, nameless columns as 第N列.

    """

    line: int
    columns: dict[int, str | None]
    headings: list[str]


def find_header(rows: Iterable[Row], sheet_map: Map | None = None) -> Header:
    """Find the header among the first ten rows: the row of which the most headings are known.

    Title, 单位/日期 and blank rows above are passed over. Two lines are joined where that makes
    more headings known: 当事人 over 名称 and 证件号码.

    Raises:
        NoHeaderError: there is no row with text in it.
        NoHeaderRowError: the map names a line that holds nothing.

    """
    wanted = sheet_map or Map()
    if wanted.header_row is not None:
        line, headings = _told(rows, wanted.header_row)
    else:
        line, headings = _found(islice(rows, LOOKED_AT), wanted)
    return Header(line, columns_of(headings, wanted), headings)


def _told(rows: Iterable[Row], line: int) -> Headings:
    at, cells = next((row for row in rows if row[0] >= line), (line, []))
    headings = _named([heading_text(cell) for cell in cells])
    if not any(headings) or at != line:
        raise NoHeaderRowError(line)
    return at, headings


def _found(rows: Iterable[Row], wanted: Map) -> Headings:
    texts = [(line, [heading_text(cell) for cell in cells]) for line, cells in rows]
    single = [(line, _named(row)) for line, row in texts if any(row)]
    if not single:
        raise NoHeaderError
    # max() keeps the first of equals: two lines must say more than either does alone, unless
    # blanks in both show that cells were merged.
    merged, other = _joined(texts, wanted)
    best = max(merged + single + other, key=lambda one: _known(one[1], wanted))
    if _known(best[1], wanted):
        return best
    return max(single, key=lambda one: sum(map(bool, one[1])))  # for the refusal to list


def _known(headings: list[str], wanted: Map) -> int:
    """How many fields a row's headings name, each once; what the map names counts as well."""
    told = set(wanted.columns) | set(wanted.title.headings if wanted.title else ())
    names = {folded_heading(heading) for heading in headings if heading}
    fields = {field_of(heading) for heading in headings if folded_heading(heading) not in told}
    return len(names & told) + len(fields - {None})


def _joined(texts: list[Headings], wanted: Map) -> tuple[list[Headings], list[Headings]]:
    """Return each two lines as one, those that were surely merged apart from the others."""
    merged: list[Headings] = []
    other: list[Headings] = []
    for (_, upper), (line, lower) in pairwise(texts):
        if any(upper) and any(lower) and all(map(_may_be_heading, lower)):
            joined = line, _named(list(_columns_joined(upper, lower, wanted)))
            (merged if _is_merged(upper, lower) else other).append(joined)
    return merged, other


def _is_merged(upper: list[str], lower: list[str]) -> bool:
    """Whether cells reach down (序号) and across (当事人), and it is no title or meta row."""
    pairs = list(zip_longest(upper, lower, fillvalue=""))
    reaches_down = any(above and not below for above, below in pairs)
    reaches_across = any(below and not above for above, below in pairs)
    is_header = sum(map(bool, upper)) > 1 and not any(re.search("[:：]", cell) for cell in upper)
    return reaches_down and reaches_across and is_header and all(map(_may_be_heading, upper))


def _may_be_heading(cell: str) -> bool:
    return len(cell) <= _LONGEST_HEADING and not _NO_HEADING.fullmatch(cell)


def _columns_joined(upper: list[str], lower: list[str], wanted: Map) -> Iterator[str]:
    """Join two lines; of merged cells only the first holds the heading of all."""
    group = ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        group = above or group
        both = group + below
        if not below:
            yield above
        elif field_of(both) or folded_heading(both) in wanted.columns or not field_of(below):
            yield both
        else:
            yield below


def _named(headings: list[str]) -> list[str]:
    """Name the nameless columns by their place; a nameless first one is 序号 and stays so."""
    headings = [heading if folded_heading(heading) else "" for heading in headings]
    while headings and not headings[-1]:
        headings = headings[:-1]
    first = first_column(headings)
    return [
        heading or (place_name(index, headings) if index > first else "")
        for index, heading in enumerate(headings)
    ]


def first_column(headings: list[str]) -> int:
    """Return the index of the list's own first column, after 错误 of a rejects file."""
    return 1 if headings[:1] == [ERRORS] else 0


def place_name(index: int, headings: list[str]) -> str:
    """第N列, counted as in the file that the rejects came from."""
    return f"第{index + 1 - first_column(headings)}列"


def columns_of(headings: list[str], wanted: Map) -> dict[int, str | None]:
    """Settle columns as the map says, else by the aliases; of two the first has the field."""
    told = [_meaning(heading, wanted) for heading in headings]
    if is_our_list(headings):
        told = [
            IGNORED if h in OUR_HEADINGS else m or ("" if is_beside(h) else m)
            for h, m in zip(headings, told, strict=True)
        ]
    columns: dict[int, str | None] = {
        index: None for index, meaning in enumerate(told) if meaning != IGNORED
    }
    _claim(columns, enumerate(told))
    unsaid = [heading if said is None else "" for heading, said in zip(headings, told, strict=True)]
    known = fields_of(unsaid, {field for field in columns.values() if field})
    _claim(columns, ((i, known[i]) for i, said in enumerate(told) if said is None))
    return columns


def unread_columns(header: Header, wanted: Map) -> tuple[str, ...]:
    """Return the columns that no field takes, and of which the map does not say that this is meant.

    What is in them is kept beside the case. A list of ours has none: it was written so.
    """
    if is_our_list(header.headings):
        return ()
    kept = (header.headings[index] for index, field in header.columns.items() if field is None)
    return tuple(dict.fromkeys(name for name in kept if _meaning(name, wanted) is None))


def _meaning(heading: str, wanted: Map) -> str | None:
    """Field, "" (kept in `extra`), "-" (ignored), or None where the map says nothing."""
    told = wanted.columns.get(folded_heading(heading))
    if told is None and (not heading or says_nothing(heading)):
        return IGNORED
    return told


def _claim(columns: dict[int, str | None], meanings: Iterable[tuple[int, str | None]]) -> None:
    taken = set(columns.values())
    for index, meaning in meanings:
        if meaning and meaning != IGNORED and meaning not in taken:
            columns[index] = meaning
            taken.add(meaning)
