"""Recording a fact starts and meets duties: the one engine, on plain values.

A *subject* is what a duty hangs on: the case, a leg of its transfer, a decision. It has events
(what happened when) and roles (which unit is what). A rule of the policy pack says which event
starts its clock, which stand in while the date of that one is not recorded, which meet it, and
after which it is no longer owed. So a new kind of duty is a row of the pack and, at most, an
event; a command and an import of 100,000 rows use the same functions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from yicheng_coord.policy.counting import Due, Limit, due, limit_of
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.facts import BUREAU, GOVERNMENT, CaseFacts, Leg, Verdict
from yicheng_coord.policy.pack import Policy
from yicheng_coord.policy.rules import Rule
from yicheng_coord.policy.workdays import Workdays
from yicheng_coord.vocabulary import Kind

NO_LONGER = "不再适用"


@dataclass(frozen=True, slots=True)
class Happening:
    """When an event happened; without a day it is known to be so, but its date is not recorded."""

    on: date | None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What duties hang on.

    Attributes:
        key: stable within the case: `case`, `leg:1`, `decision:1`, `copy:1:zrj`.
        roles: role → unit code.
        events: event → when.

    """

    key: str
    roles: Mapping[str, str]
    events: Mapping[str, Happening]
    urgent: bool = False
    urgent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Timed:
    """What the days of a duty depend on."""

    rule: Rule
    started_on: date
    started_at: datetime | None
    urgent: bool
    urgent_on: date | None


@dataclass(frozen=True, slots=True)
class Clock(Timed):
    """A duty before its days are counted."""

    subject: str
    owed_by: str
    owed_to: str | None
    start_event: str
    assumed_start: bool
    met_on: date | None
    ended_on: date | None
    ended_by: str

    def stored(self) -> dict[str, Any]:
        """What a duty remembers of its clock, by the names of its columns."""
        return {
            "rule_version": self.rule.version,
            "kind": self.rule.kind.value,
            "days": self.rule.days,
            "roll": self.rule.roll.value,
            "owed_by": self.owed_by,
            "owed_to": self.owed_to,
            "started_on": self.started_on,
            "started_at": self.started_at,
            "start_event": self.start_event,
            "assumed_start": self.assumed_start,
            "urgent": self.urgent,
            "urgent_on": self.urgent_on,
        }

    @property
    def why_ended(self) -> str:
        """办结，不再适用: what a cancelled duty keeps as its reason."""
        return f"{EVENTS[self.ended_by].label}，{NO_LONGER}"


COUNTED_BY = ("rule_version", "kind", "days", "roll")
"""How a clock is counted; a new edition of the rule alone does not touch a running one."""


def subjects(facts: CaseFacts) -> Iterator[Subject]:
    """Yield what the duties of a case hang on."""
    yield _case_subject(facts)
    declined_by: set[str] = set()
    for leg in facts.legs:
        yield _leg_subject(facts, leg, answered_before=leg.receiver in declined_by)
        if leg.is_declined:
            declined_by.add(leg.receiver)
    for verdict in facts.verdicts:
        yield from _verdict_subjects(facts, verdict)


def _case_subject(facts: CaseFacts) -> Subject:
    first = facts.first
    competent = facts.competent or (facts.legs[-1].receiver if facts.legs else None)
    accepted = next((leg.answered_on for leg in facts.legs if leg.is_accepted), None)
    events = _happened(
        {
            "case.found": facts.found_on,
            "case.inquired": facts.inquired_on,
            "transfer.sent": first.sent_on if first else None,
            "transfer.accepted": accepted,
            "case.decided": facts.verdicts[0].decided_on if facts.verdicts else None,
            "case.closed": facts.closed_on,
            "case.voided": facts.voided_on,
        }
    )
    if facts.is_disclaimed:
        events["case.disclaimed"] = Happening(facts.disclaimed_on)
    roles = {"finder": facts.finder, "government": GOVERNMENT}
    if competent:
        roles["competent"] = competent
    return Subject("case", roles, events, urgent=facts.urgent, urgent_on=facts.urgent_on)


def _leg_subject(facts: CaseFacts, leg: Leg, *, answered_before: bool) -> Subject:
    """A unit that declined, and is then named by 区政府, has given its answer already."""
    events = _happened(
        {
            "transfer.sent": leg.sent_on,
            "transfer.assigned": leg.assigned_on,
            "transfer.accepted": leg.answered_on if leg.is_accepted else None,
            "transfer.declined": leg.answered_on if leg.is_declined else None,
            "transfer.referred": leg.referred_on,
            "transfer.withdrawn": leg.withdrawn_on,
            "transfer.replaced": leg.replaced_on,
            "case.voided": facts.voided_on,
        }
    )
    if not answered_before:
        events["transfer.received"] = Happening(leg.received_on)
    roles = {"sender": facts.finder, "receiver": leg.receiver, "government": GOVERNMENT}
    return Subject(f"leg:{leg.leg}", roles, events)


