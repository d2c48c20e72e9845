"""What was done, by whom and when: a line each, or every row before and after; nothing secret."""

import csv
import io
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from conftest import AddCase, Desk

from yicheng_coord.policy.events import EVENTS
from yicheng_coord.queries.labels import UNIT_COLUMNS, label, table_label
from yicheng_coord.services.corrections import TABLES_OF_FACTS
from yicheng_coord.show.history import SCREENFUL
from yicheng_coord.store.history import RECORDED, begin_operation, seal_operation
from yicheng_coord.store.open import connect
from yicheng_coord.vocabulary import ALSO_CALLED, Fact

SECRETS = ("110105199001010028", "13812345678", "李某某")


@pytest.fixture
def two(coord: Desk, add_case: AddCase) -> Desk:
    """P2 and P4 are of case 1, P3 is of case 2."""
    add_case("--competent", "zfj", title="甲")
    add_case(title="乙")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-05")
    return coord


def test_an_empty_history_says_so(coord: Desk) -> None:
    result = coord.ok("history")
    assert result.out + result.err == "还没有操作记录。\n"
    assert coord.json("history") == []


def test_the_history_is_one_line_an_operation(two: Desk) -> None:
    heading, *lines = two.ok("history").out.splitlines()
    assert heading.split("\t") == ["编号", "时间", "操作人", "内容", "命令"]
    assert [line.split("\t")[0] for line in lines] == ["P1", "P2", "P3", "P4"]
    assert lines[3].split("\t")[1:3] == ["2026-11-23 00:00", "测试员"]
    assert "已移送：2026-0001 甲" in lines[3]
    assert lines[3].endswith("transfer send 1 --to zfj --on 2026-11-05")


def test_the_history_of_a_case_is_of_no_other(two: Desk) -> None:
    assert [one["ref"] for one in two.json("history", "1")] == ["P2", "P4"]
    assert [one["ref"] for one in two.json("history", "2026-0002")] == ["P3"]
    assert "没有这个案件" in two.refused("history", "9")
    assert "没有这次操作" in two.refused("history", "P10")


def test_the_keys_of_an_operation_are_stable(two: Desk) -> None:
    two.ok("undo", "--yes")
    (one,) = two.json("history", "P4")
    assert list(one) == [
        "ref", "at", "operator", "command", "summary", "undoes", "undone_by", "hash", "changes",
    ]  # fmt: skip
    assert (one["undoes"], one["undone_by"]) == (None, "P5")
    assert one["changes"][0] == {
        "table": "transfer",
        "row": 1,
        "before": None,
        "after": one["changes"][0]["after"],
    }
    assert {"table": "case_file", "row": 1, "before": {"status": "registered"},
            "after": {"status": "sent"}} in one["changes"]  # fmt: skip
    (undo,) = two.json("history", "P5")
    assert (undo["undoes"], undo["undone_by"]) == ("P4", None)
    assert undo["changes"][0]["after"] is None
    assert all(one["changes"] == [] for one in two.json("history"))


def test_details_tell_of_rows_made_changed_and_removed(two: Desk) -> None:
    two.ok("undo", "--yes")
    said = two.ok("history", "P4").out
    assert "P4 2026-11-23 00:00:00 测试员" in said
    assert "（已由 P5 撤销）" in said
    assert "  命令　coord --today 2026-11-23 transfer send 1 --to zfj" in said
    assert "  新增 移送 1　序号 1，案件序号 1，第几程 1，移送单位 区自然资源局" in said
    assert "  改动 案件 1　状态 已登记 → 已移送" in said
    assert "完成日期 空 → 2026-11-05" in said
    assert "  删除 移送 1　序号 1" in two.ok("history", "P5").out


