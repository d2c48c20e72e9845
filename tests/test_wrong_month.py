"""A month entered wrong and put right is, in every date and letter, the month entered right."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk

HEADER = "案件编号,案件名称,发现单位,发现日期,有权处理单位,认定日期\n"
RIGHT_LIST = HEADER + (
    "水-1,某某河采砂,区城乡水务局,2026-11-09,区综合行政执法局,2026-11-10\n"
    "水-2,某某堤取土,区城乡水务局,2026-11-10,,\n"
)
WRONG_LIST = HEADER + (
    "水-7,去年的采砂,区城乡水务局,2025-03-03,区综合行政执法局,2025-03-04\n"
    "水-8,去年的取土,区城乡水务局,2025-03-05,,\n"
)
DUTY = (
    "SELECT case_file.title, duty.rule, duty.subject, duty.owed_by, duty.owed_to, duty.started_on, "
    "duty.start_event, duty.assumed_start, duty.due_on, duty.provisional, duty.urgent, duty.met_on "
    "FROM duty JOIN case_file ON case_file.id = duty.case_id "
    "WHERE case_file.voided_on IS NULL AND duty.cancelled_on IS NULL "
    "ORDER BY case_file.title, duty.rule, duty.subject"
)


def add(title: str, *options: str) -> tuple[str, ...]:
    return ("case", "add", "--title", title, *options)


FIELD = add(
    "堆场占用耕地", "--found-by", "zrj", "--found-on", "11-02", "--party", "某某有限公司",
    "--party-id", "11010519491231002X", "--phone", "13800001234", "--place", "某某村东",
    "--cause", "未经批准占用土地", "--competent", "zfj",
)  # fmt: skip
HOUSE = add("某某村东钢结构厂房", "--found-by", "lyz", "--found-on", "11-04")


def enter(coord: Desk, *lines: tuple[str, ...]) -> None:
    for line in lines:
        coord.ok(*line)


def enter_right(coord: Desk, folder: Path) -> None:
    """The month as it was."""
    file = folder / "水务.csv"
    file.write_text(RIGHT_LIST, "utf-8")
    enter(
        coord,
        (*FIELD, "--determined-on", "11-03"),
        ("case", "material", "1", "--kind", "案源", "--title", "现场检查记录", "--pages", "2"),
        ("transfer", "send", "1", "--to", "zfj", "--on", "11-05", "--number", "峄自移〔2026〕1号"),
        ("transfer", "receive", "1", "--by", "张某", "--on", "11-06"),
        ("transfer", "accept", "1", "--on", "11-11"),
        ("case", "decide", "1", "--outcome", "处罚", "--text", "罚款。", "--on", "11-16"),
        ("transfer", "notify", "1", "--on", "11-20"),
        HOUSE,
        ("case", "determine", "2", "--competent", "zjj", "--on", "11-05"),
        ("transfer", "send", "2", "--to", "zjj", "--on", "11-09"),
        ("transfer", "decline", "2", "--reason", "土地未批", "--on", "11-12"),
        ("import", str(file)),
    )


def enter_wrong(coord: Desk, folder: Path) -> None:
    """The same month with a wrong date, a wrong unit, a case twice, a wrong file, no receipt."""
    right, wrong = folder / "水务.csv", folder / "水务（去年）.csv"
    right.write_text(RIGHT_LIST, "utf-8")
    wrong.write_text(WRONG_LIST, "utf-8")
    enter(
        coord,
        (*FIELD, "--determined-on", "11-04"),  # it was the third
        ("case", "material", "1", "--kind", "案源", "--title", "现场检查记录", "--pages", "2"),
        ("transfer", "send", "1", "--to", "zfj", "--on", "11-05", "--number", "峄自移〔2026〕1号"),
        ("transfer", "accept", "1", "--on", "11-11"),  # the receipt lies in a drawer
        ("case", "decide", "1", "--outcome", "处罚", "--text", "罚款。", "--on", "11-17"),
        ("transfer", "notify", "1", "--on", "11-20"),
        HOUSE,
        ("case", "determine", "2", "--competent", "jtj", "--on", "11-05"),  # another unit
        ("transfer", "send", "2", "--to", "jtj", "--on", "11-09"),
        ("import", str(wrong)),
    )


def put_right(coord: Desk, folder: Path) -> None:
    """Mend it, a week later."""
    reason = ("--reason", "核对原件")
    undo = [one["ref"] for one in coord.json("history")][-3:]
    enter(
        coord,
        *(("undo", ref, "--yes") for ref in reversed(undo)),  # the file, the sending, the unit
        ("correct", "1", "determined", "--on", "11-03", *reason),
        ("correct", "1", "decided", "--on", "11-16", *reason),
        ("transfer", "receive", "1", "--by", "张某", "--on", "11-06"),
        ("case", "determine", "2", "--competent", "zjj", "--on", "11-05"),
        ("transfer", "send", "2", "--to", "zjj", "--on", "11-09"),
        ("transfer", "decline", "2", "--reason", "土地未批", "--on", "11-12"),
        ("import", str(folder / "水务.csv")),
        HOUSE,
        ("case", "void", "5", "--same-as", "2", "--reason", "重复登记"),
    )


def duties(coord: Desk) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(coord.database)) as connection:
        return connection.execute(DUTY).fetchall()


def cases(coord: Desk) -> list[dict[str, Any]]:
    shown = [
        coord.json("case", "show", one["number"])
        for one in coord.json("case", "list")
        if one["status"] != "void"
    ]
    for one in shown:
        for duty in one["open_duties"]:
            del duty["id"], duty["original_due_on"]
    return shown


LETTERS = [
    ("transfer", "1"), ("receipt", "1"), ("feedback", "1"), ("result", "1"),
    ("transfer", "2"), ("feedback", "2"), ("refer", "2"),
]  # fmt: skip


@pytest.fixture
def right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    folder = tmp_path / "right"
    folder.mkdir()
    desk = Desk(folder / "coord.db", monkeypatch)
    monkeypatch.setenv("COORD_DB", str(desk.database))
    desk.ok("init")
    enter_right(desk, folder)
    return desk


@pytest.fixture
def mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    folder = tmp_path / "mended"
    folder.mkdir()
    desk = Desk(folder / "coord.db", monkeypatch)
    monkeypatch.setenv("COORD_DB", str(desk.database))
    desk.ok("init")
    enter_wrong(desk, folder)
    put_right(desk, folder)
    return desk


def everything(coord: Desk, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("COORD_DB", str(coord.database))
    return {
        "duties": duties(coord),
        "cases": cases(coord),
        "overdue": [
            {name: one[name] for name in ("rule", "case", "due_on", "days_left")}
            for one in coord.json("overdue")
        ],
        "letters": {letter: coord.ok("letter", *letter).out for letter in LETTERS},
    }


def test_a_wrong_month_put_right_is_the_month_entered_right(
    right: Desk, mended: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, found = everything(right, monkeypatch), everything(mended, monkeypatch)
    for part in wanted:
        assert found[part] == wanted[part], part
    assert len(wanted["duties"]) == 11
    assert wanted["overdue"]


def test_before_it_is_put_right_the_dates_are_others(
    right: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = everything(right, monkeypatch)
    folder = tmp_path / "wrong"
    folder.mkdir()
    wrong = Desk(folder / "coord.db", monkeypatch)
    monkeypatch.setenv("COORD_DB", str(wrong.database))
    wrong.ok("init")
    enter_wrong(wrong, folder)
    assert duties(wrong) != wanted["duties"]
    assert wrong.ok("letter", "transfer", "1").out != wanted["letters"]["transfer", "1"]


def test_the_history_tells_both_stories(mended: Desk) -> None:
    told = mended.json("history")
    undone = [one["summary"] for one in told if one["undone_by"]]
    assert [summary[:4] for summary in undone] == ["已认定：", "已移送：", "导入 水"], undone
    first = mended.json("history", "1", "-v")
    text = " ".join(one["summary"] for one in first)
    assert "认定日期 2026-11-04 → 2026-11-03（核对原件）" in text
    assert "决定日期 2026-11-17 → 2026-11-16（核对原件）" in text
    moved = [
        (change["before"]["due_on"], change["after"]["due_on"])
        for one in first
        for change in one["changes"]
        if change["table"] == "duty" and change["before"] and "due_on" in change["before"]
    ]
    assert ("2026-11-09", "2026-11-06") in moved  # to send
    assert ("2026-11-10", "2026-11-11") in moved  # to answer: the receipt came a day later
    assert ("2026-11-20", "2026-11-19") in moved  # to tell the result: now it was late
    original = {one["rule"]: one["original_due_on"] for one in _explained(mended)}
    assert original["transfer.result"] == "2026-11-20"
    assert "与 2026-0002 为同一案件" in mended.ok("history", "5").out


def _explained(coord: Desk) -> list[dict[str, Any]]:
    return [coord.duty(rule) for rule in ("transfer.send", "transfer.feedback", "transfer.result")]
