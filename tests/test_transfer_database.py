"""The invariants of a transfer kept by the database alone, whoever writes to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from conftest import AddCase, Desk
from dump import dump

ANSWERED = "answer = 'accepted', answered_on = '2026-11-12'"
LATER = "answer = 'accepted', answered_on = '2026-11-16'"
_LEG = (
    "INSERT INTO transfer (case_id, leg, sender, receiver, {columns}) VALUES (1, {leg}, {values})"
)


def _leg(leg: int, **columns: str) -> str:
    values = ", ".join(["'zrj'", "'zjj'", *columns.values()])
    return _LEG.format(columns=", ".join(columns), leg=leg, values=values)


SENT = _leg(1, sent_on="'2026-11-09'")
DECLINED = "answer = 'declined', answered_on = '2026-11-12', answer_reason = '不属于本单位管辖'"
REFERRED = f"UPDATE transfer SET {DECLINED}, referred_on = '2026-11-12'"
REPLACED = "UPDATE transfer SET replaced_on = '2026-11-16'"
ASSIGNED = _leg(2, assigned_on="'2026-11-16'", predecessor_id="1")
WITHDRAWN = "UPDATE transfer SET withdrawn_on = '2026-11-10', withdraw_reason = '材料有误'"


@pytest.fixture
def direct(coord: Desk, add_case: AddCase) -> Iterator[sqlite3.Connection]:
    """A connection of its own to a register with one case, within an operation still open."""
    add_case()
    with closing(sqlite3.connect(coord.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(
            "INSERT INTO operation (at, operator, command) VALUES ('2026-11-23', '外来', '[]')"
        )
        yield connection


def _do(connection: sqlite3.Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(statement)


@pytest.mark.parametrize(
    "before, refused, words",
    [
        ([SENT], _leg(2, sent_on="'2026-11-10'"), "不得再行移送"),
        (
            [SENT, REFERRED, REPLACED, ASSIGNED],
            _leg(3, assigned_on="'2026-11-16'", predecessor_id="1"),
            "one_open_transfer|UNIQUE",
        ),
        (
            [SENT, f"UPDATE transfer SET {ANSWERED}"],
            _leg(2, sent_on="'2026-11-16'"),
            "不得再行移送",
        ),
        (
            [SENT, REFERRED, REPLACED, ASSIGNED, f"UPDATE transfer SET {LATER} WHERE leg = 2"],
            _leg(3, assigned_on="'2026-11-16'", predecessor_id="2"),
            "不得再行移送|指定须以报请为前提",
        ),
        (
            [SENT, f"UPDATE transfer SET {DECLINED}"],
            _leg(2, sent_on="'2026-11-16'"),
            "不得再行移送",
        ),
        ([SENT, REFERRED, REPLACED], _leg(2, sent_on="'2026-11-16'"), "不得再行移送"),
        (
            [SENT, f"UPDATE transfer SET {DECLINED}", REPLACED],
            ASSIGNED,
            "指定须以报请为前提",
        ),
        ([SENT, REFERRED], ASSIGNED, "指定须以报请为前提"),  # the leg before still stands
        ([], _leg(1, assigned_on="'2026-11-16'", predecessor_id="1"), "指定须以报请为前提"),
        ([], _leg(1, assigned_on="'2026-11-16'"), "指定须以报请为前提|CHECK"),
        ([], _leg(1, sent_on="'2026-11-09'", received_on="'2026-11-08'"), "CHECK"),
        ([SENT], "UPDATE transfer SET received_on = '2026-11-08'", "CHECK"),
        ([SENT], "UPDATE transfer SET answer = 'declined', answered_on = '2026-11-12'", "CHECK"),
        ([SENT], f"UPDATE transfer SET {DECLINED}, answer_reason = ' '", "CHECK"),
        ([SENT], "UPDATE transfer SET answer = 'accepted'", "CHECK"),
        ([SENT], "UPDATE transfer SET answer = 'maybe', answered_on = '2026-11-12'", "CHECK"),
        ([SENT], "UPDATE transfer SET answer = 'accepted', answered_on = '2026-11-08'", "CHECK"),
        ([SENT], "UPDATE transfer SET referred_on = '2026-11-12'", "CHECK"),
        ([SENT], "UPDATE transfer SET withdrawn_on = '2026-11-12'", "CHECK"),
        ([SENT, f"UPDATE transfer SET {ANSWERED}"], WITHDRAWN, "CHECK"),
        ([SENT, REFERRED, REPLACED, ASSIGNED], f"{WITHDRAWN} WHERE leg = 2", "CHECK"),
        (
            [SENT, REFERRED, REPLACED, ASSIGNED],
            f"UPDATE transfer SET {DECLINED} WHERE leg = 2",
            "CHECK",
        ),
        ([SENT], "UPDATE transfer SET sent_on = NULL", "CHECK"),
        ([SENT], "UPDATE transfer SET receiver = 'zrj'", "CHECK"),
        ([SENT], "UPDATE transfer SET sent_on = '2026-2-9'", "CHECK"),
        ([SENT], "UPDATE transfer SET sent_on = '2026-13-09'", "CHECK"),
        (
            [SENT, WITHDRAWN, _leg(2, sent_on="'2026-11-11'")],
            "UPDATE transfer SET withdrawn_on = NULL WHERE leg = 1",
            "CHECK|UNIQUE",
        ),
        (
            [SENT],
            "INSERT INTO transfer (case_id, leg, sender, receiver, sent_on) VALUES (9, 1, 'zrj', 'zjj', '2026-11-09')",
            "FOREIGN KEY",
        ),
        ([], "UPDATE case_file SET status = 'lost'", "CHECK"),
        ([], "UPDATE case_file SET title = ' '", "CHECK"),
        ([], "UPDATE case_file SET competent = 'zjj', determined_on = '2026-11-01'", "CHECK"),
        ([], "UPDATE case_file SET determined_on = '2026-11-03'", "CHECK"),
        ([], "UPDATE case_file SET closed_on = '2026-11-01'", "CHECK"),
    ],
    ids=range(33),
)
def test_what_a_service_would_refuse_the_database_refuses_too(
    direct: sqlite3.Connection, before: list[str], refused: str, words: str
) -> None:
    _do(direct, *before)
    with pytest.raises(sqlite3.IntegrityError, match=words):
        direct.execute(refused)


@pytest.mark.parametrize(
    "statements",
    [
        [SENT, WITHDRAWN, _leg(2, sent_on="'2026-11-11'")],
        [SENT, REFERRED, REPLACED, ASSIGNED],
        [SENT, f"UPDATE transfer SET {ANSWERED}", "UPDATE transfer SET received_on = '2026-11-10'"],
    ],
    ids=["sent again after a withdrawal", "assigned", "receipt after the answer"],
)
def test_what_may_follow_is_let_through(direct: sqlite3.Connection, statements: list[str]) -> None:
    _do(direct, *statements)


TABLES = ["case_file", "transfer", "duty", "inquiry", "material", "decision", "calendar_day"]


@pytest.fixture
def full(coord: Desk, add_case: AddCase) -> Desk:
    """A register in which every table of cases holds a row."""
    case = add_case()
    coord.ok("case", "inquiry", case, "--not-ongoing", "--text", "现场查看")
    coord.ok("case", "material", case, "--kind", "证据", "--title", "照片")
    coord.ok("transfer", "send", case, "--to", "zfj", "--on", "2026-11-09")
    coord.ok("transfer", "accept", case, "--on", "2026-11-10")
    coord.ok("case", "decide", case, "--outcome", "处罚", "--on", "2026-11-12")
    coord.ok("calendar", "set", "2026-12-01", "rest", "--reason", "测试")
    return coord


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id + 1000"])
def test_nothing_is_changed_outside_an_operation(full: Desk, table: str, statement: str) -> None:
    before = dump(full)
    with closing(sqlite3.connect(full.database)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="只能通过 coord"):
            connection.execute(statement.format(table))
        connection.rollback()
    assert dump(full) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operation SET operator = '别人'",
        "UPDATE operation SET hash = NULL",
        "DELETE FROM operation",
        "UPDATE change SET after = NULL",
        "DELETE FROM change",
        "INSERT INTO change (operation_id, table_name, row_id) VALUES (1, 'duty', 1)",
    ],
)
def test_the_history_is_only_added_to(full: Desk, statement: str) -> None:
    before = dump(full)
    with closing(sqlite3.connect(full.database)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match=r"只增不|只能通过 coord"):
            connection.execute(statement)
        connection.rollback()
    assert dump(full) == before
