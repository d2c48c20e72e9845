"""Timeliness (一（二）1、2): how duties stand, counted by who owes them, by rule, or by month.

Nothing is judged here: a duty counts as its own `status` and `days_left` say, whoever owes it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Any

from yicheng_coord.queries.counted import counted_duties
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.spans import ReversedPeriodError, Span
from yicheng_coord.vocabulary import DutyStatus, Grouping, Kind


class Sort(StrEnum):
    """What may be compared. A duty is counted once: what is several of these, as the lowest here."""

    BINDING = "binding"
    SOFT = "soft"
    ASSUMED = "assumed"
    PROMPT = "prompt"
    WINDOW = "window"


SORT_NAMES = {Sort.SOFT: "一般应", Sort.ASSUMED: "暂计", Sort.PROMPT: "及时", Sort.WINDOW: "权利"}
GROUPING_NAMES = {Grouping.UNIT: "单位", Grouping.RULE: "事项", Grouping.MONTH: "月份"}
_DATED = {
    "in_time": "按期完成",
    "late": "逾期完成",
    "open_in_time": "未到期",
    "open_late": "超期",
}
COUNTED = {
    Sort.BINDING: _DATED,
    Sort.SOFT: _DATED | {"late": "超过一般时限完成", "open_late": "超过一般时限"},
    Sort.ASSUMED: _DATED,
    Sort.PROMPT: {"met": "已办", "open": "在办", "ageing": "久未办理"},
    Sort.WINDOW: {"used": "已行使", "open": "可行使", "lapsed": "未行使"},
}
"""What is counted of each sort, by its key in JSON."""

_STANDINGS = {
    DutyStatus.MET: ("in_time", "met", "used"),
    DutyStatus.MET_LATE: ("late", "met", "used"),
    DutyStatus.OPEN: ("open_in_time", "open", "open"),
    DutyStatus.DUE_TODAY: ("open_in_time", "open", "open"),
    DutyStatus.OVERDUE: ("open_late", "open", "open"),
    DutyStatus.AGEING: ("open_in_time", "ageing", "open"),
    DutyStatus.LAPSED: ("open_in_time", "open", "lapsed"),
}
"""Status → what it counts as where there is a due day, of 及时, and of a right."""


def _nothing() -> dict[Sort, dict[str, int]]:
    return {sort: dict.fromkeys(keys, 0) for sort, keys in COUNTED.items()}


@dataclass
class Tally:
    """How the duties of one unit, rule or month stand.

    Attributes:
        key: the unit's code, the rule's id, or 2026-11; empty of all together.
        counts: of each sort, what `COUNTED` names.
        days_late: of binding duties met late or overdue, each in its rule's own days (working or
            calendar); 0 = late by rest days only.

    """

    key: str
    name: str
    counts: dict[Sort, dict[str, int]] = field(default_factory=_nothing)
    days_late: list[int] = field(default_factory=list)

    def add(self, duty: Duty, count: int = 1) -> None:
        """Count duties that stand as this one does, which was not cancelled."""
        sort = sort_of(duty)
        dated, prompt, window = _STANDINGS[duty.status]
        standing = {Sort.PROMPT: prompt, Sort.WINDOW: window}.get(sort, dated)
        self.counts[sort][standing] += count
        if sort is Sort.BINDING and standing in ("late", "open_late"):
            self.days_late += [-(duty.days_left or 0)] * count

    @property
    def rate(self) -> float | None:
        """按期率: of what was due, the part that was met in time, 0 to 1; None where nothing was."""
        return self.counts[Sort.BINDING]["in_time"] / self.was_due if self.was_due else None

    @property
    def was_due(self) -> int:
        """How many binding duties were due."""
        counts = self.counts[Sort.BINDING]
        return counts["in_time"] + counts["late"] + counts["open_late"]

    @property
    def percent(self) -> int:
        """The rate in whole hundredths: 100 only where all, and 0 only where none was in time."""
        in_time = self.counts[Sort.BINDING]["in_time"]
        return max(100 * in_time // self.was_due, 1 if in_time else 0) if self.was_due else 0

    def standing(self, sort: Sort) -> str:
        """未到期 2，超期 1; nothing of what there is none."""
        counts = self.counts[sort]
        return "，".join(
            f"{label} {counts[key]}" for key, label in COUNTED[sort].items() if counts[key]
        )

    @property
    def median_days_late(self) -> float | None:
        """The median of `days_late`; None where nothing is late."""
        return median(self.days_late) if self.days_late else None

    @property
    def worst_days_late(self) -> int | None:
        """The most of `days_late`; None where nothing is late."""
        return max(self.days_late, default=None)

    def as_json(self) -> dict[str, Any]:
        """The stable keys: those of binding duties flat, each other sort apart."""
        return {
            "key": self.key,
            "name": self.name,
            **self.counts[Sort.BINDING],
            "rate": None if self.rate is None else round(self.rate, 4),
            "median_days_late": self.median_days_late,
            "worst_days_late": self.worst_days_late,
            **{sort.value: self.counts[sort] for sort in SORT_NAMES},
        }


@dataclass(frozen=True, slots=True)
class Statistics:
    """The tallies of duties that began in a period, as they stand on one day.

    Attributes:
        first, last: of the period; None = open on that side.
        tallies: units and rules in the document's order, months by date; none without a duty.
        total: all of them together.

    """

    today: date
    by: Grouping
    first: date | None
    last: date | None
    tallies: list[Tally]
    total: Tally

    @property
    def period_in_words(self) -> str:
        """When they began: 2026-10-01 至 2026-12-31 起算."""
        if not self.first and not self.last:
            return "全部"
        until = f"至 {self.last} " if self.last else "以来"
        return f"{self.first or ''} {until}起算".strip()

    def as_json(self) -> dict[str, Any]:
        """The stable keys of the statistics."""
        return {
            "date": self.today.isoformat(),
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "by": self.by.value,
            "rows": [tally.as_json() for tally in self.tallies],
            "total": self.total.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a tally, with its heading in flat tables."""

    heading: str
    value: Callable[[Tally], float | None]
    is_rate: bool = False


