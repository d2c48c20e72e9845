"""Sending a case that was reported as a crime to the police: 六（二）, 国务院令第310号 第六条."""

from datetime import date

from yicheng_coord.dates import When
from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.matters import POLICE, PROCURATORATE
from yicheng_coord.queries.materials import MISSING, materials_of, referral_materials
from yicheng_coord.queries.numbers import PaperKey
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.matters import check_not_yet, record
from yicheng_coord.services.numbering import twice_used
from yicheng_coord.services.referrals import clause_of, iso, latest, latest_sent
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile, Matter
from yicheng_coord.vocabulary import Letter

MAY_BE_ABSENT = ("检验报告或鉴定结论", "其他有关材料")
"""Of the five materials: what a case may well be without."""


class NotApprovedError(RefusedError):
    """Only what the head approved is sent; what was not may be reported anew."""

    def __init__(self, number: str, why: str, clause: str, hint: str) -> None:
        super().__init__(f"不能移送公安机关：{number} {why}（{clause}）。", hint)


def send(
    register: Register,
    ref: str,
    *,
    when: When,
    number: str | None = None,
    is_copied: bool = True,
    has_goods: bool = True,
) -> Recorded:
    """Record that the case went to the police, with which of the five materials.

    Sending counts as a decision: the first sender is to be told within three working days.

    Args:
        register: the register.
        ref: the case.
        when: when it went.
        number: of the 移送书.
        is_copied: the procuratorate got its copy with it.
        has_goods: there are goods; else their list is marked 不涉及.

    Raises:
        NotApprovedError: the head did not approve.

    """
    case, matter, _ = latest(register, ref)
    check_not_yet(register, matter, "crime.sent")
    _check_approved(register, case, matter)
    materials = _materials(register, case, has_goods=has_goods)
    record(register, matter, "crime.sent", when.on, at=when.at, document=number,
           details={"materials": materials})  # fmt: skip
    if is_copied:
        record(register, matter, "crime.copied", when.on, unit=PROCURATORATE)
    return register.recorded(
        case,
        facts={"type": "crime_sending", "ref": case.number, "to": POLICE,
               "sent_on": when.on.isoformat(), "sent_at": iso(when), "materials": materials,
               "copied_to": PROCURATORATE if is_copied else None},
        headline=f"已移送公安机关：{case.number} {case.title}　"
                 f"{register.unit_name(matter.owner)} → {register.unit_name(POLICE)}（{when}）",
        notes=["材料　" + "；".join(f"{name} {state}" for name, state in materials.items())],
        warnings=_taken(register, case, matter, number)
                 + _lacking(register, case, materials, is_copied=is_copied),
    )  # fmt: skip


def _materials(register: Register, case: CaseFile, *, has_goods: bool) -> dict[str, str]:
    list_of_goods = () if has_goods else ("涉案物品清单",)
    held = materials_of(register.reading.connection, case.id)
    return referral_materials(held, (*MAY_BE_ABSENT, *list_of_goods))


def _check_approved(register: Register, case: CaseFile, matter: Matter) -> None:
    facts, clause = register.matter_facts(matter), clause_of(register, "crime.approve")
    if rejected := facts.of("crime.rejected"):
        hint = f"重新报告：coord crime report {register.ref(case)} …"
        raise NotApprovedError(case.number, f"已于 {rejected.on} 不予批准", clause, hint)
    if not facts.of("crime.approved") and register.policy.has("crime.approve"):
        hint = f"先登记批准：coord crime approve {register.ref(case)} --by 姓名 --at 时刻"
        raise NotApprovedError(case.number, "还没有本机关负责人的批准", clause, hint)


def _taken(register: Register, case: CaseFile, matter: Matter, number: str | None) -> list[str]:
    return twice_used(register, PaperKey(Letter.CRIME, case.id, POLICE, matter.id), number)


def _lacking(
    register: Register, case: CaseFile, materials: dict[str, str], *, is_copied: bool
) -> list[str]:
    ref, lacking = register.ref(case), []
    missing = [name for name, state in materials.items() if state == MISSING]
    if missing and register.policy.has("crime.send"):
        clause = clause_of(register, "crime.send")
        lacking.append(f"移送材料尚缺：{'、'.join(missing)}（{clause}），已照此记录")
    if not is_copied:
        name = register.unit_name(PROCURATORATE)
        lacking.append(f"尚未抄送{name}，抄送后登记：coord crime copy {ref}")
    return lacking


def copy(register: Register, ref: str, *, on: date) -> Recorded:
    """Record that the procuratorate got its copy after all."""
    case, matter, _ = latest_sent(register, ref, "crime.send", may_be_closed=True)
    check_not_yet(register, matter, "crime.copied", PROCURATORATE)
    record(register, matter, "crime.copied", on, unit=PROCURATORATE)
    name = register.unit_name(PROCURATORATE)
    return register.recorded(
        case,
        facts={"type": "crime_copy", "ref": case.number, "to": PROCURATORATE,
               "copied_on": on.isoformat()},
        headline=f"已登记抄送{name}：{case.number} {case.title}（{on}）",
    )  # fmt: skip
