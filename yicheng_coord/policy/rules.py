"""A rule of the Opinion: one duty with its limit, beside the sentence that it comes from."""

from dataclasses import dataclass
from datetime import date

from yicheng_coord.policy.intervals import Interval
from yicheng_coord.vocabulary import Kind, Roll


@dataclass(frozen=True, slots=True)
class Extension:
    """How a duty may be extended.

    Attributes:
        max_days: at most so many days in all after the original due day, in the rule's own days;
            None = no cap.
        told_before_due: the extension only holds if it was told in advance: by the due day.

    """

    max_days: int | None = None
    told_before_due: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the policy pack.

    Attributes:
        id: stable, stored with each duty: `transfer.feedback`.
        label: 事项, as lists print it: 反馈移送意见.
        clause: where the sentence stands: 二（二）2.
        quote: the sentence or its part, verbatim.
        source: the document: 峄政办发〔2022〕1号, or the state rule that gives the number.
        kind: how it counts.
        days: working or calendar days, hours or months, as `kind` says; None where it has none.
        roll: where a calendar due day on a rest day goes.
        is_soft: 一般应、原则上: late is worded 超过一般时限 and counted apart.
        urgent: how the duty counts when the matter is urgent; None = no urgent form.
        who, to: the roles that owe it and that it is owed to.
        starts: the event that starts the clock; empty = nothing starts one (a standing rule).
        stand_ins: events that it is counted from while the date of `starts` is not recorded (暂计).
        met_by: events that meet it.
        ended_by: events after which it is no longer owed.
        undone: 现状 while open: 未反馈.
        reading: how the text is read where it leaves room.
        interval: how often time itself starts one; None = only what is logged starts one.
        since: in force from; `version` names the edition.

    """

    id: str
    label: str
    clause: str
    quote: str
    source: str
    kind: Kind
    since: date
    version: str
    days: int | None = None
    roll: Roll = Roll.NONE
    is_soft: bool = False
    urgent: Kind | None = None
    who: str = ""
    to: str = ""
    starts: str = ""
    stand_ins: tuple[str, ...] = ()
    met_by: tuple[str, ...] = ()
    ended_by: tuple[str, ...] = ()
    undone: str = "未办"
    reading: str = ""
    extension: Extension | None = None
    interval: Interval | None = None

    @property
    def has_due_day(self) -> bool:
        """及时 has none: it is open and ageing, never 超期."""
        return self.kind is not Kind.PROMPT

    @property
    def can_be_overdue(self) -> bool:
        """A right that was not used has lapsed; it was never owed."""
        return self.kind not in (Kind.PROMPT, Kind.WINDOW)

    @property
    def counts_working_days(self) -> bool:
        """Whether lateness and time left are working days; else they are calendar days."""
        return self.kind in (Kind.WORKING, Kind.WORKING_BACK, Kind.PROMPT)
