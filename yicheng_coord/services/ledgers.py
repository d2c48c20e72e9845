"""Rows of a ledger as facts of a case: by the same invariants, and with the same duties, as typed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from yicheng_coord.duties import Clock, Engine, Subject, subjects
from yicheng_coord.intake.cells import Reason
from yicheng_coord.intake.ledger import Ledger
from yicheng_coord.policy.counting import Due
from yicheng_coord.policy.course import course, misstep
from yicheng_coord.policy.facts import BUREAU, Answer, CaseFacts, Leg, Verdict, usual_copies
from yicheng_coord.policy.lifecycle import STATUS_NAMES, standing
from yicheng_coord.policy.sequence import contradictions
from yicheng_coord.policy.units import Unit, Units
from yicheng_coord.services.state import ACTS, why_not
from yicheng_coord.vocabulary import Outcome

UNCOPIED = "处罚决定应于五日内抄送相关单位（三（四）），没有原移送单位，抄送单位请另行登记"
_IN_LISTS = {"发出日期": "移送日期", "受理日期": "反馈日期", "决定日期": "处理决定日期"}
"""What the columns of a ledger are called, where the commands call their facts otherwise."""


def facts_of_row(registered: CaseFacts, ledger: Ledger | None) -> CaseFacts:
    """Return what is on record once a row is taken: at most one leg and one decision."""
    if ledger is None:
        return registered
    receiver = ledger.receiver or registered.competent or ""
    leg = Leg(
        leg=1,
        sender=registered.finder,
        receiver=receiver,
        sent_on=ledger.sent_on,
        received_on=ledger.received_on,
        answered_on=ledger.answered_on,
        answer=ledger.answer,
        referred_on=ledger.referred_on,
    )
    facts = replace(registered, legs=(leg,) if ledger.sent_on else (), closed_on=ledger.closed_on)
    return (
        replace(facts, verdicts=(_verdict(facts, ledger.decided_on, ledger),))
        if (ledger.decided_on)
        else facts
    )


def _verdict(facts: CaseFacts, decided_on: date, ledger: Ledger) -> Verdict:
    decider = facts.standing.receiver if facts.standing else facts.finder
    outcome = ledger.outcome or Outcome.OTHER
    copies = usual_copies(facts, decider, outcome)
    return Verdict(
        ordinal=1,
        decided_by=decider,
        decided_on=decided_on,
        outcome=outcome,
        notified_on=ledger.notified_on,
        copies=tuple((unit, ledger.notified_on) for unit in copies),
    )


def objections(facts: CaseFacts, units: Units, today: date) -> Iterator[Reason]:
    """Yield why such a case cannot be: what a command would refuse, act by act or day by day."""
    if facts.determined_on and not facts.competent:
        yield Reason("有认定日期而没有有权处理单位", str(facts.determined_on))
    yield from _of_units(facts, units, today)
    if (wrong := misstep(facts)) is not None:
        act, status = wrong
        yield Reason(f"不能{ACTS[act]}：{why_not(act, status)}（照这一行，{STATUS_NAMES[status]}）")
    elif facts.verdicts:
        yield from _of_decision(facts)
    for first, then in contradictions(facts):
        earlier, later = (_IN_LISTS.get(fact.name, fact.name) for fact in (then, first))
        yield Reason(f"{earlier}早于{later}", f"{then.on}、{first.on}")


def _of_units(facts: CaseFacts, units: Units, today: date) -> Iterator[Reason]:
    finder = units.get(facts.finder)
    if _is_gone(finder, facts.found_on):
        yield Reason("发现单位在发现日期前已撤销", finder.name)
    if facts.competent:
        competent = units.get(facts.competent)
        if not competent.may_be_competent or _is_gone(competent, facts.determined_on or today):
            yield Reason("不能认定由该单位管辖", competent.name)
    for leg in facts.legs:
        yield from _of_receiver(facts, leg, units.get(leg.receiver))


def _of_receiver(facts: CaseFacts, leg: Leg, unit: Unit) -> Iterator[Reason]:
    if not leg.receiver:
        yield Reason("有移送日期而没有接收单位", str(leg.sent_on))
    elif leg.receiver == facts.finder:
        yield Reason("接收单位就是发现单位，不能移送给自己", unit.name)
    elif not unit.may_be_competent:
        yield Reason("不能移送该单位：移送的对象是有管辖权的行政机关（二（二）1）", unit.name)
    elif leg.sent_on and _is_gone(unit, leg.sent_on):
        yield Reason("接收单位在移送日期前已撤销", unit.name)
    elif facts.competent not in (None, leg.receiver):
        yield Reason("接收单位与有权处理单位不一致", unit.name)


def _is_gone(unit: Unit, on: date) -> bool:
    return unit.closed_on is not None and on >= unit.closed_on


def _of_decision(facts: CaseFacts) -> Iterator[Reason]:
    verdict = facts.verdicts[0]
    has_sender = facts.first_sender_for(verdict.decided_by) is not None
    if not facts.legs and facts.is_disclaimed:
        yield Reason("已认定由别的单位管辖而没有移送日期，不能有处理决定（二（二）1）")
    if verdict.notified_on and not has_sender:
        yield Reason("自行查处的案件没有原移送单位，不能有通报日期", str(verdict.notified_on))
    if facts.closed_on and has_sender and not verdict.notified_on:
        yield Reason("有办结日期而没有通报日期（二（二）2）", str(facts.closed_on))


def lacks_reason(ledger: Ledger) -> Iterator[Reason]:
    """Yield why a decline is none: 无正当理由，不得拒绝接受, 二（二）2."""
    if ledger.answer == Answer.DECLINED and not (ledger.answer_reason or "").strip():
        yield Reason("不受理须写明理由（二（二）2）")


def cautions(facts: CaseFacts) -> Iterator[str]:
    """Yield what the clerk is to look at although the row is taken."""
    for verdict in facts.verdicts:
        is_penalty = verdict.decided_by == BUREAU and verdict.outcome == Outcome.PENALTY
        if is_penalty and not verdict.copies:
            yield UNCOPIED


class Outlook(NamedTuple):
    """What follows from the facts of a row: the columns of `staged_ledger.COLUMNS` that it adds."""

    status: str
    holder: str | None
    sent_to: str | None
    decided_by: str | None
    copied_to: str | None


def outlook(facts: CaseFacts) -> Outlook:
    """Return where a case stands, and who it went to."""
    now = standing(facts)
    copied_to = next((unit for one in facts.verdicts for unit, _ in one.copies), None)
    return Outlook(
        status=now.status.value,
        holder=now.holder,
        sent_to=facts.legs[0].receiver if facts.legs else None,
        decided_by=facts.verdicts[0].decided_by if facts.verdicts else None,
        copied_to=copied_to,
    )


def stored(ledger: Ledger, then: Outlook) -> tuple[Any, ...]:
    """Return a row of `staged_ledger.COLUMNS`."""
    said = (value.isoformat() if isinstance(value, date) else value for value in ledger)
    return (*said, *then)


def duties_of(engine: Engine, facts: CaseFacts) -> Iterator[tuple[Any, ...]]:
    """Yield what such a case owes, as rows of `staging.DUTY_COLUMNS`.

    The first due day, and why a duty ended, are those of the moment when it began and ended, as
    when the facts are typed one after the other: a receipt moves what was counted from the day
    of sending.
    """
    began: dict[tuple[str, str], date | None] = {}
    ended: dict[tuple[str, str], Clock] = {}
    known: dict[str, tuple[Subject, list[Clock]]] = {}
    for subject in _subjects_by_the_way(facts):
        if subject.key in known and known[subject.key][0] == subject:
            continue
        clocks = list(engine.clocks_of(subject))
        known[subject.key] = subject, clocks
        for clock in clocks:
            key = clock.rule.id, clock.subject
            if key not in began:
                began[key] = engine.due(clock).on
            if clock.ended_on:
                ended.setdefault(key, clock)
    for subject in subjects(facts):
        for clock in known[subject.key][1]:
            key = clock.rule.id, clock.subject
            over = ended.get(key, clock) if clock.ended_on else clock
            yield _duty_row(clock, over, engine.due(clock), began[key])


def _subjects_by_the_way(facts: CaseFacts) -> Iterator[Subject]:
    """Yield what duties hang on after each act; most acts leave most of it as it was."""
    if facts.legs or facts.verdicts:
        for _, so_far in course(facts):
            yield from subjects(so_far)
    yield from subjects(facts)


def _duty_row(clock: Clock, over: Clock, due: Due, first: date | None) -> tuple[Any, ...]:
    return (
        clock.rule.id,
        clock.rule.version,
        clock.rule.kind.value,
        clock.rule.days,
        clock.rule.roll.value,
        clock.subject,
        clock.owed_by,
        clock.owed_to,
        clock.started_on.isoformat(),
        clock.start_event,
        int(clock.assumed_start),
        _iso(due.on),
        _iso(first),
        int(due.provisional),
        int(clock.urgent),
        None,
        _iso(clock.met_on),
        _iso(over.ended_on),
        over.why_ended if over.ended_on else None,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
