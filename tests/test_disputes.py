"""四（四）: 区司法局 settles a dispute between 执法局 and another unit, else 区政府 decides."""

from typing import Any

import pytest
from conftest import AddCase, Desk

OPEN = ("dispute", "open", "--between", "zfj", "--between", "zrj", "--subject", "某某地块由谁查处")


def open_dispute(coord: Desk, *options: str) -> dict[str, Any]:
    answer: dict[str, Any] = coord.json(*OPEN, *options)
    return answer


def rules(duties: list[dict[str, Any]]) -> list[str]:
    return [one["rule"] for one in duties]


def test_the_legal_office_owes_both_sides_a_settlement(coord: Desk) -> None:
    answer = open_dispute(coord, "--on", "2026-11-16")
    (duty,) = answer["started"]
    assert (duty["rule"], duty["owed_by"], duty["owed_to"]) == (
        "dispute.settle", "sfj", "disputants",
    )  # fmt: skip
    assert (duty["due_on"], duty["matter"]) == (None, "Q1")
    assert answer["next_step"] == "协商处理执法争议：coord dispute settle Q1 --text 结果"
    assert "争议各方" in coord.ok("pending").out
    assert "区司法局" in coord.ok("explain", duty["id"]).out
    settled = coord.json("dispute", "settle", "Q1", "--text", "由执法局查处", "--on", "2026-11-20")
    assert rules(settled["met"]) == ["dispute.settle"]
    shown = coord.json("dispute", "show", "Q1")
    assert (shown["status"], shown["settled_on"]) == ("settled", "2026-11-20")
    assert (shown["result"], shown["open_duties"]) == ("由执法局查处", [])


def test_what_cannot_be_settled_is_decided_by_the_government(coord: Desk) -> None:
    open_dispute(coord, "--on", "2026-11-16")
    referred = coord.json("dispute", "refer", "Q1", "--on", "2026-11-18")
    assert rules(referred["ended"]) == ["dispute.settle"]
    (duty,) = referred["started"]
    assert (duty["rule"], duty["owed_by"], duty["owed_to"]) == ("dispute.refer", "sfj", "qzf")
    assert referred["next_step"] == "争议报区政府决定：coord dispute decide Q1 --text 决定"
    decided = coord.json(
        "dispute", "decide", "Q1", "--text", "由自然资源局查处", "--number", "峄政字〔2026〕×号"
    )
    assert rules(decided["met"]) == ["dispute.refer"]
    shown = coord.json("dispute", "show", "Q1")
    assert {key: shown[key] for key in ("status", "referred_on", "decided_on", "document")} == {
        "status": "decided", "referred_on": "2026-11-18", "decided_on": "2026-11-23",
        "document": "峄政字〔2026〕×号",
    }  # fmt: skip
    assert shown["settled_on"] is None
    assert coord.owed() == []


def test_the_provision_is_cited_by_its_number_as_the_pack_does(coord: Desk) -> None:
    cited = "依据《山东省行政程序规定》第21条协商处理"
    assert cited in coord.ok(*OPEN).out
    assert cited in coord.ok("dispute", "show", "Q1").out


def test_an_old_dispute_ages_and_is_never_overdue(coord: Desk) -> None:
    open_dispute(coord, "--on", "2026-11-02")
    assert [one["status"] for one in coord.owed()] == ["ageing"]
    assert coord.json("overdue") == []


