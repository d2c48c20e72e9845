"""Putting right what was typed wrong: every date afterwards is as if it had been typed right."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import AddCase, Desk
from dump import dump
from soundness import assert_sound

ADD = ("case", "add", "--title", "堆场占用耕地", "--found-by", "zrj", "--found-on", "2026-11-02")
DETERMINED = ("--competent", "zfj", "--determined-on", "2026-11-03")
SEND = ("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-05")
RECEIVE = ("transfer", "receive", "1", "--on", "2026-11-06")
ACCEPT = ("transfer", "accept", "1", "--on", "2026-11-09")
DECLINE = ("transfer", "decline", "1", "--reason", "不属本局", "--on", "2026-11-09")
REFER = ("transfer", "refer", "1", "--on", "2026-11-10")
ASSIGN = ("transfer", "assign", "1", "--to", "zjj", "--on", "2026-11-11")
DECIDE = ("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-12")
NOTIFY = ("transfer", "notify", "1", "--on", "2026-11-13")
CLOSE = ("case", "close", "1", "--on", "2026-11-16")
INQUIRY = ("case", "inquiry", "1", "--not-ongoing", "--text", "查看", "--on", "2026-11-03")
WITHDRAW = ("transfer", "withdraw", "1", "--reason", "材料不全", "--on", "2026-11-06")
VOID = ("case", "void", "1", "--reason", "误录", "--on", "2026-11-06")
CASE = (*ADD, *DETERMINED)
URGENT = (*SEND, "--urgent-from", "2026-11-05")
DECIDED = (CASE, SEND, RECEIVE, ACCEPT, DECIDE)


def live(coord: Desk, lines: Sequence[Sequence[str]]) -> None:
    for line in lines:
        coord.ok(*line)


def correct(coord: Desk, fact: str, on: str) -> Desk:
    coord.ok("correct", "1", fact, "--on", on, "--reason", "写错")
    return coord


# fact: what went before, the right day, the rule, its due day before and after
MOVED = [
    ("found", [(*ADD[:-1], "2026-11-03", "--competent", "zfj")], "2026-11-02",
     "transfer.send", "2026-11-06", "2026-11-05"),
    ("determined", [CASE], "2026-11-04", "transfer.send", "2026-11-06", "2026-11-09"),
    ("urgent", [CASE, URGENT], "2026-11-04", "transfer.send", "2026-11-05", "2026-11-04"),
    ("sent", [CASE, SEND], "2026-11-06", "transfer.feedback", "2026-11-10", "2026-11-11"),
    ("assigned", [CASE, SEND, DECLINE, REFER, ASSIGN], "2026-11-12",
     "transfer.feedback", "2026-11-16", "2026-11-17"),
    ("received", [CASE, SEND, RECEIVE], "2026-11-09",
     "transfer.feedback", "2026-11-11", "2026-11-12"),
    ("decided", DECIDED, "2026-11-11", "transfer.result", "2026-11-17", "2026-11-16"),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "lines", "on", "rule", "before", "after"), MOVED)
def test_the_duty_that_hangs_on_a_date_moves_and_the_old_day_is_kept(
    coord: Desk, fact: str, lines: list[tuple[str, ...]], on: str, rule: str, before: str, after: str
) -> None:  # fmt: skip
    live(coord, lines)
    was = _newest(coord, rule)
    assert was["due_on"] == before
    answer = coord.json("correct", "1", fact, "--on", on, "--reason", "写错")
    assert answer["recorded"]["fact"] == fact
    assert answer["recorded"]["on"] == on
    assert (was["id"], before) in [(one["id"], one["due_on_before"]) for one in answer["moved"]]
    now = coord.json("explain", was["id"])
    assert now["due_on"] == after
    assert before in [one["due_on"] for one in now["earlier"]]
    assert f"原应办　{before}" in coord.ok("explain", was["id"]).out
    assert_sound(coord.database)


def _newest(coord: Desk, rule: str) -> dict[str, str]:
    found = []
    for number in range(1, 10):
        answer = coord("explain", f"D{number}", "-f", "json")
        if answer.code == 0 and answer.json["rule"] == rule:
            found.append(answer.json)
    newest: dict[str, str] = found[-1]
    return newest


MET = [
    ("inquired", [CASE, INQUIRY], "2026-11-04", "transfer.inquiry"),
    ("sent", [CASE, SEND], "2026-11-09", "transfer.send"),
    ("answered", [CASE, SEND, RECEIVE, ACCEPT], "2026-11-12", "transfer.feedback"),
    ("referred", [CASE, SEND, DECLINE, REFER], "2026-11-12", "transfer.refer"),
    ("notified", [*DECIDED, NOTIFY], "2026-11-18", "transfer.result"),
]


@pytest.mark.parametrize(("fact", "lines", "on", "rule"), MET)
def test_the_duty_that_a_date_met_is_met_on_the_right_day(
    coord: Desk, fact: str, lines: list[tuple[str, ...]], on: str, rule: str
) -> None:
    live(coord, lines)
    before = coord.duty(rule)
    assert before["status"] == "met"
    correct(coord, fact, on)
    after = coord.duty(rule)
    assert after["met_on"] == on
    assert after["status"] == ("met_late" if after["due_on"] else "met")
    correct(coord, fact, before["met_on"])
    assert coord.duty(rule)["status"] == "met"


def test_a_duty_met_late_is_met_in_time_by_the_right_day(coord: Desk) -> None:
    live(coord, [CASE, (*SEND[:-1], "2026-11-16")])
    assert coord.duty("transfer.send")["status"] == "met_late"
    assert coord.duty("transfer.send")["id"] in coord.ok("explain", "D4").out
    correct(coord, "sent", "2026-11-05")
    assert coord.duty("transfer.send")["status"] == "met"


@pytest.mark.parametrize(
    ("fact", "lines", "on", "column"),
    [
        ("withdrawn", [CASE, SEND, WITHDRAW], "2026-11-09", "withdrawn_on"),
        ("closed", [*DECIDED, NOTIFY, CLOSE], "2026-11-17", "closed_on"),
        ("voided", [CASE, VOID], "2026-11-09", "voided_on"),
    ],
)
def test_a_date_that_ends_things_is_corrected_too(
    coord: Desk, fact: str, lines: list[tuple[str, ...]], on: str, column: str
) -> None:
    live(coord, lines)
    correct(coord, fact, on)
    changes = coord.json("history")[-1]["ref"]
    (last,) = coord.json("history", changes)
    assert [one["after"][column] for one in last["changes"] if column in one["after"]] == [on]
    assert "写错" in last["summary"]


def test_a_corrected_life_reads_as_one_that_was_typed_right(coord: Desk, tmp_path: Path) -> None:
    live(coord, [(*ADD[:-1], "2026-11-01", *DETERMINED), (*SEND[:-1], "2026-11-04"), RECEIVE])
    correct(correct(coord, "found", "2026-11-02"), "sent", "2026-11-05")
    wrong = [_without_first(coord.json("explain", f"D{number}")) for number in (1, 2, 3)]
    other = tmp_path / "other.db"
    for line in (("init",), CASE, SEND, RECEIVE):
        coord.ok("--db", str(other), *line)
    right = [
        _without_first(coord.json("--db", str(other), "explain", f"D{number}"))
        for number in (1, 2, 3)
    ]
    assert wrong == right


def _without_first(duty: dict[str, object]) -> dict[str, object]:
    kept = {"earlier", "original_due_on"}
    return {name: value for name, value in duty.items() if name not in kept}


def test_the_assignment_and_the_end_of_the_leg_before_are_one_fact(coord: Desk) -> None:
    reassign = ("transfer", "assign", "1", "--to", "swj", "--on", "2026-11-12")
    live(coord, [CASE, SEND, DECLINE, REFER, ASSIGN, reassign])
    correct(coord, "assigned", "2026-11-13")
    (last,) = coord.json("history", coord.json("history")[-1]["ref"])
    legs = [one["after"] for one in last["changes"] if one["table"] == "transfer"]
    assert {"replaced_on": "2026-11-13"} in legs
    assert {"assigned_on": "2026-11-13"} in legs


def test_of_several_legs_the_latest_that_has_the_fact_is_corrected(coord: Desk) -> None:
    live(coord, [CASE, SEND, WITHDRAW, (*SEND[:-1], "2026-11-10")])
    correct(coord, "sent", "2026-11-09")
    legs = coord.json("transfer", "show", "1")
    assert [leg["sent_on"] for leg in legs] == ["2026-11-05", "2026-11-09"]
    correct(coord, "withdrawn", "2026-11-09")


def test_a_corrected_finding_is_found_by_the_list_that_has_it_right(
    coord: Desk, tmp_path: Path
) -> None:
    live(coord, [ADD])
    correct(coord, "found", "2026-11-03")
    file = tmp_path / "单.csv"
    file.write_text("案件名称,发现单位,发现日期\n堆场占用耕地,zrj,2026-11-03\n", "utf-8")
    assert "相同 1" in coord.ok("import", str(file)).out


def refused_unchanged(coord: Desk, *line: str, code: int = 1) -> str:
    before = dump(coord)
    text = coord.refused(*line, code=code)
    assert dump(coord) == before
    return text


@pytest.mark.parametrize(
    ("fact", "on", "code", "words"),
    [
        ("sennt", "2026-11-05", 2, ["found、determined、", "sent"]),
        ("sent", "2026-11-31", 2, ["没有这一天"]),
        ("received", "2026-11-06", 1, ["2026-0001 没有登记收到日期"]),
        ("closed", "2026-11-06", 1, ["没有登记办结日期"]),
        ("sent", "2026-11-05", 1, ["发出日期已经是 2026-11-05"]),
        ("sent", "2026-11-24", 1, ["发出日期 2026-11-24 在今天（2026-11-23）之后"]),
        ("found", "1926-11-02", 1, ["发现日期 1926-11-02 过早"]),
        ("sent", "2026-11-01", 1,
         ["发出日期 2026-11-01 早于发现日期 2026-11-02",
          "发出日期 2026-11-01 早于认定日期 2026-11-03"]),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_and_nothing_changes(
    coord: Desk, fact: str, on: str, code: int, words: list[str]
) -> None:
    live(coord, [CASE, SEND])
    text = refused_unchanged(coord, "correct", "1", fact, "--on", on, "--reason", "x", code=code)
    assert all(word in text for word in words), text


def test_every_contradiction_is_named(coord: Desk) -> None:
    live(coord, [*DECIDED, NOTIFY, CLOSE])
    line = ("correct", "1", "found", "--on", "2026-11-18", "--reason", "x")
    text = refused_unchanged(coord, *line)
    assert "认定日期 2026-11-03 早于发现日期 2026-11-18" in text
    assert "发出日期 2026-11-05 早于发现日期 2026-11-18" in text
    line = ("correct", "1", "decided", "--on", "2026-11-20", "--reason", "x")
    text = refused_unchanged(coord, *line)
    assert "通报日期 2026-11-13 早于决定日期 2026-11-20" in text
    assert "办结日期 2026-11-16 早于决定日期 2026-11-20" in text


@pytest.mark.parametrize(
    "line",
    [
        ("correct", "1", "found", "--on", "2026-11-01"),
        ("case", "void", "1"),
        ("duty", "cancel", "D3"),
    ],
)
def test_each_wants_a_reason(coord: Desk, line: tuple[str, ...]) -> None:
    live(coord, [CASE])
    refused_unchanged(coord, *line, code=2)
    assert "理由" in refused_unchanged(coord, *line, "--reason", " ")


EDITS = [
    ("title", "改了名称"),
    ("cause", "堆放"),
    ("party", "某某公司"),
    ("party_id", "91370404MA3XXXXX0X"),
    ("phone", "0632-7711111"),
    ("informant", "王某某"),
    ("place", "某某村东"),
    ("source", "举报"),
    ("summary", "堆放砂石"),
    ("external_number", "甲-1"),
    ("found_by", "swj"),
]


@pytest.mark.parametrize(("field", "text"), EDITS)
def test_each_field_is_edited_and_a_blank_takes_it_away(
    coord: Desk, add_case: AddCase, field: str, text: str
) -> None:
    add_case()
    option = f"--{field.replace('_', '-')}"
    answer = coord.json("case", "edit", "1", option, f" {text} ", "--reason", "补记") if (
        field not in {"source", "found_by"}
    ) else coord.json("case", "edit", "1", option, text)  # fmt: skip
    assert answer["recorded"] == {"type": "edit", "ref": "2026-0001", "fields": [field]}
    (last,) = coord.json("history", "P3")
    assert field in last["changes"][0]["after"]
    if field in {"title", "source", "found_by"}:
        return
    coord.ok("case", "edit", "1", option, "")
    (last,) = coord.json("history", "P4")
    assert last["changes"][0]["after"][field] is None


def test_a_title_cannot_be_blank_and_something_must_change(coord: Desk, add_case: AddCase) -> None:
    add_case()
    assert "案件名称" in refused_unchanged(coord, "case", "edit", "1", "--title", " ")
    assert "没有写明要改什么" in refused_unchanged(coord, "case", "edit", "1", code=2)
    text = refused_unchanged(coord, "case", "edit", "1", "--title", "堆场占用耕地")
    assert "已经是这样" in text
    assert "没有这个单位" in refused_unchanged(coord, "case", "edit", "1", "--found-by", "甲局")
    refused_unchanged(coord, "case", "edit", "1", "--source", "捡来", code=2)


def test_the_finder_is_edited_until_it_has_sent_and_owes_what_the_other_owed(coord: Desk) -> None:
    live(coord, [CASE])
    coord.ok("case", "edit", "1", "--found-by", "swj", "--reason", "选错")
    assert coord.duty("transfer.send")["owed_by"] == "swj"
    assert coord.json("case", "show", "1")["holder"] == "swj"
    coord.ok("case", "edit", "1", "--found-by", "zfj")
    assert coord.duty("transfer.send")["status"] == "cancelled"
    coord.ok("case", "edit", "1", "--found-by", "zrj")
    assert coord.duty("transfer.send")["due_on"] == "2026-11-06"
    live(coord, [SEND])
    assert "不能更改发现单位" in refused_unchanged(coord, "case", "edit", "1", "--found-by", "swj")


def test_a_list_with_the_edited_words_brings_nothing_new(coord: Desk, tmp_path: Path) -> None:
    live(coord, [ADD])
    file = tmp_path / "单.csv"
    file.write_text("案件名称,发现单位,发现日期,地点\n改了,swj,2026-11-02,村东\n", "utf-8")
    coord.ok("case", "edit", "1", "--title", "改了", "--place", "村东", "--found-by", "swj")
    assert "相同 1" in coord.ok("import", str(file)).out


def test_a_void_case_owes_nothing_and_is_edited_and_voided_no_more(coord: Desk) -> None:
    live(coord, [CASE])
    answer = coord.json("case", "void", "1", "--reason", "误录")
    assert sorted(duty["id"] for duty in answer["ended"]) == ["D3", "D4"]
    assert coord.owed() == []
    assert coord.json("case", "show", "1")["status"] == "void"
    refused_unchanged(coord, "case", "void", "1", "--reason", "再来")
    refused_unchanged(coord, "case", "edit", "1", "--title", "改")
    refused_unchanged(coord, *SEND)
    assert_sound(coord.database)


def test_the_day_of_a_voiding_lies_between_the_finding_and_today(coord: Desk) -> None:
    live(coord, [CASE])
    void = ("case", "void", "1", "--reason", "误录", "--on")
    assert "早于发现日期" in refused_unchanged(coord, *void, "2026-11-01")
    assert "尚未发生" in refused_unchanged(coord, *void, "2026-11-24")


def test_a_case_is_the_same_as_another_that_is_valid(coord: Desk, add_case: AddCase) -> None:
    for title in ("甲", "乙", "丙"):
        add_case(title=title)
    void = ("case", "void", "2", "--reason", "重复", "--same-as")
    assert "2026-0002 不是" in refused_unchanged(coord, *void, "2")
    assert "没有这个案件" in refused_unchanged(coord, *void, "9")
    answer = coord.json(*void, "1")
    assert answer["recorded"]["same_as"] == "2026-0001"
    assert "与 2026-0001 为同一案件" in coord.json("history")[-1]["summary"]
    third = ("case", "void", "3", "--reason", "重复", "--same-as", "2")
    assert "2026-0002 不是" in refused_unchanged(coord, *third)


def test_the_row_of_a_void_case_is_new_again(coord: Desk, tmp_path: Path) -> None:
    file = tmp_path / "单.csv"
    file.write_text("案件编号,案件名称,发现单位,发现日期\n甲-1,甲,zrj,2026-11-02\n", "utf-8")
    coord.ok("import", str(file))
    coord.ok("case", "void", "1", "--reason", "误录")
    assert "新增 1" in coord.ok("import", str(file)).out
    assert coord.json("case", "show", "2")["title"] == "甲"


CANCEL = ("duty", "cancel", "D4", "--reason", "本案不适用", "--on", "2026-11-04")


def test_a_cancelled_duty_is_no_longer_owed_whatever_comes_and_says_why(coord: Desk) -> None:
    live(coord, [CASE])
    answer = coord.json(*CANCEL)
    assert answer["recorded"]["ref"] == "D4"
    duty = coord.duty("transfer.send")
    assert (duty["status"], duty["cancelled_on"]) == ("cancelled", "2026-11-04")
    assert duty["cancel_reason"] == "本案不适用"
    live(coord, [INQUIRY, SEND, RECEIVE, ACCEPT])
    duty = coord.duty("transfer.send")
    assert (duty["status"], duty["met_on"]) == ("cancelled", None)
    assert duty["cancel_reason"] == "本案不适用"
    assert "D4" not in [one["id"] for one in coord.json("pending")]


def test_a_restored_duty_is_owed_again(coord: Desk) -> None:
    live(coord, [CASE, CANCEL])
    result = coord.ok("duty", "restore", "D4", "--reason", "仍适用")
    assert "已恢复：D4 移送有管辖权的单位" in result.out
    assert "（仍适用）" in result.out
    assert "本案不适用" not in result.out
    assert "恢复　D4" in result.out
    duty = coord.duty("transfer.send")
    assert (duty["status"], duty["cancelled_on"], duty["cancel_reason"]) == ("overdue", None, None)
    assert duty["due_on"] == "2026-11-06"


def test_a_duty_restored_after_the_facts_met_it_is_met(coord: Desk) -> None:
    live(coord, [CASE, CANCEL, SEND])
    answer = coord.json("duty", "restore", "D4", "--reason", "仍适用")
    assert [one["id"] for one in answer["met"]] == ["D4"]
    assert coord.duty("transfer.send")["met_on"] == "2026-11-05"


MATTERS = (
    ("info log --kind superior --title 某文件 --from zjj --on 2026-11-18",
     "info share I1 --on 2026-11-19", "info.superior"),
    ("crime report 1 --officer 张某 --officer 李某 --at 2026-11-18",
     "crime reject 1 --by 王某 --reason 不构成犯罪 --on 2026-11-19", "crime.approve"),
    ("enforce open 1 --perform-by 2026-11-18",
     "enforce urge 1 --on 2026-11-19", "enforce.urge"),
    ("action whistle --by lyz --unit zjj --title 某某集市 --at 2026-11-18",
     "action arrive A1 --unit zjj --at 2026-11-19", "action.whistle"),
)  # fmt: skip
"""Of information, of what is named by its case, of an action: what starts a duty, and meets it."""


@pytest.mark.parametrize(("starts", "meets", "rule"), MATTERS)
def test_the_duty_of_a_matter_that_was_met_while_cancelled_is_met_when_restored(
    coord: Desk, starts: str, meets: str, rule: str
) -> None:
    own = ("--found-by", "zfj", "--found-on", "2026-11-03", "--competent", "zfj")
    coord.ok("case", "add", "--title", "某某餐馆占道经营", *own)
    if rule == "enforce.urge":
        decide = ("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-04")
        coord.ok(*decide, "--no-copy", "--reason", "没有相关单位")
    (owed,) = coord.json(*starts.split())["started"]
    assert owed["rule"] == rule
    coord.ok("duty", "cancel", owed["id"], "--reason", "不适用")
    assert owed["id"] not in [one["id"] for one in coord.json("pending")]
    assert coord.json(*meets.split())["met"] == []
    assert coord.json("explain", owed["id"])["status"] == "cancelled"
    answer = coord.json("duty", "restore", owed["id"], "--reason", "仍适用")
    assert [one["id"] for one in answer["met"]] == [owed["id"]]
    duty = coord.json("explain", owed["id"])
    assert (duty["status"], duty["met_on"]) == ("met", "2026-11-19")
    assert_sound(coord.database)
    coord.checked_of_duties()


def test_the_duty_of_a_matter_is_owed_again_when_restored(coord: Desk) -> None:
    line = "request send --kind opinion --to zrj --question 问 --on 2026-11-18"
    (owed,) = coord.json(*line.split())["started"]
    coord.ok("duty", "cancel", owed["id"], "--reason", "不适用")
    coord.ok("request", "receive", "R1", "--on", "2026-11-19")
    answer = coord.json("duty", "restore", owed["id"], "--reason", "仍适用")
    assert [one["id"] for one in answer["reopened"]] == [owed["id"]]
    duty = coord.json("explain", owed["id"])
    assert (duty["status"], duty["due_on"]) == ("open", "2026-11-26")
    coord.checked_of_duties()


def test_a_duty_restored_after_the_facts_ended_it_has_their_reason(coord: Desk) -> None:
    live(coord, [CASE, CANCEL, VOID])
    answer = coord.json("duty", "restore", "D4", "--reason", "仍适用")
    assert [one["id"] for one in answer["ended"]] == ["D4"]
    duty = coord.duty("transfer.send")
    assert (duty["status"], duty["cancelled_on"]) == ("cancelled", "2026-11-06")
    assert "作废" in duty["cancel_reason"]
    assert_sound(coord.database)


def test_a_duty_restored_after_it_fell_away_stays_away(coord: Desk) -> None:
    live(coord, [CASE, CANCEL])
    coord.ok("case", "determine", "1", "--competent", "zrj")
    coord.ok("duty", "restore", "D4", "--reason", "仍适用")
    assert coord.duty("transfer.send")["cancel_reason"] == "不再适用"


def test_what_is_over_is_not_cancelled_and_what_was_not_is_not_restored(coord: Desk) -> None:
    live(coord, [CASE, SEND])
    assert "D4 已完成" in refused_unchanged(coord, *CANCEL)
    restore = ("duty", "restore", "D3", "--reason", "x")
    assert "D3 没有被取消" in refused_unchanged(coord, *restore)
    assert "理由" in refused_unchanged(coord, *restore[:-1], " ")
    coord.ok("duty", "cancel", "D3", "--reason", "x")
    assert "D3 已不再适用" in refused_unchanged(coord, "duty", "cancel", "D3", "--reason", "x")
    future = ("duty", "cancel", "D5", "--reason", "x", "--on", "2026-11-24")
    assert "尚未发生" in refused_unchanged(coord, *future)
    assert "没有这个时限事项" in refused_unchanged(coord, "duty", "cancel", "D99", "--reason", "x")
