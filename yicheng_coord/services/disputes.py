"""执法争议, 四（四）: 区司法局 settles it with both sides, or refers it to 区政府, which decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.matters import BUREAU, GOVERNMENT, LEGAL
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.matters import (
    NewMatter,
    case_of_new,
    check_not_yet,
    open_matter,
    record,
    ref_of,
)
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import Matter

_RULE = "dispute.settle"


@dataclass(frozen=True, slots=True)
class NewDispute:
    """Who disputes what; units by code."""

    between: Sequence[str]
    subject: str
    on: date
    case: str | None = None
    text: str | None = None


class TooFewDisputantsError(InputError):
    """Nobody disputes with itself."""

    def __init__(self) -> None:
        super().__init__("争议至少有两个单位：--between 单位 --between 单位。")


class NotADisputeOfTheBureauError(RefusedError):
    """四（四） speaks of disputes between 执法局 and other units."""

    def __init__(self, why: str, document: str) -> None:
        super().__init__(f"不能登记争议：{why}（{document} 四（四））。")


class DisputeOverError(RefusedError):
    """It was settled, or lies with 区政府, or was decided."""

    def __init__(self, ref: str, event: str, on: date, document: str, hint: str = "") -> None:
        super().__init__(
            f"不能登记：{ref} 已于 {on} {EVENTS[event].label}（{document} 四（四））。", hint
        )


class NotReferredError(RefusedError):
    """区政府 decides what was referred to it."""

    def __init__(self, ref: str, document: str) -> None:
        super().__init__(
            f"不能登记区政府的决定：{ref} 尚未报区政府，协商不成的才报区政府决定（{document} 四（四））。",
            f"先登记报请：coord dispute refer {ref}",
        )


def open_dispute(register: Register, new: NewDispute) -> Recorded:
    """Register a dispute between 执法局 and others; 区司法局 owes its settlement, 及时.

    Raises:
        TooFewDisputantsError, NotADisputeOfTheBureauError: see each.
        ClosedUnitError, ClosedCaseError, FutureFactError: see each.

    """
    between = tuple(dict.fromkeys(new.between))
    _check_disputants(register, between)
    for unit in between:
        check_there(register, unit, new.on)
    case = case_of_new(register, new.case)
    matter = open_matter(
        register,
        NewMatter(
            letter="Q",
            kind="dispute",
            title=new.subject,
            owner=None,
            parties=[("disputant", unit) for unit in between],
            case_id=case.id if case else None,
            text=new.text,
        ),
    )
    record(register, matter, "dispute.opened", new.on)
    names = "、".join(map(register.unit_name, between))
    return register.recorded(
        matter,
        facts={"type": "dispute", "ref": ref_of(matter), "between": list(between),
               "case": case.number if case else None, "opened_on": new.on.isoformat()},
        headline=f"已登记争议：{ref_of(matter)} {matter.title}　{names}（{new.on}）",
        notes=[
            *(f"{one.clause}：{one.quote}" for one in register.policy.rules if one.id == _RULE),
            f"协商不成的：coord dispute refer {ref_of(matter)}",
        ],
        warnings=_partial(register, between),
    )  # fmt: skip


def _check_disputants(register: Register, between: Sequence[str]) -> None:
    if len(between) < 2:  # noqa: PLR2004 – two sides
        raise TooFewDisputantsError
    document = register.policy.number
    bureau, government = map(register.unit_name, (BUREAU, GOVERNMENT))
    if BUREAU not in between:
        why = f"这里协商的是{bureau}与相关单位的争议，须有一方是{bureau}"
        raise NotADisputeOfTheBureauError(why, document)
    if GOVERNMENT in between:
        why = f"{government}是作决定的一方，不是争议的一方"
        raise NotADisputeOfTheBureauError(why, document)


def _partial(register: Register, between: Sequence[str]) -> list[str]:
    if LEGAL not in between:
        return []
    return [f"{register.unit_name(LEGAL)}是争议一方，又是负责协商的机构，宜报区政府决定"]


def settle(register: Register, ref: str, *, on: date, text: str) -> Recorded:
    """Record what both sides agreed upon.

    Raises:
        EmptyTextError, DisputeOverError: see each.

    """
    matter = _still_open(register, ref)
    _check_text(text, "协商结果")
    record(register, matter, "dispute.settled", on, text=text.strip())
    return _recorded(register, matter, "settlement", {"settled_on": on.isoformat()},
                     f"已登记协商解决：{ref_of(matter)} {matter.title}（{on}）")  # fmt: skip


def refer(register: Register, ref: str, *, on: date, document: str | None = None) -> Recorded:
    """Record that it could not be settled and was reported to 区政府.

    Raises:
        DisputeOverError: it was settled, referred or decided.

    """
    matter = _still_open(register, ref)
    record(register, matter, "dispute.referred", on, document=document)
    return _recorded(register, matter, "dispute_referral", {"referred_on": on.isoformat()},
                     f"已登记报区政府决定：{ref_of(matter)} {matter.title}（{on}）")  # fmt: skip


def decide(
    register: Register, ref: str, *, on: date, text: str, document: str | None = None
) -> Recorded:
    """Record what 区政府 decided.

    Raises:
        EmptyTextError, NotReferredError, DisputeOverError, DoneAlreadyError: see each.

    """
    matter = register.matter(ref, "Q")
    facts = register.matter_facts(matter)
    if settled := facts.of("dispute.settled"):
        raise DisputeOverError(facts.ref, settled.event, settled.on, register.policy.number)
    if not facts.of("dispute.referred"):
        raise NotReferredError(facts.ref, register.policy.number)
    check_not_yet(register, matter, "dispute.decided")
    _check_text(text, "区政府的决定")
    record(register, matter, "dispute.decided", on, text=text.strip(), document=document)
    return _recorded(register, matter, "dispute_decision", {"decided_on": on.isoformat()},
                     f"已登记区政府的决定：{ref_of(matter)} {matter.title}（{on}）")  # fmt: skip


def _still_open(register: Register, ref: str) -> Matter:
    matter = register.matter(ref, "Q")
    facts = register.matter_facts(matter)
    for event in ("dispute.settled", "dispute.decided", "dispute.referred"):
        if over := facts.of(event):
            is_waiting = event == "dispute.referred"
            hint = f"决定后登记：coord dispute decide {facts.ref} --text 决定" if is_waiting else ""
            raise DisputeOverError(facts.ref, event, over.on, register.policy.number, hint)
    return matter


def _check_text(text: str, what: str) -> None:
    if not text.strip():
        raise EmptyTextError(f"{what}（--text）")


def _recorded(
    register: Register, matter: Matter, what: str, facts: dict[str, Any], headline: str
) -> Recorded:
    return register.recorded(
        matter, facts={"type": what, "ref": ref_of(matter), **facts}, headline=headline
    )
