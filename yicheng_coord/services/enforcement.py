"""A penalty that is not performed: 六（二）, 《行政强制法》第五十三、五十四、六十九条."""

from datetime import date

from yicheng_coord.dates import PlannedDay
from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.matters import COURT, Happened
from yicheng_coord.queries.numbers import PaperKey
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError, check_open
from yicheng_coord.services.matters import check_not_yet, record
from yicheng_coord.services.numbering import twice_used
from yicheng_coord.services.order import check_order
from yicheng_coord.services.penalty_terms import (
    check_something_left,
    expires,
    opened,
    opened_already,
    under_way,
)
from yicheng_coord.services.referrals import clause_of
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile, Matter
from yicheng_coord.vocabulary import Letter


class NotOpenedError(RefusedError):
    """Until when the party was to perform is not on record."""

    def __init__(self, number: str, ref: str) -> None:
        super().__init__(
            f"{number} 没有登记处罚决定的履行期限，或执行已有结果。",
            f"先登记：coord enforce open {ref} --served-on 送达日 --perform-by 履行期限 "
            "--appeal-until 复议诉讼期满日",
        )


class NotUrgedError(RefusedError):
    """The court is applied to after the party was urged, and had its ten days."""

    def __init__(self, number: str, why: str, clause: str, hint: str) -> None:
        super().__init__(f"不能登记申请法院强制执行：{number} {why}（{clause}）。", hint)


class AppealOpenError(RefusedError):
    """The court is applied to when the time for review and litigation is over."""

    def __init__(self, number: str, why: str, clause: str, hint: str) -> None:
        super().__init__(f"不能登记申请法院强制执行：{number} {why}（{clause}）。", hint)


class NotEnforcedError(RefusedError):
    """What became of an enforcement follows its start, or the application to the court."""

    def __init__(self, number: str, ref: str, clause: str) -> None:
        super().__init__(
            f"不能登记执行结果：{number} 没有启动强制执行，也没有申请法院（{clause}）。",
            f"当事人自己履行的：coord enforce result {ref} --performed；"
            f"处罚决定被撤销、变更，不再执行的：coord enforce result {ref} --revoked --text 说明",
        )


class TwoEndsError(InputError):
    """It ended in one way."""

    def __init__(self) -> None:
        super().__init__("--performed 与 --revoked 不能并用。")


def urge(
    register: Register,
    ref: str,
    *,
    on: date,
    perform_by: PlannedDay | None = None,
    appeal_until: PlannedDay | None = None,
    document: str | None = None,
) -> Recorded:
    """Record that the 催告书 was served on that day; the party then has the rule's ten days.

    Raises:
        NothingSaidError: until when the decision was to be performed is not known.

    """
    case, matter, terms = _to_urge(register, ref, perform_by)
    until = expires(register, case, matter, appeal_until)
    terms += [f"复议诉讼期满 {until}"] if until else []
    check_not_yet(register, matter, "enforce.urged")
    record(register, matter, "enforce.urged", on, document=document)
    return register.recorded(
        case,
        facts={"type": "urging", "ref": case.number, "urged_on": on.isoformat()},
        headline=f"已登记催告书送达：{case.number} {case.title}（{on}）",
        warnings=_twice_used(register, case, matter, Letter.URGE, document),
        notes=[*(["，".join(terms)] if terms else []), *_note(register, case, on)],
    )


def _twice_used(
    register: Register, case: CaseFile, matter: Matter, kind: Letter, number: str | None
) -> list[str]:
    key = PaperKey(kind.value, case.id, matter_id=matter.id)
    return twice_used(register, key, number)


def _to_urge(
    register: Register, ref: str, perform_by: PlannedDay | None
) -> tuple[CaseFile, Matter, list[str]]:
    case = register.case(ref)
    check_open(case)
    matter = under_way(register, case)
    if matter and perform_by:
        raise opened_already(register, case, matter)
    if matter:
        return case, matter, []
    matter, by = opened(register, case, None, perform_by)
    return case, matter, [f"履行期限 {by}"]


def _last_day_to_perform(register: Register, urged_on: date) -> date | None:
    """Return the last of the party's days, 第五十四条; None while the rule is switched off."""
    if not register.policy.has("enforce.urge"):
        return None
    days = register.policy.rule("enforce.urge", on=urged_on).days or 0
    return register.reading.workdays.nth_workday(urged_on, days)


def _note(register: Register, case: CaseFile, urged_on: date) -> list[str]:
    last = _last_day_to_perform(register, urged_on)
    if last is None:
        return []
    command = f"coord enforce apply {register.ref(case)}"
    clause = clause_of(register, "enforce.urge")
    return [f"当事人可在 {last} 以前履行（{clause}）；此后仍未履行的可申请法院：{command}"]


def _running(register: Register, ref: str) -> tuple[CaseFile, Matter]:
    case = register.case(ref)
    check_open(case)
    matter = under_way(register, case)
    if matter is None:
        check_something_left(register, case)
        raise NotOpenedError(case.number, register.ref(case))
    return case, matter


def start(register: Register, ref: str, *, on: date, text: str | None = None) -> Recorded:
    """Record that 执法局 began to enforce it itself; the 催告 that is lacking stays owed."""
    case, matter = _running(register, ref)
    check_not_yet(register, matter, "enforce.started")
    record(register, matter, "enforce.started", on, text=text)
    facts = register.matter_facts(matter)
    expires = facts.of("appeal.expired")
    early = [] if expires and expires.on < on else ["复议和诉讼期限尚未届满，或没有登记期满日"]
    early += _unurged(register, case, facts.of("enforce.urged"), on)
    return register.recorded(
        case,
        facts={"type": "enforcement_start", "ref": case.number, "started_on": on.isoformat()},
        headline=f"已登记启动强制执行程序：{case.number} {case.title}（{on}）",
        warnings=early,
    )


