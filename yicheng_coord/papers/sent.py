"""What `coord remind` sent: what is on record, the letters, and what is left."""

from dataclasses import dataclass

from yicheng_coord.papers.written import Written
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.reminders import ReminderSheet, Verdict


@dataclass(frozen=True, slots=True)
class Sent:
    """What was chased.

    Attributes:
        recorded: the answer; None where there was nothing to chase, or it was a trial.
        letters: what was, or would be, sent.
        papers: the same as papers, in the same order.
        made: what is to be written of each: suffix and bytes of its files.
        numbers: the numbers that were given out.
        left: what is overdue and is not chased now, with why.

    """

    recorded: Recorded | None
    letters: list[ReminderSheet]
    papers: list[Written]
    made: list[list[tuple[str, bytes]]]
    numbers: list[str]
    left: list[Verdict]