def figures() -> list[Figure]:
    """Return every number of a tally, those of binding duties first."""
    return [
        *_counts(Sort.BINDING),
        Figure("按期率", lambda tally: tally.rate, is_rate=True),
        Figure("迟办天数中位", lambda tally: tally.median_days_late),
        Figure("迟办天数最多", lambda tally: tally.worst_days_late),
        *(figure for sort in SORT_NAMES for figure in _counts(sort)),
    ]


def _counts(sort: Sort) -> list[Figure]:
    prefix = f"{SORT_NAMES[sort]}：" if sort in SORT_NAMES else ""
    return [
        Figure(prefix + label, lambda tally, key=key: tally.counts[sort][key])  # type: ignore[misc]
        for key, label in COUNTED[sort].items()
    ]


def statistics(
    reading: Reading, by: Grouping, first: date | None = None, last: date | None = None
) -> Statistics:
    """Count the duties that began in a period (both days within it), as they stand today.

    What is due by a planned day, or before it, began when that was known. Left out: what was
    cancelled or is no longer owed, all of void cases, and what today's lists do not show yet.

    Raises:
        ReversedPeriodError: the period ends before it begins.

    """
    if first and last and last < first:
        raise ReversedPeriodError(first, last)
    tallies: dict[str, Tally] = {}
    total = Tally("", "合计")
    within = Span(first or date.min, last or date.max) if first or last else None
    for duty, count in counted_duties(reading, within):
        if duty.status is DutyStatus.CANCELLED:
            continue
        key = _key(duty, by)
        if key not in tallies:
            tallies[key] = Tally(key, _name(duty, by))
        tallies[key].add(duty, count)
        total.add(duty, count)
    order = _order(reading, by)
    rows = sorted(tallies.values(), key=lambda tally: (order.get(tally.key, len(order)), tally.key))
    return Statistics(reading.today, by, first, last, rows, total)


def sort_of(duty: Duty) -> Sort:
    """Say with what a duty may be compared."""
    if duty.rule.kind is Kind.WINDOW:
        return Sort.WINDOW
    if duty.rule.kind is Kind.PROMPT or duty.due_on is None:
        return Sort.PROMPT
    if duty.is_assumed:
        return Sort.ASSUMED
    return Sort.SOFT if duty.rule.is_soft else Sort.BINDING


def _key(duty: Duty, by: Grouping) -> str:
    match by:
        case Grouping.UNIT:
            return str(duty.row["owed_by"])
        case Grouping.RULE:
            return duty.rule.id
        case _:
            return f"{duty.begun_on:%Y-%m}"


def _name(duty: Duty, by: Grouping) -> str:
    match by:
        case Grouping.UNIT:
            return duty.reading.unit_name(duty.row["owed_by"])
        case Grouping.RULE:
            return duty.rule.label
        case _:
            return _key(duty, by)


def _order(reading: Reading, by: Grouping) -> dict[str, int]:
    """Units and rules as the document has them; months go by their key."""
    match by:
        case Grouping.UNIT:
            keys = [unit.code for unit in reading.units.all]
        case Grouping.RULE:
            keys = [rule.id for rule in reading.policy.rules]
        case _:
            keys = []
    return {key: place for place, key in enumerate(keys)}