def _unurged(register: Register, case: CaseFile, urged: Happened | None, on: date) -> list[str]:
    """Warn of what was begun before the party was urged, or had the days that the 催告书 gave it."""
    clause = clause_of(register, "enforce.urge")
    if urged is None and register.policy.has("enforce.urge"):
        how = f"coord enforce urge {register.ref(case)} --on 送达日"
        return [f"没有登记催告（{clause}），催告仍应办理；已经催告的补登记：{how}"]
    last = _last_day_to_perform(register, urged.on) if urged else None
    if urged is None or last is None or on > last:
        return []
    return [f"催告书 {urged.on} 送达，当事人可履行至 {last}，期限未满（{clause}）"]


def apply(register: Register, ref: str, *, on: date, document: str | None = None) -> Recorded:
    """Record the application to the court: not before the party's ten days, nor the appeal's, are over.

    Raises:
        NotUrgedError, AppealOpenError: see each.

    """
    case, matter = _running(register, ref)
    check_not_yet(register, matter, "enforce.applied")
    check_order("申请日期", on, register.today)
    _check_urged(register, case, matter, on)
    _check_expired(register, case, matter, on)
    record(register, matter, "enforce.applied", on, document=document)
    return register.recorded(
        case,
        facts={"type": "enforcement_application", "ref": case.number, "to": COURT,
               "applied_on": on.isoformat()},
        headline=f"已登记申请法院强制执行：{case.number} {case.title}（{on}）",
        warnings=_twice_used(register, case, matter, Letter.COURT, document),
    )  # fmt: skip


def _check_urged(register: Register, case: CaseFile, matter: Matter, on: date) -> None:
    if not register.policy.has("enforce.urge"):
        return
    urged = register.matter_facts(matter).of("enforce.urged")
    clause, ref = clause_of(register, "enforce.urge"), register.ref(case)
    if urged is None:
        hint = f"先登记催告书送达：coord enforce urge {ref} --on 送达日"
        raise NotUrgedError(case.number, "没有催告", clause, hint)
    last = _last_day_to_perform(register, urged.on)
    if last and on <= last:
        hint = f"送达日有误的：coord correct {ref} urged --on 日期 --reason 理由"
        why = f"催告书 {urged.on} 送达，当事人可履行至 {last}"
        raise NotUrgedError(case.number, why, clause, hint)


def _check_expired(register: Register, case: CaseFile, matter: Matter, on: date) -> None:
    if not register.policy.has("enforce.apply"):
        return
    expires = register.matter_facts(matter).of("appeal.expired")
    clause, ref = clause_of(register, "enforce.apply"), register.ref(case)
    if expires is None:
        hint = f"先登记期满日：coord enforce open {ref} --appeal-until 日期"
        raise AppealOpenError(case.number, "没有登记复议和诉讼期满日", clause, hint)
    if on <= expires.on:
        why = f"复议和诉讼期限至 {expires.on}，{on} 尚未届满"
        hint = f"期满日有误的：coord correct {ref} expired --on 日期 --reason 理由"
        raise AppealOpenError(case.number, why, clause, hint)


def result(
    register: Register,
    ref: str,
    *,
    on: date,
    text: str | None,
    is_performed: bool,
    is_revoked: bool = False,
) -> Recorded:
    """Record how it ended: the party performed, or what became of the enforcement.

    A party may perform at any time, and a decision be revoked; all else follows the enforcement.

    Raises:
        EmptyTextError, TwoEndsError, NotEnforcedError: see each.

    """
    case, matter = _running(register, ref)
    said = (text or "").strip()
    _check_end(register, case, matter, said, is_performed=is_performed, is_revoked=is_revoked)
    event = "penalty.performed" if is_performed else "enforce.ended"
    record(register, matter, event, on, text=said or None,
           details={"revoked": True} if is_revoked else None)  # fmt: skip
    word = "当事人已履行" if is_performed else said
    return register.recorded(
        case,
        facts={"type": "enforcement_result", "ref": case.number, "performed": is_performed,
               "revoked": is_revoked, "ended_on": on.isoformat()},
        headline=f"已登记执行结果：{case.number} {case.title}　{word}（{on}）",
        warnings=_after_performing(register, matter, on) if is_performed else [],
    )  # fmt: skip


def _check_end(
    register: Register,
    case: CaseFile,
    matter: Matter,
    said: str,
    *,
    is_performed: bool,
    is_revoked: bool,
) -> None:
    if is_performed and is_revoked:
        raise TwoEndsError
    if not said and not is_performed:
        raise EmptyTextError("执行结果（--text，或 --performed）")
    facts = register.matter_facts(matter)
    is_enforced = facts.of("enforce.started") or facts.of("enforce.applied")
    if not (is_performed or is_revoked or is_enforced):
        clause = f"{register.policy.number} 六（二）"
        raise NotEnforcedError(case.number, register.ref(case), clause)


def _after_performing(register: Register, matter: Matter, on: date) -> list[str]:
    """Warn of steps against a party that had performed already."""
    facts = register.matter_facts(matter)
    steps = map(facts.of, ("enforce.urged", "enforce.started", "enforce.applied"))
    return [
        f"{EVENTS[one.event].label}（{one.on}）在当事人履行（{on}）之后，请核对日期"
        for one in steps
        if one and one.on > on
    ]
