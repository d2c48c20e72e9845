"""执法协作文本和联合检查计划, 四（三）: agreed between 执法局 and other units, carried out, finished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.matters import BUREAU, MAJOR_ACTIONS, never_came
from yicheng_coord.queries.duties import of_matter
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.matters import NewMatter, open_matter, record, ref_of
from yicheng_coord.services.register import Register
from yicheng_coord.services.secrecy import check_no_state_secret
from yicheng_coord.store.models import Matter
from yicheng_coord.vocabulary import DutyStatus, PlanKind


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What is undertaken, by whom with whom; units by code.

    Attributes:
        on: when it was agreed; not said: today, or its first day where that is past already.
        first_on, last_on: its period, where it has one; it may lie ahead.
        place: where it takes place.

    """

    kind: PlanKind
    title: str
    lead: str
    units: Sequence[str]
    on: date | None = None
    first_on: date | None = None
    last_on: date | None = None
    document: str | None = None
    text: str | None = None
    place: str | None = None


class NotJointError(RefusedError):
    """四（三） speaks of what 执法局 and other units do together."""

    def __init__(self, why: str, document: str) -> None:
        super().__init__(f"不能登记：{why}（{document} 四（三））。")


class PeriodError(RefusedError):
    """A period has a first day, and ends on it or later."""

    def __init__(self, why: str) -> None:
        super().__init__(f"不能登记：{why}。", "期间：--from 首日 --to 末日")


class ActionOverError(RefusedError):
    """It was finished or cancelled."""

    def __init__(self, ref: str, event: str, on: date) -> None:
        super().__init__(
            f"不能登记：{ref} 已于 {on} {EVENTS[event].label}。", f"查看：coord action show {ref}"
        )


def plan(register: Register, new: NewPlan) -> Recorded:
    """Register a cooperation text, an inspection plan, a major or special action.

    四（三） names no clock; the police are told before the day of the last two (七（二）), and
    what lies in the past without that is recorded with the breach.

    Raises:
        NotJointError, PeriodError: see each.
        ClosedUnitError, FutureFactError, OutOfOrderError: see each.

    """
    check_no_state_secret(register.policy.number, new.place)
    members = tuple(dict.fromkeys((new.lead, *new.units)))
    _check_members(register, new, members)
    _check_period(register, new)
    on = _made_on(register, new)
    for unit in members:
        check_there(register, unit, on)
    matter = _opened(register, new, members, on)
    names = "、".join(map(register.unit_name, members))
    recorded = register.recorded(
        matter,
        facts={"type": "action", "ref": ref_of(matter), "kind": new.kind.value, "by": new.lead,
               "units": [unit for unit in members if unit != new.lead],
               "made_on": on.isoformat(), "from": _iso(new.first_on), "to": _iso(new.last_on)},
        headline=f"已登记{new.kind.value}：{ref_of(matter)} {matter.title}　{names}（{on}）",
        notes=_dates(ref_of(matter), new, on),
        next_command="" if new.kind in MAJOR_ACTIONS
        else f"coord action finish {ref_of(matter)} --result 结果",
    )  # fmt: skip
    recorded.warnings.extend(
        f"应于 {one.due_on} 以前通知公安机关，已过（{register.policy.number} {one.rule.clause}）"
        for one in recorded.started
        if one.status is DutyStatus.OVERDUE
    )
    return recorded


def _made_on(register: Register, new: NewPlan) -> date:
    """Return when it was agreed: what took place already was so by its first day."""
    return new.on or min(register.today, new.first_on or register.today)


def _dates(ref: str, new: NewPlan, on: date) -> list[str]:
    """Say the period with its years, and what was taken for the day that was not said."""
    days = " 至 ".join(str(day) for day in (new.first_on, new.last_on) if day)
    notes = [f"期间 {days}"] if days else []
    if new.on is None and on == new.first_on:
        how = f"coord correct {ref} made --on 日期 --reason 理由"
        notes.append(f"没有写订立日期（--on），按活动首日 {on} 登记；不是这一天的：{how}")
    return notes


