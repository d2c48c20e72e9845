"""Papers of cases: their facts as plain values, rendered; written to files whole or not at all."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yicheng_coord.dates import in_chinese
from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.papers.filenames import safe_name
from yicheng_coord.papers.layout import as_text
from yicheng_coord.papers.source import render
from yicheng_coord.papers.written import TITLES, Written
from yicheng_coord.policy.facts import GOVERNMENT
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.cases import CaseSheet, case_sheet
from yicheng_coord.queries.contacts import letter_contact
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.materials import material_gaps
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import short_ref
from yicheng_coord.vocabulary import Answer, Letter, Medium

_LISTED = ("kind", "title", "copies", "pages", "listed_on")
"""What a paper says of a material; not where its file lies."""
_DATED_BY = {
    Letter.TRANSFER: "sent_on",
    Letter.RECEIPT: "received_on",
    Letter.FEEDBACK: "answered_on",
    Letter.REFER: "referred_on",
    Letter.RESULT: "notified_on",
}


class NoSuchPaperYetError(RefusedError):
    """What the paper would say has not happened."""

    def __init__(self, number: str, kind: Letter, why: str, hint: str) -> None:
        super().__init__(f"不能出具{TITLES[kind]}：{number} {why}。", hint)


class NowhereToWriteError(InputError):
    """A Word file does not go to the terminal."""

    def __init__(self) -> None:
        super().__init__(
            "Word 文件须用 --out 指定文件夹。", "如：coord letter transfer 1 --out 文书 --as docx"
        )


class OneNumberError(InputError):
    """A number is used once: several papers cannot bear the same."""

    def __init__(self) -> None:
        super().__init__("一个字号只能用于一份文书，--number 只能与一个案件一起用。")


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """Which paper of which cases, and how it is numbered and dated."""

    kind: Letter
    refs: Sequence[str]
    number: str | None = None
    dated_on: date | None = None


def write_letters(
    reading: Reading, order: LetterOrder, folders: Sequence[Path], out: Path | None, medium: Medium
) -> list[Written]:
    """Render the papers of all cases, then write them; an error in one writes none.

    Args:
        reading: the register.
        order: what is wanted.
        folders: where templates are looked for, in this order.
        out: the folder for the files, made where it is missing; None = no files.
        medium: text, Word, both, or the rendered source.

    Raises:
        NowhereToWriteError: a Word file without a folder.
        NoSuchPaperYetError: what a paper would say has not happened.
        UnknownCaseError, AmbiguousCaseError: no case, or more than one, is meant.

    """
    if out is None and medium in (Medium.DOCX, Medium.BOTH):
        raise NowhereToWriteError
    if order.number and len(order.refs) > 1:
        raise OneNumberError
    written = []
    for ref in dict.fromkeys(order.refs):
        sheet = case_sheet(reading, ref)
        _check_happened(reading, order.kind, sheet)
        paper = render(order.kind.value, facts_for(reading, order, sheet), folders)
        written.append(Written(sheet.row["number"], paper))
    if out is None:
        return written
    out.mkdir(parents=True, exist_ok=True)
    return [_write(one, out, medium) for one in written]


def _check_happened(reading: Reading, kind: Letter, sheet: CaseSheet) -> None:
    number, ref = sheet.row["number"], short_ref(sheet.row["number"], reading.today.year)
    if kind is not Letter.TRANSFER and sheet.facts.standing is None:
        hint = f"下一步：coord transfer send {ref} --to 单位"
        raise NoSuchPaperYetError(number, kind, "没有移送", hint)
    leg = _leg_of(kind, sheet)
    if kind is Letter.REFER and leg is None:
        why = "的接收单位没有表示不属于其管辖"
        raise NoSuchPaperYetError(number, kind, why, f"查看：coord transfer show {ref}")
    if kind is Letter.FEEDBACK and leg is not None and leg["answer"] is None:
        hint = f"下一步：coord transfer accept {ref}，或 decline {ref} --reason 理由"
        raise NoSuchPaperYetError(number, kind, "还没有反馈意见", hint)
    if kind is Letter.RESULT and not (sheet.facts.verdicts and _sender_of(sheet)):
        why = "没有须通报原移送单位的处理决定"
        raise NoSuchPaperYetError(number, kind, why, f"查看：coord case show {ref}")


def _leg_of(kind: Letter, sheet: CaseSheet) -> sqlite3.Row | None:
    """Return the transfer that a paper speaks of: a 请示 of the one that was declined."""
    legs = [leg for leg in sheet.legs if not leg["withdrawn_on"]]
    if kind is Letter.REFER:
        legs = [leg for leg in legs if leg["answer"] == Answer.DECLINED]
    return legs[-1] if legs else None


def _signer(kind: Letter, sheet: CaseSheet, receiver: str | None) -> str | None:
    """Return the unit whose paper it is."""
    if kind is Letter.TRANSFER:
        return str(sheet.row["found_by"])
    return sheet.facts.verdicts[-1].decided_by if kind is Letter.RESULT else receiver


def _sender_of(sheet: CaseSheet) -> str | None:
    return sheet.facts.first_sender_for(sheet.facts.verdicts[-1].decided_by)


def _write(one: Written, out: Path, medium: Medium) -> Written:
    stem = f"{one.case} {one.paper.title}"
    files = []
    if medium in (Medium.TXT, Medium.BOTH):
        files.append(_put(out, stem, ".txt", as_text(one.paper).encode("utf-8-sig")))
    if medium is Medium.SOURCE:
        files.append(_put(out, stem, ".txt", one.paper.source.encode()))
    if medium in (Medium.DOCX, Medium.BOTH):
        from yicheng_coord.papers.word import docx_bytes

        files.append(_put(out, stem, ".docx", docx_bytes(one.paper)))
    return Written(one.case, one.paper, tuple(files))


def _put(out: Path, stem: str, suffix: str, content: bytes) -> Path:
    """Write under a free name: a letter that the clerk has worked on is never overwritten."""
    attempt = 1
    while True:
        again = f"（{attempt}）" if attempt > 1 else ""
        path = out / safe_name(stem, f"{again}{suffix}")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            attempt += 1
        else:
            return path


def facts_for(reading: Reading, order: LetterOrder, sheet: CaseSheet) -> dict[str, Any]:
    """Return what a template may say of a case: plain values, never the informant."""
    row = sheet.row
    leg = _leg_of(order.kind, sheet)
    receiver = leg["receiver"] if leg else row["competent"]
    inquiry = sheet.inquiries[-1] if sheet.inquiries else None
    day = order.dated_on or _dated(reading, order.kind, sheet, leg)
    units = reading.units_on(day)  # a paper bears the names of its own day
    plain = ("number", "title", "cause", "party", "party_id", "phone", "place", "summary", "source")
    return {
        **{name: row[name] for name in plain},
        "found_on": _day(row["found_on"]),
        "urgent": bool(row["urgent"]),
        "basis": (leg["basis"] if leg else None) or row["basis"],
        "found_by": _unit(units, row["found_by"]),
        "sender": _unit(units, row["found_by"]),
        "first_sender": _unit(units, row["found_by"]),
        "receiver": _unit(units, receiver),
        "government": _unit(units, GOVERNMENT),
        "inquiry": inquiry and {key: inquiry[key] for key in ("text", "measures", "ongoing")},
        "materials": [{name: one[name] for name in _LISTED} for one in sheet.materials],
        "material_gaps": material_gaps(sheet.materials, has_letter=True),
        "contact": letter_contact(reading, _signer(order.kind, sheet, receiver), day),
        "opinion_number": reading.policy.number,
        "letter_number": order.number or _own_number(order.kind, leg),
        "date": in_chinese(day),
        "feedback_due": _feedback_due(sheet, leg),
        **_leg_facts(leg),
        **_decision_facts(units, sheet),
    }


def _leg_facts(leg: sqlite3.Row | None) -> dict[str, Any]:
    if leg is None:
        return {}
    return {
        "leg": leg["leg"],
        "reason": leg["reason"],
        "sent_on": _day(leg["sent_on"]),
        "received_on": _day(leg["received_on"]),
        "received_by": leg["received_by"],
        "answered_on": _day(leg["answered_on"]),
        "answer": leg["answer"],
        "answer_reason": leg["answer_reason"],
        "referred_on": _day(leg["referred_on"]),
        "assigned_on": _day(leg["assigned_on"]),
        "document": leg["document"],
    }


def _decision_facts(units: Units, sheet: CaseSheet) -> dict[str, Any]:
    if not sheet.decisions:
        return {}
    decision = sheet.decisions[-1]
    plain = ("outcome", "text", "number", "party")
    return {
        "decider": _unit(units, decision["decided_by"]),
        "decision": {name: decision[name] for name in plain} | {"on": _day(decision["decided_on"])},
    }


def _own_number(kind: Letter, leg: sqlite3.Row | None) -> str | None:
    return leg["number"] if leg is not None and kind is Letter.TRANSFER else None


def _dated(reading: Reading, kind: Letter, sheet: CaseSheet, leg: sqlite3.Row | None) -> date:
    """Return the day of the fact that the paper is about; before it is recorded, today."""
    about = sheet.decisions[-1] if kind is Letter.RESULT else leg
    text = about[_DATED_BY[kind]] if about else None
    return date.fromisoformat(text) if text else reading.today


def _feedback_due(sheet: CaseSheet, leg: sqlite3.Row | None) -> str | None:
    """Return the day of the answer, once it is certain: no printed date may be a guess."""
    if leg is None or not leg["received_on"]:
        return None
    return next((_day(duty.row["due_on"]) for duty in sheet.duties if _is_answer(duty, leg)), None)


def _is_answer(duty: Duty, leg: sqlite3.Row) -> bool:
    is_it = (duty.row["rule"], duty.row["subject"]) == ("transfer.feedback", f"leg:{leg['leg']}")
    return is_it and not duty.is_provisional and not duty.is_assumed


def _unit(units: Units, code: str | None) -> dict[str, str] | None:
    if code is None:
        return None
    unit = units.get(code)
    return {"name": unit.name, "full_name": unit.full_name}


def _day(text: str | None) -> str | None:
    return in_chinese(date.fromisoformat(text)) if text else None
