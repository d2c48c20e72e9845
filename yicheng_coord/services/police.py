"""What the police do with a case that was sent to them: 六（二）, 国务院令第310号 第七条至第十二条."""

from datetime import date

from yicheng_coord.dates import When
from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.lifecycle import may_be_opened_again
from yicheng_coord.policy.matters import POLICE
from yicheng_coord.policy.referrals import REVIEWS, Referral
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.matters import check_not_yet, record
from yicheng_coord.services.order import check_order
from yicheng_coord.services.referrals import clause_of, iso, latest_sent
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile, Matter
from yicheng_coord.vocabulary import DutyStatus, Reviewer


class NotFiledError(RefusedError):
    """Goods go to the police after they filed the case."""

    def __init__(self, number: str, ref: str, clause: str) -> None:
        super().__init__(
            f"不能登记移交：{number} 还没有接到立案通知书（{clause}）。",
            f"接到后先登记：coord crime answer {ref} --filed",
        )


class NotDeclinedError(RefusedError):
    """Only a refusal to file can be reviewed."""

    def __init__(self, number: str, ref: str, clause: str) -> None:
        super().__init__(
            f"不能登记：{number} 没有接到不予立案通知书，不能提请复议或立案监督（{clause}）。",
            f"公安机关的答复：coord crime answer {ref} --not-filed",
        )


class AskedAlreadyError(RefusedError):
    """It was asked for there before."""

    def __init__(self, number: str, name: str, on: date) -> None:
        super().__init__(f"{number} 已于 {on} 登记向{name}提请，不再重复登记。")


class ReviewedError(RefusedError):
    """The police look at it again once; then only the procuratorate does."""

    def __init__(self, number: str, on: date, ref: str, clause: str) -> None:
        super().__init__(
            f"不能登记提请复议：{number} 已于 {on} 接到复议决定，此后只能建议立案监督（{clause}）。",
            f"建议立案监督：coord crime review {ref} --to procuratorate",
        )


class NotReviewedError(RefusedError):
    """Having turned it down, the police file it only after a review."""

    def __init__(self, number: str, ref: str, clause: str) -> None:
        super().__init__(
            f"不能登记立案：{number} 已登记不予立案，复议或立案监督以后才会立案（{clause}）。",
            f"先登记提请：coord crime review {ref} --to police",
        )


class NotWithPoliceError(RefusedError):
    """They have given it back already."""

    def __init__(self, number: str, clause: str) -> None:
        super().__init__(f"不能登记移回：{number} 不在公安机关（{clause}）。")


def receive(register: Register, ref: str, *, when: When, by: str | None = None) -> Recorded:
    """Record the receipt of the police; their three days run from it (till then from the sending)."""
    case, matter, _ = latest_sent(register, ref, "crime.answer", may_be_closed=True)
    check_not_yet(register, matter, "crime.received")
    record(register, matter, "crime.received", when.on, at=when.at,
           details={"by": by} if by else None)  # fmt: skip
    return register.recorded(
        case,
        facts={"type": "crime_receipt", "ref": case.number, "received_on": when.on.isoformat(),
               "received_at": iso(when)},
        headline=f"已登记公安机关接受移送：{case.number} {case.title}（{when}）",
    )  # fmt: skip


def answer(
    register: Register, ref: str, *, is_filed: bool, on: date, document: str | None = None
) -> Recorded:
    """Record whether the police filed the case; not filed, it is back where it was.

    After a review they may refuse once more, or file it after all; a case that was closed before
    they did is open again.

    Raises:
        NotSentError, DoneAlreadyError, NotReviewedError: see each.

    """
    notes = _opened_again(register, ref)
    case, matter, referral = latest_sent(register, ref, "crime.answer")
    event = _answered(register, case, matter, is_filed=is_filed)
    if event == "crime.upheld":
        check_order("复议决定日期", on, register.today, after=("提请日期", referral.reviews[-1].on))
    record(register, matter, event, on, document=document)
    words = {"crime.filed": "立案", "crime.upheld": "复议后仍不予立案"}
    word = words.get(event, "不予立案，案件退回原承办单位")
    return register.recorded(
        case,
        facts={"type": "crime_answer", "ref": case.number, "filed": is_filed,
               "after_review": bool(referral.reviews), "answered_on": on.isoformat(),
               "document": document},
        headline=f"已登记公安机关{word}：{case.number} {case.title}（{on}）",
        notes=[*notes, *_review_note(register, case, event, referral)],
    )  # fmt: skip


def _answered(register: Register, case: CaseFile, matter: Matter, *, is_filed: bool) -> str:
    """Return what their answer is: filed, declined, or upheld, each review being answered once."""
    referral = register.facts(case).referrals[-1]
    check_not_yet(register, matter, "crime.filed")
    check_not_yet(register, matter, "crime.returned")
    if not referral.of("crime.declined"):
        return "crime.filed" if is_filed else "crime.declined"
    if is_filed and not referral.reviews:
        clause = clause_of(register, "crime.review")
        raise NotReviewedError(case.number, register.ref(case), clause)
    if not is_filed and not referral.awaits_review:
        last = "crime.upheld" if referral.of("crime.upheld") else "crime.declined"
        check_not_yet(register, matter, last)
    return "crime.filed" if is_filed else "crime.upheld"


