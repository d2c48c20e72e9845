"""Reporting a case as a crime, and what the head decides: 六（二）, 国务院令第310号 第五条."""

from collections.abc import Sequence
from datetime import date

from yicheng_coord.dates import When
from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.lifecycle import standing
from yicheng_coord.policy.matters import POLICE
from yicheng_coord.policy.referrals import Referral
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError, check_open
from yicheng_coord.services.decisions import follows
from yicheng_coord.services.matters import (
    NewMatter,
    check_not_yet,
    open_matter,
    record,
    ref_of,
)
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.secrecy import check_no_state_secret
from yicheng_coord.services.state import decided_instead, require
from yicheng_coord.store.models import CaseFile, Matter

_AT_LEAST = 2
"""２名或者２名以上行政执法人员, 第五条: number of people, not of days."""


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


def report(
    register: Register,
    ref: str,
    *,
    officers: Sequence[str],
    when: When,
    charge: str | None = None,
) -> Recorded:
    """Record the report that a case be sent to the police; the head has three calendar days.

    Args:
        register: the register.
        ref: the case.
        officers: who reports, two at least.
        when: when.
        charge: the crime that it is taken for, as the papers name it.

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
    matter = _opened(register, case, holder)
    kept = {"officers": names, **_charged(register, charge)}
    record(register, matter, "crime.reported", when.on, at=when.at, details=kept)
    return register.recorded(
        case,
        facts={"type": "crime_report", "ref": case.number, "by": holder, "officers": names,
               "reported_on": when.on.isoformat(), "reported_at": iso(when)},
        headline=f"已登记涉嫌犯罪报告：{case.number} {case.title}　{'、'.join(names)}（{when}）",
        warnings=[words for one, words in decided_instead(register, case) if one[1] == ref_of(matter)],
    )  # fmt: skip


def _opened(register: Register, case: CaseFile, holder: str) -> Matter:
    return open_matter(
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


def _charged(register: Register, charge: str | None) -> dict[str, str]:
    check_no_state_secret(register.policy.number, charge)
    said = (charge or "").strip()
    return {"charge": said} if said else {}


def iso(when: When) -> str | None:
    """Return the moment, if it is known."""
    return when.at.isoformat() if when.at else None


def latest(
    register: Register, ref: str, *, may_be_closed: bool = False
) -> tuple[CaseFile, Matter, Referral]:
    """Return an open case, or one that may be closed, with the latest report of it as a crime.

    Raises:
        ClosedCaseError: the case is over.
        NotReportedError: there is none.

    """
    case = register.case(ref)
    if case.voided_on or not may_be_closed:
        check_open(case)
    referrals = register.facts(case).referrals
    if not referrals:
        clause = clause_of(register, "crime.approve")
        raise NotReportedError(case.number, register.ref(case), clause)
    return case, register.matter(referrals[-1].ref), referrals[-1]


def latest_sent(
    register: Register, ref: str, rule_id: str, *, may_be_closed: bool = False
) -> tuple[CaseFile, Matter, Referral]:
    """Return an open case with its latest report, which was sent to the police.

    Args:
        register: the register.
        ref: the case.
        rule_id: whose clause a refusal names.
        may_be_closed: what is to be recorded is owed, or may be made up for, after the closing too.

    Raises:
        ClosedCaseError, NotReportedError: see `latest`.
        NotSentError: it was not sent; with the clause of the rule.

    """
    case, matter, referral = latest(register, ref, may_be_closed=may_be_closed)
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
