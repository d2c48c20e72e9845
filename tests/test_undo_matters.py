"""Undo goes by the tables' own foreign keys: matters are held and mended as cases are."""

import sqlite3
from contextlib import closing

import pytest
from conftest import AddCase, Desk

from yicheng_coord.store.history import RECORDED

HAZARD = ("hazard", "add", "--title", "某某气站", "--kind", "安全", "--to", "gaj", "--on",
          "2026-11-16")  # fmt: skip
DISPUTE = ("dispute", "open", "--between", "zfj", "--between", "zrj", "--subject", "某某职责",
           "--on", "2026-11-16")  # fmt: skip


def sound(coord: Desk) -> bool:
    return coord("check", "--only", "duties", "--only", "history_replay", "-f", "json").json == []


def test_a_matter_is_not_undone_while_something_happened_to_it_since(coord: Desk) -> None:
    coord.ok(*HAZARD)
    coord.ok("hazard", "told", "H1")
    coord.ok("hazard", "reported", "H1")
    told = coord.refused("undo", "P2", "--yes")
    assert "不能撤销 P2" in told
    assert "P3 已登记通报隐患：H1" in told
    assert "P4 已登记向区政府报告隐患：H1" in told
    assert "先撤销后面的：coord undo P4" in told
    for ref in ("P4", "P3", "P2"):
        coord.ok("undo", ref, "--yes")
    assert coord.json("hazard", "list") == []
    assert sound(coord)


def test_a_step_that_was_undone_is_in_nobodys_way(coord: Desk) -> None:
    coord.ok(*HAZARD)
    coord.ok("hazard", "told", "H1")
    coord.ok("undo", "P3", "--yes")
    coord.ok("undo", "P2", "--yes")
    assert coord.json("hazard", "list") == []


def test_a_step_done_again_is_named_by_what_did_it_again(coord: Desk) -> None:
    coord.ok(*HAZARD)
    coord.ok("hazard", "told", "H1")
    coord.ok("undo", "P3", "--yes")
    coord.ok("undo", "P4", "--yes")
    assert "先撤销后面的：coord undo P5" in coord.refused("undo", "P2", "--yes")


def test_an_older_step_of_a_matter_is_undone_and_the_later_one_stands(coord: Desk) -> None:
    coord.ok(*HAZARD)
    coord.ok("hazard", "told", "H1", "--on", "2026-11-17")
    coord.ok("hazard", "reported", "H1", "--on", "2026-11-18")
    coord.ok("undo", "P3", "--yes")
    shown = coord.json("hazard", "show", "H1")
    assert (shown["to"][0]["told_on"], shown["reported_on"]) == (None, "2026-11-18")
    assert [one["rule"] for one in shown["open_duties"]] == ["hazard.notify"]
    assert sound(coord)


def test_a_step_that_a_later_one_answers_is_not_undone(coord: Desk) -> None:
    coord.ok(*DISPUTE)
    coord.ok("dispute", "refer", "Q1")
    coord.ok("dispute", "decide", "Q1", "--text", "某")
    assert "P4 已登记区政府的决定：Q1" in coord.refused("undo", "P3", "--yes")


def test_a_corrected_day_that_later_days_rest_on_is_not_undone(coord: Desk) -> None:
    coord.ok(*HAZARD)
    coord.ok("correct", "H1", "found", "--on", "2026-11-10", "--reason", "记错")
    coord.ok("hazard", "told", "H1", "--on", "2026-11-11")
    told = coord.refused("undo", "P3", "--yes")
    assert "P4 已登记通报隐患" in told
    assert coord.json("hazard", "show", "H1")["found_on"] == "2026-11-10"


def test_undoing_a_correction_counts_a_later_answer_anew(coord: Desk) -> None:
    coord.ok("info", "log", "--kind", "superior", "--title", "某某通知", "--from", "zrj",
             "--on", "2026-11-10")  # fmt: skip
    coord.ok("correct", "I1", "received", "--on", "2026-11-16", "--reason", "看错")
    coord.ok("info", "share", "I1", "--on", "2026-11-18")
    told = coord.refused("undo", "P3", "--yes")
    assert "P4" in told
    coord.ok("undo", "P4", "--yes")
    coord.ok("undo", "P3", "--yes")
    assert coord.json("pending")[0]["due_on"] == "2026-11-13"
    assert sound(coord)


def test_a_case_is_not_undone_while_a_matter_belongs_to_it(coord: Desk, add_case: AddCase) -> None:
    add_case()
    coord.ok(*DISPUTE, "--case", "1")
    assert "P3 已登记争议：Q1" in coord.refused("undo", "P2", "--yes")
    coord.ok("undo", "P3", "--yes")
    coord.ok("undo", "P2", "--yes")


def test_what_hangs_on_a_row_that_is_gone_is_not_brought_back(
    coord: Desk, add_case: AddCase
) -> None:
    add_case()
    coord.ok(*HAZARD, "--case", "1")
    coord.ok("undo", "P3", "--yes")
    coord.ok("undo", "P2", "--yes")
    told = coord.refused("undo", "P4", "--yes")
    assert "P5 已撤销 P2" in told
    coord.ok("undo", "P5", "--yes")
    coord.ok("undo", "P4", "--yes")
    assert coord.json("hazard", "show", "H1")["case"] == "2026-0001"
    assert sound(coord)


