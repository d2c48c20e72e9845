"""Registering a case, its jurisdiction, its preliminary inquiry (二（一）、（二）1)."""

import json
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import select

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.references import looks_like_ours, next_seq
from yicheng_coord.services.competence import check_competent, check_there
from yicheng_coord.services.identity import natural_key
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.state import require
from yicheng_coord.store.models import CaseFile, Inquiry
from yicheng_coord.vocabulary import CaseStatus


class EmptyTextError(RefusedError):
    """A text that says nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}不能为空。")


class ClosedCaseError(RefusedError):
    """Nothing more is recorded in a case that is closed or void."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"{number} 已办结或作废，不再登记新的事项。",
            f"办结、作废有误的，撤销那一次：coord history {number}",
        )


@dataclass(frozen=True, slots=True)
class NewCase:
    """The facts of a new case; units by code; `action`: the one that it grows out of (A1)."""

    title: str
    found_by: str
    found_on: date
    cause: str | None = None
    party: str | None = None
    party_id: str | None = None
    phone: str | None = None
    informant: str | None = None
    place: str | None = None
    source: str | None = None
    summary: str | None = None
    external_number: str | None = None
    competent: str | None = None
    determined_on: date | None = None
    urgent: bool = False
    urgent_on: date | None = None
    action: str | None = None
    extra: dict[str, str] = field(default_factory=dict)


def add_case(register: Register, new: NewCase, on: date) -> Recorded:
    """Register a case; a competent unit other than the finder starts the three days, 二（二）1.

    Args:
        register: the register.
        new: its facts.
        on: the day of registration, whose year numbers it.

    """
    _check_new(register, new, on)
    year, seq = on.year, next_seq(register.reading.connection, on.year)
    warnings = _same_external_number(register, new.external_number)
    apart = ("extra", "action")
    fields = {name: getattr(new, name) for name in NewCase.__slots__ if name not in apart}
    case = CaseFile(
        **fields,
        action_id=register.matter(new.action, "A").id if new.action else None,
        origin=new.found_by,
        number=case_number(year, seq),
        year=year,
        seq=seq,
        disclaimed_on=new.determined_on if new.competent != new.found_by else None,
        status=CaseStatus.REGISTERED,
        holder=new.found_by,
        extra=json.dumps(new.extra, ensure_ascii=False, sort_keys=True) if new.extra else None,
    )
    case.natural_key = key_of(case)
    register.session.add(case)
    register.session.flush()
    finder = register.unit_name(new.found_by)
    return register.recorded(
        case,
        facts={"type": "case", "ref": case.number, "title": case.title, "found_by": case.found_by},
        headline=f"已登记：{case.number} {case.title}　{finder}（{new.found_on} 发现）",
        warnings=warnings,
    )


def key_of(case: CaseFile) -> str:
    """A list of the finder that brings the case later is to find it."""
    facts = (
        case.found_by,
        case.found_on.isoformat(),
        case.party,
        case.title,
        case.place,
        case.cause,
    )
    return natural_key(
        external_number=case.external_number,
        origin=case.origin or case.found_by,
        descriptive=facts,
    )


def _check_new(register: Register, new: NewCase, on: date) -> None:
    if not new.title.strip():
        raise EmptyTextError("案件名称")
    check_order("登记日期", on, register.today)
    check_order("发现日期", new.found_on, register.today, before=("登记日期", on))
    if new.determined_on:
        after = ("发现日期", new.found_on)
        check_order("认定日期", new.determined_on, register.today, after=after)
    if new.urgent_on:
        after = ("发现日期", new.found_on)
        check_order("转为紧急的日期", new.urgent_on, register.today, after=after)
    check_there(register, new.found_by, new.found_on)
    if new.competent:
        check_competent(register, new.competent, new.determined_on or on)


def case_number(year: int, seq: int) -> str:
    """案件编号: 2026-0001; more digits when they are needed."""
    return f"{year:04d}-{seq:04d}"


def _same_external_number(register: Register, external_number: str | None) -> list[str]:
    if not external_number:
        return []
    if looks_like_ours(external_number):
        return [f"来源编号 {external_number} 与本系统的案件编号同形，查找时以本系统的编号为准"]
    same = select(CaseFile.number).where(CaseFile.external_number == external_number)
    return [
        f"来源编号 {external_number} 已登记在 {number}，请核对是否同一案件"
        for number in register.session.exec(same)
    ]


def determine(
    register: Register, ref: str, competent: str, on: date, basis: str | None = None
) -> Recorded:
    """Record which unit is competent (认定管辖).

    Not the finder: the three days of 二（二）1 run from the day on which it was first determined
    that the finder has no jurisdiction; naming another unit later does not restart them.
    """
    case = register.case(ref)
    require(register, case, "determine")
    check_order("认定日期", on, register.today, after=("发现日期", case.found_on))
    check_order("认定日期", on, register.today, after=("前次认定日期", case.determined_on))
    withdrawn_on = last_withdrawn_on(register.facts(case))
    check_order("认定日期", on, register.today, after=("撤回日期", withdrawn_on))
    check_competent(register, competent, on)
    was_disclaimed = case.competent not in (None, case.found_by)
    case.competent, case.determined_on, case.basis = competent, on, basis
    notes = []
    if competent == case.found_by:
        case.disclaimed_on = None
    elif was_disclaimed and case.disclaimed_on and case.disclaimed_on != on:
        notes = [f"自 {case.disclaimed_on} 已认定不属发现单位管辖，移送时限仍自该日起算"]
    else:
        case.disclaimed_on = on
    name = register.unit_name(competent)
    return register.recorded(
        case,
        facts={
            "type": "determination",
            "ref": case.number,
            "competent": competent,
            "determined_on": on.isoformat(),
        },
        headline=f"已认定：{case.number} {case.title}　由{name}管辖（{on}）",
        notes=notes,
    )


def last_withdrawn_on(facts: CaseFacts) -> date | None:
    """Return the day on which the case came back by the last withdrawal."""
    return max((leg.withdrawn_on for leg in facts.legs if leg.withdrawn_on), default=None)


def record_inquiry(
    register: Register, ref: str, *, on: date, ongoing: bool, text: str, measures: str | None
) -> Recorded:
    """Record the preliminary inquiry; an act in progress is to be stopped (二（二）1)."""
    case = register.case(ref)
    check_open(case)
    check_order("调查日期", on, register.today, after=("发现日期", case.found_on))
    if not text.strip():
        raise EmptyTextError("调查情况")
    register.session.add(
        Inquiry(case_id=case.id, inquired_on=on, is_ongoing=ongoing, text=text, measures=measures)
    )
    warnings = []
    if ongoing and not measures:
        warnings = ["违法行为正在进行，尚未登记制止措施（二（二）1：应当采取相关措施及时制止）"]
    return register.recorded(
        case,
        facts={
            "type": "inquiry",
            "ref": case.number,
            "inquired_on": on.isoformat(),
            "ongoing": ongoing,
        },
        headline=f"已登记初步调查：{case.number} {case.title}（{on}）",
        warnings=warnings,
    )


def check_open(case: CaseFile) -> None:
    """Refuse to record anything more in a case that is over.

    Raises:
        ClosedCaseError: it is closed or void.

    """
    if case.closed_on or case.voided_on:
        raise ClosedCaseError(case.number)
