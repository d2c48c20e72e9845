"""What the papers about a period may say: counts, timeliness, what was late; as of its last day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yicheng_coord.dates import in_chinese
from yicheng_coord.policy.facts import GOVERNMENT
from yicheng_coord.policy.matters import OFFICE
from yicheng_coord.queries.activity import activity
from yicheng_coord.queries.contacts import letter_contact
from yicheng_coord.queries.counted import counted_duties
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.highlights import meetings_held, notable_cases, resolutions_told
from yicheng_coord.queries.lateness import about_in_words, at_the_end, late_in, late_in_words
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.spans import Span
from yicheng_coord.queries.statistics import (
    SORT_NAMES,
    Sort,
    Statistics,
    Tally,
    sort_of,
    statistics,
)
from yicheng_coord.services.letter_values import unit_value
from yicheng_coord.store.copies import head_of
from yicheng_coord.vocabulary import DutyStatus, Grouping

_GUESTS = ("zfw", "jw", "zzb", "bb", "fy", "jcy")
"""Who may be invited to the joint meeting, 一（四）3: a brief goes to them too."""
_MOST = 30
"""So many late items a brief lists one by one, those due first; a circular lists all."""


def circular_facts(reading: Reading, span: Span, day: date) -> dict[str, Any]:
    """Return the facts of a 通报 (一（二）2): how each unit kept its limits."""
    at_end = at_the_end(reading, span)
    counted = statistics(at_end, Grouping.UNIT, span.first, span.last)
    apart = [sort for sort in SORT_NAMES if sort is not Sort.WINDOW]  # a right is never chased
    return {
        **_common(reading, day),
        "period": _period(span)
        | _timeliness(counted, apart)
        | {"late": _late(at_end, late_in(at_end, span), day), "is_told": True},
    }


def brief_facts(reading: Reading, span: Span, day: date) -> dict[str, Any]:
    """Return the facts of a 工作简报 (一（三）1)."""
    at_end = at_the_end(reading, span)
    late = sorted(late_in(at_end, span), key=lambda duty: duty.due_on or date.max)
    by_unit = statistics(at_end, Grouping.UNIT, span.first, span.last)
    by_rule = statistics(at_end, Grouping.RULE, span.first, span.last)
    rules = [_row(tally) for tally in by_rule.tallies if tally.counts[Sort.BINDING] != _NOTHING]
    return {
        **_common(reading, day),
        "chain": _chain(reading),
        "period": _period(span)
        | _timeliness(by_unit, list(SORT_NAMES))
        | {
            "rules": rules,
            "late": _late(at_end, late[:_MOST], day),
            "more": len(late[_MOST:]),
            "is_told": True,
        },
        "brief": {
            "done": activity(at_end, span),
            "open": _open(at_end),
            "cases": notable_cases(at_end, span),
            "meetings": meetings_held(at_end, span),
            "resolutions": resolutions_told(at_end, span),
            "guests": [reading.units_on(day).get(code).full_name for code in _GUESTS],
        },
    }


def _common(reading: Reading, day: date) -> dict[str, Any]:
    units = reading.units_on(day)  # a paper bears the names of its own day
    return {
        "issuer": unit_value(units, OFFICE),
        "government": unit_value(units, GOVERNMENT),
        "contact": letter_contact(reading, OFFICE, day),
        "opinion_number": reading.policy.number,
        "date": in_chinese(day),
    }


def _period(span: Span) -> dict[str, Any]:
    return {"name": span.name, "first": in_chinese(span.first), "last": in_chinese(span.last)}


def _chain(reading: Reading) -> dict[str, str]:
    """Return the head of the history, by which a brief can be held against the register later."""
    head = head_of(reading.connection)
    return {"operation": f"P{head.number}" if head.hash else "无", "hash": head.hash or "无"}


def _timeliness(counted: Statistics, apart: Iterable[Sort]) -> dict[str, Any]:
    total = counted.total
    return {
        "units": [_row(tally) for tally in counted.tallies],
        "total": _row(total) | {"due": total.was_due},
        "rates": [
            {"name": one.name, "percent": one.percent, "caption": _caption(one)}
            for one in counted.tallies
            if one.was_due
        ],
        "apart": [
            {
                "name": one.name,
                "sort": SORT_NAMES[sort],
                "standing": one.standing(sort).replace(" ", ""),
            }
            for one in counted.tallies
            for sort in apart
            if one.standing(sort)
        ],
    }


_NOTHING = {"in_time": 0, "late": 0, "open_in_time": 0, "open_late": 0}


def _row(tally: Tally) -> dict[str, Any]:
    rate = "—" if tally.rate is None else f"{tally.rate:.1%}"
    return {"name": tally.name, **tally.counts[Sort.BINDING], "rate": rate}


def _caption(tally: Tally) -> str:
    return f"{tally.rate or 0:.1%}（{tally.counts[Sort.BINDING]['in_time']}/{tally.was_due}）"


def _late(at_end: Reading, late: Iterable[Duty], day: date) -> list[dict[str, str]]:
    """Say what was late, by unit in the document's order, then by due day."""
    places = {unit.code: place for place, unit in enumerate(at_end.units.all)}

    def order(duty: Duty) -> tuple[int, date]:
        return places.get(duty.row["owed_by"], len(places)), duty.due_on or date.max

    return [
        {
            "unit": at_end.unit_name(duty.row["owed_by"]),
            "duty": duty.rule.label,
            "about": about_in_words(duty),
            "due": duty.row["due_on"],
            "late": late_in_words(duty, day),
        }
        for duty in sorted(late, key=order)
    ]


def _open(at_end: Reading) -> dict[str, int]:
    """Count what was open at the end, whenever it began; 暂计 and 一般应 apart, rights left out."""
    found = dict.fromkeys(("all", "overdue", "assumed", "soft", "ageing"), 0)
    for duty, count in counted_duties(at_end, is_open=True):
        if duty.status is not DutyStatus.LAPSED:
            found["all"] += count
        if duty.status is DutyStatus.OVERDUE:
            found[_LATE_AS.get(sort_of(duty), "overdue")] += count
        if duty.status is DutyStatus.AGEING:
            found["ageing"] += count
    return found


_LATE_AS = {Sort.ASSUMED: "assumed", Sort.SOFT: "soft"}
