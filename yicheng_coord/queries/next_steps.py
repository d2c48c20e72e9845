"""What to type next about a matter or a case: the command that meets what is owed first."""

import sqlite3
from collections.abc import Sequence

from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.policy.lifecycle import NextStep, next_step
from yicheng_coord.policy.matters import BUREAU, ENDS_OF_ENFORCEMENT, LETTERS
from yicheng_coord.queries.duties import Duty, of_matter
from yicheng_coord.queries.matters import matter_ref
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import short_ref

_REPLY = "coord request reply {ref}{unit} --text 内容"
_LAW = "coord request reply {ref}{unit} --articles 法条 --standard 处罚标准"
_MEET = {
    "info.approval": "coord info share {ref}",
    "info.penalty": "coord info share {ref}",
    "info.superior": "coord info share {ref}",
    "info.policy": "coord info share {ref}",
    "info.enforcement": "coord info share {ref}",
    "info.hand_over": "coord info hand-over {ref}",
    "request.appraisal": _LAW,
    "request.on_site": "coord request on-site {ref}{unit}",
    "request.guidance": _REPLY,
    "request.opinion": _LAW,
    "request.counsel": _REPLY,
    "request.materials": _REPLY,
    "request.execution": "coord request send --kind execution --case {case} --to {to}",
    "request.execution.handle": _REPLY,
    "request.revocation.handle": _REPLY,
    "request.assistance": _REPLY,
    "hazard.notify": "coord hazard told {ref}",
    "hazard.report": "coord hazard reported {ref}",
    "dispute.settle": "coord dispute settle {ref} --text 结果",
    "dispute.refer": "coord dispute decide {ref} --text 决定",
    "work.report": "coord report receive {ref}",
    "meeting.solicit": "coord meeting solicit {ref}",
    "meeting.approve": "coord topic approve {ref}",
    "minutes.sign": "coord meeting sign {ref}",
    "minutes.distribute": "coord meeting distribute {ref}",
    "resolution.carry_out": "coord resolution done {ref}",
    "action.whistle": "coord action arrive {ref} --unit 单位",
    "action.police": "coord action police {ref}",
    "crime.approve": "coord crime approve {tail} --by 姓名 --at 时刻",
    "crime.send": "coord crime send {tail} --at 时刻",
    "crime.answer": "coord crime answer {tail} --filed",
    "crime.reconsider": "coord crime answer {tail} --filed",
    "crime.goods": "coord crime goods {tail}",
    "crime.return": "coord crime return {tail}",
    "crime.supervisor": "coord crime lead-sent {tail}",
    "enforce.urge": "coord enforce urge {tail}",
    "enforce.start": "coord enforce start {tail}",
    "enforce.apply": "coord enforce apply {tail}",
}
"""Rule → the command that records what meets it."""
_PAPERS = {
    "action.police": "coord letter police {ref}",
    "crime.approve": "coord letter crime-approval {tail}",
    "crime.send": "coord letter crime {tail}",
    "crime.goods": "coord letter crime-goods {tail}",
    "enforce.urge": "coord letter urge {tail}",
    "enforce.apply": "coord letter court {tail}",
}
"""Rule → the command that draws the paper by which it is met."""
_RECEIVE = ("登记收到", "coord request receive {ref}{unit}")
"""Of a request that nobody is known to have received: it is counted from a stand-in."""
_NOTHING = NextStep(None, "", "")


def next_of_matter(duties: Sequence[Duty], ref: str) -> NextStep:
    """Return what is owed first, by whom, and the command for it; nothing when nothing is owed."""
    order = sorted(duties, key=lambda duty: (duty.due_on is None, duty.due_on, duty.row["id"]))
    several = len({duty.row["subject"] for duty in duties if duty.is_open}) > 1
    for duty in order:
        if duty.is_open and not _is_to_come(duty) and (command := _MEET.get(duty.row["rule"])):
            is_request = duty.is_assumed and "coord request" in command
            label, command = _RECEIVE if is_request else (duty.rule.label, command)
            paper = _PAPERS.get(duty.row["rule"], "")
            command, paper = (_typed(one, duty, ref, several) for one in (command, paper))
            return NextStep(duty.row["owed_by"], label, command, paper)
    return _NOTHING


def _is_to_come(duty: Duty) -> bool:
    """Whether what it is counted from lies ahead; what is counted back from there is due before."""
    counts_on = duty.due_on is None or duty.due_on >= duty.started_on
    return counts_on and duty.started_on > duty.reading.today


def _typed(command: str, duty: Duty, ref: str, several: bool) -> str:
    """Fill in what it is about; one of several is named."""
    unit = f" --unit {duty.row['owed_by']}" if several else ""
    number, to = duty.row["case_number"], duty.row["owed_to"]
    tail = short_ref(number, duty.reading.today.year) if number else ""
    return command.format(ref=ref, unit=unit, case=number, tail=tail, to=to)


def next_of_case(reading: Reading, row: sqlite3.Row, facts: CaseFacts) -> NextStep:
    """Return the next step of a case: what comes first of its matters, else its own."""
    matters = reading.connection.execute(
        "SELECT id, letter, number FROM matter WHERE case_id = ? ORDER BY id", (row["id"],)
    )
    for matter in matters.fetchall():
        if LETTERS[matter["letter"]].comes_first:
            step = next_of_matter(of_matter(reading, matter["id"]), matter_ref(matter))
            if step.command:
                return step
    ref = short_ref(row["number"], reading.today.year)
    return _enforced(reading, row["id"], ref) or next_step(facts, ref)


def _enforced(reading: Reading, case_id: int, ref: str) -> NextStep | None:
    """A case whose penalty is being enforced waits for the result, also while nothing is owed.

    What is not enforced yet can only be performed.
    """
    marks = ", ".join("?" * len(ENDS_OF_ENFORCEMENT))
    waiting = reading.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM happening WHERE matter_id = matter.id "
        "AND event IN ('enforce.started', 'enforce.applied')) AS is_enforced "
        "FROM matter WHERE case_id = ? AND letter = 'E' AND NOT EXISTS (SELECT 1 "
        f"FROM happening WHERE matter_id = matter.id AND event IN ({marks}))",
        (case_id, *ENDS_OF_ENFORCEMENT),
    ).fetchone()
    if waiting is None:
        return None
    how = "--text 结果" if waiting["is_enforced"] else "--performed"
    return NextStep(BUREAU, "登记执行结果", f"coord enforce result {ref} {how}")
