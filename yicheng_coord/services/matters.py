"""Opening a matter (I, R, H, Q …) and recording what happens to it; each sort's own rules are apart."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import col, func, select

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.matters import LETTERS, Happened
from yicheng_coord.queries.last_operation import last_of_its_matters
from yicheng_coord.queries.matters import SECRETS
from yicheng_coord.services.cases import ClosedCaseError, EmptyTextError
from yicheng_coord.services.order import TermRunsError, check_moment, check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.secrecy import check_no_state_secret
from yicheng_coord.store.models import CaseFile, Happening, Matter, MatterParty
from yicheng_coord.vocabulary import Fact


@dataclass(frozen=True, slots=True)
class NewMatter:
    """The facts of a new matter; units by code, parties as (role, unit)."""

    letter: str
    kind: str
    title: str
    owner: str | None
    parties: Sequence[tuple[str, str]] = ()
    case_id: int | None = None
    category: int | None = None
    document: str | None = None
    text: str | None = None
    urgent: bool = False
    urgent_on: date | None = None
    secrecy: str = "none"
    meeting_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


class NotAPartyError(RefusedError):
    """The unit has no part in it."""

    def __init__(self, ref: str, unit: str, parties: str) -> None:
        others = f"，对象是{parties}" if parties else ""
        super().__init__(f"{ref} 与{unit}无关{others}。")


class DoneAlreadyError(RefusedError):
    """It is on record already."""

    def __init__(self, ref: str, event: str, unit: str, on: date) -> None:
        who, whose = (f"（{unit}）", f" --unit {unit}") if unit else ("", "")
        fact = event.rpartition(".")[2]
        super().__init__(
            f"{ref} 已于 {on} 登记{EVENTS[event].label}{who}，不再重复登记。",
            f"日期有误的：coord correct {ref} {fact} --on 日期{whose} --reason 理由"
            if fact in set(Fact)
            else f"经过：coord history {ref}",
        )


def open_matter(register: Register, new: NewMatter) -> Matter:
    """Register a matter under the next number of its letter.

    Raises:
        EmptyTextError: it has no title.
        StateSecretError: it is a state secret, which does not belong here.

    """
    name = LETTERS[new.letter].name
    if not new.title.strip():
        raise EmptyTextError(f"{name}名称")
    check_no_state_secret(register.policy.number, new.title, new.text, new.document)
    last = register.session.exec(
        select(func.max(Matter.number)).where(Matter.letter == new.letter)
    ).one()
    matter = Matter(
        letter=new.letter,
        number=(last or 0) + 1,
        kind=new.kind,
        title=new.title.strip(),
        owner=new.owner,
        case_id=new.case_id,
        category=new.category,
        document=new.document,
        text=new.text,
        urgent=new.urgent,
        urgent_on=new.urgent_on,
        secrecy=new.secrecy,
        meeting_id=new.meeting_id,
        details=_json(new.details),
    )
    register.session.add(matter)
    register.session.flush()
    for role, unit in dict.fromkeys(new.parties):
        register.session.add(MatterParty(matter_id=matter.id, role=role, unit=unit))
    register.session.flush()
    return matter


def case_of_new(register: Register, ref: str | None) -> CaseFile | None:
    """Return the case that a new matter belongs to, if one was named.

    Raises:
        UnknownCaseError, AmbiguousCaseError: see `references.case_row`.
        ClosedCaseError: nothing more happens in it.

    """
    if ref is None:
        return None
    case = register.case(ref)
    if case.closed_on or case.voided_on:
        raise ClosedCaseError(case.number)
    return case


def ref_of(matter: Matter) -> str:
    """I18."""
    return f"{matter.letter}{matter.number}"


def shown_title(matter: Matter) -> str:
    """Return its title as the history may tell it."""
    return SECRETS.get(matter.secrecy, matter.title)


def record(
    register: Register,
    matter: Matter,
    event: str,
    on: date,
    *,
    unit: str | None = None,
    at: datetime | None = None,
    medium: str | None = None,
    document: str | None = None,
    text: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> Happening:
    """Record what happened, in its order.

    Raises:
        FutureFactError, TooEarlyError, OutOfOrderError, TermRunsError: it cannot have been then.
        StateSecretError: what is said of it does not belong here.

    """
    check_no_state_secret(register.policy.number, text, document)
    _check_when(register, matter, Happened(event, on, at, unit))
    happening = Happening(
        matter_id=matter.id,
        event=event,
        unit=unit,
        happened_on=on,
        happened_at=at,
        medium=medium,
        document=document,
        text=text,
        details=_json(details or {}),
    )
    register.session.add(happening)
    register.session.flush()
    return happening


def _check_when(register: Register, matter: Matter, new: Happened) -> None:
    """Refuse what cannot have been on its day, nor (where both are told) at its moment."""
    facts, short = register.matter_facts(matter), EVENTS[new.event].short
    latest = last_day_of(register, new.event)
    check_order(f"{short}日期", new.on, latest)
    if new.at:
        check_moment(f"{short}时刻", new.at, register.now)
    for earlier in LETTERS[matter.letter].follows.get(new.event, ()):
        before = facts.of(earlier, new.unit)
        if before is None:
            continue
        name = EVENTS[earlier].short
        check_order(f"{short}日期", new.on, latest, after=(f"{name}日期", before.on))
        if EVENTS[earlier].is_term and new.on == before.on:
            raise TermRunsError(f"{short}日期", new.on, f"{name}日期")
        if new.at:
            after = (f"{name}时刻", before.at)
            check_moment(f"{short}时刻", new.at, register.now, after)


def last_day_of(register: Register, event: str) -> date:
    """Return the last day on which something may be said to happen: today, unless it is a plan."""
    return date.max if EVENTS[event].is_plan else register.today


def check_not_yet(register: Register, matter: Matter, event: str, unit: str | None = None) -> None:
    """Refuse what is on record already.

    Raises:
        DoneAlreadyError: it is.

    """
    done = register.matter_facts(matter).of(event, unit)
    if done is not None:
        raise DoneAlreadyError(ref_of(matter), event, register.unit_name(unit), done.on)


def parties_of(register: Register, matter: Matter, named: Sequence[str]) -> tuple[str, ...]:
    """Return the parties that are meant: those named, else all.

    Raises:
        NotAPartyError: one that is named has no part in it.

    """
    there = register.matter_facts(matter).units(LETTERS[matter.letter].each)
    for unit in named:
        if unit not in there:
            names = "、".join(map(register.unit_name, there))
            raise NotAPartyError(ref_of(matter), register.unit_name(unit), names)
    return tuple(dict.fromkeys(named)) or there


def still_without(
    register: Register,
    matter: Matter,
    events: Iterable[str],
    units: Sequence[str],
    *,
    is_named: bool,
) -> tuple[str, ...]:
    """Return the parties to which none of the events happened yet; all, when they were named.

    Raises:
        DoneAlreadyError: to all of them, or to one that was named.

    """
    facts = register.matter_facts(matter)
    done = {unit: at for unit in units for event in events if (at := facts.of(event, unit))}
    without = tuple(unit for unit in units if unit not in done)
    if done and (is_named or not without):
        unit, at = next(iter(done.items()))
        raise DoneAlreadyError(ref_of(matter), at.event, register.unit_name(unit), at.on)
    return without


def decision_of(matter: Matter) -> int | None:
    """Return which decision of its case it follows from."""
    decision: int | None = json.loads(matter.details or "{}").get("decision")
    return decision


def matters_of_case(register: Register, case_id: int, letter: str, kind: str) -> list[Matter]:
    """Return the matters of a sort that belong to a case, oldest first."""
    wanted = select(Matter).where(
        Matter.case_id == case_id, Matter.letter == letter, Matter.kind == kind
    )
    return list(register.session.exec(wanted.order_by(col(Matter.id))))


def happenings_of(register: Register, matter: Matter) -> list[Happening]:
    """Return the course of a matter, in the order of its recording."""
    course = select(Happening).where(Happening.matter_id == matter.id)
    return list(register.session.exec(course.order_by(col(Happening.id))))


def undo_of(register: Register, matter: Matter, event: str) -> str:
    """Say how that is taken back which put this on record: ：coord undo P12.

    Where more was recorded since, the course of the matter is what tells what to take back first.
    """
    row = next(one for one in happenings_of(register, matter) if one.event == event)
    operation = last_of_its_matters(register.reading, "happening", row.id)
    look = f"，先看经过：coord history {ref_of(matter)}"
    return f"：coord undo {operation}" if operation else look


def details_of(matter: Matter) -> dict[str, Any]:
    """Return what is kept of its kind alone."""
    kept: dict[str, Any] = json.loads(matter.details or "{}")
    return kept


def set_details(matter: Matter, details: Mapping[str, Any]) -> None:
    """Keep other details instead."""
    matter.details = _json(details)


def _json(details: Mapping[str, Any]) -> str | None:
    return json.dumps(dict(details), ensure_ascii=False, sort_keys=True) if details else None
