"""What happened in a period, counted; nothing of cases that are void when it is told."""

from collections import Counter
from collections.abc import Mapping

from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.spans import Span

_VALID = "(voided_on IS NULL OR voided_on > :told)"
_OF_CASES = "SELECT count(*) FROM case_file WHERE {day} BETWEEN :first AND :last AND {valid}"
_OF_LEGS = (
    "SELECT count(*) FROM transfer JOIN case_file ON case_file.id = case_id "
    "WHERE {day} BETWEEN :first AND :last AND {valid} "
    "AND (withdrawn_on IS NULL OR withdrawn_on > :last)"
)
_OF_DECISIONS = (
    "SELECT count(*) FROM decision JOIN case_file ON case_file.id = case_id "
    "WHERE {day} BETWEEN :first AND :last AND {valid}"
)
_CASES: Mapping[str, tuple[str, str]] = {
    "found": (_OF_CASES, "found_on"),
    "sent": (_OF_LEGS, "sent_on"),
    "accepted": (_OF_LEGS + " AND answer = 'accepted'", "answered_on"),
    "declined": (_OF_LEGS + " AND answer = 'declined'", "answered_on"),
    "assigned": (_OF_LEGS, "assigned_on"),
    "decided": (_OF_DECISIONS, "decided_on"),
    "penalties": (_OF_DECISIONS + " AND outcome = '处罚'", "decided_on"),
    "told": (_OF_DECISIONS, "notified_on"),
    "closed": (_OF_CASES, "closed_on"),
}
"""Of cases, their transfers and decisions: the count, and the day that lies in the period."""

_HAPPENED = (
    "SELECT letter, event, count(*) AS count FROM happening "
    "JOIN matter ON matter.id = matter_id LEFT JOIN case_file ON case_file.id = matter.case_id "
    f"WHERE happened_on BETWEEN :first AND :last AND {_VALID} GROUP BY 1, 2"
)
_MATTERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "approvals": ("I", ("approval.made",)),
    "penalty_copies": ("I", ("penalty.decided",)),
    "superiors": ("I", ("superior.received",)),
    "others": ("I", ("policy.logged", "enforcement.logged", "info.logged")),
    "shared": ("I", ("info.shared", "info.told")),
    "asked": ("R", ("request.sent",)),
    "answered": ("R", ("request.answered", "request.refused")),
    "hazards": ("H", ("hazard.found",)),
    "hazards_told": ("H", ("hazard.told",)),
    "hazards_reported": ("H", ("hazard.reported",)),
    "disputes": ("Q", ("dispute.opened",)),
    "disputes_over": ("Q", ("dispute.settled", "dispute.decided")),
    "whistles": ("A", ("action.whistled",)),
    "arrivals": ("A", ("action.arrived",)),
    "plans": ("A", ("action.made",)),
    "finished": ("A", ("action.finished",)),
    "to_police": ("C", ("crime.sent",)),
    "to_court": ("E", ("enforce.applied",)),
    "reports": ("W", ("work.received",)),
    "meetings": ("M", ("meeting.held",)),
    "topics": ("T", ("topic.approved", "special.approved")),
    "resolved": ("S", ("resolution.made",)),
    "resolutions_done": ("S", ("resolution.done",)),
}
"""Of matters: which letter, and what happened to them; one for each unit that it happened to."""


def activity(at_end: Reading, span: Span) -> dict[str, int]:
    """Count what happened from the first to the last day, by the names above."""
    connection = at_end.connection
    days = {"first": f"{span.first}", "last": f"{span.last}", "told": f"{at_end.struck_out_by}"}
    counts = {
        name: int(connection.execute(sql.format(day=day, valid=_VALID), days).fetchone()[0])
        for name, (sql, day) in _CASES.items()
    }
    happened = Counter({(row[0], row[1]): row[2] for row in connection.execute(_HAPPENED, days)})
    matters = {
        name: sum(happened[letter, event] for event in events)
        for name, (letter, events) in _MATTERS.items()
    }
    return counts | matters
