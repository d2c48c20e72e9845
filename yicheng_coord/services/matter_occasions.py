"""Which papers a matter (I, R, H, Q, A, C, E, M, S) gives: who writes to whom, and on which day.

A kind of paper is an entry of `PAPERS`; one that goes to each party, or is written by each, gives
one paper a party.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.written import TITLES
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.matters import (
    BUREAU,
    GOVERNMENT,
    LEGAL,
    LETTERS,
    NAMED_BY_CASE,
    OFFICE,
    REQUEST_NAMES,
    Happened,
)
from yicheng_coord.policy.meetings import KIND_NAMES
from yicheng_coord.queries.cases import CaseSheet, case_sheet
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.meetings import MeetingSheet
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import short_ref
from yicheng_coord.queries.resolutions import waived_of, waiver_in_words
from yicheng_coord.queries.topics import meeting_ref
from yicheng_coord.services.about import ALL, EACH, OWNER, About
from yicheng_coord.services.judicial_papers import JUDICIAL
from yicheng_coord.services.meeting_papers import OF_MEETINGS
from yicheng_coord.services.occasion import NoSuchPaperYetError, Occasion
from yicheng_coord.vocabulary import ActionKind, InfoKind, Letter, MeetingKind, RequestKind

_PLANNED = (ActionKind.INSPECTION, ActionKind.MAJOR, ActionKind.SPECIAL)


def _asking(kind: RequestKind) -> About:
    return About("R", (kind,), dated_by=("request.sent",))


PAPERS: dict[Letter, About] = {
    Letter.COPY: About("I", (InfoKind.PENALTY, InfoKind.APPROVAL), dated_by=("info.shared",)),
    Letter.SUPERIOR: About(
        "I", (InfoKind.SUPERIOR,), dated_by=("info.handed_over", "info.shared")
    ),
    Letter.APPRAISAL: _asking(RequestKind.APPRAISAL),
    Letter.OPINION: _asking(RequestKind.OPINION),
    Letter.MATERIALS: _asking(RequestKind.MATERIALS),
    Letter.EXECUTION: _asking(RequestKind.EXECUTION),
    Letter.REVOCATION: _asking(RequestKind.REVOCATION),
    Letter.ASSISTANCE: _asking(RequestKind.ASSISTANCE),
    Letter.REPLY: About(
        "R", writer=EACH, to=OWNER, dated_by=("request.answered", "request.refused"),
        waits="还没有答复", next_step="coord request reply {ref}",
    ),
    Letter.EXTENSION: About(
        "R", (RequestKind.APPRAISAL, RequestKind.OPINION), writer=EACH, to=OWNER,
        dated_by=("request.extended",),
        waits="没有告知延长", next_step="coord request extend {ref} --days 天数 --reason 理由",
        repeats=True,
    ),
    Letter.HAZARD: About("H", dated_by=("hazard.told",)),
    Letter.HAZARD_REPORT: About("H", to=GOVERNMENT, dated_by=("hazard.reported",)),
    Letter.DISPUTE: About("Q", writer=BUREAU, to=LEGAL, dated_by=("dispute.opened",)),
    Letter.DISPUTE_REPORT: About(
        "Q", writer=LEGAL, to=GOVERNMENT, dated_by=("dispute.referred",),
        over_by=("dispute.settled",), over="已协商解决，不再报区政府决定",
    ),
    Letter.ACTION: About(
        "A", _PLANNED, to=ALL, dated_by=("action.made",),
        over_by=("action.cancelled",), over="已取消",
    ),
    **JUDICIAL,
    **OF_MEETINGS,
}  # fmt: skip
_COMMANDS = {"I": "info", "R": "request", "H": "hazard", "Q": "dispute", "A": "action",
             "C": "crime", "E": "enforce", "M": "meeting", "S": "resolution"}  # fmt: skip
_KINDS = {
    "police": "涉嫌犯罪移送",
    InfoKind.PENALTY: "处罚决定",
    InfoKind.APPROVAL: "审批事项",
    InfoKind.SUPERIOR: "上级文件",
    MeetingKind.REGULAR: KIND_NAMES[MeetingKind.REGULAR],
    **REQUEST_NAMES,
}


class NotAboutThatError(RefusedError):
    """A kind of paper is about one sort of matter."""

    def __init__(self, kind: Letter, ref: str) -> None:
        about = PAPERS[kind]
        is_by_case = about.letter in NAMED_BY_CASE
        name, first = (
            ("案件", "1") if is_by_case else (LETTERS[about.letter].name, f"{about.letter}1")
        )
        super().__init__(
            f"{TITLES[kind]}按{name}的编号出具，“{ref}”不是{name}编号。",
            f"如：coord letter {kind} {first}；查看：coord {_COMMANDS[about.letter]} list",
        )


def occasions_of_matter(
    reading: Reading, kind: Letter, sheet: MatterSheet, dated_on: date | None
) -> Iterator[Occasion]:
    """Go through the papers of a kind that a matter gives.

    Raises:
        NoSuchPaperYetError: it gives none of them, or what they would say is not so yet.

    """
    about = PAPERS[kind]
    _check_kind(kind, about, sheet)
    case = case_sheet(reading, sheet.case_number) if sheet.case_number else None
    parties = _parties(about, sheet)
    done = [unit for unit in parties if _is_ready(about, sheet, unit)]
    if not done:
        meeting = meeting_ref(reading, sheet.row["meeting_id"])
        hint = f"下一步：{about.next_step.format(ref=_typed(sheet), meeting=meeting)}"
        raise NoSuchPaperYetError(_named(sheet), kind, about.waits, hint)
    for unit in done:
        yield _occasion(reading, kind, sheet, case, unit, dated_on)


def _parties(about: About, sheet: MatterSheet) -> tuple[str | None, ...]:
    """Return for whom there is a paper each; None: one for all."""
    if about.dated_for:
        return tuple(about.dated_for)
    return (
        sheet.facts.units(LETTERS[about.letter].each)
        if EACH in (about.writer, about.to)
        else (None,)
    )


def _is_ready(about: About, sheet: MatterSheet, unit: str | None) -> bool:
    if about.after:
        return any(sheet.facts.of(event) for event in about.after)
    return not about.waits or _dating(about, sheet, unit) is not None


def _named(sheet: MatterSheet) -> str:
    """R3; the case's number, where people name it by that."""
    is_by_case = sheet.facts.letter in NAMED_BY_CASE
    return sheet.case_number if is_by_case and sheet.case_number else sheet.ref