def _verdict_subjects(facts: CaseFacts, verdict: Verdict) -> Iterator[Subject]:
    made = Happening(verdict.decided_on)
    voided = _happened({"case.voided": facts.voided_on})
    roles = {"decider": verdict.decided_by, "bureau": BUREAU}
    if sender := facts.first_sender_for(verdict.decided_by):
        told = _happened({"decision.notified": verdict.notified_on})
        yield Subject(
            f"decision:{verdict.ordinal}",
            roles | {"first_sender": sender},
            {"decision.made": made, **told, **voided},
        )
    for unit, shared_on in verdict.copies:
        yield Subject(
            f"copy:{verdict.ordinal}:{unit}",
            roles | {"addressee": unit},
            {"penalty.decided": made, **_happened({"info.shared": shared_on}), **voided},
        )
    for unit, sent_on in verdict.executors:
        yield Subject(
            f"execution:{verdict.ordinal}:{unit}",
            roles | {"addressee": unit},
            {"execution.decided": made, **_happened({"request.sent": sent_on}), **voided},
        )


def _happened(days: Mapping[str, date | None]) -> dict[str, Happening]:
    return {event: Happening(on) for event, on in days.items() if on is not None}


@dataclass
class Engine:
    """The rules and the calendar of one office, ready to turn facts into duties."""

    policy: Policy
    workdays: Workdays
    _started_by: dict[str, list[str]] = field(init=False)
    _dues: dict[tuple[Limit, date], Due] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._started_by = {}
        for rule in self.policy.rules:
            if rule.starts:
                self._started_by.setdefault(rule.starts, []).append(rule.id)

    def clocks(self, facts: CaseFacts) -> Iterator[Clock]:
        """Yield every duty that the facts of a case imply, open, met or ended."""
        for subject in subjects(facts):
            yield from self.clocks_of(subject)

    def clocks_of(self, subject: Subject) -> Iterator[Clock]:
        """Yield every duty that hangs on one subject."""
        for event in subject.events:
            for rule_id in self._started_by.get(event, ()):
                clock = self._clock(rule_id, subject)
                if clock is not None:
                    yield clock

    def _clock(self, rule_id: str, subject: Subject) -> Clock | None:
        rule = self.policy.rule(rule_id)
        start_event, start = _start(rule, subject)
        owed_by, owed_to = subject.roles.get(rule.who), subject.roles.get(rule.to)
        is_owed = owed_by is not None and (not rule.to or owed_to not in (None, owed_by))
        if start is None or start.on is None or owed_by is None or not is_owed:
            return None
        rule = self.policy.rule(rule_id, on=start.on)
        met_on, _ = _earliest(rule.met_by, subject)
        ended_on, ended_by = (None, "") if met_on else _earliest(rule.ended_by, subject)
        is_urgent = subject.urgent and rule.urgent is not None
        return Clock(
            rule=rule,
            subject=subject.key,
            owed_by=owed_by,
            owed_to=owed_to,
            start_event=start_event,
            started_on=start.on,
            started_at=start.at,
            assumed_start=start_event != rule.starts,
            urgent=is_urgent,
            urgent_on=subject.urgent_on if is_urgent else None,
            met_on=met_on,
            ended_on=ended_on,
            ended_by=ended_by,
        )

    def due(self, clock: Timed) -> Due:
        """Count a clock; the days of each trigger are counted once."""
        limit = limit_of(clock.rule)
        if limit.kind is Kind.HOURS:
            return due(limit, clock.started_on, self.workdays, clock.started_at)
        key = (limit, clock.started_on)
        if key not in self._dues:
            self._dues[key] = due(limit, clock.started_on, self.workdays)
        plain = self._dues[key]
        return _hurried(clock, plain) if clock.urgent else plain


def _hurried(clock: Timed, plain: Due) -> Due:
    """立即: due on the trigger day; urgent from a later day, on that day, but never put off."""
    on = max(clock.started_on, clock.urgent_on or clock.started_on)
    return plain if plain.on is not None and plain.on < on else Due(on)


def _start(rule: Rule, subject: Subject) -> tuple[str, Happening | None]:
    """Return the event that the clock is counted from: the clause's own, else a stand-in."""
    own = subject.events[rule.starts]
    if own.on is not None:
        return rule.starts, own
    for name in rule.stand_ins:
        if name in subject.events:
            return name, subject.events[name]
    return rule.starts, None


def _earliest(events: tuple[str, ...], subject: Subject) -> tuple[date | None, str]:
    found = [
        (when.on, name)
        for name in events
        if (when := subject.events.get(name)) is not None and when.on is not None
    ]
    return min(found, default=(None, ""))
