"""信息共享, 三: logged, shared in writing or by word of mouth, the papers handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.matters import BUREAU
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.matters import (
    NewMatter,
    check_not_yet,
    matters_of_case,
    open_matter,
    parties_of,
    record,
    ref_of,
    shown_title,
    still_without,
)
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.secrecy import check_no_state_secret
from yicheng_coord.store.models import CaseFile, Decision, Matter
from yicheng_coord.vocabulary import InfoKind, Secrecy, ShareBy

STARTS = {
    InfoKind.APPROVAL: "approval.made",
    InfoKind.PENALTY: "penalty.decided",
    InfoKind.SUPERIOR: "superior.received",
    InfoKind.POLICY: "policy.logged",
    InfoKind.ENFORCEMENT: "enforcement.logged",
    InfoKind.OTHER: "info.logged",
}
_FROM_BUREAU = (InfoKind.PENALTY, InfoKind.ENFORCEMENT)
_TO_BUREAU = (InfoKind.APPROVAL, InfoKind.SUPERIOR, InfoKind.POLICY)
_CATEGORY = {InfoKind.APPROVAL: 3, InfoKind.PENALTY: 6, InfoKind.SUPERIOR: 2, InfoKind.OTHER: 7}
"""三（三）: what a kind is, where no other category is named."""
_URGENT = (InfoKind.APPROVAL, InfoKind.SUPERIOR)
_SPOKEN = (ShareBy.PHONE, ShareBy.SPOKEN)


@dataclass(frozen=True, slots=True)
class NewInformation:
    """What is to be shared; units by code."""

    kind: InfoKind
    title: str
    sender: str
    to: Sequence[str]
    on: date
    category: int | None = None
    document: str | None = None
    urgent: bool = False
    secrecy: Secrecy = Secrecy.NONE


class WrongDirectionError(RefusedError):
    """三（四） says who shares what with whom."""

    def __init__(self, why: str, document: str, clause: str) -> None:
        super().__init__(f"不能登记：{why}（{document} {clause}）。")


class NoAddresseeError(InputError):
    """Whom it goes to does not follow from its kind."""

    def __init__(self) -> None:
        super().__init__("须写明共享给谁：--to 单位，可重复。")


class NotUrgentKindError(RefusedError):
    """Only approvals and documents of superior departments have an urgent form, 三（四）."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"--urgent 只用于审批事项和上级文件：情况紧急的立即抄送或告知（{document} 三（四））。"
        )


class InWritingError(RefusedError):
    """A telephone call is no copy, 三（四）."""

    def __init__(self, ref: str, document: str) -> None:
        super().__init__(
            f"不能登记：{ref} 须书面抄送，电话、口头告知不算（{document} 三（四））。",
            f"书面抄送后登记：coord info share {ref} --by 书面",
        )


class NotToldYetError(RefusedError):
    """Papers are handed over after it was told by telephone or word of mouth."""

    def __init__(self, ref: str, document: str) -> None:
        super().__init__(
            f"不能登记移交：{ref} 没有电话或口头告知，无须另行移交（{document} 三（四））。",
            f"书面告知的：coord info share {ref}",
        )


def log(register: Register, new: NewInformation) -> Recorded:
    """Register what is to be shared; the clock of its kind starts, one for each addressee.

    Approvals: five working days, soft; penalties five; documents of superior departments three;
    urgent: at once (三（四）). The rest: 及时 (三（一）), or no clock.

    Raises:
        StateSecretError, WrongDirectionError, NoAddresseeError, NotUrgentKindError: see each.

    """
    document = register.policy.number
    is_said = new.secrecy is Secrecy.STATE
    check_no_state_secret(document, new.title, is_said=is_said)
    to = _addressees(register, new)
    if new.urgent and new.kind not in _URGENT:
        raise NotUrgentKindError(document)
    for unit in (new.sender, *to):
        check_there(register, unit, new.on)
    check_order("日期", new.on, register.today)
    matter = _opened(register, new, to)
    names = "、".join(map(register.unit_name, to))
    return register.recorded(
        matter,
        facts={"type": "information", "ref": ref_of(matter), "kind": new.kind.value,
               "category": matter.category, "from": new.sender, "to": list(to),
               "on": new.on.isoformat(), "urgent": new.urgent, "secrecy": matter.secrecy},
        headline=f"已登记信息：{ref_of(matter)} {shown_title(matter)}　"
                 f"{register.unit_name(new.sender)} → {names}（{new.on}）",
    )  # fmt: skip


def _opened(
    register: Register,
    new: NewInformation,
    to: Sequence[str],
    case: CaseFile | None = None,
    decision: Decision | None = None,
) -> Matter:
    matter = open_matter(
        register,
        NewMatter(
            letter="I",
            kind=new.kind.value,
            title=new.title,
            owner=new.sender,
            parties=[("addressee", unit) for unit in to],
            case_id=case.id if case else None,
            category=new.category or _CATEGORY.get(new.kind),
            document=new.document,
            urgent=new.urgent,
            secrecy=new.secrecy.value,
            details={"decision": decision.ordinal} if decision else {},
        ),
    )
    record(register, matter, STARTS[new.kind], new.on)
    return matter