def _typed(sheet: MatterSheet) -> str:
    """Return what a command takes for it."""
    named = _named(sheet)
    return named if named == sheet.ref else short_ref(named, sheet.reading.today.year)


def _look(about: About, sheet: MatterSheet) -> str:
    if about.letter == "E":
        return "查看：coord enforce list"
    return f"查看：coord {_COMMANDS[about.letter]} show {_typed(sheet)}"


def _check_kind(kind: Letter, about: About, sheet: MatterSheet) -> None:
    hint = _look(about, sheet)
    if about.kinds and sheet.row["kind"] not in about.kinds:
        names = "、".join(_KINDS.get(one, one) for one in about.kinds)
        raise NoSuchPaperYetError(sheet.ref, kind, f"不是{names}", hint)
    is_over = any(sheet.facts.of(event) for event in about.over_by)
    if is_over and not (about.stays and _dating(about, sheet, None)):
        raise NoSuchPaperYetError(_named(sheet), kind, about.over, hint)
    if kind is Letter.SUPERVISE:
        _check_urged(kind, sheet, hint)


def _check_urged(kind: Letter, sheet: MatterSheet, hint: str) -> None:
    """Nobody urges himself, and nobody is urged to do what was found to be 不适用."""
    if sheet.row["owner"] == OFFICE:
        raise NoSuchPaperYetError(sheet.ref, kind, "是联席会议办公室自己的事项", hint)
    if waived := waived_of(sheet):
        why = f"的时限 {waived.ref} {waiver_in_words(waived)}"
        again = f"恢复：coord duty restore {waived.ref} --reason 理由"
        raise NoSuchPaperYetError(sheet.ref, kind, why, again)


