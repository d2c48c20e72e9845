"""Reporting a case as a crime, until it is sent to the police: 六（二）, 国务院令第310号 第五、六条."""

from collections.abc import Sequence
from datetime import date

from yicheng_coord.dates import When
from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.lifecycle import standing
from yicheng_coord.policy.matters import POLICE, PROCURATORATE
from yicheng_coord.policy.referrals import Referral
from yicheng_coord.queries.materials import MISSING, materials_of, referral_materials
from yicheng_coord.queries.numbers import PaperKey
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError, check_open
from yicheng_coord.services.decisions import follows
from yicheng_coord.services.matters import NewMatter, check_not_yet, open_matter, record
from yicheng_coord.services.numbering import twice_used
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.state import require
from yicheng_coord.store.models import CaseFile, Matter
from yicheng_coord.vocabulary import Letter

_AT_LEAST = 2
"""２名或者２名以上行政执法人员, 第五条: number of people, not of days."""
MAY_BE_ABSENT = ("检验报告或鉴定结论", "其他有关材料")
"""Of the five materials: what a case may well be without."""


class OneOfficerError(RefusedError):
    """At least two officers look into it and report."""

    def __init__(self, clause: str) -> None:
        super().__init__(
            f"不能登记报告：须由两名以上执法人员提出（{clause}）。",
            "各写一次：--officer 张某 --officer 李某",
        )


class PoliceCaseError(RefusedError):
    """The police do not send a case to themselves."""

    def __init__(self, number: str, name: str, clause: str) -> None:
        super().__init__(f"不能登记报告：{number} 由{name}承办，不用移送公安机关（{clause}）。")


class NotReportedError(RefusedError):
    """Nobody reported the case as a crime."""

    def __init__(self, number: str, ref: str, clause: str) -> None:
        super().__init__(
            f"{number} 没有报告涉嫌犯罪（{clause}）。",
            f"先登记报告：coord crime report {ref} --officer 姓名 --officer 姓名 --at 时刻",
        )


class NotApprovedError(RefusedError):
    """Only what the head approved is sent; what was not may be reported anew."""

    def __init__(self, number: str, why: str, clause: str, hint: str) -> None:
        super().__init__(f"不能移送公安机关：{number} {why}（{clause}）。", hint)


class NotSentError(RefusedError):
    """What the police do with a case follows its sending."""

    def __init__(self, number: str, ref: str, clause: str) -> None:
        super().__init__(
            f"不能登记：{number} 还没有移送公安机关（{clause}）。",
            f"先登记移送：coord crime send {ref} --at 时刻",
        )


class RejectedError(RefusedError):
    """The head decided already."""

    def __init__(self, number: str, on: date, ref: str) -> None:
        super().__init__(
            f"{number} 已于 {on} 登记不批准移送公安机关。", f"重新报告：coord crime report {ref} …"
        )


def clause_of(register: Register, rule_id: str) -> str:
    """Return where a rule stands, for a sentence; the Opinion's own when the rule is switched off."""
    document = register.policy.number
    if not register.policy.has(rule_id):
        return f"{document} 六（二）"
    rule = register.policy.rule(rule_id)
    return f"{document} {rule.clause}" if rule.source == document else rule.source


def report(register: Register, ref: str, *, officers: Sequence[str], when: When) -> Recorded:
    """Record the report that a case be sent to the police; the head has three calendar days.

    Raises:
        NotNowError: the case is not there to be reported, or is reported already.
        OneOfficerError, PoliceCaseError: see each.

    """
    case = register.case(ref)
    require(register, case, "crime")
    facts = register.facts(case)
    holder = standing(facts).holder or case.found_by
    names = list(dict.fromkeys(name.strip() for name in officers if name.strip()))
    clause = clause_of(register, "crime.approve")
    if len(names) < _AT_LEAST and register.policy.has("crime.approve"):
        raise OneOfficerError(clause)
    if holder == POLICE:
        raise PoliceCaseError(case.number, register.unit_name(holder), clause)
    check_order("报告日期", when.on, register.today, after=("发现日期", case.found_on))
    check_order("报告日期", when.on, register.today, after=follows(facts))
    matter = open_matter(
        register,
        NewMatter(
            letter="C",
            kind="police",
            title=case.title,
            owner=holder,
            parties=[("holder", holder), ("sender", holder)],
            case_id=case.id,
        ),
    )
    record(register, matter, "crime.reported", when.on, at=when.at, details={"officers": names})
    return register.recorded(
        case,
        facts={"type": "crime_report", "ref": case.number, "by": holder, "officers": names,
               "reported_on": when.on.isoformat(), "reported_at": iso(when)},
        headline=f"已登记涉嫌犯罪报告：{case.number} {case.title}　{'、'.join(names)}（{when}）",
    )  # fmt: skip


