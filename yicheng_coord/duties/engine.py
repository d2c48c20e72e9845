"""Recording a fact starts and meets duties: the one engine, on plain values.

A *subject* is what a duty hangs on: the case, a leg of its transfer, a decision. It has events
(what happened when) and roles (which unit is what). A rule of the policy pack says which event
starts its clock, which stand in while the date of that one is not recorded, which meet it, and
after which it is no longer owed. So a new kind of duty is a row of the pack and, at most, an
event; a command and an import of 100,000 rows use the same functions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from yicheng_coord.duties.cases import case_subjects
from yicheng_coord.duties.matters import matter_subjects
from yicheng_coord.duties.subject import Happening, Subject
from yicheng_coord.policy.counting import Due, Limit, due, limit_of
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.extensions import Extended, Told, extensions
from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.policy.matters import MatterFacts
from yicheng_coord.policy.pack import Policy
from yicheng_coord.policy.rules import Rule
from yicheng_coord.policy.workdays import Workdays
from yicheng_coord.vocabulary import Kind

NO_LONGER = "不再适用"


@dataclass(frozen=True, slots=True)
class Timed:
    """What the days of a duty depend on; `extended_by` in the rule's own days."""

    rule: Rule
    started_on: date
    started_at: datetime | None
    urgent: bool
    urgent_on: date | None
    extended_by: int | None


@dataclass(frozen=True, slots=True)
class Clock(Timed):
    """A duty before its days are counted."""

    subject: str
    owed_by: str
    owed_to: str | None
    start_event: str
    assumed_start: bool
    met_on: date | None
    met_at: datetime | None
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
            "extended_by": self.extended_by,
        }

    @property
    def why_ended(self) -> str:
        """办结，不再适用: what a cancelled duty keeps as its reason."""
        return f"{EVENTS[self.ended_by].label}，{NO_LONGER}"


COUNTED_BY = ("rule_version", "kind", "days", "roll")
"""How a clock is counted; a new edition of the rule alone does not touch a running one."""


def subjects(facts: CaseFacts | MatterFacts) -> Iterator[Subject]:
    """Yield what duties hang on."""
    return matter_subjects(facts) if isinstance(facts, MatterFacts) else case_subjects(facts)


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

    def clocks(self, facts: CaseFacts | MatterFacts) -> Iterator[Clock]:
        """Yield every duty that the facts of a case or a matter imply, open, met or ended."""
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
        _, met = _earliest(rule.met_by, subject)
        ended_by, ended = ("", None) if met else _earliest(rule.ended_by, subject)
        is_urgent = subject.urgent and rule.urgent is not None
        clock = Clock(
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
            extended_by=None,
            met_on=met.on if met else None,
            met_at=met.at if met else None,
            ended_on=ended.on if ended else None,
            ended_by=ended_by,
        )
        extended_by = self._extended_by(clock, subject)
        return replace(clock, extended_by=extended_by) if extended_by else clock

    def _extended_by(self, clock: Clock, subject: Subject) -> int | None:
        """Judge anew what was told: a receipt put right later may make it told in time."""
        found = self.extended(clock, subject.extensions)
        return sum(one.days for one in found) or None

    def extended(self, clock: Clock, told: Iterable[Told]) -> tuple[Extended, ...]:
        """Return what each extension of a duty does; nothing where its rule has none."""
        if clock.rule.extension is None:
            return ()

        def due_with(days: int) -> date:
            on = self.due(replace(clock, extended_by=days)).on
            return on or clock.started_on

        return extensions(clock.rule.extension, told, due_with)

    def due(self, clock: Timed) -> Due:
        """Count a clock; the days of each trigger are counted once."""
        limit = limit_of(clock.rule, clock.extended_by)
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


def _earliest(events: tuple[str, ...], subject: Subject) -> tuple[str, Happening | None]:
    found = [
        (when.on, name, when)
        for name in events
        if (when := subject.events.get(name)) is not None and when.on is not None
    ]
    _, name, when = min(found, default=(None, "", None), key=lambda one: one[:2])
    return name, when
