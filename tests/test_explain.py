"""`coord explain`: the sheet that settles an argument."""

import csv
import io

import pytest
from conftest import AddCase, Desk
from dump import dump

QUOTE = "接受移送的单位要在三日内反馈意见"


@pytest.fixture
def feedback(coord: Desk, add_case: AddCase) -> str:
    """The duty of the sketch: received on Wednesday the 11th, due on Monday the 16th."""
    case = add_case(title="榴园镇朱村东钢结构厂房")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-10")
    coord.ok("transfer", "receive", case, "--on", "2026-11-11")
    return str(coord.duty("transfer.feedback", case)["id"])


def test_the_sheet_names_clause_trigger_method_days_and_state(coord: Desk, feedback: str) -> None:
    out = coord.ok("explain", feedback).out
    lines = out.splitlines()
    assert lines[0] == (
        f"{feedback} 反馈移送意见　区住建局 → 区自然资源局　案件 2026-0001 榴园镇朱村东钢结构厂房"
    )
    assert lines[1] == f"依据　峄政办发〔2022〕1号 二（二）2：“{QUOTE}”"
    assert lines[2].startswith("解读　“三日”意见未写明，按工作日计")
    assert lines[3].startswith("起算　2026-11-11 收到移送材料（")
    assert "当日不计" in lines[3]
    assert lines[4] == "方式　3 个工作日"
    ledger = [line.split("\t")[:5] for line in lines if line.startswith("2026-11-1")]
    assert ledger == [
        ["2026-11-12", "周四", "班", "1", ""],
        ["2026-11-13", "周五", "班", "2", ""],
        ["2026-11-14", "周六", "休", "", "周末"],
        ["2026-11-15", "周日", "休", "", "周末"],
        ["2026-11-16", "周一", "班", "3", "应办日期"],
    ]
    assert "应办　2026-11-16 周一" in lines
    assert "如按自然日　2026-11-16（11-14 为休息日，顺延）" in lines
    assert lines[-1] == "现状　未反馈，超期 5 个工作日"


def test_the_json_is_the_duty_and_its_proof(coord: Desk, feedback: str) -> None:
    proof = coord.json("explain", feedback)
    (listed,) = coord.json("overdue")
    assert {key: proof[key] for key in listed} == listed
    assert proof["quote"] == QUOTE
    assert proof["trigger"] == {
        "event": "transfer.received",
        "label": "收到移送材料",
        "on": "2026-11-11",
        "assumed": False,
    }
    assert all(
        set(day) >= {"date", "weekday", "counts", "why", "n", "source"} for day in proof["days"]
    )
    assert [day["n"] for day in proof["days"]] == [1, 2, None, None, 3]
    assert [day["weekday"] for day in proof["days"]] == [4, 5, 6, 7, 1]
    assert [one["due_on"] for one in proof["earlier"]] == ["2026-11-13"]


def test_the_csv_is_the_days(coord: Desk, feedback: str) -> None:
    out = coord.ok("explain", feedback, "-f", "csv").out.removeprefix("\ufeff")
    header, *rows = csv.reader(io.StringIO(out, newline=""))
    assert header == ["日期", "星期", "班休", "计数", "说明", "依据"]
    assert [row[3] for row in rows] == ["1", "2", "", "", "3"]


def test_the_sheet_names_the_paper_of_each_special_day(coord: Desk, add_case: AddCase) -> None:
    case = add_case(*("--competent", "zjj", "--determined-on", "2026-09-30"), found_on="2026-09-28")
    proof = coord.duty("transfer.send", case)
    assert proof["due_on"] == "2026-10-10"
    by_date = {day["date"]: day for day in proof["days"]}
    assert "国庆节" in by_date["2026-10-01"]["why"]
    assert "国务院办公厅2026年" in by_date["2026-10-01"]["source"]
    assert "调休上班" in by_date["2026-10-10"]["why"]
    out = coord.ok("explain", proof["id"]).out
    assert "调休上班（国庆节），应办日期\t国务院办公厅2026年" in out
    assert "如按自然日　2026-10-08（10-03 为休息日，顺延）" in out