def _opened(register: Register, new: NewPlan, members: Sequence[str], on: date) -> Matter:
    matter = open_matter(
        register,
        NewMatter(
            letter="A",
            kind=new.kind.value,
            title=new.title,
            owner=new.lead,
            parties=[("member", unit) for unit in members],
            document=new.document,
            text=new.text,
            details=_details(new),
        ),
    )
    record(register, matter, "action.made", on)
    if new.first_on:
        record(register, matter, "action.planned", new.first_on)
    return matter


def _details(new: NewPlan) -> dict[str, str]:
    kept = {"until": _iso(new.last_on), "place": (new.place or "").strip()}
    return {name: said for name, said in kept.items() if said}


def _check_members(register: Register, new: NewPlan, members: Sequence[str]) -> None:
    document, bureau = register.policy.number, register.unit_name(BUREAU)
    if new.lead in new.units:
        raise NotJointError(f"{register.unit_name(new.lead)}不能既牵头又列为配合单位", document)
    if BUREAU not in members:
        why = f"协作文本和联合检查计划由{bureau}与相关单位共同订立，须有{bureau}"
        raise NotJointError(why, document)


def _check_period(register: Register, new: NewPlan) -> None:
    if new.kind in MAJOR_ACTIONS and not new.first_on:
        clause = f"{register.policy.number} 七（二）"
        raise PeriodError(f"{new.kind.value}须写首日，提前通知公安机关从它倒数（{clause}）")
    if new.last_on and not new.first_on:
        raise PeriodError("写了末日，没有写首日")
    if new.last_on and new.first_on and new.last_on < new.first_on:
        raise PeriodError(f"末日 {new.last_on} 早于首日 {new.first_on}")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def finish(register: Register, ref: str, *, on: date, result: str) -> Recorded:
    """Record how it ended.

    Raises:
        EmptyTextError, ActionOverError: see each.

    """
    matter = still_open(register, ref)
    if not result.strip():
        raise EmptyTextError("结果（--result）")
    record(register, matter, "action.finished", on, text=result.strip())
    absent = never_came(register.matter_facts(matter))
    return register.recorded(
        matter,
        facts={"type": "action_result", "ref": ref_of(matter), "finished_on": on.isoformat(),
               "never_came": list(absent)},
        headline=f"已登记结果：{ref_of(matter)} {matter.title}（{on}）",
        warnings=_absence(register, matter, absent),
    )  # fmt: skip


def _absence(register: Register, matter: Matter, absent: Sequence[str]) -> list[str]:
    """Say who never came: each still owes it, until it comes or is excused by hand."""
    owed = {
        duty.row["owed_by"]: f"D{duty.row['id']}"
        for duty in of_matter(register.reading, matter.id)
        if duty.is_open
    }
    return [
        f"{register.unit_name(unit)}被吹哨而没有报到（{register.policy.number} 五），仍列为未报到；"
        f"后来报到：coord action arrive {ref_of(matter)} --unit {unit} --at 时刻"
        + (f"；不用报到：coord duty cancel {owed[unit]} --reason 理由" if unit in owed else "")
        for unit in absent
    ]


def cancel(register: Register, ref: str, *, on: date, reason: str) -> Recorded:
    """Record that it does not take place.

    Raises:
        EmptyTextError, ActionOverError: see each.

    """
    matter = still_open(register, ref)
    if not reason.strip():
        raise EmptyTextError("取消的理由（--reason）")
    record(register, matter, "action.cancelled", on, text=reason.strip())
    return register.recorded(
        matter,
        facts={"type": "action_cancellation", "ref": ref_of(matter),
               "cancelled_on": on.isoformat(), "reason": reason.strip()},
        headline=f"已登记取消：{ref_of(matter)} {matter.title}（{on}）",
    )  # fmt: skip


def still_open(register: Register, ref: str) -> Matter:
    """Return an action that is neither finished nor cancelled.

    Raises:
        ActionOverError: it is.

    """
    matter = not_cancelled(register, ref)
    return _checked_not(register, matter, "action.finished")


def not_cancelled(register: Register, ref: str) -> Matter:
    """Return an action that took place, or may yet.

    Raises:
        ActionOverError: it was cancelled.

    """
    return _checked_not(register, register.matter(ref, "A"), "action.cancelled")


def _checked_not(register: Register, matter: Matter, event: str) -> Matter:
    facts = register.matter_facts(matter)
    if over := facts.of(event):
        raise ActionOverError(facts.ref, event, over.on)
    return matter