def iso(when: When) -> str | None:
    """Return the moment, if it is known."""
    return when.at.isoformat() if when.at else None


def latest(register: Register, ref: str) -> tuple[CaseFile, Matter, Referral]:
    """Return an open case with the latest report of it as a crime.

    Raises:
        ClosedCaseError: the case is over.
        NotReportedError: there is none.

    """
    case = register.case(ref)
    check_open(case)
    referrals = register.facts(case).referrals
    if not referrals:
        clause = clause_of(register, "crime.approve")
        raise NotReportedError(case.number, register.ref(case), clause)
    return case, register.matter(referrals[-1].ref), referrals[-1]


def latest_sent(register: Register, ref: str, rule_id: str) -> tuple[CaseFile, Matter, Referral]:
    """Return an open case with its latest report, which was sent to the police.

    Raises:
        ClosedCaseError, NotReportedError: see `latest`.
        NotSentError: it was not sent; with the clause of the rule.

    """
    case, matter, referral = latest(register, ref)
    if not referral.sent:
        raise NotSentError(case.number, register.ref(case), clause_of(register, rule_id))
    return case, matter, referral


def _check_undecided(register: Register, case: CaseFile, matter: Matter) -> None:
    facts = register.matter_facts(matter)
    if rejected := facts.of("crime.rejected"):
        raise RejectedError(case.number, rejected.on, register.ref(case))
    check_not_yet(register, matter, "crime.approved")
    check_not_yet(register, matter, "crime.sent")


def approve(register: Register, ref: str, *, by: str, when: When) -> Recorded:
    """Record that the head approves; 24 hours run from that moment, nights and rest days too."""
    case, matter, _ = latest(register, ref)
    _check_undecided(register, case, matter)
    name = _named(by)
    record(register, matter, "crime.approved", when.on, at=when.at, details={"by": name})
    return register.recorded(
        case,
        facts={"type": "crime_approval", "ref": case.number, "by": name,
               "approved_on": when.on.isoformat(), "approved_at": iso(when)},
        headline=f"已登记批准移送公安机关：{case.number} {case.title}　{name}（{when}）",
    )  # fmt: skip


def reject(register: Register, ref: str, *, by: str, reason: str, on: date) -> Recorded:
    """Record that the head does not approve; the reason goes on file."""
    case, matter, _ = latest(register, ref)
    _check_undecided(register, case, matter)
    name = _named(by)
    if not reason.strip():
        clause = clause_of(register, "crime.approve")
        raise EmptyTextError(f"不批准移送的理由（--reason，须记录在案，{clause}）")
    text = reason.strip()
    record(register, matter, "crime.rejected", on, text=text, details={"by": name})
    return register.recorded(
        case,
        facts={"type": "crime_rejection", "ref": case.number, "by": name, "reason": text,
               "rejected_on": on.isoformat()},
        headline=f"已登记不批准移送公安机关：{case.number} {case.title}　{name}（{text}，{on}）",
    )  # fmt: skip


def _named(by: str) -> str:
    if not by.strip():
        raise EmptyTextError("批准人（--by）")
    return by.strip()


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
    list_of_goods = () if has_goods else ("涉案物品清单",)
    held = materials_of(register.reading.connection, case.id)
    materials = referral_materials(held, (*MAY_BE_ABSENT, *list_of_goods))
    record(register, matter, "crime.sent", when.on, at=when.at, document=number,
           details={"materials": materials})  # fmt: skip
    key = PaperKey(Letter.CRIME.value, case.id, POLICE, matter.id)
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
        warnings=[*twice_used(register, key, number),
                  *_lacking(register, case, materials, is_copied=is_copied)],
    )  # fmt: skip


def _check_approved(register: Register, case: CaseFile, matter: Matter) -> None:
    facts, clause = register.matter_facts(matter), clause_of(register, "crime.approve")
    if rejected := facts.of("crime.rejected"):
        hint = f"重新报告：coord crime report {register.ref(case)} …"
        raise NotApprovedError(case.number, f"已于 {rejected.on} 不予批准", clause, hint)
    if not facts.of("crime.approved") and register.policy.has("crime.approve"):
        hint = f"先登记批准：coord crime approve {register.ref(case)} --by 姓名 --at 时刻"
        raise NotApprovedError(case.number, "还没有本机关负责人的批准", clause, hint)


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
    case, matter, _ = latest_sent(register, ref, "crime.send")
    check_not_yet(register, matter, "crime.copied", PROCURATORATE)
    record(register, matter, "crime.copied", on, unit=PROCURATORATE)
    name = register.unit_name(PROCURATORATE)
    return register.recorded(
        case,
        facts={"type": "crime_copy", "ref": case.number, "to": PROCURATORATE,
               "copied_on": on.isoformat()},
        headline=f"已登记抄送{name}：{case.number} {case.title}（{on}）",
    )  # fmt: skip
