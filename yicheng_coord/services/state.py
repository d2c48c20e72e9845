"""What may follow in the life of a case, and the refusal when something may not."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.lifecycle import STATUS_NAMES, may_follow, next_step, standing
from yicheng_coord.services.register import Register
from yicheng_coord.vocabulary import CaseStatus as Status

if TYPE_CHECKING:
    from yicheng_coord.policy.referrals import Referral
    from yicheng_coord.store.models import CaseFile

ACTS = {
    "determine": "认定管辖",
    "send": "移送",
    "accept": "受理",
    "decline": "表示不属于本单位管辖",
    "withdraw": "撤回移送",
    "refer": "报请区人民政府决定",
    "assign": "登记区政府的指定",
    "decide": "登记处理决定",
    "notify": "通报处理结果",
    "close": "办结",
    "crime": "报告涉嫌犯罪",
}


_NOT_NOW = {
    "determine": "管辖只在移送以前认定",
    "send": "已有处理决定",
    "accept": "没有待反馈的移送",
    "decline": "没有待反馈的移送",
    "withdraw": "只有尚未反馈的移送可以撤回",
    "refer": "接收单位没有表示不属于其管辖",
    "assign": "没有报请区人民政府决定",
    "decide": "还没有单位受理",
    "notify": "没有待通报的处理决定",
    "crime": "移送途中的案件，由受理的单位报告",
}


class NotNowError(RefusedError):
    """The state table does not let this follow."""


class NoSecondTransferError(NotNowError):
    """不得再行移送, 二（二）2."""


class ReportedError(NotNowError):
    """A case that was reported as a crime waits for the head, then goes to the police."""

    def __init__(
        self, register: Register, case: "CaseFile", act: str, reported: "Referral"
    ) -> None:
        ref, clause = register.ref(case), f"（{register.policy.number} 六（二））"
        so_far, todo = (
            f"已于 {reported.reported_on} 报告涉嫌犯罪",
            "先登记批准或者不批准移送公安机关",
        )
        hint = f"批准：coord crime approve {ref} --by 姓名 --at 时刻"
        if approved := reported.of("crime.approved"):
            so_far, todo = f"已于 {approved.on} 批准移送公安机关", "先登记移送"
            hint = f"移送：coord crime send {ref} --at 时刻"
        if act == "decide":
            todo += "，不得以罚代刑"
            hint += f"；报告以前已作的决定，写明决定日期：coord case decide {ref} --outcome 处罚 --on 日期"
        super().__init__(f"不能{ACTS[act]}：{case.number} {so_far}，{todo}{clause}。", hint)


def require(register: Register, case: "CaseFile", act: str, on: date | None = None) -> None:
    """Refuse an act that may not follow where the case stands.

    Raises:
        NotNowError: with what stands in the way, by which clause, and what may be done.

    """
    facts = register.facts(case)
    status = standing(facts).status
    if may_follow(facts, act, on):
        return
    step = next_step(facts, register.ref(case))
    hint = f"下一步：{step.command}" if step.command else ""
    receiver = register.unit_name(facts.standing.receiver) if facts.standing else ""
    clause = f"（{register.policy.number} 二（二）2）"
    if act == "send" and (reason := _no_second_transfer(status, receiver)):
        raise NoSecondTransferError(f"不能再行移送：{case.number} {reason}{clause}。", hint)
    if act == "decline" and status is Status.ASSIGNED:
        raise NotNowError(
            f"不能拒绝：{case.number} 已由区人民政府决定由{receiver}管辖{clause}。", hint
        )
    if (reported := facts.unsettled) and reported.is_pending:
        raise ReportedError(register, case, act, reported)
    what = f"不能{ACTS[act]}：{case.number} {STATUS_NAMES[status]}"
    raise NotNowError(f"{what}，{why_not(act, status)}。", hint)


def _no_second_transfer(status: Status, receiver: str) -> str:
    return {
        Status.SENT: f"已移送{receiver}，一案一移送，须先撤回或等其反馈",
        Status.RECEIVED: f"已移送{receiver}，一案一移送，须先撤回或等其反馈",
        Status.DECLINED: f"已由{receiver}表示不属于其管辖，只能报请区人民政府决定",
        Status.REFERRED: "已报请区人民政府决定",
        Status.ASSIGNED: f"已由区人民政府决定由{receiver}管辖",
        Status.ACCEPTED: f"已由{receiver}受理",
    }.get(status, "")


def why_not(act: str, status: Status) -> str:
    """Say what stands in the way of an act that may not follow."""
    if status in (Status.CLOSED, Status.VOID):
        return "不再登记新的事项"
    if status is Status.TO_POLICE:
        return "公安机关退回以前不另行处理，不得以罚代刑（六（二））"
    if act == "decide" and status in (Status.DECIDED, Status.NOTIFIED):
        return "已有处理决定"
    return _NOT_NOW.get(act, "与案件现在的状态不符")


def decided_instead(
    register: Register, case: "CaseFile | None"
) -> Iterator[tuple[tuple[int, str], str]]:
    """Warn of what was decided while the case was reported, or with the police: it stays a fact.

    Yields:
        (ordinal of the decision, C1), and the sentence.

    """
    clause = f"{register.policy.number} 六（二）"
    for verdict, referral in register.facts(case).decided_instead if case else ():
        yield (
            (verdict.ordinal, referral.ref),
            (
                f"{verdict.decided_on} 的处理决定在报告（{referral.reported_on}）之后，"
                f"不得以罚代刑（{clause}），请核对日期"
            ),
        )