def _addressees(register: Register, new: NewInformation) -> tuple[str, ...]:
    document = register.policy.number
    if new.kind in _TO_BUREAU:
        if new.sender == BUREAU:
            why = "审批、上级文件、政策信息由相关单位抄送区综合行政执法局"
            raise WrongDirectionError(why, document, "三（一）、（四）")
        if set(new.to) - {BUREAU}:
            why = "审批、上级文件、政策信息的抄送对象是区综合行政执法局"
            raise WrongDirectionError(why, document, "三（一）、（四）")
        return (BUREAU,)
    if new.kind in _FROM_BUREAU and new.sender != BUREAU:
        why = "处罚决定、执法情况由区综合行政执法局抄送、通报相关单位"
        raise WrongDirectionError(why, document, "三（一）、（四）")
    to = tuple(dict.fromkeys(new.to))
    if not to:
        raise NoAddresseeError
    if new.sender in to:
        why = f"{register.unit_name(new.sender)}不能共享给自己"
        raise WrongDirectionError(why, document, "三")
    return to


def penalty_copies(
    register: Register, case: CaseFile, decision: Decision, to: Sequence[str]
) -> Matter:
    """Register the copies of a penalty of the bureau: five working days each, 三（四）."""
    new = NewInformation(
        kind=InfoKind.PENALTY,
        title=f"{case.title}处罚决定",
        sender=decision.decided_by,
        to=to,
        on=decision.decided_on,
        document=decision.number,
    )
    return _opened(register, new, to, case, decision)


def share(
    register: Register, ref: str, *, on: date, by: ShareBy, to: Sequence[str] = ()
) -> Recorded:
    """Record that it was shared: with those named, else with all who have not got it.

    By telephone or word of mouth only a document of a superior department is told, and is then
    to be handed over (三（四）). A copy in writing that is also the result told to the first
    sender of the case meets both duties.

    Raises:
        NotAPartyError, DoneAlreadyError, InWritingError: see each.

    """
    matter = register.matter(ref, "I")
    ref = ref_of(matter)
    is_spoken = by in _SPOKEN
    if is_spoken and matter.kind != InfoKind.SUPERIOR:
        raise InWritingError(ref, register.policy.number)
    event = "info.told" if is_spoken else "info.shared"
    events = ("info.shared", event)
    parties = parties_of(register, matter, to)
    units = still_without(register, matter, events, parties, is_named=bool(to))
    for unit in units:
        record(register, matter, event, on, unit=unit, medium=by.value)
    case = _result_told_too(register, matter, units, on) if not is_spoken else None
    names = "、".join(map(register.unit_name, units))
    return register.recorded(
        matter,
        *((case,) if case else ()),
        facts={"type": "share", "ref": ref, "to": list(units), "by": by.value,
               "shared_on": on.isoformat()},
        headline=f"已登记{'告知' if is_spoken else '抄送'}：{ref} {shown_title(matter)}　"
                 f"{names}（{by.value}，{on}）",
    )  # fmt: skip


def _result_told_too(
    register: Register, matter: Matter, units: Sequence[str], on: date
) -> CaseFile | None:
    if matter.kind != InfoKind.PENALTY or matter.case_id is None:
        return None
    case = register.session.get_one(CaseFile, matter.case_id)
    if register.facts(case).first_sender_for(BUREAU) not in units:
        return None
    for decision in _untold(register, case):
        if decision.decided_on <= on:
            decision.notified_on = on
    return case


def _untold(register: Register, case: CaseFile) -> Sequence[Decision]:
    untold = select(Decision).where(
        Decision.case_id == case.id,
        Decision.decided_by == BUREAU,
        Decision.notified_on == None,  # noqa: E711 – SQL
    )
    return register.session.exec(untold).all()


def copied_too(register: Register, case: CaseFile, sender: str, on: date) -> None:
    """The result told to the first sender in writing is its penalty copy too, 三（四）."""
    for matter in matters_of_case(register, case.id, "I", InfoKind.PENALTY):
        facts = register.matter_facts(matter)
        if sender in facts.units("addressee") and not facts.of("info.shared", sender):
            record(register, matter, "info.shared", on, unit=sender, medium=ShareBy.LETTER.value)


def hand_over(register: Register, ref: str, *, on: date) -> Recorded:
    """Record that the papers followed what was told by telephone or word of mouth, 三（四）."""
    matter = register.matter(ref, "I")
    facts = register.matter_facts(matter)
    if not facts.of("info.told"):
        raise NotToldYetError(ref_of(matter), register.policy.number)
    units = [unit for unit in facts.units("addressee") if facts.of("info.told", unit)]
    for unit in units:
        check_not_yet(register, matter, "info.handed_over", unit)
        record(register, matter, "info.handed_over", on, unit=unit)
    return register.recorded(
        matter,
        facts={"type": "hand_over", "ref": ref_of(matter), "handed_over_on": on.isoformat()},
        headline=f"已登记移交文件：{ref_of(matter)} {shown_title(matter)}（{on}）",
    )
