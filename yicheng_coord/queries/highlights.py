"""What a brief tells by name: cases of note, meetings, what was resolved; persons' names masked."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

from yicheng_coord.dates import in_chinese
from yicheng_coord.masking import masked_names, masked_text
from yicheng_coord.queries.matters import MatterSheet, sheet_of_matter
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.resolutions import due_of, waived_of
from yicheng_coord.queries.spans import Span

_MOST = 5
_NOTABLE = (
    "SELECT case_file.* FROM case_file JOIN ("
    "SELECT case_id, min(weight) AS weight FROM ("
    "SELECT case_id, 1 AS weight FROM happening JOIN matter ON matter.id = matter_id "
    "WHERE event = 'crime.sent' AND happened_on BETWEEN :first AND :last "
    "UNION ALL SELECT case_id, 2 FROM transfer WHERE assigned_on BETWEEN :first AND :last "
    "UNION ALL SELECT case_id, 3 FROM happening JOIN matter ON matter.id = matter_id "
    "WHERE event = 'dispute.opened' AND happened_on BETWEEN :first AND :last "
    "UNION ALL SELECT case_id, 4 FROM decision "
    "WHERE outcome = '处罚' AND decided_on BETWEEN :first AND :last "
    "UNION ALL SELECT id, 5 FROM case_file WHERE urgent AND found_on BETWEEN :first AND :last"
    ") WHERE case_id IS NOT NULL GROUP BY case_id) AS noted ON noted.case_id = case_file.id "
    "WHERE voided_on IS NULL OR voided_on > :told ORDER BY weight, case_file.id LIMIT :most"
)
"""Sent to the police, assigned by 区政府, disputed, punished, urgent: in that order."""
_STEPS = (
    "SELECT sent_on AS day, 'sent' AS step, sender AS by, receiver AS unit, NULL AS what FROM transfer "
    "WHERE case_id = :case AND sent_on IS NOT NULL AND (withdrawn_on IS NULL OR withdrawn_on > :last) "
    "UNION ALL SELECT assigned_on, 'assigned', NULL, receiver, NULL FROM transfer "
    "WHERE case_id = :case AND assigned_on IS NOT NULL "
    "UNION ALL SELECT happened_on, 'to_police', owner, NULL, NULL FROM happening "
    "JOIN matter ON matter.id = matter_id WHERE case_id = :case AND event = 'crime.sent' "
    "UNION ALL SELECT decided_on, 'decided', decided_by, NULL, outcome FROM decision "
    "WHERE case_id = :case ORDER BY 1"
)
_OF_LETTER = (
    "SELECT DISTINCT matter.* FROM matter JOIN happening ON happening.matter_id = matter.id "
    "AND event = :event WHERE letter = :letter AND happened_on {when} ORDER BY matter.number"
)


def notable_cases(reading: Reading, span: Span) -> list[dict[str, str]]:
    """Return up to five cases of note: number, name (masked), and how they went, up to the end."""
    days = {"first": f"{span.first}", "last": f"{span.last}", "told": f"{reading.struck_out_by}"}
    rows = reading.connection.execute(_NOTABLE, days | {"most": _MOST}).fetchall()
    return [
        {
            "number": row["number"],
            "name": _name(row),
            "course": "；".join(_course(reading, row, span)),
        }
        for row in rows
    ]


def _name(row: sqlite3.Row) -> str:
    """Say it by party and cause, where both are known: a title may name whom nobody recorded."""
    if row["party"] and row["cause"]:
        who = masked_names(row["party"])
        return f"{who}涉嫌{masked_text(row['cause'], row['party'], row['informant'])}案"
    return masked_text(row["title"], row["party"], row["informant"])


def _course(reading: Reading, row: sqlite3.Row, span: Span) -> Iterator[str]:
    name = reading.unit_name
    yield f"{_day(row['found_on'])}由{name(row['found_by'])}发现"
    values = {"case": row["id"], "last": span.last.isoformat()}
    for one in reading.connection.execute(_STEPS, values):
        if one["day"] > values["last"]:
            return
        said = {
            "sent": f"移送{name(one['unit'])}",
            "assigned": f"区人民政府指定{name(one['unit'])}管辖",
            "to_police": "涉嫌犯罪，移送公安机关",
            "decided": f"{name(one['by'])}作出{one['what']}决定",
        }
        yield f"{_day(one['day'])}{said[one['step']]}"


def _day(text: str) -> str:
    return in_chinese(date.fromisoformat(text))


def meetings_held(reading: Reading, span: Span) -> list[dict[str, str]]:
    """Return the meetings of a period: when, and what they were called."""
    return [
        {"on": _day(held), "title": masked_text(one.title)}
        for one in _of_letter(reading, "M", "meeting.held", span)
        if (held := one.days("meeting.held"))
    ]


def resolutions_told(at_end: Reading, span: Span) -> list[dict[str, Any]]:
    """Return what was resolved and stood open at the end, or was done within the period.

    Not what was found to be 不适用 since.
    """
    told = []
    for one in _of_letter(at_end, "S", "resolution.made", span, is_open_before=True):
        done, due = one.days("resolution.done"), due_of(one)
        if done and done < span.first.isoformat():
            continue
        if waived_of(one):
            continue
        told.append(
            {
                "text": masked_text(one.title),
                "owner": at_end.unit_name(one.row["owner"]),
                "due": due,
                "standing": _standing(done, due, span),
            }
        )
    return told


def _standing(done: str | None, due: str, span: Span) -> str:
    last = span.last.isoformat()
    if done and done <= last:
        return f"{done}办结" + ("（超期）" if done > due else "")
    return "超期" if due < last else "办理中"


def _of_letter(
    reading: Reading, letter: str, event: str, span: Span, *, is_open_before: bool = False
) -> list[MatterSheet]:
    """Return the matters to which it happened in a period; also those before it, if they count."""
    when = "<= :last" if is_open_before else "BETWEEN :first AND :last"
    rows = reading.connection.execute(
        _OF_LETTER.format(when=when),
        {"letter": letter, "event": event, "first": f"{span.first}", "last": f"{span.last}"},
    )
    return [sheet_of_matter(reading, row) for row in rows.fetchall()]
