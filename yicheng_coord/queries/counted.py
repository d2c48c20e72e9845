"""The duties that statistics, briefs and circulars count, by what decides how they stand."""

from collections.abc import Iterator

from yicheng_coord.queries.duties import Duty, by_ids, seen
from yicheng_coord.queries.reading import Reading

_COLUMNS = (
    "id, rule, rule_version, kind, days, roll, owed_by, started_on, start_event, assumed_start, "
    "due_on, due_at, urgent, urgent_on, met_on, met_at, cancelled_on"
)
"""No more: a register has many duties, and few of them are named."""
_COUNTED = (
    f"SELECT {_COLUMNS} FROM duty WHERE case_id IS NULL OR case_id NOT IN "
    "(SELECT id FROM case_file WHERE voided_on <= ?) ORDER BY id"
)
_AT_ONCE = 1000


def counted_duties(reading: Reading) -> Iterator[Duty]:
    """Yield every duty, open or not, by number, but for those of void cases.

    What was entered by mistake, or twice, was never owed, in time or late. They know their days
    and their rule, not what they are about: see `named`.
    """
    rows = reading.connection.execute(_COUNTED, (reading.struck_out_by.isoformat(),))
    while some := rows.fetchmany(_AT_ONCE):
        yield from seen(reading, some)


def named(duty: Duty) -> Duty:
    """Return a counted duty with all that lists and papers say of it."""
    return by_ids(duty.reading, [duty.row["id"]])[0] if duty.row["id"] else duty
