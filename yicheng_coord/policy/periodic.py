"""What time itself starts: matters that begin anew with every month or quarter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yicheng_coord.policy.facts import BUREAU
from yicheng_coord.policy.matters import MEETING_OWED, OFFICE
from yicheng_coord.policy.rules import Rule
from yicheng_coord.policy.units import Units


@dataclass(frozen=True, slots=True)
class Report:
    """A matter that begins with an interval.

    Attributes:
        letter, kind: what sort of matter it is.
        event: with which it begins, on the interval's first day.
        what: its title, after the interval's name.
        is_of_bureau: the bureau owes it to every other member; else each of these owes one to it.
        is_to_office: every member, the bureau too, owes one to the office.
        is_of_office: the office owes it, to nobody in particular.
        is_of_opinion: the Opinion itself says how often, so it is owed from the register's first
            day; what the office set is owed from the interval in which it did so.

    """

    letter: str
    kind: str
    event: str
    what: str
    is_of_bureau: bool = False
    is_to_office: bool = False
    is_of_office: bool = False
    is_of_opinion: bool = False

    def owed(self, units: Units) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield who owes one, and to whom, of the units that there are."""
        there = {unit.code: unit for unit in units.present}
        if self.is_of_office:
            if OFFICE in there:
                yield OFFICE, ()
            return
        if self.is_to_office:
            members = (code for code, one in there.items() if one.is_member and OFFICE in there)
            yield from ((unit, (OFFICE,)) for unit in members)
            return
        others = tuple(code for code, one in there.items() if one.is_member and code != BUREAU)
        if BUREAU not in there or not others:
            return
        if self.is_of_bureau:
            yield BUREAU, others
            return
        for unit in others:
            yield unit, (BUREAU,)


REPORTS: Mapping[str, Report] = {
    "meeting.quarterly": Report(
        MEETING_OWED, "regular", "quarter.begun", "例行会议", is_of_office=True, is_of_opinion=True
    ),
    "info.policy": Report("I", "policy", "policy.logged", "政策、审批等信息"),
    "info.enforcement": Report(
        "I", "enforcement", "enforcement.logged", "执法情况", is_of_bureau=True
    ),
    "work.report": Report("W", "work", "interval.begun", "工作开展情况", is_to_office=True),
}
"""By the rule that may have an interval."""
BEGUN_BY_TIME = frozenset(report.event for report in REPORTS.values())
"""What begins on a day that lies ahead is not owed before it."""
FITTING = "、".join(f"{name}（starts = {report.event}）" for name, report in REPORTS.items())
"""Which rules may have an interval, in words."""


def report_of(rule: Rule) -> Report | None:
    """Return what begins with the intervals of a rule; None where nothing can."""
    report = REPORTS.get(rule.id)
    return report if report and report.event == rule.starts else None
