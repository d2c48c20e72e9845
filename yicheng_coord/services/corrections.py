"""Putting right what was typed wrong: a date, a text, a case that should not be there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import col, select

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.policy.sequence import Fact as DatedFact
from yicheng_coord.policy.sequence import contradictions
from yicheng_coord.queries.labels import label
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError, check_open, key_of
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.decision_matters import move_decision
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.state import decided_instead
from yicheng_coord.store.models import CaseFile, Decision, Inquiry, Transfer
from yicheng_coord.vocabulary import CaseStatus, Fact

TABLES_OF_FACTS: dict[Fact, type[Any]] = {
    Fact.FOUND: CaseFile,
    Fact.DETERMINED: CaseFile,
    Fact.URGENT: CaseFile,
    Fact.CLOSED: CaseFile,
    Fact.VOIDED: CaseFile,
    Fact.INQUIRED: Inquiry,
    Fact.SENT: Transfer,
    Fact.ASSIGNED: Transfer,
    Fact.RECEIVED: Transfer,
    Fact.ANSWERED: Transfer,
    Fact.REFERRED: Transfer,
    Fact.WITHDRAWN: Transfer,
    Fact.DECIDED: Decision,
    Fact.NOTIFIED: Decision,
}
"""In which table each fact stands; its column is called as it is, and `_on`."""


class NotRecordedError(RefusedError):
    """The case, or the matter, has no such fact to correct."""

    def __init__(self, number: str, name: str, look: str = "case show") -> None:
        super().__init__(f"不能更正：{number} 没有登记{name}。", f"查看：coord {look} {number}")


class ContradictionError(RefusedError):
    """The new date does not fit the other facts, all of which are named."""

    def __init__(self, number: str, found: list[str]) -> None:
        super().__init__(f"不能更正：{number} 会与其他事实矛盾：{'；'.join(found)}。")


class SameDateError(RefusedError):
    """It says so already."""

    def __init__(self, number: str, name: str, on: date) -> None:
        super().__init__(f"{number} 的{name}已经是 {on}。")


def correct(register: Register, ref: str, fact: Fact, *, on: date, reason: str) -> Recorded:
    """Correct the date of a recorded fact; every duty that hangs on it is counted anew.

    Of several (legs, decisions) the latest that has this fact. The old date stays in the history.

    Raises:
        NotRecordedError, SameDateError: nothing to correct.
        FutureFactError, TooEarlyError, ContradictionError: the new date does not fit.

    """
    if not reason.strip():
        raise EmptyTextError("更正理由（--reason）")
    case = register.case(ref)
    if fact not in TABLES_OF_FACTS:
        raise NotRecordedError(case.number, f"这个日期（{fact.value}）")
    table, column = TABLES_OF_FACTS[fact], f"{fact}_on"
    name = label(table.__tablename__, column)
    row = _row_with(register, case, table, column)
    if row is None:
        raise NotRecordedError(case.number, name)
    check_order(name, on, register.today)
    before: date = getattr(row, column)
    if before == on:
        raise SameDateError(case.number, name, on)
    facts, known = register.facts(case), set(decided_instead(register, case))
    _check_sequence(case, facts, _corrected(facts, row, column, on))
    _set(register, case, row, column, on)
    return register.recorded(
        case,
        facts={"type": "correction", "ref": case.number, "fact": fact.value,
               "on": on.isoformat(), "before": before.isoformat(), "reason": reason},
        headline=f"已更正：{case.number} {case.title}　{name} {before} → {on}（{reason}）",
        warnings=[one[1] for one in decided_instead(register, case) if one not in known],
    )  # fmt: skip


def is_on_record(register: Register, ref: str, fact: Fact) -> bool:
    """Whether the case itself has such a fact."""
    table = TABLES_OF_FACTS.get(fact)
    case, column = register.case(ref), f"{fact}_on"
    return table is not None and _row_with(register, case, table, column) is not None


def _row_with(register: Register, case: CaseFile, table: type[Any], column: str) -> Any:  # noqa: ANN401
    """Return the latest row of the case that has the fact."""
    if table is CaseFile:
        return case if getattr(case, column) is not None else None
    rows = select(table).where(table.case_id == case.id, col(getattr(table, column)).is_not(None))
    return register.session.exec(rows.order_by(col(table.id).desc())).first()


def _set(register: Register, case: CaseFile, row: Any, column: str, on: date) -> None:  # noqa: ANN401
    """Set a date, and those that are the same fact seen from elsewhere."""
    if isinstance(row, Decision):
        _refuse(case, move_decision(register, row, column, on))
        return
    before = getattr(row, column)
    setattr(row, column, on)
    if column == "determined_on" and row.disclaimed_on == before:
        row.disclaimed_on = on
    if column == "found_on":
        row.natural_key = key_of(row)
    if column == "assigned_on":
        register.session.get_one(Transfer, row.predecessor_id).replaced_on = on


def _corrected(facts: CaseFacts, row: Any, column: str, on: date) -> CaseFacts:  # noqa: ANN401
    """Return the facts as they would be, to see whether they can be."""
    change: dict[str, Any] = {column: on}
    if isinstance(row, Transfer):
        legs = (replace(leg, **change) if leg.leg == row.leg else leg for leg in facts.legs)
        return replace(facts, legs=tuple(legs))
    if isinstance(row, Decision):
        verdicts = (
            replace(one, **change) if one.ordinal == row.ordinal else one for one in facts.verdicts
        )
        return replace(facts, verdicts=tuple(verdicts))
    return replace(facts, **change)


def _check_sequence(case: CaseFile, before: CaseFacts, facts: CaseFacts) -> None:
    """Refuse what the correction itself would bring about."""
    known = contradictions(before)
    _refuse(case, [one for one in contradictions(facts) if one not in known])


def _refuse(case: CaseFile, found: list[tuple[DatedFact, DatedFact]]) -> None:
    if found:
        raise ContradictionError(case.number, [contradiction_in_words(one) for one in found])


def contradiction_in_words(pair: tuple[DatedFact, DatedFact]) -> str:
    """发出日期 2026-11-20 早于认定日期 2026-11-23; a term is over only after its last day."""
    first, then = pair
    relation = "早于" if then.on < first.on else "不晚于"
    return f"{then.name} {then.on} {relation}{first.name} {first.on}"


EDITABLE = {
    name: label("case_file", name)
    for name in (
        "title", "cause", "party", "party_id", "phone", "informant", "place", "source", "summary",
        "external_number", "found_by",
    )
}  # fmt: skip
"""What `case edit` changes, and what it is called."""


class NothingToEditError(InputError):
    """No option said what to change."""

    def __init__(self) -> None:
        super().__init__("没有写明要改什么。", "如：coord case edit 1 --title 新名称 --reason 写错")


class UnchangedError(RefusedError):
    """It reads so already."""

    def __init__(self, number: str, names: list[str]) -> None:
        super().__init__(f"{number} 的{'、'.join(names)}已经是这样，没有改动。")


class SentAlreadyError(RefusedError):
    """The finder is the sender of what was sent."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"不能更改发现单位：{number} 已移送或已作决定，发现单位就是移送单位。",
            "先撤回移送，或作废后重新登记。",
        )


