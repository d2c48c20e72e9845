"""Which papers a matter (I, R, H, Q, A) gives: who writes to whom, on which day, and since when.

A kind of paper is an entry of `PAPERS`; one that goes to each party, or is written by each, gives
one paper a party.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.written import TITLES
from yicheng_coord.policy.matters import BUREAU, GOVERNMENT, LEGAL, LETTERS, REQUEST_NAMES
from yicheng_coord.queries.cases import CaseSheet, case_sheet
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.reading import Reading
from yicheng_coord.services.occasion import NoSuchPaperYetError, Occasion
from yicheng_coord.vocabulary import ActionKind, InfoKind, Letter, RequestKind

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
        waits: what it waits for, in words; "": it may be written before that happened.
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
    waits: str = ""
    next_step: str = ""
    repeats: bool = False
    over_by: str = ""
    over: str = ""


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
}  # fmt: skip
_COMMANDS = {"I": "info", "R": "request", "H": "hazard", "Q": "dispute", "A": "action"}
_KINDS = {
    InfoKind.PENALTY: "处罚决定",
    InfoKind.APPROVAL: "审批事项",
    InfoKind.SUPERIOR: "上级文件",
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
    done = [unit for unit in parties if _dating(about, sheet, unit) or not about.waits]
    if not done:
        hint = f"下一步：{about.next_step.format(ref=sheet.ref)}"
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


def _dating(about: About, sheet: MatterSheet, unit: str | None) -> Any:  # noqa: ANN401 - a row
    rows = (sheet.latest(event, unit) for event in about.dated_by)
    return next((row for row in rows if row is not None), None)


def _decision(sheet: MatterSheet, case: CaseSheet | None) -> dict[str, Any] | None:
    """Return the decision of its case that it follows from."""
    ordinal = sheet.details.get("decision")
    return case.decisions[ordinal - 1] if case and ordinal else None
