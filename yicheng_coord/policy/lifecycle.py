"""The life of a case: where it stands, who holds it, what may follow (二（二）)."""

from dataclasses import dataclass
from datetime import date

from yicheng_coord.policy.facts import GOVERNMENT, CaseFacts, Leg
from yicheng_coord.policy.matters import POLICE
from yicheng_coord.vocabulary import CaseStatus as Status


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands: its status and the unit that holds it."""

    status: Status
    holder: str | None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next: by whom (a unit's code), what, and the command for it.

    Attributes:
        paper: the command that draws the paper for it, where there is one.

    """

    who: str | None
    what: str
    command: str
    paper: str = ""

    def __str__(self) -> str:
        """The command, with what it does, and the paper."""
        step = f"{self.what}：{self.command}" if self.command else self.what
        return f"{step}；文书：{self.paper}" if self.paper else step


STATUS_NAMES = {
    Status.REGISTERED: "已登记",
    Status.SENT: "已移送",
    Status.RECEIVED: "已收到",
    Status.DECLINED: "不予受理",
    Status.REFERRED: "已报请区政府",
    Status.ASSIGNED: "区政府已指定",
    Status.ACCEPTED: "已受理",
    Status.TO_POLICE: "已移送公安",
    Status.DECIDED: "已作决定",
    Status.NOTIFIED: "已通报结果",
    Status.CLOSED: "已办结",
    Status.VOID: "已作废",
}

MAY_FOLLOW: dict[Status, frozenset[str]] = {
    Status.REGISTERED: frozenset({"determine", "send", "decide", "crime"}),
    Status.SENT: frozenset({"accept", "decline", "withdraw"}),
    Status.RECEIVED: frozenset({"accept", "decline", "withdraw"}),
    Status.DECLINED: frozenset({"refer"}),
    Status.REFERRED: frozenset({"assign"}),
    Status.ASSIGNED: frozenset({"accept", "assign"}),
    Status.ACCEPTED: frozenset({"decide", "crime"}),
    Status.TO_POLICE: frozenset({"notify", "close"}),
    Status.DECIDED: frozenset({"notify", "close", "crime"}),
    Status.NOTIFIED: frozenset({"close", "crime"}),
    Status.CLOSED: frozenset(),
    Status.VOID: frozenset(),
}
"""The state table. A receipt may be recorded at any time while the leg has none.

What the police give back goes on where it was: a decision that was made before may then be
followed by another, and the first sender is still to be told that it was sent. A closed case is
opened again by the police alone.
"""

_NOT_WHILE_REPORTED = frozenset({"determine", "send", "crime", "decide"})

_GOES_ON = frozenset(Status) - {Status.CLOSED, Status.VOID}


def standing(facts: CaseFacts) -> Standing:
    """Tell from what is on record where the case stands and who holds it.

    What the police have is nobody else's; what they give back is where it was before (六（二）).
    """
    if facts.voided_on:
        return Standing(Status.VOID, None)
    if facts.closed_on:
        return Standing(Status.CLOSED, None)
    if facts.with_police:
        return Standing(Status.TO_POLICE, POLICE)
    if facts.verdicts:
        return _after_decision(facts)
    leg = facts.standing
    return _in_transfer(facts, leg) if leg else Standing(Status.REGISTERED, facts.finder)


def _after_decision(facts: CaseFacts) -> Standing:
    last = facts.verdicts[-1]
    status = Status.NOTIFIED if last.notified_on else Status.DECIDED
    return Standing(status, last.decided_by)


def _in_transfer(facts: CaseFacts, leg: Leg) -> Standing:
    """Until a unit accepts, the finder holds the case: it is not rid of it by sending it."""
    if leg.is_accepted:
        return Standing(Status.ACCEPTED, leg.receiver)
    if leg.is_declined:
        if leg.referred_on:
            return Standing(Status.REFERRED, GOVERNMENT)
        return Standing(Status.DECLINED, facts.finder)
    if leg.assigned_on:
        return Standing(Status.ASSIGNED, leg.receiver)
    return Standing(Status.RECEIVED if leg.received_on else Status.SENT, facts.finder)


