"""What is done with each column, settled once a file so that rows go through quickly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.cells import (
    Memo,
    Read,
    Reason,
    Value,
    is_nothing,
    shown,
    source_of,
    urgency_of,
)
from yicheng_coord.intake.days import Days
from yicheng_coord.intake.fields import DATES, FIELDS, LABELS, SLOTS, UNITS, folded_heading
from yicheng_coord.intake.header import Header, columns_of
from yicheng_coord.intake.ledger import LedgerPlan, answer_of, ledger_plan, outcome_of
from yicheng_coord.intake.mapping import Map, MapError, guess_as_toml
from yicheng_coord.intake.ours import OurPlan, our_plan, own_heading
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.sheets import is_our_list
from yicheng_coord.text import folded

_MOST_NEAREST = 200  # looking for near names is slow, and nobody reads more
_TITLE_MAX = 80


class MissingColumnsError(RefusedError):
    """The list does not say what every case needs.

    Attributes:
        guess: a map that would do, as TOML, to be completed.

    """

    def __init__(self, header: Header, missing: list[str]) -> None:
        names = "、".join(f"{LABELS[field]}（{field}）" for field in missing)
        found = "、".join(
            f"{heading}→{LABELS[field]}" if (field := header.columns.get(index)) else heading
            for index, heading in enumerate(header.headings)
            if heading
        )
        self.guess = guess_as_toml(header, missing)
        super().__init__(
            f"第 {header.line} 行的表头里认不出：{names}。表里的列：{found}。",
            f"写一份对照表，用 --map 指定，例如：\n{self.guess}",
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with the columns of one list.

    Attributes:
        pick: takes the cells of the FIELDS out of a row, in their order; a field that the list
            does not have takes the last cell.
        memos: (slot of FIELDS, what a cell means); all else is text.
        extras: (index, name) of what is kept beside the fields; names are unique.
        worded: (index, slot) of source and urgent, whose own words are kept where they say more.
        defaults: (slot, value) where a row says nothing.
        makes_title: the list has no title, or the map builds one.
        title: columns that the map builds it from; None = from party, cause and so on.
        separator, longest: of a title that is built.
        day: index of the finding date.
        is_day_given: rows without one have the map's.
        ledger: what the list says beyond registration; None where it says no more.
        ours: of a list that was exported here; None of any other.

    """

    pick: Callable[[list[str]], tuple[str, ...]]
    memos: list[tuple[int, Memo[Read]]]
    extras: list[tuple[int, str]]
    worded: list[tuple[int, int]]
    defaults: list[tuple[int, Value]]
    makes_title: bool
    title: list[int] | None
    separator: str
    longest: int
    day: int | None
    is_day_given: bool
    ledger: LedgerPlan | None
    ours: OurPlan | None


def plan_of(header: Header, sheet_map: Map, units: Units, today: date) -> Plan:
    """Settle the columns.

    Raises:
        MissingColumnsError: a required field has neither column nor default.
        RefusedError: the map names a unit or a default that cannot be read.

    """
    columns = columns_of(header.headings, sheet_map)
    joined = _title_columns(header, sheet_map)
    if joined is not None:  # a title that the list has as well is kept beside ours
        columns = {index: None if field == "title" else field for index, field in columns.items()}
    header = Header(header.line, columns, header.headings)
    if missing := _missing(columns, sheet_map, joined):
        raise MissingColumnsError(header, missing)
    memos = _memos(sheet_map, units, today)
    defaults = _defaults(sheet_map, memos)
    at = {field: index for index, field in columns.items() if field}
    extras, is_ours = _extras(header), is_our_list(header.headings)
    return Plan(
        pick=itemgetter(*(at.get(field, -1) for field in FIELDS)),
        memos=[(SLOTS[f], memo) for f, memo in memos.items() if f in at and f in SLOTS],
        extras=extras,
        worded=[(at[field], SLOTS[field]) for field in ("source", "urgent") if field in at],
        defaults=[(SLOTS[f], value) for f, value in defaults.items() if f in SLOTS],
        makes_title=joined is not None or "title" not in at,
        title=joined,
        separator=sheet_map.title.separator if sheet_map.title else " ",
        longest=sheet_map.title.longest if sheet_map.title else _TITLE_MAX,
        day=at.get("found_on"),
        is_day_given="found_on" in sheet_map.defaults,
        ledger=ledger_plan(at, header.headings, memos, defaults, () if is_ours else extras),
        ours=our_plan(header.headings, columns, extras) if is_ours else None,
    )


def _title_columns(header: Header, sheet_map: Map) -> list[int] | None:
    """Return the columns that the title is joined from, in the map's order; None = not joined."""
    if sheet_map.title is None:
        return None
    places: dict[str, int] = {}
    for index, heading in enumerate(header.headings):
        places.setdefault(folded_heading(heading), index)
    joined = [places[name] for name in sheet_map.title.headings if name in places]
    has_own = "title" in header.columns.values()
    return None if has_own and not joined else joined  # another list under the same map


def missing_fields(header: Header) -> list[str]:
    """Return what every case needs, and the columns of a list do not say."""
    return _missing(header.columns, Map(), None)


def _missing(
    columns: Mapping[int, str | None], sheet_map: Map, joined: list[int] | None
) -> list[str]:
    has = {field for field in columns.values() if field} | set(sheet_map.defaults)
    if joined or (joined is None and has & {"cause", "place", "summary"}):
        has.add("title")
    return [field for field in ("title", "found_by", "found_on") if field not in has]


def _extras(header: Header) -> list[tuple[int, str]]:
    """Two columns of one name keep both: 备注, 备注(2)."""
    is_ours = is_our_list(header.headings)
    times: dict[str, int] = {}
    extras = []
    for index, heading in enumerate(header.headings):
        times[heading] = times.get(heading, 0) + 1
        if index in header.columns and header.columns[index] is None:
            name = own_heading(heading) if is_ours else heading
            extras.append((index, f"{name}({times[heading]})" if times[heading] > 1 else name))
    return extras


def _memos(sheet_map: Map, units: Units, today: date) -> dict[str, Memo[Read]]:
    memos: dict[str, Memo[Read]] = {
        "source": Memo(source_of),
        "urgent": Memo(urgency_of),
        "answer": Memo(answer_of),
        "outcome": Memo(outcome_of),
    }
    for field in DATES:
        memos[field] = Memo(Days(LABELS[field], today, sheet_map.dates.get(field, "")))
    named = {folded(name): units.named(unit).code for name, unit in sheet_map.units.items()}
    for field in UNITS:
        memos[field] = Memo(_finder(LABELS[field], units, named))
    return memos


def _finder(label: str, units: Units, named: Mapping[str, str]) -> Callable[[str], Read]:
    looked_for = 0

    def find(text: str) -> Read:
        nonlocal looked_for
        if is_nothing(text):
            return None
        plain = folded(text)
        if plain in named:
            return named[plain]
        if unit := units.find(text):
            return unit.code
        looked_for += 1
        near = "、".join(units.nearest(text)) if looked_for <= _MOST_NEAREST else ""
        return Reason(f"{label}不在单位表里", shown(text), f"相近：{near}" if near else "")

    return find


def _defaults(sheet_map: Map, memos: Mapping[str, Memo[Read]]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for field, text in sheet_map.defaults.items():
        read = memos[field][text] if field in memos else text
        if isinstance(read, Reason) or read is None:
            raise MapError(sheet_map.where, f"的默认值 {field} 读不出来：{text}")
        values[field] = read
    return values