def edit(register: Register, ref: str, new: Mapping[str, str], reason: str | None) -> Recorded:
    """Change what a case says of itself; a blank text takes it away."""
    case = register.case(ref)
    if case.voided_on:
        check_open(case)
    if not new:
        raise NothingToEditError
    wanted = {name: text.strip() or None for name, text in new.items()}
    changed = {name: text for name, text in wanted.items() if getattr(case, name) != text}
    if not changed:
        raise UnchangedError(case.number, [EDITABLE[name] for name in wanted])
    if changed.get("title", "…") is None:
        raise EmptyTextError("案件名称")
    if found_by := changed.pop("found_by", None):
        _change_finder(register, case, found_by)
    for name, text in changed.items():
        setattr(case, name, text)
    case.natural_key = key_of(case)
    why = f"（{reason}）" if reason else ""
    fields = sorted([*changed, *(["found_by"] if found_by else [])])
    names = "、".join(EDITABLE[name] for name in fields)
    return register.recorded(
        case,
        facts={"type": "edit", "ref": case.number, "fields": fields},
        headline=f"已修改：{case.number} {case.title}　{names}{why}",
    )


def _change_finder(register: Register, case: CaseFile, found_by: str) -> None:
    check_there(register, found_by, case.found_on)
    if case.status != CaseStatus.REGISTERED or register.facts(case).referrals:
        raise SentAlreadyError(case.number)
    if case.origin == case.found_by:
        case.origin = found_by
    case.found_by = found_by
    is_elsewhere = case.competent not in (None, found_by)
    case.disclaimed_on = case.determined_on if is_elsewhere else None


class SameCaseError(RefusedError):
    """A case is not the same as itself, nor as one that is void."""

    def __init__(self, number: str) -> None:
        super().__init__(f"--same-as 须是另一个有效的案件，{number} 不是。")


def void(
    register: Register, ref: str, *, on: date, reason: str, same_as: str | None = None
) -> Recorded:
    """Void a case that was mis-entered or entered twice; it stays in the history."""
    case = register.case(ref)
    if case.voided_on:
        check_open(case)
    if not reason.strip():
        raise EmptyTextError("作废理由（--reason）")
    check_order("作废日期", on, register.today, after=("发现日期", case.found_on))
    other = register.case(same_as) if same_as else None
    if other is not None and (other.id == case.id or other.voided_on):
        raise SameCaseError(other.number)
    case.voided_on, case.void_reason = on, reason
    case.same_as = other.id if other else None
    same = f"，与 {other.number} 为同一案件" if other else ""
    return register.recorded(
        case,
        facts={"type": "void", "ref": case.number, "voided_on": on.isoformat(),
               "same_as": other.number if other else None},
        headline=f"已作废：{case.number} {case.title}（{reason}{same}）",
    )  # fmt: skip