def test_a_case_in_dispute_shows_it_and_its_next_step(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zfj", "--determined-on", "2026-11-03")
    own = coord.json("case", "show", "1")
    assert own["disputes"] == []
    open_dispute(coord, "--case", "1", "--on", "2026-11-16")
    shown = coord.json("case", "show", "1")
    (dispute,) = shown["disputes"]
    assert (dispute["ref"], dispute["between"], dispute["status"]) == (
        "Q1", ["zfj", "zrj"], "opened",
    )  # fmt: skip
    assert shown["next_step"] == "协商处理执法争议：coord dispute settle Q1 --text 结果"
    out = coord.ok("case", "show", "1").out
    assert "争议　Q1 某某地块由谁查处（区综合行政执法局、区自然资源局）：待协商" in out
    assert "下一步（区司法局）：" in out
    assert "dispute.settle" in rules(coord.json("pending", "--case", "1"))
    later = coord.json("case", "inquiry", "1", "--not-ongoing", "--text", "现场")
    assert later["next_step"] == shown["next_step"]

    coord.ok("dispute", "refer", "Q1")
    assert "coord dispute decide Q1" in coord.json("case", "show", "1")["next_step"]
    assert "已报区政府，待决定" in coord.ok("case", "show", "1").out
    coord.ok("dispute", "decide", "Q1", "--text", "由执法局查处")
    after = coord.json("case", "show", "1")
    assert after["next_step"] == own["next_step"]
    assert after["disputes"][0]["result"] == "由执法局查处"


def test_a_void_case_owes_no_settlement(coord: Desk, add_case: AddCase) -> None:
    add_case()
    open_dispute(coord, "--case", "1", "--on", "2026-11-16")
    answer = coord.json("case", "void", "1", "--reason", "误录")
    assert "dispute.settle" in rules(answer["ended"])
    assert coord.json("case", "show", "1")["next_step"] == ""
    assert "已办结或作废" in coord.refused(*OPEN, "--case", "1")
    assert coord("check", "--only", "duties", "-f", "json").json == []


def test_the_legal_office_itself_in_dispute_is_pointed_out(coord: Desk) -> None:
    line = ("dispute", "open", "--between", "zfj", "--between", "sfj", "--subject", "某某职责")
    assert "宜报区政府决定" in coord.json(*line)["warnings"][0]


def test_more_than_two_may_dispute(coord: Desk) -> None:
    open_dispute(coord, "--between", "zjj")
    assert coord.json("dispute", "show", "Q1")["between"] == ["zfj", "zrj", "zjj"]
    assert [one["ref"] for one in coord.json("dispute", "list", "--unit", "zjj")] == ["Q1"]
    assert coord.json("dispute", "list", "--unit", "gaj") == []


def test_dates_are_corrected_in_their_order(coord: Desk) -> None:
    open_dispute(coord, "--on", "2026-11-16")
    coord.ok("dispute", "refer", "Q1", "--on", "2026-11-18")
    coord.ok("dispute", "decide", "Q1", "--text", "某", "--on", "2026-11-20")
    coord.ok("correct", "Q1", "referred", "--on", "2026-11-19", "--reason", "报告日期")
    duties = coord.json("dispute", "show", "Q1")
    assert duties["referred_on"] == "2026-11-19"
    for fact, day in (("opened", "2026-11-20"), ("decided", "2026-11-18")):
        told = coord.refused("correct", "Q1", fact, "--on", day, "--reason", "甲")
        assert "早于" in told
    assert coord("check", "--only", "duties", "-f", "json").json == []


def test_every_step_is_undone_and_done_again(coord: Desk) -> None:
    open_dispute(coord, "--on", "2026-11-16")
    states = [coord.json("dispute", "list")]
    for line in (("dispute", "refer", "Q1"), ("dispute", "decide", "Q1", "--text", "某")):
        coord.ok(*line)
        states.append(coord.json("dispute", "list"))
        coord.ok("undo", "--yes")
        assert coord.json("dispute", "list") == states[-2]
        coord.ok("undo", "--yes")
        assert coord.json("dispute", "list") == states[-1]
    assert coord("check", "-f", "json", "--only", "duties", "--only", "history_replay").json == []


def test_what_cannot_be_is_refused_and_changes_nothing(coord: Desk) -> None:
    open_dispute(coord, "--on", "2026-11-16")
    coord.ok("dispute", "settle", "Q1", "--text", "某", "--on", "2026-11-17")
    open_dispute(coord, "--on", "2026-11-16")
    open_dispute(coord, "--on", "2026-11-16")
    coord.ok("dispute", "refer", "Q3", "--on", "2026-11-17")
    before = coord.json("history")
    between = ("dispute", "open", "--subject", "某", "--between", "zrj", "--between")
    for line, code, why in (
        ((*between, "zjj"), 1, "须有一方是区综合行政执法局（峄政办发〔2022〕1号 四（四））"),
        ((*between, "zrj"), 2, "至少有两个单位"),
        ((*between, "zfj", "--between", "qzf"), 1, "不是争议的一方"),
        (("dispute", "open", "--between", "zfj", "--between", "zrj"), 2, "--subject"),
        ((*OPEN, "--on", "2026-12-01"), 1, "尚未发生"),
        (("dispute", "settle", "Q2", "--text", " "), 1, "协商结果（--text）不能为空"),
        (("dispute", "settle", "Q2", "--text", "秘密★"), 1, "国家秘密不得录入"),
        (("dispute", "settle", "Q2", "--text", "某", "--on", "2026-11-15"), 1, "早于提出日期"),
        (("dispute", "settle", "Q1", "--text", "某"), 1, "已于 2026-11-17 争议协商解决"),
        (("dispute", "settle", "Q3", "--text", "某"), 1, "coord dispute decide Q3"),
        (("dispute", "refer", "Q1"), 1, "四（四）"),
        (("dispute", "decide", "Q2", "--text", "某"), 1, "尚未报区政府"),
        (("dispute", "decide", "Q1", "--text", "某"), 1, "争议协商解决"),
        (("dispute", "decide", "Q3", "--text", " "), 1, "不能为空"),
        (("dispute", "decide", "Q3", "--text", "某", "--on", "2026-11-16"), 1, "早于报请日期"),
        (("dispute", "show", "Q9"), 1, "没有这项争议"),
    ):
        assert why in coord.refused(*line, code=code), line
    assert coord.json("history") == before


@pytest.mark.parametrize("form", ["table", "csv"])
def test_the_list_says_where_each_dispute_stands(coord: Desk, form: str) -> None:
    open_dispute(coord)
    out = coord.ok("dispute", "list", "-f", form).out
    assert "待协商" in out
    assert "区综合行政执法局、区自然资源局" in out
