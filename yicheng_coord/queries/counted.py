"""The duties that statistics, briefs and circulars count: which, and by what decides how they stand."""

from collections.abc import Iterator
from typing import NamedTuple

from yicheng_coord.policy.matters import KNOWN_BY
from yicheng_coord.queries.duties import Duty, seen
from yicheng_coord.queries.filters import DutyFilter
from yicheng_coord.queries.periodic import missing_duties
from yicheng_coord.queries.planned import TO_A_PLAN, owed_since
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.spans import Span

_DECIDING = (
    "rule, rule_version, kind, days, roll, owed_by, started_on, start_event, assumed_start, "
    "due_on, due_at, urgent, urgent_on, met_on, met_at, cancelled_on"
)
_IS_COUNTED = (
    "(case_id IS NULL OR case_id NOT IN (SELECT id FROM case_file WHERE voided_on <= :told))"
)
"""What was entered by mistake, or twice, was never owed, neither in time nor late."""
_COUNTED = (
    f"SELECT CASE WHEN start_event IN ({', '.join(map(repr, KNOWN_BY))}) THEN id END AS id, "
    f"{_DECIDING}, count(*) AS count FROM duty WHERE {_IS_COUNTED} AND {{which}} "
    f"GROUP BY 1, {_DECIDING}"
)
"""Duties that stand alike in one row; those whose beginning other facts tell each in its own."""
_BEGUN = (
    "(started_on BETWEEN :first AND :last "
    f"OR kind IN ({', '.join(repr(kind.value) for kind in TO_A_PLAN)}))"
)
"""Wider than `begun_on`, which decides."""
_OPEN = "(met_on IS NULL OR met_on > :today) AND (cancelled_on IS NULL OR cancelled_on > :told)"
_PERHAPS_LATE = (
    f"SELECT * FROM duty_list WHERE {_IS_COUNTED} AND due_on <= :today "
    "AND (met_on IS NULL OR met_on >= :since AND (met_on > due_on OR met_at > due_at)) ORDER BY id"
)
"""Wider than a duty's `status`, which decides."""


class Counted(NamedTuple):
    """A duty, and how many stand as it does; it knows its days and its rule alone."""

    duty: Duty
    alike: int


def counted_duties(
    reading: Reading, within: Span | None = None, *, is_open: bool = False
) -> Iterator[Counted]:
    """Go through every duty that lists show, on record or not, but for those of void cases.

    Args:
        reading: the register.
        within: those that began in a period, both days within it; None: all.
        is_open: only what is still owed.

    """
    days = _days(reading)
    conditions = ["1"]
    if within:
        conditions.append(_BEGUN)
        days |= {"first": f"{within.first}", "last": f"{within.last}"}
    if is_open:
        conditions.append(_OPEN)
    rows = reading.connection.execute(_COUNTED.format(which=" AND ".join(conditions)), days)
    counts = [(duty, row["count"]) for row in rows for duty in seen(reading, [row])]
    counts += [(duty, 1) for duty in missing_duties(reading, DutyFilter())]
    for duty, count in counts:
        is_within = not within or within.first <= duty.begun_on <= within.last
        if is_within and _is_shown(duty) and (duty.is_open or not is_open):
            yield Counted(duty, count)


def perhaps_late(reading: Reading, since: str) -> Iterator[Duty]:
    """Go through what may be overdue, or was met late since a day (ISO), by number."""
    rows = reading.connection.execute(_PERHAPS_LATE, _days(reading) | {"since": since})
    yield from filter(_is_shown, seen(reading, rows))
    yield from filter(_is_shown, missing_duties(reading, DutyFilter()))


def _days(reading: Reading) -> dict[str, str]:
    return {"today": reading.today.isoformat(), "told": reading.struck_out_by.isoformat()}


def _is_shown(duty: Duty) -> bool:
    """As `pending` has it: what has no due day once it began; of a past day what was owed then."""
    today = duty.reading.today
    if duty.is_ahead:
        return False
    if duty.due_on is None:
        return duty.started_on <= today
    if not duty.reading.is_of_the_past:
        return True
    return owed_since(duty.row, duty.reading.connection) <= today
