"""In which order the facts of a case or a matter can have happened, the same day being allowed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.facts import CaseFacts, Leg
from yicheng_coord.policy.matters import LETTERS, Happened, MatterFacts


@dataclass(frozen=True, slots=True)
class Fact:
    """A recorded fact with its day, as people call it."""

    name: str
    on: date


Pair = tuple[tuple[str, date | None], tuple[str, date | None]]


def contradictions(facts: CaseFacts) -> list[tuple[Fact, Fact]]:
    """Return the facts that lie before one that they follow: (the earlier-to-be, the later-to-be)."""
    found = []
    for (first, first_on), (then, then_on) in _pairs(facts):
        if first_on is not None and then_on is not None and then_on < first_on:
            found.append((Fact(first, first_on), Fact(then, then_on)))
    return found


def _pairs(facts: CaseFacts) -> Iterator[Pair]:
    found = ("发现日期", facts.found_on)
    determined = ("认定日期", facts.determined_on)
    yield found, determined
    yield found, ("初步调查日期", facts.inquired_on)
    yield found, ("转为紧急的日期", facts.urgent_on)
    yield found, ("作废日期", facts.voided_on)
    yield from _pairs_of_legs(facts, found, determined)
    yield from _pairs_of_verdicts(facts, found)
    yield from _pairs_of_referrals(facts, found)


def _pairs_of_legs(
    facts: CaseFacts, found: tuple[str, date | None], determined: tuple[str, date | None]
) -> Iterator[Pair]:
    before = found
    for leg in facts.legs:
        began = ("发出日期", leg.sent_on) if leg.sent_on else ("指定日期", leg.assigned_on)
        received, answered = ("收到日期", leg.received_on), ("反馈日期", leg.answered_on)
        yield before, began
        if leg.receiver == facts.competent and leg.sent_on and not leg.withdrawn_on:
            yield determined, began
        yield began, received
        yield began, answered
        yield received, answered
        yield answered, ("报请日期", leg.referred_on)
        yield received if leg.received_on else began, ("撤回日期", leg.withdrawn_on)
        before = _last_of(leg, began)


def _last_of(leg: Leg, began: tuple[str, date | None]) -> tuple[str, date | None]:
    if leg.withdrawn_on:
        return "撤回日期", leg.withdrawn_on
    return ("报请日期", leg.referred_on) if leg.referred_on else began


def _pairs_of_verdicts(facts: CaseFacts, found: tuple[str, date | None]) -> Iterator[Pair]:
    leg = facts.standing
    own = ("认定日期", facts.determined_on) if facts.determined_on else found
    before = ("受理日期", leg.answered_on) if leg else own
    for verdict in facts.verdicts:
        decided, notified = ("决定日期", verdict.decided_on), ("通报日期", verdict.notified_on)
        yield before, decided
        yield decided, notified
        yield decided, ("办结日期", facts.closed_on)
        yield notified, ("办结日期", facts.closed_on)
        before = decided


def _pairs_of_referrals(facts: CaseFacts, found: tuple[str, date | None]) -> Iterator[Pair]:
    """A case is reported by who has it, goes on when it came back, and is closed when all is done."""
    accepted = next((leg.answered_on for leg in facts.legs if leg.is_accepted), None)
    for referral in facts.referrals:
        reported = ("报告日期", referral.reported_on)
        yield found, reported
        if any(leg.receiver == referral.holder and leg.is_accepted for leg in facts.legs):
            yield ("受理日期", accepted), reported
        for one in referral.before_closing:
            yield named(one), ("办结日期", facts.closed_on)


def named(one: Happened) -> tuple[str, date]:
    """Return a fact as people call it, with its day."""
    return f"{EVENTS[one.event].short}日期", one.on


def matter_contradictions(facts: MatterFacts) -> list[tuple[Fact, Fact]]:
    """Return what happened to a matter before that which it follows, party by party."""
    follows = LETTERS[facts.letter].follows
    found = []
    for then in facts.happened:
        for event in follows.get(then.event, ()):
            first = facts.of(event, then.unit)
            if first is not None and is_before(then, first):
                by_moment = then.on == first.on
                found.append((_dated(first, by_moment), _dated(then, by_moment)))
    return found


def is_before(then: Happened, first: Happened) -> bool:
    """Whether something lies before another, by the moment where both are told to the minute.

    What follows a term lies after its last day.
    """
    if EVENTS[first.event].is_term:
        return then.on <= first.on
    if then.at and first.at:
        return then.at < first.at
    return then.on < first.on


def _dated(one: Happened, by_moment: bool) -> Fact:
    name, on = named(one)
    return (
        Fact(f"{EVENTS[one.event].short}时刻", one.at) if by_moment and one.at else Fact(name, on)
    )