def test_where_both_readings_agree_nothing_is_said_of_rolling(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-09")
    out = coord.ok("explain", coord.duty("transfer.send", case)["id"]).out
    assert "如按自然日　2026-11-12\n" in out


def test_a_stand_in_says_why_and_what_will_happen(coord: Desk, add_case: AddCase) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-10")
    proof = coord.duty("transfer.feedback", case)
    assert proof["trigger"]["assumed"]
    out = coord.ok("explain", proof["id"]).out
    assert "起算　2026-11-10 发出移送材料（暂计" in out
    assert "暂按发出日计，收到日期登记后重新计算" in out


def test_a_provisional_day_says_why(coord: Desk, add_case: AddCase) -> None:
    coord.today = "2026-12-28"
    case = add_case("--competent", "zjj", "--determined-on", "2026-12-28")
    proof = coord.duty("transfer.send", case)
    assert proof["provisional"]
    out = coord.ok("explain", proof["id"]).out
    assert "暂定　" in out
    assert "coord calendar status" in out


def test_an_urgent_duty_is_explained_by_its_one_day(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--urgent", "--competent", "zjj", "--determined-on", "2026-11-07")
    proof = coord.duty("transfer.send", case)
    assert [day["date"] for day in proof["days"]] == ["2026-11-07"]
    out = coord.ok("explain", proof["id"]).out
    assert "方式　立即（紧急：起算当日办理，不顺延）" in out
    assert "移送有管辖权的单位（紧急）" in out
    assert "当日不计" not in out
    assert "超期 16 天" in out


def test_urgent_from_a_later_day_says_since_when(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    coord.ok(
        *("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09"),
        *("--urgent-from", "2026-11-06"),
    )
    out = coord.ok("explain", "D4").out
    assert "方式　立即（紧急：转为紧急的当日办理，不顺延）" in out
    assert "紧急　自 2026-11-06 起" in out
    assert "超期 3 天" in out


def test_what_turned_urgent_after_its_due_day_is_explained_by_the_three_days(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    coord.ok(
        *("transfer", "send", case, "--to", "zjj", "--on", "2026-11-12"),
        *("--urgent-from", "2026-11-12"),
    )
    proof = coord.duty("transfer.send", case)
    assert [day["n"] for day in proof["days"] if day["counts"]] == [1, 2, 3]
    assert (proof["due_on"], proof["days_left"]) == ("2026-11-09", -3)
    out = coord.ok("explain", "D4").out
    assert "方式　3 个工作日" in out
    assert "超期 3 个工作日" in out


def test_a_prompt_duty_has_no_days_to_list(coord: Desk, add_case: AddCase) -> None:
    proof = coord.duty("transfer.inquiry", add_case())
    assert (proof["days"], proof["due_on"]) == ([], None)
    out = coord.ok("explain", proof["id"]).out
    assert "方式　及时（原文没有天数，不计超期）" in out
    assert "应办　及时，没有固定日期" in out
    assert "现状　未记录初步调查，已 15 个工作日" in out


@pytest.mark.parametrize(
    "determined_on, today, words",
    [
        ("2026-11-18", "2026-11-23", "未移送，今日到期"),
        ("2026-11-20", "2026-11-23", "未移送，还有 2 个工作日"),
        ("2026-11-10", "2026-11-23", "未移送，超期 6 个工作日"),
    ],
)
def test_the_sheet_says_how_it_stands(
    coord: Desk, add_case: AddCase, determined_on: str, today: str, words: str
) -> None:
    add_case("--competent", "zjj", "--determined-on", determined_on)
    assert coord.ok("explain", "D4", today=today).out.endswith(f"现状　{words}\n")


@pytest.mark.parametrize(
    "sent_on, words",
    [("2026-11-09", "2026-11-09 完成，未超期"), ("2026-11-11", "2026-11-11 完成，超期 2 个工作日")],
)
def test_the_sheet_says_how_it_was_met(
    coord: Desk, add_case: AddCase, sent_on: str, words: str
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", sent_on)
    assert words in coord.ok("explain", "D4").out


def test_the_sheet_says_why_a_duty_is_no_longer_owed(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    coord.ok("case", "determine", case, "--competent", "zrj")
    assert "现状　不再适用：" in coord.ok("explain", "D4").out


def test_a_met_duty_keeps_its_day_and_says_what_the_calendar_gives_now(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    assert "现行日历" not in coord.ok("explain", "D4").out
    coord.ok("calendar", "set", "2026-11-09", "rest", "--reason", "补录停电")
    out = coord.ok("explain", "D4").out
    assert "应办　2026-11-09 周一" in out
    assert "现行日历　如重新计算为 2026-11-10；已完成的事项保留当时的应办日期" in out


@pytest.mark.parametrize("ref", ["d1", "Ｄ１", "D0001", " D1 "])
def test_a_duty_is_named_as_people_type_it(coord: Desk, add_case: AddCase, ref: str) -> None:
    add_case()
    assert coord.json("explain", ref)["id"] == "D1"


@pytest.mark.parametrize("ref", ["D99", "1", "x", "D", "D0", "D1x", "P2", "D" + "9" * 30])
def test_a_number_that_no_duty_has_is_refused(coord: Desk, add_case: AddCase, ref: str) -> None:
    add_case()
    sentence = coord.refused("explain", ref)
    assert "没有这个时限事项" in sentence
    assert "coord pending" in sentence


def test_explaining_writes_nothing(coord: Desk, feedback: str) -> None:
    before = dump(coord)
    coord.ok("explain", feedback)
    assert dump(coord) == before


def test_what_counts_no_days_is_proved_by_its_first_and_last_day_and_the_rest_days_after(
    coord: Desk,
) -> None:
    coord.ok("today")
    (quarter,) = coord.json("pending", "--rule", "meeting.quarterly")
    days = coord.json("explain", quarter["id"])["days"]
    assert [(one["date"], one["n"], one["why"]) for one in days] == [
        ("2026-10-01", None, "国庆节，季度首日"),
        ("2026-12-31", None, "季度末日"),
    ]
    days = coord.json("calendar", "count", "2026-07-03", "3", "--kind", "months")["days"]
    assert [one["date"][5:] for one in days] == [
        "07-03", "10-03", "10-04", "10-05", "10-06", "10-07", "10-08",
    ]  # fmt: skip
    assert [one["why"].rpartition("，")[2] for one in days[:3]] == ["起算当日", "对应日", "顺延"]
    assert {one["counts"] for one in days} == {False}


def test_a_letter_about_the_quarter_has_no_ledger_of_a_hundred_rows(coord: Desk) -> None:
    coord.ok("today")
    annex = coord.ok("remind", "--unit", "lxb", today="2027-01-04").out
    assert "季度首日" in annex
    assert annex.count("2026-1") == 2


def test_what_is_urgent_is_not_proved_by_the_reading_of_three_days(coord: Desk) -> None:
    log = ("info", "log", "--kind", "superior", "--title", "某文", "--from", "zjj", "--on")
    (plain,) = coord.json(*log, "2026-11-16")["started"]
    (urgent,) = coord.json(*log, "2026-11-16", "--urgent")["started"]
    assert "“三日”意见未写明" in coord.ok("explain", plain["id"]).out
    shown = coord.ok("explain", urgent["id"])
    assert "“三日”" not in shown.out
    assert coord.json("explain", urgent["id"])["reading"] == ""
    text = coord.ok("remind", "--unit", "zjj").out
    assert text.count("解读：") == 1
    assert "立即（紧急：起算当日办理，不顺延）" in text
