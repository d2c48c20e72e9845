"""处罚决定的履行期限: until when a party is to perform, and whether enforcement is under way."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from yicheng_coord.dates import PlannedDay
from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.facts import BUREAU, Verdict
from yicheng_coord.policy.matters import ENDS_OF_ENFORCEMENT
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import check_open
from yicheng_coord.services.matters import (
    NewMatter,
    check_not_yet,
    decision_of,
    details_of,
    happenings_of,
    matters_of_case,
    open_matter,
    record,
    set_details,
    undo_of,
)
from yicheng_coord.services.register import Register
from yicheng_coord.services.secrecy import check_no_state_secret
from yicheng_coord.store.models import CaseFile, Matter
from yicheng_coord.vocabulary import Outcome

_WORDS = {"served_on": "送达", "perform_by": "履行期限", "appeal_until": "复议诉讼期满",
          "how": "履行方式", "object": "执行标的", "appeals": "复议诉讼情况"}  # fmt: skip
KIND = "enforcement"


class NoPenaltyError(RefusedError):
    """六（二） speaks of penalties of 执法局."""

    def __init__(self, number: str, name: str, document: str) -> None:
        super().__init__(
            f"不能登记执行：{number} 没有{name}作出的处罚决定（{document} 六（二））。"
        )


class OpenedAlreadyError(RefusedError):
    """It is on record; a date is corrected, one that is lacking may follow."""

    def __init__(self, number: str, hint: str) -> None:
        super().__init__(f"{number} 已登记处罚决定的履行期限，不再重复登记。", hint)


class NothingLeftError(RefusedError):
    """What the party performed, or what was revoked, is not enforced."""

    def __init__(self, number: str, what: str, on: date, undo: str) -> None:
        super().__init__(
            f"不能登记：{number} 的处罚决定已于 {on} 登记{what}，不再执行。",
            f"登记有误的，撤销那一次{undo}",
        )


class NothingSaidError(InputError):
    """No date was given."""

    def __init__(self) -> None:
        super().__init__("须写明履行期限：--perform-by 日期。")


def under_way(register: Register, case: CaseFile) -> Matter | None:
    """Return the enforcement that has no result yet."""
    for matter in matters_of_case(register, case.id, "E", KIND):
        facts = register.matter_facts(matter)
        if not any(facts.of(event) for event in ENDS_OF_ENFORCEMENT):
            return matter
    return None


def check_something_left(register: Register, case: CaseFile) -> None:
    """Refuse to enforce a penalty that was performed or revoked.

    Raises:
        NothingLeftError, NoPenaltyError: see each.

    """
    last = _last_penalty(register, case)
    for matter in matters_of_case(register, case.id, "E", KIND):
        if decision_of(matter) != last.ordinal:
            continue
        for one in happenings_of(register, matter):
            is_revoked = one.event == "enforce.ended" and '"revoked"' in (one.details or "")
            if is_revoked or one.event == "penalty.performed":
                what = "撤销、变更" if is_revoked else "当事人已履行"
                undo = undo_of(register, matter, one.event)
                raise NothingLeftError(case.number, what, one.happened_on, undo)


def unfinished(register: Register, case: CaseFile) -> list[str]:
    """Say what of it is missing before the case can be closed."""
    return ["处罚决定的执行结果（六（二））"] if under_way(register, case) else []


def record_dates(
    register: Register,
    ref: str,
    *,
    served_on: date | None = None,
    perform_by: PlannedDay | None = None,
    appeal_until: PlannedDay | None = None,
    texts: Mapping[str, str | None] = MappingProxyType({}),
) -> Recorded:
    """Record until when the party is to perform; what is owed then runs from the dates.

    A day without its year is the first such day since the decision was served, or made.

    Args:
        register: the register.
        ref: the case.
        served_on: when the decision was served.
        perform_by: the last day to perform it; it may lie ahead.
        appeal_until: the last day for review and litigation; it may lie ahead, and follow later.
        texts: what the papers say besides: how to perform, the object, what became of appeals;
            each may follow later, and be said anew.

    Raises:
        NoPenaltyError, OpenedAlreadyError, NothingSaidError: see each.

    """
    case = register.case(ref)
    check_open(case)
    matter = under_way(register, case)
    told = {name: text.strip() for name, text in texts.items() if text and text.strip()}
    if matter and (perform_by or served_on or not (appeal_until or told)):
        raise opened_already(register, case, matter)
    by = None
    if matter is None:
        matter, by = opened(register, case, served_on, perform_by)
    until = expires(register, case, matter, appeal_until)
    _keep(register, matter, told)
    said = {"served_on": served_on, "perform_by": by, "appeal_until": until}
    words = "，".join(f"{_WORDS[name]} {one}" for name, one in {**said, **told}.items() if one)
    return register.recorded(
        case,
        facts={"type": "enforcement", "ref": case.number, **_iso(said), **told},
        headline=f"已登记处罚决定的执行：{case.number} {case.title}（{words}）",
    )


def _keep(register: Register, matter: Matter, told: Mapping[str, str]) -> None:
    check_no_state_secret(register.policy.number, *told.values())
    if told:
        set_details(matter, {**details_of(matter), **told})


def _iso(days: Mapping[str, date | None]) -> dict[str, str | None]:
    return {name: day.isoformat() if day else None for name, day in days.items()}


def opened_already(register: Register, case: CaseFile, matter: Matter) -> OpenedAlreadyError:
    """Return the refusal, with what can be typed instead: what is lacking, else a correction."""
    ref = register.ref(case)
    hint = f"日期有误的：coord correct {ref} defaulted --on 日期 --reason 理由"
    if register.matter_facts(matter).of("appeal.expired") is None:
        hint = f"补登记复议诉讼期满日：coord enforce open {ref} --appeal-until 日期；{hint}"
    return OpenedAlreadyError(case.number, hint)


def opened(
    register: Register, case: CaseFile, served_on: date | None, perform_by: PlannedDay | None
) -> tuple[Matter, date]:
    """Open the enforcement of the last penalty of 执法局 in a case; return it with its term.

    Raises:
        NothingSaidError, NoPenaltyError, NothingLeftError: see each.

    """
    check_something_left(register, case)
    if perform_by is None:
        raise NothingSaidError
    last = _last_penalty(register, case)
    by = perform_by.since(served_on or last.decided_on)
    matter = open_matter(
        register,
        NewMatter(letter="E", kind=KIND, title=case.title, owner=BUREAU, case_id=case.id,
                  details={"decision": last.ordinal}),
    )  # fmt: skip
    if served_on:
        record(register, matter, "penalty.served", served_on)
    record(register, matter, "penalty.defaulted", by)
    return matter, by


def _last_penalty(register: Register, case: CaseFile) -> Verdict:
    penalties = [
        verdict
        for verdict in register.facts(case).verdicts
        if verdict.decided_by == BUREAU and verdict.outcome == Outcome.PENALTY
    ]
    if not penalties:
        raise NoPenaltyError(case.number, register.unit_name(BUREAU), register.policy.number)
    return penalties[-1]


def expires(
    register: Register, case: CaseFile, matter: Matter, appeal_until: PlannedDay | None
) -> date | None:
    """Record the last day for review and litigation, if it was said.

    Raises:
        DoneAlreadyError: it is on record.

    """
    if appeal_until is None:
        return None
    check_not_yet(register, matter, "appeal.expired")
    served = register.matter_facts(matter).of("penalty.served")
    since = served.on if served else _last_penalty(register, case).decided_on
    until = appeal_until.since(since)
    record(register, matter, "appeal.expired", until)
    return until
