"""Which papers a matter (I, R, H, Q, A, M, S) gives: who writes to whom, on which day, and since when.

A kind of paper is an entry of `PAPERS`; one that goes to each party, or is written by each, gives
one paper a party.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.written import TITLES
from yicheng_coord.policy.matters import BUREAU, GOVERNMENT, LEGAL, LETTERS, OFFICE, REQUEST_NAMES
from yicheng_coord.policy.meetings import FIXED, KIND_NAMES
from yicheng_coord.queries.cases import CaseSheet, case_sheet
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.topics import meeting_ref
from yicheng_coord.services.occasion import NoSuchPaperYetError, Occasion
from yicheng_coord.vocabulary import ActionKind, InfoKind, Letter, MeetingKind, RequestKind

_OWNER, _EACH, _ALL = "owner", "each", "all"
_PLANNED = (ActionKind.INSPECTION, ActionKind.MAJOR, ActionKind.SPECIAL)


@dataclass(frozen=True, slots=True)
class About:
    """What a kind of paper is about.

    Attributes:
        letter: what sort of matter.
        kinds: which kinds of it; none named: all.
        writer: the matter's owner, each of its parties, or a unit by code.
        to: likewise, or all of its parties in one paper.
        dated_by: what happens with the paper: it bears that day, and today before it happened.
        again_by: what makes that it is written again, once it was; it bears that day then.
        waits: what it waits for, in words; "": it may be written before that happened.
        waits_for: the event that it waits for, where that is not what it is dated by.
        next_step: how that is recorded.
        repeats: whether it may happen again, and then gives another paper with its own number.
        over_by: after which it is written no more.
        over: that, in words.

    """

    letter: str
    kinds: tuple[str, ...] = ()
    writer: str = _OWNER
    to: str = _EACH
    dated_by: tuple[str, ...] = ()
    again_by: str = ""
    waits: str = ""
    waits_for: tuple[str, ...] = ()
    next_step: str = ""
    repeats: bool = False
    over_by: str = ""
    over: str = ""


def _asking(kind: RequestKind) -> About:
    return About("R", (kind,), dated_by=("request.sent",))


_OF_MEETING = About("M", to=_ALL, over_by="meeting.cancelled", over="已取消")
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
        "R", writer=_EACH, to=_OWNER, dated_by=("request.answered", "request.refused"),
        waits="还没有答复", next_step="coord request reply {ref}",
    ),
    Letter.EXTENSION: About(
        "R", (RequestKind.APPRAISAL, RequestKind.OPINION), writer=_EACH, to=_OWNER,
        dated_by=("request.extended",),
        waits="没有告知延长", next_step="coord request extend {ref} --days 天数 --reason 理由",
        repeats=True,
    ),
    Letter.HAZARD: About("H", dated_by=("hazard.told",)),
    Letter.HAZARD_REPORT: About("H", to=GOVERNMENT, dated_by=("hazard.reported",)),
    Letter.DISPUTE: About("Q", writer=BUREAU, to=LEGAL, dated_by=("dispute.opened",)),
    Letter.DISPUTE_REPORT: About(
        "Q", writer=LEGAL, to=GOVERNMENT, dated_by=("dispute.referred",),
        over_by="dispute.settled", over="已协商解决，不再报区政府决定",
    ),
    Letter.ACTION: About(
        "A", _PLANNED, to=_ALL, dated_by=("action.made",),
        over_by="action.cancelled", over="已取消",
    ),
    Letter.SOLICIT: replace(
        _OF_MEETING, kinds=(MeetingKind.REGULAR,), dated_by=("meeting.solicited",)
    ),
    Letter.TOPICS: _OF_MEETING,
    Letter.NOTICE: replace(
        _OF_MEETING, dated_by=("meeting.circulated",), again_by="meeting.moved"
    ),
    Letter.ATTENDANCE: replace(_OF_MEETING, dated_by=("meeting.held", *FIXED.values())),
    Letter.MINUTES: replace(
        _OF_MEETING, dated_by=("minutes.signed",), waits_for=("meeting.held",),
        waits="尚未召开", next_step="coord meeting hold {ref}",
    ),
    Letter.SUPERVISE: About(
        "S", to=_OWNER, writer=OFFICE, waits_for=("resolution.set",),
        waits="的纪要尚未签发，还没有开始督促", next_step="coord meeting sign {meeting}",
        over_by="resolution.done", over="已办结",
    ),
}  # fmt: skip
_COMMANDS = {"I": "info", "R": "request", "H": "hazard", "Q": "dispute", "A": "action",
             "M": "meeting", "S": "resolution"}  # fmt: skip
_KINDS = {
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
        name = LETTERS[about.letter].name
        super().__init__(
            f"{TITLES[kind]}按{name}的编号出具，“{ref}”不是{name}编号。",
            f"如：coord letter {kind} {about.letter}1；查看：coord {_COMMANDS[about.letter]} list",
        )


def occasions_of_matter(
    reading: Reading, kind: Letter, sheet: MatterSheet, dated_on: date | None
) -> Iterator[Occasion]:
    """Go through the papers of a kind that a matter gives.

    Raises:
        NoSuchPaperYetError: it gives none of them, or what they would say has not happened.

    """
    about = PAPERS[kind]
    _check_kind(kind, about, sheet)
    case = case_sheet(reading, sheet.case_number) if sheet.case_number else None
    is_for_each = _EACH in (about.writer, about.to)
    parties: tuple[str | None, ...] = (
        sheet.facts.units(LETTERS[about.letter].each) if is_for_each else (None,)
    )
    waits_for = about.waits_for or about.dated_by
    done = [unit for unit in parties if not about.waits or _latest(waits_for, sheet, unit)]
    if not done:
        meeting = meeting_ref(reading, sheet.row["meeting_id"])
        hint = f"下一步：{about.next_step.format(ref=sheet.ref, meeting=meeting)}"
        raise NoSuchPaperYetError(sheet.ref, kind, about.waits, hint)
    for unit in done:
        yield _occasion(reading, kind, sheet, case, unit, dated_on)


def _check_kind(kind: Letter, about: About, sheet: MatterSheet) -> None:
    hint = f"查看：coord {_COMMANDS[about.letter]} show {sheet.ref}"
    if about.kinds and sheet.row["kind"] not in about.kinds:
        names = "、".join(_KINDS.get(one, one) for one in about.kinds)
        raise NoSuchPaperYetError(sheet.ref, kind, f"不是{names}", hint)
    if about.over_by and sheet.facts.of(about.over_by):
        raise NoSuchPaperYetError(sheet.ref, kind, about.over, hint)
    if kind is Letter.SUPERVISE and sheet.row["owner"] == OFFICE:
        raise NoSuchPaperYetError(sheet.ref, kind, "是联席会议办公室自己的事项", hint)


def _occasion(
    reading: Reading,
    kind: Letter,
    sheet: MatterSheet,
    case: CaseSheet | None,
    unit: str | None,
    dated_on: date | None,
) -> Occasion:
    about = PAPERS[kind]
    dating = _latest(about.dated_by, sheet, unit)
    if dating and about.again_by:
        dating = _latest((*about.dated_by, about.again_by), sheet, unit)
    day = date.fromisoformat(dating["happened_on"]) if dating else reading.today
    return Occasion(
        kind=kind,
        ref=sheet.ref,
        day=dated_on or day,
        issuer=_one(about.writer, sheet, unit),
        addressee=_one(about.to, sheet, unit),
        party=unit,
        sheet=case,
        decision=_decision(sheet, case),
        matter=sheet,
        recorded_number=dating["document"] if dating else None,
        repeated_on=dating["happened_on"] if dating and about.repeats else None,
    )


def _one(who: str, sheet: MatterSheet, unit: str | None) -> str | None:
    found: dict[str, str | None] = {_OWNER: sheet.row["owner"], _EACH: unit, _ALL: None}
    return found.get(who, who)


def _latest(events: tuple[str, ...], sheet: MatterSheet, unit: str | None) -> Any:  # noqa: ANN401 - a row
    """Return what was recorded last of them."""
    rows = filter(None, (sheet.latest(event, unit) for event in events))
    return max(rows, key=lambda row: row["id"], default=None)


def _decision(sheet: MatterSheet, case: CaseSheet | None) -> dict[str, Any] | None:
    """Return the decision of its case that it follows from."""
    ordinal = sheet.details.get("decision")
    return case.decisions[ordinal - 1] if case and ordinal else None
