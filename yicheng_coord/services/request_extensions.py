"""延长: an opinion by ten days in all (四（二）2), an appraisal freely, but told in advance (四（二）1)."""

from datetime import date

from yicheng_coord.duties import Clock
from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.extensions import Extended
from yicheng_coord.policy.matters import REQUEST_NAMES
from yicheng_coord.policy.rules import Rule
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.matters import record, ref_of, shown_title
from yicheng_coord.services.register import Register
from yicheng_coord.services.request_course import OVER, the_one
from yicheng_coord.services.requests import clause_of
from yicheng_coord.services.secrecy import check_no_state_secret
from yicheng_coord.store.models import Matter


class NoExtensionError(RefusedError):
    """The Opinion lets only opinions and appraisals be extended by a number of days."""

    def __init__(self, ref: str, kind: str, document: str) -> None:
        super().__init__(
            f"不能登记延长：{ref} 是{REQUEST_NAMES[kind]}，没有以日计的时限；可以延长的是认定鉴定"
            f"（{document} 四（二）1）和书面征询（四（二）2）。"
        )


class TooLongError(RefusedError):
    """延长期限不得超过十日: all extensions of one opinion together."""

    def __init__(self, ref: str, days: int, before: int, most: int, clause: str) -> None:
        had = f"此前已延长 {before} 个，" if before else ""
        super().__init__(
            f"不能登记延长：延长期限前后合计不得超过 {most} 个工作日，{had}再延长 {days} 个"
            f"就超过了（{clause}）。",
            f"还可以延长 {most - before} 个：coord request show {ref}" if before < most else "",
        )


class NothingRunsError(RefusedError):
    """What is no longer owed is not extended."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"不能登记延长：{ref} 的时限已不再适用。")


def extend(
    register: Register, ref: str, days: int, reason: str, *, told_on: date, unit: str | None = None
) -> Recorded:
    """Record that the one who was asked told of an extension.

    Args:
        register: the register.
        ref: the request.
        days: working days more.
        reason: 情况特殊, 情况复杂.
        told_on: when 执法局 was told.
        unit: who, where several were asked.

    Raises:
        NoExtensionError, TooLongError, NotReceivedError, DoneAlreadyError: see each.

    """
    matter = register.matter(ref, "R")
    rule = _rule(register, matter)
    if not reason.strip():
        raise EmptyTextError("延长的理由（--reason）")
    check_no_state_secret(register.policy.number, reason)
    asked = the_one(register, matter, unit, OVER, "延长")
    _check_cap(register, matter, rule, asked, days)
    if _clock(register, matter, rule, asked).ended_on:
        raise NothingRunsError(ref_of(matter))
    record(register, matter, "request.extended", told_on, unit=asked, text=reason,
           details={"days": days})  # fmt: skip
    effect = _effect(register, matter, rule, asked, told_on)
    name = register.unit_name(asked)
    return register.recorded(
        matter,
        facts={"type": "extension", "ref": ref_of(matter), "unit": asked, "days": days,
               "told_on": told_on.isoformat(), "reason": reason, "holds": effect.holds,
               "due_on_before": effect.before.isoformat(), "due_on": effect.after.isoformat()},
        headline=f"已登记延长：{ref_of(matter)} {shown_title(matter)}　{name}延长 {days} 个工作日"
                 f"（{told_on} 告知）",
        warnings=_warnings(register, matter, effect),
    )  # fmt: skip


def _rule(register: Register, matter: Matter) -> Rule:
    rule = register.policy.rule(f"request.{matter.kind}")
    if rule.extension is None:
        raise NoExtensionError(ref_of(matter), matter.kind, register.policy.number)
    return rule


def _check_cap(register: Register, matter: Matter, rule: Rule, unit: str, days: int) -> None:
    told = register.matter_facts(matter).extensions
    before = sum(one.days for party, one in told if party == unit)
    most = rule.extension.max_days if rule.extension else None
    if most is not None and before + days > most:
        raise TooLongError(ref_of(matter), days, before, most, clause_of(register, matter.kind))


def _clock(register: Register, matter: Matter, rule: Rule, unit: str) -> Clock:
    clocks = register.engine.clocks(register.matter_facts(matter))
    return next(one for one in clocks if one.rule.id == rule.id and one.owed_by == unit)


def _effect(register: Register, matter: Matter, rule: Rule, unit: str, told_on: date) -> Extended:
    """Return what it does, the last of those told on that day."""
    told = [one for party, one in register.matter_facts(matter).extensions if party == unit]
    found = register.engine.extended(_clock(register, matter, rule, unit), told)
    return next(one for one in reversed(found) if one.told.told_on == told_on)


def _warnings(register: Register, matter: Matter, effect: Extended) -> list[str]:
    if effect.holds:
        return []
    clause = clause_of(register, matter.kind)
    late = f"{effect.told.told_on} 才告知，已过应办日期 {effect.before}，不是事先告知"
    return [f"{late}：照记，仍按 {effect.before} 计（{clause}）"]