def test_the_case_that_another_was_the_same_as_is_gone(coord: Desk, add_case: AddCase) -> None:
    add_case()
    add_case()
    coord.ok("case", "void", "2", "--same-as", "1", "--reason", "重复")
    coord.ok("undo", "P4", "--yes")
    coord.ok("undo", "P2", "--yes")
    assert "P6 已撤销 P2" in coord.refused("undo", "P5", "--yes")


def test_undoing_a_void_brings_the_dispute_back_though_it_went_on(
    coord: Desk, add_case: AddCase
) -> None:
    add_case()
    coord.ok(*DISPUTE, "--case", "1")
    coord.ok("case", "void", "1", "--reason", "误录", "--on", "2026-11-20")
    assert coord.json("dispute", "refer", "Q1")["started"] == []
    coord.ok("undo", "P4", "--yes")
    (dispute,) = coord.json("case", "show", "1")["disputes"]
    assert [one["rule"] for one in dispute["open_duties"]] == ["dispute.refer"]
    assert sound(coord)


def test_what_would_contradict_later_days_of_a_matter_is_not_undone(coord: Desk) -> None:
    coord.ok("action", "plan", "--by", "zfj", "--unit", "zrj", "--title", "某河检查",
             "--from", "2026-11-20", "--on", "2026-11-16")  # fmt: skip
    coord.ok("correct", "A1", "made", "--on", "2026-11-10", "--reason", "甲")
    coord.ok("correct", "A1", "planned", "--on", "2026-11-12", "--reason", "乙")
    assert "P4 已更正：A1" in coord.refused("undo", "P3", "--yes")
    assert coord.json("action", "show", "A1")["made_on"] == "2026-11-10"


def test_every_foreign_key_between_recorded_tables_is_searched_by_an_index(coord: Desk) -> None:
    with closing(sqlite3.connect(coord.database)) as connection:
        for table in RECORDED:
            for link in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
                column = link[3]
                (plan,) = connection.execute(
                    f"EXPLAIN QUERY PLAN SELECT id FROM {table} WHERE {column} = 1"
                ).fetchall()
                assert "SEARCH" in plan[3], f"{table}.{column}: {plan[3]}"


@pytest.mark.parametrize("verbose", [(), ("-v",)])
def test_the_history_of_a_matter_is_its_own_operations(
    coord: Desk, verbose: tuple[str, ...]
) -> None:
    coord.ok(*HAZARD)
    coord.ok(*DISPUTE)
    coord.ok("hazard", "told", "H1")
    coord.ok("dispute", "settle", "Q1", "--text", "某")
    coord.ok("undo", "P4", "--yes")
    told = coord.json("history", "h1", *verbose)
    assert [one["ref"] for one in told] == ["P2", "P4", "P6"]
    assert told[1]["undone_by"] == "P6"
    assert [one["ref"] for one in coord.json("history", "Q1")] == ["P3", "P5"]
    if verbose:
        assert {change["table"] for one in told for change in one["changes"]} == {
            "matter", "matter_party", "happening", "duty",
        }  # fmt: skip


def test_the_history_of_a_case_tells_of_its_matters_too(coord: Desk, add_case: AddCase) -> None:
    add_case()
    coord.ok(*DISPUTE, "--case", "1")
    coord.ok("dispute", "settle", "Q1", "--text", "某")
    assert [one["ref"] for one in coord.json("history", "1")] == ["P2", "P3", "P4"]
    assert [one["ref"] for one in coord.json("history", "Q1")] == ["P3", "P4"]


def test_the_history_of_a_matter_that_is_not_there_is_refused(coord: Desk) -> None:
    assert "没有这项隐患：“H7”" in coord.refused("history", "H7")


@pytest.mark.parametrize("is_undone", [False, True])
def test_the_history_shows_nothing_of_what_a_marked_matter_says(
    coord: Desk, is_undone: bool
) -> None:
    coord.ok("info", "log", "--kind", "approval", "--title=某某配方", "--from", "zjj",
             "--number", "峄建许〔2026〕×号", "--secrecy", "commercial")  # fmt: skip
    coord.ok("info", "log", "--kind", "approval", "--title", "某某公示", "--from", "zjj")
    if is_undone:
        coord.ok("undo", "P2", "--yes")
    for form in ("table", "json", "csv"):
        out = coord.ok("history", "-v", "-f", form).out
        assert "某某配方" not in out
        assert "峄建许" not in out
        assert "商业秘密" in out
        assert "某某公示" in out
    assert "某某配方" in coord.ok("history", "-v", "--no-mask").out


def test_fixing_a_meeting_that_took_up_a_waiting_topic_is_undone_and_done_again(
    coord: Desk,
) -> None:
    coord.ok("topic", "add", "--by", "zrj", "--title", "执法衔接")
    coord.ok("topic", "approve", "T1")
    before = coord.json("topic", "show", "T1")
    plan = ("meeting", "plan", "--kind", "special", "--at", "2026-12-01", "--place", "会议室")
    assert coord.json(*plan)["recorded"]["topics"] == ["T1"]
    after = coord.json("topic", "show", "T1")
    coord.ok("undo", "--yes")
    assert coord.json("topic", "show", "T1") == before
    assert coord.json("meeting", "list") == []
    coord.ok("undo", "--yes")
    assert coord.json("topic", "show", "T1") == after
    coord.checked()
