"""请求协作, 四（二）, 四（三）, 七（一）: what 执法局 asks of others, and the letter that asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.matters import BUREAU, POLICE, REQUEST_NAMES
from yicheng_coord.queries.numbers import PaperKey
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import ClosedCaseError
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.executions import Letter, send_execution
from yicheng_coord.services.matters import (
    NewMatter,
    case_of_new,
    open_matter,
    record,
    ref_of,
    shown_title,
)
from yicheng_coord.services.numbering import twice_used
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.secrecy import check_no_state_secret
from yicheng_coord.store.models import CaseFile, Material, Matter
from yicheng_coord.vocabulary import RequestKind, Secrecy, UnitKind

_TITLE = 40


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What is asked; units by code.

    Attributes:
        case: the case that it is asked in, as people name it.
        needed_on: since when a licence is to be revoked; default: the day of the letter.

    """

    kind: RequestKind
    to: Sequence[str]
    on: date
    case: str | None = None
    urgent: bool = False
    question: str | None = None
    number: str | None = None
    secrecy: Secrecy = Secrecy.NONE
    needed_on: date | None = None


class WrongAddresseeError(RefusedError):
    """The Opinion says whom each kind is asked of."""

    def __init__(self, why: str, clause: str) -> None:
        super().__init__(f"不能登记请求：{why}（{clause}）。")


class NotNeededOnError(InputError):
    """Only a revocation has a day since when it is needed."""

    def __init__(self) -> None:
        super().__init__("--needed-on 只用于撤销证件（--kind revocation）。")


def clause_of(register: Register, kind: str) -> str:
    """Return where the Opinion speaks of that kind: 峄政办发〔2022〕1号 四（二）2."""
    return f"{register.policy.number} {register.policy.rule(f'request.{kind}').clause}"


def send(register: Register, new: NewRequest) -> Recorded:
    """Register a request that was sent; each unit that is asked has a duty of its own.

    Opinion and appraisal: five working days from the receipt, until that is recorded from the
    sending (暂计); an urgent appraisal asks for somebody on site too; the rest 及时.

    Raises:
        StateSecretError, WrongAddresseeError, ClosedCaseError, NoDecisionError: see each.

    """
    check_no_state_secret(
        register.policy.number, new.question, new.number, is_said=new.secrecy is Secrecy.STATE
    )
    if new.needed_on and new.kind is not RequestKind.REVOCATION:
        raise NotNeededOnError
    check_order("发出日期", new.on, register.today)
    to = _asked(register, new)
    case = _case(register, new)
    if new.kind is RequestKind.EXECUTION:
        letter = Letter(new.question, new.number, new.on, new.secrecy)
        matters = send_execution(register, case, to, letter)
    else:
        matters = [_opened(register, new, to, case)]
    return _answer(register, new, to, case, matters)


def _asked(register: Register, new: NewRequest) -> tuple[str, ...]:
    clause = clause_of(register, new.kind)
    units = register.reading.units
    for unit in new.to:
        name, kind = register.unit_name(unit), units.get(unit).kind
        if unit == BUREAU:
            raise WrongAddresseeError(f"{name}是提出请求的单位，不能请求自己", clause)
        if new.kind is RequestKind.ASSISTANCE and unit != POLICE:
            raise WrongAddresseeError(f"协助处置请求的是{register.unit_name(POLICE)}", clause)
        if (new.kind is RequestKind.COUNSEL) != (kind == UnitKind.COUNSEL):
            why = "法律顾问服务请求的是法律顾问办公室，其他请求不向其提出"
            raise WrongAddresseeError(why, clause)
        is_appraised = new.kind in (RequestKind.APPRAISAL, RequestKind.GUIDANCE)
        if kind == UnitKind.APPRAISER and not is_appraised:
            raise WrongAddresseeError(f"{name}只作认定、鉴定和业务指导", clause)
        check_there(register, unit, new.on)
    return tuple(dict.fromkeys(new.to))


def _case(register: Register, new: NewRequest) -> CaseFile | None:
    """Return the case; the letter of a decision may follow when the case is closed."""
    if new.case is None:
        return None
    is_letter = new.kind is RequestKind.EXECUTION
    case = register.case(new.case) if is_letter else case_of_new(register, new.case)
    if case is None or case.voided_on:
        raise ClosedCaseError(case.number if case else new.case)
    for what, on in (("发出日期", new.on), ("认为需要日期", new.needed_on)):
        if on:
            check_order(what, on, register.today, after=("发现日期", case.found_on))
    return case


def _opened(
    register: Register, new: NewRequest, to: Sequence[str], case: CaseFile | None
) -> Matter:
    fixed = {RequestKind.COUNSEL: "counsel", RequestKind.ASSISTANCE: "police"}.get(new.kind)
    matter = open_matter(
        register,
        NewMatter(
            letter="R",
            kind=new.kind.value,
            title=_title(new, case),
            owner=BUREAU,
            parties=[(role, unit) for unit in to for role in ("asked", fixed) if role],
            case_id=case.id if case else None,
            text=new.question,
            urgent=new.urgent,
            secrecy=new.secrecy.value,
        ),
    )
    if new.kind is RequestKind.REVOCATION:
        record(register, matter, "revocation.needed", new.needed_on or new.on)
    record(register, matter, "request.sent", new.on, document=new.number)
    return matter


def _title(new: NewRequest, case: CaseFile | None) -> str:
    """Return the question's first line, cut; else the case and what is asked in it."""
    first = (new.question or "").strip().partition("\n")[0].strip()
    if first:
        return first if len(first) <= _TITLE else f"{first[: _TITLE - 1]}…"
    return f"{case.title if case else ''}{REQUEST_NAMES[new.kind]}"


def _answer(
    register: Register,
    new: NewRequest,
    to: Sequence[str],
    case: CaseFile | None,
    matters: Sequence[Matter],
) -> Recorded:
    first = matters[0]
    refs = "、".join(map(ref_of, matters))
    names = "、".join(map(register.unit_name, to))
    kind, title = REQUEST_NAMES[new.kind], shown_title(first)
    about = title if kind in title else f"{kind}　{title}"
    return register.recorded(
        *matters,
        facts={"type": "request", "ref": ref_of(first), "kind": new.kind.value, "to": list(to),
               "case": case.number if case else None, "sent_on": new.on.isoformat(),
               "urgent": first.urgent, "secrecy": first.secrecy},
        headline=f"已登记请求：{refs} {about}　{names}（{new.on}）",
        warnings=_warnings(register, new, case, first),
    )  # fmt: skip


def _warnings(
    register: Register, new: NewRequest, case: CaseFile | None, matter: Matter
) -> list[str]:
    key = PaperKey(new.kind.value, matter.case_id, matter_id=matter.id)
    return [*twice_used(register, key, new.number), *_kind_warnings(register, new, case)]


def _kind_warnings(register: Register, new: NewRequest, case: CaseFile | None) -> list[str]:
    clause = clause_of(register, new.kind)
    if new.urgent and new.kind is not RequestKind.APPRAISAL:
        return [f"{REQUEST_NAMES[new.kind]}没有紧急时的时限，--urgent 只记在函上（{clause}）"]
    if new.kind is not RequestKind.REVOCATION:
        return []
    if case is None:
        return [f"函告撤销证件须附案件有关材料（{clause}），没有写明案件（--case）"]
    has_any = select(Material.id).where(Material.case_id == case.id)
    if register.session.exec(has_any).first() is None:
        hint = f"coord case material {register.ref(case)} …"
        return [f"函告撤销证件须附案件有关材料（{clause}），{case.number} 没有材料：{hint}"]
    return []
