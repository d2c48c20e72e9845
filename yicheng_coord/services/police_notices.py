"""七（二）: the police are told before a major or special action, and confirm it."""

from datetime import date

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.matters import POLICE
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.matters import check_not_yet, record, ref_of
from yicheng_coord.services.register import Register


class CancelledActionError(RefusedError):
    """Nobody is told of what does not take place."""

    def __init__(self, ref: str, on: date, document: str) -> None:
        super().__init__(
            f"不能登记：{ref} 已于 {on} {EVENTS['action.cancelled'].label}（{document} 七（二））。"
        )


def tell_police(
    register: Register, ref: str, *, on: date, is_confirmed: bool = False, by: str | None = None
) -> Recorded:
    """Record that the police were told, or that they confirmed; the latter tells both, if need be.

    Raises:
        CancelledActionError, DoneAlreadyError: see each.

    """
    matter = register.matter(ref, "A")
    facts = register.matter_facts(matter)
    if cancelled := facts.of("action.cancelled"):
        raise CancelledActionError(facts.ref, cancelled.on, register.policy.number)
    check_not_yet(register, matter, "action.confirmed" if is_confirmed else "action.notified")
    if not facts.of("action.notified"):
        record(register, matter, "action.notified", on, medium=by)
    if is_confirmed:
        record(register, matter, "action.confirmed", on)
    name = register.unit_name(POLICE)
    word = f"{name}已确认" if is_confirmed else f"已通知{name}"
    planned = facts.of("action.planned")
    is_late = planned is not None and not facts.of("action.notified") and on > planned.on
    clause = f"{register.policy.number} 七（二）"
    return register.recorded(
        matter,
        facts={"type": "police_notice", "ref": ref_of(matter), "confirmed": is_confirmed,
               "on": on.isoformat()},
        headline=f"{word}：{ref_of(matter)} {matter.title}（{on}）",
        warnings=[f"通知在活动日 {planned.on} 之后，应提前通知（{clause}）"]
        if planned and is_late
        else [],
    )  # fmt: skip
