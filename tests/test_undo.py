"""Taking back exactly one operation: all tables become what they were, or nothing changes."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import AddCase, Desk
from frozen import FROZEN
from soundness import assert_sound, count, rows_of
from story import story

from yicheng_coord.store.history import RECORDED, begin_operation, seal_operation
from yicheng_coord.store.open import connect


def tables(coord: Desk) -> dict[str, object]:
    """Everything on record, without the history of how it came there."""
    with closing(sqlite3.connect(coord.database)) as connection:
        return {table: rows_of(connection, table) for table in RECORDED}


@pytest.fixture
def sent(coord: Desk, add_case: AddCase) -> Desk:
    """P2 registers case 1, P3 sends it."""
    add_case("--competent", "zfj", "--determined-on", "2026-11-03")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-05")
    return coord


def test_every_recording_command_is_undone_and_done_again_exactly(
    coord: Desk, tmp_path: Path
) -> None:
    coord.ok("today")
    for line in story(tmp_path):
        before = tables(coord)
        assert coord(*line).code in {0, 4}, line
        after = tables(coord)
        assert after != before, line
        coord.checked()
        coord.ok("undo", "--yes")
        assert tables(coord) == before, line
        coord.checked()
        coord.ok("undo", "--yes")
        assert tables(coord) == after, line
    assert_sound(coord.database)


def test_a_whole_story_is_taken_back_step_by_step(coord: Desk, tmp_path: Path) -> None:
    states = [tables(coord)]
    coord.ok("today")
    for line in story(tmp_path):
        states.append(tables(coord))
        coord(*line)
    for number in range(len(states), 0, -1):
        undone = coord("undo", f"P{number}", "--yes")
        if undone.code:  # what the story undid itself is not undone twice
            assert "已由" in undone.err
            continue
        assert tables(coord) == states[number - 1], number
    assert all(not rows for rows in tables(coord).values())
    assert_sound(coord.database)


def test_an_import_is_undone_as_one_and_imported_anew_as_new(coord: Desk, tmp_path: Path) -> None:
    story(tmp_path)
    assert coord("import", str(tmp_path / "水务.csv")).code == 4
    answer = coord.json("undo", "--yes")
    assert answer["recorded"] == {"type": "undo", "ref": "P2", "undoes": "P2"}
    assert coord.json("case", "list") == []
    assert coord.owed() == []
    assert coord("import", str(tmp_path / "水务.csv")).code == 4
    assert [case["number"] for case in coord.json("case", "list")] == ["2026-0001", "2026-0002"]
    text = coord.refused("undo", "P3", "--yes")
    assert "P4" in text
    assert_sound(coord.database)


def test_an_update_by_import_is_undone(coord: Desk, tmp_path: Path) -> None:
    story(tmp_path)
    coord("import", str(tmp_path / "水务.csv"))
    coord.ok("import", "--on-conflict", "update", str(tmp_path / "改.csv"))
    coord.ok("undo", "--yes")
    assert coord.json("case", "show", "2")["title"] == "堤防取土"


def test_undoing_the_calendar_counts_anew_what_came_since(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zfj", "--determined-on", "2026-11-20", found_on="2026-11-20")
    coord.ok("calendar", "set", "2026-11-24", "rest", "--reason", "停电")
    assert coord.duty("transfer.send")["due_on"] == "2026-11-26"
    add_case("--competent", "zfj", "--determined-on", "2026-11-20", found_on="2026-11-20")
    assert coord.duty("transfer.send", "2")["due_on"] == "2026-11-26"
    after = tables(coord)
    answer = coord.json("undo", "P3", "--yes")
    assert [(one["id"], one["due_on"]) for one in answer["moved"]] == [("D6", "2026-11-25")]
    assert coord.duty("transfer.send")["due_on"] == "2026-11-25"
    coord.ok("undo", "--yes")
    assert tables(coord) == after
    assert_sound(coord.database)


def test_undoing_a_notice_makes_its_year_provisional_again(coord: Desk, tmp_path: Path) -> None:
    story(tmp_path)
    before = coord.json("calendar", "status")
    coord.ok("calendar", "apply", str(tmp_path / "2027.json"), "--force")
    assert coord.json("calendar", "status") != before
    coord.ok("undo", "--yes")
    assert coord.json("calendar", "status") == before


def test_what_later_operations_build_on_is_not_undone_and_they_are_named(sent: Desk) -> None:
    sent.ok("transfer", "receive", "1", "--on", "2026-11-06")
    before = tables(sent)
    text = sent.refused("undo", "P3", "--yes")
    assert "不能撤销 P3" in text
    assert "P4 已登记收到" in text
    assert "coord undo P4" in text
    text = sent.refused("undo", "P2", "--yes")
    assert "P3 已移送" in text
    assert "P4 已登记收到" in text
    assert tables(sent) == before
    assert count(sent.database, "operation") == 4


def test_of_many_later_operations_five_are_named(coord: Desk, add_case: AddCase) -> None:
    add_case()
    for number in range(7):
        coord.ok("case", "material", "1", "--kind", "证据", "--title", f"照片{number}")
    text = coord.refused("undo", "P2", "--yes")
    assert "等 7 次" in text
    assert "照片4" in text
    assert "照片5" not in text


def test_a_later_operation_that_was_undone_is_in_nobodys_way(sent: Desk) -> None:
    sent.ok("case", "material", "1", "--kind", "证据", "--title", "照片")
    sent.ok("undo", "P4", "--yes")
    sent.ok("undo", "P3", "--yes")
    assert sent.json("case", "show", "1")["status"] == "registered"
    sent.ok("undo", "P2", "--yes")
    assert sent.json("case", "list") == []
    assert_sound(sent.database)


def test_a_case_that_another_is_the_same_as_is_not_undone(coord: Desk, add_case: AddCase) -> None:
    add_case(title="甲")
    add_case(title="乙")
    coord.ok("case", "void", "2", "--same-as", "1", "--reason", "重复")
    assert "P4 已作废" in coord.refused("undo", "P2", "--yes")
    coord.ok("undo", "P4", "--yes")
    coord.ok("undo", "P2", "--yes")
    assert [case["title"] for case in coord.json("case", "list")] == ["乙"]


def test_an_older_operation_is_undone_and_the_duties_are_as_if_it_never_was(sent: Desk) -> None:
    sent.ok("case", "inquiry", "1", "--not-ongoing", "--text", "查看", "--on", "2026-11-05")
    sent.ok("transfer", "accept", "1", "--on", "2026-11-09")
    sent.ok("undo", "P4", "--yes")
    assert sent.duty("transfer.inquiry")["status"] == "cancelled"
    sent.ok("undo", "--yes")
    assert sent.duty("transfer.inquiry")["met_on"] == "2026-11-05"
    assert_sound(sent.database)


def test_what_would_contradict_later_facts_is_not_undone(coord: Desk, add_case: AddCase) -> None:
    add_case()
    coord.ok("case", "decide", "1", "--outcome", "其他", "--on", "2026-11-16")
    coord.ok("correct", "1", "decided", "--on", "2026-11-10", "--reason", "写错")
    coord.ok("case", "close", "1", "--on", "2026-11-12")
    before = tables(coord)
    text = coord.refused("undo", "P4", "--yes")
    assert "P5 已办结" in text
    assert tables(coord) == before


def test_what_is_undone_already_is_not_undone_twice(sent: Desk) -> None:
    sent.ok("undo", "P3", "--yes")
    text = sent.refused("undo", "P3", "--yes")
    assert "P3 已由 P4 撤销" in text
    assert "coord undo P4" in text
    sent.ok("undo", "P4", "--yes")
    sent.ok("undo", "P3", "--yes")
    assert sent.json("case", "show", "1")["status"] == "registered"


def test_nothing_is_undone_where_nothing_was_done(coord: Desk) -> None:
    assert "没有可撤销的" in coord.refused("undo", "--yes")
    assert "没有这次操作" in coord.refused("undo", "P2", "--yes")
    assert "没有这次操作" in coord.refused("undo", "一", "--yes")


def test_an_operation_that_changed_nothing_has_nothing_to_undo(sent: Desk) -> None:
    """To look at what is masked is an operation; the newest one that changed something is meant."""
    looked_at(sent)
    assert "P4 没有改动登记内容" in sent.refused("undo", "P4", "--yes")
    assert sent.json("undo", "--yes")["recorded"]["undoes"] == "P3"


def looked_at(coord: Desk) -> None:
    """Record an operation without changes."""
    with closing(connect(coord.database)) as connection:
        now = datetime(2026, 11, 23)
        number = begin_operation(connection, now=now, operator="甲", command=["--no-mask"])
        seal_operation(connection, number, "看过", None)
        connection.execute("COMMIT")


def test_a_unit_that_is_spoken_of_since_is_not_taken_away(coord: Desk) -> None:
    record(coord, "单位", UNIT)
    record(coord, "联络人", CONTACT)
    record(coord, "案件", CASE)
    text = coord.refused("undo", "P1", "--yes")
    assert "P2 联络人；P3 案件" in text
    coord.ok("undo", "P3", "--yes")
    coord.ok("undo", "P2", "--yes")
    coord.ok("undo", "P1", "--yes")
    assert_sound(coord.database)


def test_a_unit_of_the_pack_stays_whatever_is_taken_back(coord: Desk) -> None:
    record(coord, "改名", UNIT.replace("'ycs'", "'zrj'"))
    record(coord, "联络人", CONTACT.replace("'ycs'", "'zrj'"))
    coord.ok("undo", "P1", "--yes")


def test_a_unit_stays_while_another_edition_of_it_stands(coord: Desk) -> None:
    record(coord, "单位", UNIT)
    record(coord, "改名", UNIT.replace("'2026-11-01'", "'2026-11-20'"))
    record(coord, "联络人", CONTACT)
    coord.ok("undo", "P2", "--yes")
    assert "P3 联络人" in coord.refused("undo", "P1", "--yes")


def test_a_name_that_another_unit_took_since_is_not_given_back(coord: Desk) -> None:
    coord.ok("unit", "add", "yjj", "--name", "区应急局", "--full-name", "峄城区应急局",
             "--alias", "安监局")  # fmt: skip
    coord.ok("unit", "edit", "yjj", "--alias", "应急办")
    coord.ok("unit", "edit", "czj", "--alias", "安监局")
    assert "P4 已改动单位：区财政局" in coord.refused("undo", "P3", "--yes")
    assert coord.json("unit", "show", "安监局")["code"] == "czj"
    coord.ok("undo", "P4", "--yes")
    coord.ok("undo", "P3", "--yes")
    assert coord.json("unit", "show", "安监局")["code"] == "yjj"


def test_a_change_of_a_unit_stays_while_a_later_one_repeats_it(coord: Desk) -> None:
    coord.ok("unit", "rename", "czj", "--name", "区财金局", "--full-name", "峄城区财金局",
             "--on", "11-02")  # fmt: skip
    coord.ok("unit", "close", "czj", "--reason", "合并", "--on", "11-20")
    assert "P3 已登记撤销：区财金局" in coord.refused("undo", "P2", "--yes")
    coord.ok("undo", "P3", "--yes")
    coord.ok("undo", "P2", "--yes")
    assert coord.json("unit", "show", "czj")["name"] == "区财政局"
    assert "P5 已撤销 P2" in coord.refused("undo", "P4", "--yes")
    coord.ok("undo", "P5", "--yes")
    coord.ok("undo", "P4", "--yes")
    assert coord.json("unit", "show", "czj")["closed_on"] == "2026-11-20"
    coord.checked()


UNIT = (
    "INSERT INTO unit_edition (code, since, name, full_name, kind, is_member, short_names, "
    "aliases, is_closed) VALUES ('ycs', '2026-11-01', '某所', '某某所', 'department', 0, '[]', '[]', 0)"
)
CONTACT = "INSERT INTO contact (unit, role, name, since) VALUES ('ycs', '具体联络人', '张某', '2026-11-01')"
CASE = (
    "INSERT INTO case_file (number, year, seq, title, found_by, found_on, status, holder) "
    "VALUES ('2026-0001', 2026, 1, '甲', 'ycs', '2026-11-02', 'registered', 'ycs')"
)


def record(coord: Desk, summary: str, statement: str) -> None:
    """Record a row for which there is no command, as every command does."""
    with closing(connect(coord.database)) as connection:
        now = datetime(2026, 11, 23)
        number = begin_operation(connection, now=now, operator="甲", command=["--no-mask"])
        connection.execute(statement)
        seal_operation(connection, number, summary, None)
        connection.execute("COMMIT")


def test_where_nobody_can_be_asked_yes_has_to_be_typed(sent: Desk) -> None:
    text = sent.refused("undo", code=2)
    assert "将撤销 P3" in text
    assert "已移送：2026-0001" in text
    assert "--yes" in text
    assert count(sent.database, "operation") == 3


@pytest.mark.parametrize(("answer", "code", "operations"), [("y", 0, 4), ("n", 130, 3)])
def test_at_a_terminal_it_asks_and_obeys(
    sent: Desk, answer: str, code: int, operations: int
) -> None:
    from pseudo_terminal import Terminal

    terminal = Terminal("undo", environment={"COORD_DB": str(sent.database)})
    shown = terminal.wait_for("撤销这次操作")
    assert "已移送：2026-0001" in terminal.text[:shown]
    terminal.type(answer)
    assert terminal.finish() == code, terminal.text
    assert count(sent.database, "operation") == operations


def test_an_undo_is_told_sealed_and_chained(sent: Desk) -> None:
    result = sent.ok("undo", "p０3", "--yes")
    assert result.out.startswith("已撤销 P3：已移送：2026-0001")
    assert "要恢复：coord undo P4" in result.out
    assert "将撤销 P3" in result.err
    last = sent.json("history")[-1]
    assert last["ref"] == "P4"
    assert last["undoes"] == "P3"
    assert last["summary"].startswith("已撤销 P3")
    assert len(last["hash"]) == 64
    assert_sound(sent.database)


# --- what was recorded before the schema had a column more ----------------------------------------


@pytest.mark.parametrize("version", FROZEN)
def test_what_was_done_before_an_upgrade_is_undone_and_done_again(
    coord: Desk, version: str
) -> None:
    shutil.copyfile(FROZEN[version], coord.database)
    coord.ok("today")
    before = tables(coord)
    coord.ok("undo", "P3", "--yes")
    assert "照片" not in [one["title"] for one in rows_in(coord, "material")]
    coord.ok("undo", "--yes")
    assert tables(coord) == before
    assert_sound(coord.database)


def test_a_register_from_before_an_upgrade_is_taken_back_to_the_beginning(coord: Desk) -> None:
    shutil.copyfile(FROZEN["0001"], coord.database)
    coord.ok("today")
    for number in range(count(coord.database, "operation"), 0, -1):
        undone = coord("undo", f"P{number}", "--yes")
        assert undone.code == 0 or "已由" in undone.err, undone.err
    assert all(not rows for rows in tables(coord).values())
    assert_sound(coord.database)


def test_a_column_that_a_step_added_and_somebody_filled_is_in_the_way_of_an_undo(
    coord: Desk,
) -> None:
    shutil.copyfile(FROZEN["0001"], coord.database)
    coord.ok("overdue")
    with closing(connect(coord.database)) as connection:
        now = datetime(2026, 11, 23)
        number = begin_operation(connection, now=now, operator="某", command=["--no-mask"])
        connection.execute("UPDATE material SET file_name = '照片.jpg' WHERE id = 1")
        seal_operation(connection, number, "添上文件", None)
        connection.execute("COMMIT")
    assert f"P{number} 添上文件" in coord.refused("undo", "P3", "--yes")


def rows_in(coord: Desk, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(coord.database)) as connection:
        return list(rows_of(connection, table).values())