def test_details_of_a_case_tell_of_its_own_rows_only(coord: Desk, tmp_path: Path) -> None:
    file = tmp_path / "单.csv"
    file.write_text("案件名称,发现单位,发现日期\n甲,zrj,2026-11-02\n乙,zrj,2026-11-02\n", "utf-8")
    coord.ok("import", str(file))
    said = coord.ok("history", "1", "-v").out
    assert "案件名称 甲" in said
    assert "案件名称 乙" not in said
    assert "案件名称 乙" in coord.ok("history", "-v").out


def test_csv_has_a_line_an_operation_too(two: Desk) -> None:
    lines = list(csv.reader(io.StringIO(two.ok("history", "-f", "csv").out.lstrip("\ufeff"))))
    assert [line[0] for line in lines] == ["编号", "P1", "P2", "P3", "P4"]


@pytest.mark.parametrize("is_joined", [False, True])
def test_identity_numbers_phones_and_informants_are_masked(coord: Desk, *, is_joined: bool) -> None:
    options = dict(zip(("--party-id", "--phone", "--informant"), SECRETS, strict=True))
    words = [
        word
        for option, value in options.items()
        for word in ([f"{option}={value}"] if is_joined else [option, value])
    ]
    coord.ok("case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "11-02", *words)
    coord.ok("case", "edit", "1", "--informant", "王某某", "--phone", "13812345678 ")
    coord.ok("undo", "--yes")
    for line in (["history"], ["history", "-v"], ["history", "1", "-v"], ["history", "P2"],
                 ["history", "-v", "-f", "json"], ["history", "-f", "csv"]):  # fmt: skip
        said = coord.ok(*line).out
        assert not [secret for secret in (*SECRETS, "王某某") if secret in said], line
    (added,) = coord.json("history", "P2")
    assert "110105********0028" in added["command"]
    assert "138****5678" in added["command"]
    assert added["changes"][0]["after"]["informant"] == "***"


def test_a_change_of_what_is_masked_is_seen_all_the_same(coord: Desk, add_case: AddCase) -> None:
    add_case("--informant", "李某某")
    coord.ok("case", "edit", "1", "--informant", "王某某")
    (edit,) = coord.json("history", "P3")
    assert edit["changes"][0]["before"]["informant"] == "***"
    assert edit["changes"][0]["after"]["informant"] == "***"


def test_columns_that_no_field_takes_are_masked_by_their_heading(
    coord: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "热线.csv"
    file.write_text(
        "案件名称,发现单位,发现日期,来电电话,备注\n甲,zrj,2026-11-02,13812345678,照旧\n", "utf-8"
    )
    coord.ok("import", str(file))
    said = coord.ok("history", "-v").out
    assert "13812345678" not in said
    assert "照旧" in said


def test_hostile_text_in_the_history_is_shown_harmless(coord: Desk, add_case: AddCase) -> None:
    add_case(title="甲\x1b[31m乙")
    for line in (["history"], ["history", "-v"]):
        assert "\x1b" not in coord.ok(*line).out


def test_what_was_taken_back_and_then_was_not_stands_again(coord: Desk, add_case: AddCase) -> None:
    add_case()
    coord.ok("undo", "--yes")
    coord.ok("undo", "--yes")
    undone_by = [one["undone_by"] for one in coord.json("history")]
    assert undone_by == [None, None, "P4", None]


def test_every_recorded_column_has_a_word(coord: Desk) -> None:
    for table in RECORDED:
        assert table_label(table) != table
        with closing(sqlite3.connect(coord.database)) as connection:
            for _, name, *_ in connection.execute(f"PRAGMA table_info({table})"):
                assert label(table, name) != name, f"{table}.{name}"


def test_every_column_that_holds_a_unit_is_there(coord: Desk) -> None:
    with closing(sqlite3.connect(coord.database)) as connection:
        for table, columns in UNIT_COLUMNS.items():
            there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            assert set(columns) <= there


def test_every_fact_stands_in_a_column_that_has_a_word_and_is_offered(coord: Desk) -> None:
    offered = " ".join(coord.ok("correct", "--help").out.split())
    of_matters = {Fact(event.rpartition(".")[2]) for event in EVENTS if _is_fact(event)}
    assert set(Fact) == set(TABLES_OF_FACTS) | of_matters | set(ALSO_CALLED)
    for fact in Fact:
        assert f"<{fact}>" in offered
    for fact, table in TABLES_OF_FACTS.items():
        column = f"{fact}_on"
        assert column in table.model_fields
        assert label(table.__tablename__, column) != column


def _is_fact(event: str) -> bool:
    return event.rpartition(".")[2] in list(Fact)


def test_codes_are_told_in_words(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zfj", "--determined-on", "2026-11-03")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-05")
    coord.ok("transfer", "accept", "1", "--on", "2026-11-06")
    said = coord.ok("history", "1", "-v").out
    for words in ("种类 工作日，天数 3", "起算事件 认定不属本单位管辖", "反馈 空 → 受理",
                  "种类 及时，遇休息日 不移动"):  # fmt: skip
        assert words in said


# --- whose, since when, how much ------------------------------------------------------------------


def test_the_history_of_a_duty_is_of_what_moved_it(two: Desk) -> None:
    two.ok("duty", "cancel", "D3", "--reason", "不适用")
    assert [one["ref"] for one in two.json("history", "D3")] == ["P2", "P5"]
    said = two.ok("history", "d3", "-v").out
    assert "不再适用的理由 空 → 不适用" in said
    assert "案件名称" not in said
    assert "没有这个时限事项" in two.refused("history", "D99")


def test_the_history_of_a_unit_is_of_its_names_and_contacts(two: Desk) -> None:
    two.ok("contact", "set", "zrj", "--role", "具体联络人", "--name", "张某")
    assert [one["ref"] for one in two.json("history", "区自然资源局")] == ["P5"]
    (of_unit,) = two.json("history", "zrj", "-v")
    assert [one["table"] for one in of_unit["changes"]] == ["contact"]
    two.ok("unit", "rename", "zrj", "--name", "区自然局", "--full-name", "峄城区自然局")
    assert [one["ref"] for one in two.json("history", "区自然局")] == ["P5", "P6"]
    assert two.json("history", "jtj") == []


def test_only_the_last_operations_or_those_since_a_day(two: Desk) -> None:
    two.ok("case", "edit", "1", "--place", "村东", today="2026-11-24")
    assert [one["ref"] for one in two.json("history", "--last", "2")] == ["P4", "P5"]
    assert [one["ref"] for one in two.json("history", "--since", "2026-11-24")] == ["P5"]
    assert [one["ref"] for one in two.json("history", "1", "--last", "1")] == ["P5"]
    assert [one["ref"] for one in two.json("history", "1", "--since", "11-23")] == [
        "P2",
        "P4",
        "P5",
    ]
    assert "以上是最近 2 次；更早的：--last" in two.ok("history", "--last", "2", "-v").err
    two.refused("history", "--last", "0", code=2)
    two.refused("history", "--since", "2026-2-30", code=2)


def test_a_terminal_gets_a_screenful_and_is_told_so(coord: Desk) -> None:
    from pseudo_terminal import Terminal

    connection = connect(coord.database)
    for number in range(SCREENFUL + 5):
        now = datetime(2026, 11, 23)
        operation = begin_operation(connection, now=now, operator="甲", command=["x"])
        seal_operation(connection, operation, f"第{number}次", None)
        connection.execute("COMMIT")
    connection.close()
    terminal = Terminal("history", environment={"COORD_DB": str(coord.database)})
    assert terminal.finish() == 0
    assert "P55 " in terminal.text
    assert "P6 " in terminal.text
    assert "P5 " not in terminal.text
    assert f"最近 {SCREENFUL} 次；更早的：--last 次数、--since 日期" in terminal.text
    assert len(coord.json("history")) == SCREENFUL + 5
