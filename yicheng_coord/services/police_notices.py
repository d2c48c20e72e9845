"""七（二）: the police are told before a major or special action, and confirm it."""

from datetime import date

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.matters import MAJOR_ACTIONS, POLICE
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.matters import check_not_yet, record, ref_of
from yicheng_coord.services.register import Register


class CancelledActionError(RefusedError):
    """Nobody is told of what does not take place."""

    def __init__(self, ref: str, on: date, document: str) -> None:
        super().__init__(
            f"不能登记：{ref} 已于 {on} {EVENTS['action.cancelled'].label}（{document} 七（二））。"
        )


class NoNoticeError(RefusedError):
    """七（二） speaks of major and special actions."""

    def __init__(self, ref: str, kind: str, document: str) -> None:
        super().__init__(
            f"不能登记：{ref} 是{kind}，提前通知公安机关的是重大活动和专项行动（{document} 七（二））。",
            "请公安机关协助：coord request send --kind assistance --to gaj --question 事由",
        )


class OverAlreadyError(RefusedError):
    """Nobody is told before of what is over."""

    def __init__(self, ref: str, over_on: date, on: date, document: str) -> None:
        super().__init__(
            f"不能登记：{ref} 已于 {over_on} 结束，{on} 不再是提前通知（{document} 七（二））。",
            f"此前已通知的，写明日期：coord action police {ref} --on 日期",
        )


def tell_police(
    register: Register, ref: str, *, on: date, is_confirmed: bool = False, by: str | None = None
) -> Recorded:
    """Record that the police were told, or that they confirmed; the latter tells both, if need be.

    Raises:
        NoNoticeError, CancelledActionError, OverAlreadyError, DoneAlreadyError: see each.

    """
    matter = register.matter(ref, "A")
    facts = register.matter_facts(matter)
    number = register.policy.number
    if facts.kind not in MAJOR_ACTIONS:
        raise NoNoticeError(facts.ref, facts.kind, number)
    if (over := facts.of("action.finished")) and on > over.on:
        raise OverAlreadyError(facts.ref, over.on, on, number)
    if cancelled := facts.of("action.cancelled"):
        raise CancelledActionError(facts.ref, cancelled.on, number)
    check_not_yet(register, matter, "action.confirmed" if is_confirmed else "action.notified")
    if not facts.of("action.notified"):
        record(register, matter, "action.notified", on, medium=by)
    if is_confirmed:
        record(register, matter, "action.confirmed", on)
    name = register.unit_name(POLICE)
    word = f"{name}已确认" if is_confirmed else f"已通知{name}"
    planned = facts.of("action.planned")
    is_late = planned is not None and not facts.of("action.notified") and on > planned.on
    clause = f"{number} 七（二）"
    return register.recorded(
        matter,
        facts={"type": "police_notice", "ref": ref_of(matter), "confirmed": is_confirmed,
               "on": on.isoformat()},
        headline=f"{word}：{ref_of(matter)} {matter.title}（{on}）",
        warnings=[f"通知在活动日 {planned.on} 之后，应提前通知（{clause}）"]
        if planned and is_late
        else [],
    )  # fmt: skip