def may_follow(facts: CaseFacts, act: str, on: date | None = None) -> bool:
    """Whether an act may follow what is on record.

    While it is open whether a case goes to the police, nobody decides it instead (六（二）); what
    was decided before it was reported stays (国务院令第310号 第十一条), and may be recorded later.

    Args:
        facts: the case.
        act: what is to follow.
        on: its day, where that matters.

    """
    status = standing(facts).status
    if (reported := facts.unsettled) and act in _NOT_WHILE_REPORTED:
        was_before = on is not None and on < reported.reported_on
        if not (act == "decide" and reported.is_pending and was_before):
            return False
    if act in MAY_FOLLOW[status]:
        return True
    if act == "decide" and status in (Status.DECIDED, Status.NOTIFIED):
        back_on = facts.came_back_on
        return back_on is not None and back_on >= facts.verdicts[-1].decided_on
    is_over = status in (Status.CLOSED, Status.VOID)
    return act == "notify" and bool(facts.untold) and not is_over


def may_be_opened_again(facts: CaseFacts) -> bool:
    """Whether a closed case may go on: the police filed it, or are to look at it again (六（二）)."""
    if not facts.closed_on or facts.voided_on:
        return False
    return facts.with_police is not None or any(one.awaits_review for one in facts.referrals)


def next_step(facts: CaseFacts, ref: str) -> NextStep:
    """Say what is to be done next, in words and as a command.

    Args:
        facts: the case.
        ref: the case as the clerk would type it.

    """
    now = standing(facts)
    leg = facts.standing
    receiver = leg.receiver if leg else None
    if now.status in _GOES_ON and (facts.with_police or facts.untold):
        return _next_about_police(facts, ref)
    match now.status:
        case Status.REGISTERED:
            return _next_of_registered(facts, ref)
        case Status.SENT | Status.ASSIGNED if _awaits_receipt(facts, leg):
            return NextStep(receiver, "登记收到", f"coord transfer receive {ref}")
        case Status.RECEIVED | Status.ASSIGNED:
            return NextStep(receiver, "登记受理", f"coord transfer accept {ref}")
        case Status.DECLINED:
            return NextStep(receiver, "报请区人民政府决定", f"coord transfer refer {ref}")
        case Status.REFERRED:
            return NextStep(
                GOVERNMENT, "登记区政府的指定", f"coord transfer assign {ref} --to 单位"
            )
        case Status.ACCEPTED:
            return NextStep(receiver, "登记处理决定", f"coord case decide {ref} --outcome 处罚")
        case Status.DECIDED | Status.NOTIFIED:
            return _next_of_decided(facts, now, ref)
        case _:
            return NextStep(None, "", "")


def _awaits_receipt(facts: CaseFacts, leg: Leg | None) -> bool:
    """A case that 区政府 gives back to its finder needs no receipt."""
    return leg is not None and leg.received_on is None and leg.receiver != facts.finder


def _next_of_decided(facts: CaseFacts, now: Standing, ref: str) -> NextStep:
    if now.status is Status.DECIDED and facts.first_sender_for(now.holder or ""):
        return NextStep(now.holder, "书面通报原移送单位", f"coord transfer notify {ref}")
    return NextStep(now.holder, "办结", f"coord case close {ref}")


def _next_about_police(facts: CaseFacts, ref: str) -> NextStep:
    """They answer; the first sender is told that it was sent; what they filed is closed."""
    if facts.with_police and not facts.with_police.is_filed:
        return NextStep(POLICE, "登记立案或不予立案", f"coord crime answer {ref} --filed")
    holder = facts.referrals[-1].holder
    if facts.untold or facts.untold_verdict:
        return NextStep(holder, "书面通报原移送单位", f"coord transfer notify {ref}")
    return NextStep(holder, "办结", f"coord case close {ref}")


def _next_of_registered(facts: CaseFacts, ref: str) -> NextStep:
    if facts.competent is None:
        command = f"coord case determine {ref} --competent 单位"
        return NextStep(facts.finder, "认定管辖单位", command)
    if facts.competent == facts.finder:
        return NextStep(facts.finder, "登记处理决定", f"coord case decide {ref} --outcome 处罚")
    command = f"coord transfer send {ref} --to {facts.competent}"
    return NextStep(facts.finder, "移送有管辖权的单位", command)