def _review_note(register: Register, case: CaseFile, event: str, referral: Referral) -> list[str]:
    """Say what may be done about a refusal, 第九条."""
    ref = register.ref(case)
    if event == "crime.declined" and register.policy.has("crime.review"):
        clause = clause_of(register, "crime.review")
        return [f"可以提请复议或建议立案监督（{clause}）：coord crime review {ref} --to police"]
    is_asked = referral.of("crime.supervised") is not None
    if event == "crime.upheld" and not is_asked and register.policy.has("crime.supervision"):
        clause = clause_of(register, "crime.supervision")
        return [
            f"仍有异议的，可以建议立案监督（{clause}）：coord crime review {ref} --to procuratorate"
        ]
    return []


def review(
    register: Register, ref: str, *, to: Reviewer, on: date, reason: str | None = None
) -> Recorded:
    """Record that a review, or the supervision of the procuratorate, was asked for: a right.

    Raises:
        NotDeclinedError, AskedAlreadyError, ReviewedError: see each.

    """
    clause = clause_of(register, "crime.review")
    case, matter, referral = latest_sent(register, ref, "crime.review")
    if not referral.of("crime.declined") or referral.is_with_police:
        raise NotDeclinedError(case.number, register.ref(case), clause)
    name = "公安机关复议" if to is Reviewer.POLICE else "检察机关立案监督"
    if asked := referral.of(REVIEWS[to]):
        raise AskedAlreadyError(case.number, name, asked.on)
    if to is Reviewer.POLICE and (upheld := referral.of("crime.upheld")):
        raise ReviewedError(case.number, upheld.on, register.ref(case), clause)
    record(register, matter, REVIEWS[to], on, text=(reason or "").strip() or None)
    recorded = register.recorded(
        case,
        facts={"type": "crime_review", "ref": case.number, "to": to.value,
               "challenged_on": on.isoformat()},
        headline=f"已登记提请{name}：{case.number} {case.title}（{on}）",
        notes=[f"文书：coord letter crime-review {register.ref(case)}"],
    )  # fmt: skip
    late = [one for one in recorded.met if one.status is DutyStatus.MET_LATE]
    recorded.warnings.extend(f"{one.ref} 期限至 {one.due_on}，提请在期限之后" for one in late)
    return recorded


def goods(register: Register, ref: str, *, on: date) -> Recorded:
    """Record that goods and materials were handed over, which follows the filing notice.

    They are owed although the case was closed when it was filed.

    Raises:
        NotFiledError, DoneAlreadyError: see each.

    """
    case, matter, referral = latest_sent(register, ref, "crime.goods", may_be_closed=True)
    check_not_yet(register, matter, "crime.handed_over")
    if not referral.is_filed:
        clause = clause_of(register, "crime.goods")
        raise NotFiledError(case.number, register.ref(case), clause)
    record(register, matter, "crime.handed_over", on)
    return register.recorded(
        case,
        facts={"type": "crime_goods", "ref": case.number, "handed_over_on": on.isoformat()},
        headline=f"已登记移交涉案物品和材料：{case.number} {case.title}（{on}）",
    )


def give_back(
    register: Register, ref: str, *, on: date, decided_on: date | None = None, is_back: bool = True
) -> Recorded:
    """Record that nobody is to be prosecuted, and that the case is back where it was (六（二）).

    A case that was closed when they had filed it is open again.

    Args:
        register: the register.
        ref: the case.
        on: when it came back; if it has not, when the police said so.
        decided_on: when the police said so, where that is another day.
        is_back: whether the case itself is back: till then the police owe it, 及时.

    Raises:
        NotWithPoliceError, DoneAlreadyError: see each.

    """
    notes = _opened_again(register, ref)
    case, matter, referral = latest_sent(register, ref, "crime.return")
    if not referral.is_with_police:
        raise NotWithPoliceError(case.number, clause_of(register, "crime.return"))
    if not is_back or decided_on:
        check_not_yet(register, matter, "crime.cleared")
    if not referral.of("crime.cleared"):
        record(register, matter, "crime.cleared", decided_on or on)
    if is_back:
        record(register, matter, "crime.returned", on)
    name = register.unit_name(matter.owner)
    police = register.unit_name(POLICE)
    word = f"已移回：{police} → {name}" if is_back else f"{police}认定不需要追究刑事责任，待移回"
    return register.recorded(
        case,
        facts={"type": "crime_return", "ref": case.number,
               "cleared_on": (decided_on or on).isoformat(),
               "returned_on": on.isoformat() if is_back else None},
        headline=f"{word}　{case.number} {case.title}（{on}）",
        notes=notes,
    )  # fmt: skip


def _opened_again(register: Register, ref: str) -> list[str]:
    """Open a closed case of which the police have something to say; the history keeps its closing."""
    case = register.case(ref)
    closed_on = case.closed_on
    if not may_be_opened_again(register.facts(case)):
        return []
    case.closed_on = None
    return [f"{case.number} 曾于 {closed_on} 办结，现恢复办理"]
