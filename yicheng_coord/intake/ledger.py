"""What a ledger (台账) says of a case beyond its registration: sent, answered, decided, told."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from yicheng_coord.intake.cells import Memo, Read, Reason, is_nothing, shown
from yicheng_coord.intake.fields import LABELS, LEDGER_FIELDS
from yicheng_coord.policy.facts import Answer
from yicheng_coord.text import folded
from yicheng_coord.vocabulary import Outcome

_REFUSED = re.compile(
    r"不(?:予|能|应)?(?:受理|接收|接受|属|同意|归|是)|非本|[无没]有?管辖|无权|退回|拒"
)
_TAKEN = re.compile(r"受理|接收|接受|同意|属于?本|已收|收件|有管辖")
_WORDS_OF_ANSWER = {
    **dict.fromkeys(("是", "√", "✓", "y", "yes", "accepted"), Answer.ACCEPTED),
    **dict.fromkeys(("否", "不", "×", "n", "no", "declined"), Answer.DECLINED),
}
_BARE_ANSWERS = {*_WORDS_OF_ANSWER} | {
    f"{not_}{taken}"
    for taken in (
        "受理",
        "接收",
        "接受",
        "同意",
        "同意受理",
        "同意接收",
        "已受理",
        "已接收",
        "退回",
        "拒绝",
    )
    for not_ in ("", "不", "不予")
}
# Looked for in this order: 不予处罚 is no penalty.
_OUTCOMES = (
    (Outcome.NO_PENALTY, re.compile("(?:不予|免予|免于|不)(?:行政)?处罚|免罚")),
    (Outcome.DISMISSED, re.compile("撤案|销案|撤销案件|撤销立案")),
    (Outcome.PENALTY, re.compile("处罚|罚款|没收|吊销|暂扣|警告|通报批评|责令停产|拘留")),
)
_NEEDS = {
    "receiver": "sent_on",
    "transfer_number": "sent_on",
    "answer": "answered_on",
    "answer_reason": "answered_on",
    "outcome": "decided_on",
    "decision_text": "decided_on",
    "decision_number": "decided_on",
}
"""Words that say nothing of a case without the day that they belong to."""
_FOLLOWS = {
    "received_on": "sent_on",
    "answered_on": "sent_on",
    "referred_on": "answered_on",
    "notified_on": "decided_on",
    "closed_on": "decided_on",
}
"""Days that cannot be without another."""
_BY_HAND = {
    "撤回": "transfer withdraw",
    "指定": "transfer assign",
    "抄送": "info share",
    "配合执行": "request send --kind execution",
}
"""What else a ledger may tell, by a word in its heading: that is recorded by a command."""
WORDS = frozenset({"transfer_number", "answer_reason", "decision_text", "decision_number"})
"""Fields that decide over nothing; beside a fact that is recorded already they say nothing new."""
_SLOT = {field: slot for slot, field in enumerate(LEDGER_FIELDS)}


class Ledger(NamedTuple):
    """The facts of one row; None where the list says nothing.

    Attributes:
        answer: a word of `vocabulary.Answer`.
        outcome: a word of `vocabulary.Outcome`.

    """

    sent_on: date | None = None
    receiver: str | None = None
    transfer_number: str | None = None
    received_on: date | None = None
    answered_on: date | None = None
    answer: str | None = None
    answer_reason: str | None = None
    referred_on: date | None = None
    decided_on: date | None = None
    outcome: str | None = None
    decision_text: str | None = None
    decision_number: str | None = None
    notified_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class LedgerPlan:
    """What is done with the columns of a ledger.

    Attributes:
        pick: takes the cells of the LEDGER_FIELDS out of a row; a field that the list does not
            have takes the last cell.
        memos: (slot, what a cell means); all else is text.
        defaults: field → value where a row that could say it says nothing.
        headings: field → the list's own name of its column.
        penalty: the day of the decision is that of a penalty, by its heading.
        by_hand: (index, what is said of a cell) of columns that tell more than a list may.

    """

    pick: Callable[[list[str]], tuple[str, ...]]
    memos: list[tuple[int, Memo[Read]]]
    defaults: Mapping[str, object]
    headings: Mapping[str, str]
    penalty: bool
    by_hand: list[tuple[int, str]]


def ledger_plan(
    at: Mapping[str, int],
    headings: list[str],
    memos: Mapping[str, Memo[Read]],
    defaults: Mapping[str, object],
    kept: Collection[tuple[int, str]],
) -> LedgerPlan | None:
    """Settle the columns; None where the list registers cases and says no more.

    Args:
        at: field → index of its column.
        headings: of all columns.
        memos: field → what its cells mean.
        defaults: field → value, read.
        kept: (index, name) of the columns that no field takes.

    """
    named = {field: headings[at[field]] for field in LEDGER_FIELDS if field in at}
    if not {"sent_on", "decided_on"} & named.keys():
        return None
    return LedgerPlan(
        pick=itemgetter(*(at.get(field, -1) for field in LEDGER_FIELDS)),
        memos=[(_SLOT[field], memo) for field, memo in memos.items() if field in named],
        defaults={field: value for field, value in defaults.items() if field in _SLOT},
        headings=named,
        penalty="处罚" in named.get("decided_on", ""),
        by_hand=list(_told_by_hand(kept)),
    )


def _told_by_hand(kept: Collection[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for index, heading in kept:
        for word, command in _BY_HAND.items():
            if word in heading:
                yield index, f"“{heading}”没有读入，核对后逐条登记：coord {command}"


def read_ledger(
    plan: LedgerPlan,
    cells: list[str],
    reasons: list[Reason],
    warnings: list[str],
    extra: dict[str, str],
) -> Ledger | None:
    """Return what a row says; why it cannot be goes to `reasons`, what is only kept to `extra`."""
    warnings += [
        why for index, why in plan.by_hand if cells[index] and not is_nothing(cells[index])
    ]
    said = plan.pick(cells)
    if not any(said):
        return None
    values: dict[str, object] = dict(zip(LEDGER_FIELDS, said, strict=True))
    for slot, memo in plan.memos:
        if word := said[slot]:
            values[LEDGER_FIELDS[slot]] = value = memo[word]
            if isinstance(value, Reason):
                reasons.append(value)
    values = {field: value for field, value in values.items() if value not in (None, "")}
    if any(isinstance(value, Reason) for value in values.values()):
        return None
    _keep_what_hangs_in_the_air(plan, said, values, warnings, extra)
    reasons += [
        Reason(f"有{LABELS[field]}而没有{LABELS[before]}", str(values[field]))
        for field, before in _FOLLOWS.items()
        if field in values and before not in values
    ]
    _fill_in(plan, said, values, warnings, extra)
    reasons += _unanswered(values)
    return Ledger(**values) if values else None  # type: ignore[arg-type]


def _keep_what_hangs_in_the_air(
    plan: LedgerPlan,
    said: tuple[str, ...],
    values: dict[str, object],
    warnings: list[str],
    extra: dict[str, str],
) -> None:
    for field, before in _NEEDS.items():
        if field in values and before not in values:
            del values[field]
            extra[plan.headings[field]] = said[_SLOT[field]]
            warnings.append(f"有{LABELS[field]}而没有{LABELS[before]}，只留在案件的其他内容里")


def _fill_in(
    plan: LedgerPlan,
    said: tuple[str, ...],
    values: dict[str, object],
    warnings: list[str],
    extra: dict[str, str],
) -> None:
    """Put in what follows from what is there: defaults, an answer from a decision, own words."""
    for field, value in plan.defaults.items():
        if _NEEDS.get(field) in values:
            values.setdefault(field, value)
    if "decided_on" in values:
        _fill_in_outcome(plan, said[_SLOT["outcome"]], values, warnings)
        if "answered_on" in values:  # only who took a case decides it
            values.setdefault("answer", Answer.ACCEPTED)
    word = said[_SLOT["answer"]]
    if "answer" in values and word and folded(word) not in _BARE_ANSWERS:
        if values["answer"] is Answer.DECLINED:
            values.setdefault("answer_reason", word)
        else:
            extra[plan.headings["answer"]] = word
    if values.get("answer") is Answer.ACCEPTED and "answer_reason" in values:
        extra[plan.headings["answer_reason"]] = str(values.pop("answer_reason"))


def _fill_in_outcome(
    plan: LedgerPlan, word: str, values: dict[str, object], warnings: list[str]
) -> None:
    if "outcome" not in values:
        values["outcome"] = Outcome.PENALTY if plan.penalty else Outcome.OTHER
        if not plan.penalty:
            warnings.append("没有写决定结果，按“其他”登记")
    elif word and word != values["outcome"]:
        values.setdefault("decision_text", word)


def _unanswered(values: Mapping[str, object]) -> Iterator[Reason]:
    if "answered_on" in values and "answer" not in values:
        yield Reason("有反馈日期而没有反馈意见（受理或不受理）", str(values["answered_on"]))


def answer_of(text: str) -> Answer | Reason | None:
    """Return whether the receiver takes the case, or why that cannot be told."""
    plain = folded(text)
    if known := _WORDS_OF_ANSWER.get(plain):
        return known
    if is_nothing(text):
        return None
    if _REFUSED.search(plain):
        return Answer.DECLINED
    if _TAKEN.search(plain):
        return Answer.ACCEPTED
    return Reason("反馈意见看不出受理还是不受理", shown(text))


def outcome_of(text: str) -> Outcome | None:
    """Return the word of `vocabulary.Outcome` that a list's own word stands for."""
    if is_nothing(text):
        return None
    plain = folded(text)
    return next((word for word, signs in _OUTCOMES if signs.search(plain)), Outcome.OTHER)