def _is_over(begun: Happened, day: date) -> bool:
    """Whether what a paper waits for has begun; of a term: whether its last day is over."""
    return day > begun.on if EVENTS[begun.event].is_term else day >= begun.on


def _occasion(
    reading: Reading,
    kind: Letter,
    sheet: MatterSheet,
    case: CaseSheet | None,
    unit: str | None,
    dated_on: date | None,
) -> Occasion:
    about = PAPERS[kind]
    dating = _dating(about, sheet, unit)
    own = date.fromisoformat(dating["happened_on"]) if dating else _settled_on(kind, sheet)
    day = dated_on or own or reading.today
    begun = sheet.facts.of(about.not_before) if about.not_before else None
    if begun and not _is_over(begun, day):
        word = "到" if day < begun.on else "过"
        why = f"的{EVENTS[begun.event].short}日期 {begun.on} 还没有{word}"
        raise NoSuchPaperYetError(_named(sheet), kind, why, _look(about, sheet))
    return Occasion(
        kind=kind,
        ref=_named(sheet),
        day=day,
        issuer=_one(about.writer, sheet, unit),
        addressee=_answering(kind, sheet, _one(about.to, sheet, unit), day),
        party=unit,
        sheet=case,
        decision=_decision(sheet, case),
        matter=sheet,
        recorded_number=dating["document"] if dating else None,
        repeated_on=dating["happened_on"] if dating and about.repeats else None,
        is_of_its_day=about.is_of_its_day,
    )


def _settled_on(kind: Letter, sheet: MatterSheet) -> date | None:
    """Return the day of what 组长 said of the topics, once he said it of all."""
    return MeetingSheet(sheet).settled_on if kind is Letter.TOPICS else None


def _answering(kind: Letter, sheet: MatterSheet, unit: str | None, day: date) -> str | None:
    """What urges goes to who answers for it now; what was sent went to whom it was sent."""
    if unit is None or kind is not Letter.SUPERVISE:
        return unit
    if heir := sheet.reading.units_on(day).answering_for(unit):
        return heir.code
    why = f"的责任单位{sheet.unit_name(unit)}已撤销，没有登记由谁承接"
    closed = f"撤销登记时漏写 --successor 的，先撤销那次登记：coord history {unit}"
    raise NoSuchPaperYetError(sheet.ref, kind, why, closed)


def _one(who: str, sheet: MatterSheet, unit: str | None) -> str | None:
    found: dict[str, str | None] = {OWNER: sheet.row["owner"], EACH: unit, ALL: None}
    return found.get(who, who)


def _dating(about: About, sheet: MatterSheet, unit: str | None) -> Any:  # noqa: ANN401 - a row
    """Return what was recorded last of that which the paper is dated by."""
    events = about.dated_for.get(unit or "", about.dated_by)
    dating = _latest(events, sheet, unit)
    return _latest((*events, about.again_by), sheet, unit) if dating else None


def _latest(events: tuple[str, ...], sheet: MatterSheet, unit: str | None) -> Any:  # noqa: ANN401 - a row
    rows = filter(None, (sheet.latest(event, unit) for event in events))
    return max(rows, key=lambda row: row["id"], default=None)


def _decision(sheet: MatterSheet, case: CaseSheet | None) -> dict[str, Any] | None:
    """Return the decision of its case that it follows from."""
    ordinal = sheet.details.get("decision")
    return case.decisions[ordinal - 1] if case and ordinal else None
