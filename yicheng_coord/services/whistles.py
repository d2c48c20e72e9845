"""镇街吹哨、部门报到, 五: a town or street calls, named departments come, each arrival recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from yicheng_coord.dates import When
from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.matters import MatterFacts
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.actions import not_cancelled
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.matters import (
    NewMatter,
    check_not_yet,
    open_matter,
    record,
    ref_of,
)
from yicheng_coord.services.register import Register
from yicheng_coord.vocabulary import ActionKind, UnitKind


@dataclass(frozen=True, slots=True)
class NewWhistle:
    """Who calls whom about what; units by code.

    Attributes:
        kind: 联合执法 or 协同执法.
        lead: the unit that leads; none named: the one that calls (属地管理为主).
        reference: of 榴乡诉递.

    """

    kind: ActionKind
    title: str
    caller: str
    units: Sequence[str]
    when: When
    lead: str | None = None
    reference: str | None = None
    text: str | None = None


class NotATownError(RefusedError):
    """五 speaks of towns and streets."""

    def __init__(self, name: str, document: str) -> None:
        super().__init__(
            f"不能登记：吹哨的是镇（街），{name}不是（{document} 五）。",
            "部门之间的联合检查：coord action plan",
        )


class CallsItselfError(RefusedError):
    """It is there already."""

    def __init__(self, name: str, document: str) -> None:
        super().__init__(
            f"不能登记：{name}吹哨，报到的是其他部门，不能又是它自己（{document} 五）。"
        )


class NotTheLeadError(RefusedError):
    """Whoever leads has a part in it."""

    def __init__(self, name: str, document: str) -> None:
        super().__init__(
            f"不能登记：牵头的{name}既没有吹哨，也没有被吹哨（{document} 五）。",
            "被吹哨的部门用 --unit 写出，可重复。",
        )


class NotCalledError(RefusedError):
    """Only those who were called report."""

    def __init__(self, ref: str, name: str, called: str, document: str) -> None:
        super().__init__(
            f"不能登记报到：{ref} 没有吹{name}的哨，被吹哨的是{called}（{document} 五）。"
            if called
            else f"不能登记报到：{ref} 不是吹哨的行动（{document} 五）。"
        )


def whistle(register: Register, new: NewWhistle) -> Recorded:
    """Register the call; each department owes its arrival, 及时.

    Raises:
        NotATownError, CallsItselfError, NotTheLeadError, ClosedUnitError: see each.

    """
    document = register.policy.number
    units = tuple(dict.fromkeys(new.units))
    lead = new.lead or new.caller
    if register.reading.units.get(new.caller).kind != UnitKind.TOWN:
        raise NotATownError(register.unit_name(new.caller), document)
    if new.caller in units:
        raise CallsItselfError(register.unit_name(new.caller), document)
    if lead not in (new.caller, *units):
        raise NotTheLeadError(register.unit_name(lead), document)
    for unit in (new.caller, *units):
        check_there(register, unit, new.when.on)
    matter = open_matter(
        register,
        NewMatter(
            letter="A",
            kind=new.kind.value,
            title=new.title,
            owner=new.caller,
            parties=[("caller", new.caller), *(("member", unit) for unit in units)],
            document=new.reference,
            text=new.text,
            details={"lead": lead},
        ),
    )
    record(register, matter, "action.whistled", new.when.on, at=new.when.at)
    names = "、".join(map(register.unit_name, units))
    return register.recorded(
        matter,
        facts={"type": "whistle", "ref": ref_of(matter), "kind": new.kind.value,
               "by": new.caller, "units": list(units), "lead": lead, "reference": new.reference,
               "whistled_on": new.when.on.isoformat()},
        headline=f"已登记吹哨：{ref_of(matter)} {matter.title}　"
                 f"{register.unit_name(new.caller)} → {names}（{new.when}）",
    )  # fmt: skip


def arrive(
    register: Register, ref: str, *, unit: str, when: When, name: str | None = None
) -> Recorded:
    """Record that a department came, and when; also that it came after the action was over.

    Raises:
        NotCalledError, DoneAlreadyError, ActionOverError: see each.

    """
    matter = not_cancelled(register, ref)
    facts = register.matter_facts(matter)
    called = facts.units("member") if facts.of("action.whistled") else ()
    if unit not in called:
        names = "、".join(map(register.unit_name, called))
        document = register.policy.number
        raise NotCalledError(facts.ref, register.unit_name(unit), names, document)
    check_not_yet(register, matter, "action.arrived", unit)
    record(register, matter, "action.arrived", when.on, at=when.at, unit=unit,
           details={"name": name} if name else None)  # fmt: skip
    return register.recorded(
        matter,
        facts={"type": "arrival", "ref": facts.ref, "unit": unit, "name": name,
               "arrived_on": when.on.isoformat(),
               "arrived_at": when.at.isoformat() if when.at else None},
        headline=f"已登记报到：{facts.ref} {matter.title}　{register.unit_name(unit)}（{when}）",
        warnings=_too_late(facts, when),
    )  # fmt: skip


def _too_late(facts: MatterFacts, when: When) -> list[str]:
    over = facts.of("action.finished")
    return [f"行动已于 {over.on} 结束，报到在此之后"] if over and when.on > over.on else []
