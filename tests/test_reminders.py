"""`coord remind`: 催办函 from the day after the due day, 督办通知 after five working days, each once."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from conftest import AddCase, Desk

from yicheng_coord.paths import policy_folder

NOTHING = "没有现在要催办的事项。\n"


@pytest.fixture
def feedback(coord: Desk, add_case: AddCase) -> str:
    """What 区住建局 owes: received on Friday the 6th, due on Wednesday the 11th."""
    case = add_case("--party", "张某", "--party-id", "11010519491231002X")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-05")
    coord.ok("transfer", "receive", case, "--on", "2026-11-06")
    return str(coord.duty("transfer.feedback", case)["id"])


@pytest.fixture
def assumed(coord: Desk, add_case: AddCase) -> str:
    """Sent on Friday the 6th and not received, as far as anybody knows: 暂计, due on the 11th."""
    case = add_case(title="某某矿点")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-06")
    return str(coord.duty("transfer.feedback", case)["id"])


def operations(coord: Desk) -> int:
    return len(coord.json("history"))


def sent(coord: Desk, *options: str, today: str | None = None) -> list[tuple[str, int, list[str]]]:
    """Type `coord remind`; return to whom, at which level, about what."""
    answer = coord.json("remind", *options, today=today)
    return [(one["unit"], one["level"], one["duties"]) for one in answer["papers"]]


def reminded(coord: Desk, duty: str, today: str | None = None) -> list[tuple[int, str, bool]]:
    found = coord.json("explain", duty, today=today)["reminded"]
    return [(one["level"], one["on"], one["current"]) for one in found]


# --- when -----------------------------------------------------------------------------------------


def test_a_letter_is_sent_from_the_day_after_the_due_day(coord: Desk, feedback: str) -> None:
    before = operations(coord)
    assert coord.ok("remind", today="2026-11-11").out == NOTHING
    assert operations(coord) == before
    assert sent(coord, today="2026-11-12") == [("zjj", 1, [feedback])]
    assert operations(coord) == before + 1


def test_it_is_never_sent_twice_at_one_level(coord: Desk, feedback: str) -> None:
    coord.ok("remind")
    before = operations(coord)
    again = coord.ok("remind")
    assert again.out == NOTHING
    assert f"{feedback}：已于 2026-11-23 催办，2026-12-01 起可以督办" in again.err
    assert operations(coord) == before


def test_the_second_level_comes_the_day_after_five_working_days_over_holidays(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case(found_on="2026-09-01")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-09-21", today="2026-09-21")
    coord.ok("transfer", "receive", case, "--on", "2026-09-22", today="2026-09-22")
    duty = str(coord.duty("transfer.feedback", case)["id"])  # due on the 28th: 中秋 between
    assert sent(coord, today="2026-09-29") == [("zjj", 1, [duty])]
    early = coord.ok("remind", today="2026-10-11")  # 09-30, 10-08, 10-09, 10-10 (a Saturday)
    assert early.out == NOTHING
    assert "2026-10-13 起可以督办" in early.err
    assert coord.ok("remind", today="2026-10-12").out == NOTHING, "the fifth is granted whole"
    assert sent(coord, today="2026-10-13") == [("zjj", 2, [duty])]
    assert coord.ok("remind", today="2026-12-01").out == NOTHING
    assert reminded(coord, duty) == [(1, "2026-09-29", True), (2, "2026-10-13", True)]


def test_five_is_the_offices_number_and_stands_in_the_pack(
    coord: Desk, feedback: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "规则"
    copytree(policy_folder(), pack)
    rules = pack / "opinion.toml"
    text = rules.read_text("utf-8")
    assert "supervise_days = 5" in text
    rules.write_text(text.replace("supervise_days = 5", "supervise_days = 1"), "utf-8")
    monkeypatch.setenv("COORD_POLICY", str(pack))
    assert "2026年11月24日（本函成文后第1个工作日，含当日）" in coord.ok("remind").out
    assert sent(coord, today="2026-11-25") == [("zjj", 2, [feedback])]


def test_a_level_that_is_asked_for_too_early_is_explained_item_by_item(
    coord: Desk, feedback: str, assumed: str
) -> None:
    before = operations(coord)
    told = coord.ok("remind", "--level", "2")
    assert told.out == NOTHING
    assert f"这次不催：{feedback}、{assumed}：还没有催办，应先发催办函" in told.err
    assert operations(coord) == before
    coord.ok("remind", "--level", "1")
    assert "2026-12-01 起可以督办" in coord.ok("remind", "--level", "2", today="2026-11-30").err
    assert "现在应发督办通知" in coord.ok("remind", "--level", "1", today="2026-12-01").err
    assert sent(coord, "--level", "2", today="2026-12-01") == [("zjj", 2, [feedback, assumed])]


def test_a_limit_in_hours_is_chased_from_its_moment(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--competent", "zrj", "--determined-on", "2026-11-03")
    officers = ("--officer", "张某", "--officer", "李某")
    coord.ok("crime", "report", case, *officers, "--at", "2026-11-19 09:00")
    coord.ok("crime", "approve", case, "--by", "王某", "--at", "2026-11-20 10:00")
    assert sent(coord, today="2026-11-21 10:00") == []
    text = coord.ok("remind", today="2026-11-21 10:01").out
    assert "2026年11月21日10:00" in text
    assert "超期不足1天" in text
    assert "2026年11月20日10:00批准移送公安机关" in text
    assert "24小时，昼夜与休息日连续计算" in text


def test_a_letter_of_an_earlier_day_is_recorded_with_its_day(
    coord: Desk, feedback: str, assumed: str
) -> None:
    assert coord.ok("remind", "--on", "2026-11-11").out == NOTHING
    text = coord.ok("remind", "--on", "2026-11-12").out
    assert "超期1个工作日" in text
    assert "2026年11月12日" in text
    assert reminded(coord, feedback) == [(1, "2026-11-12", True)]
    assert coord.ok("letter", "chase", "zjj").out == text
    assert sent(coord) == [("zjj", 2, [feedback, assumed])]


def test_a_letter_of_an_earlier_day_is_none_beside_a_later_one(coord: Desk, feedback: str) -> None:
    coord.ok("remind")
    before = operations(coord)
    told = coord.ok("remind", "--on", "2026-11-16")
    assert told.out == NOTHING
    assert f"{feedback}：已于 2026-11-23 催办" in told.err
    assert operations(coord) == before
    assert "不能登记尚未发生的事" in coord.refused("remind", "--on", "2026-11-24")


# --- what -----------------------------------------------------------------------------------------


def test_each_unit_gets_one_letter_with_all_its_items(
    coord: Desk, add_case: AddCase, feedback: str, assumed: str
) -> None:
    add_case("--competent", "zfj", "--determined-on", "2026-11-03")  # 区自然资源局 has not sent it
    (to_send,) = [one["id"] for one in coord.json("overdue", "--unit", "zrj")]
    letters = sent(coord)
    assert letters == [("zrj", 1, [to_send]), ("zjj", 1, [feedback, assumed])]


def test_a_unit_can_be_chased_alone(coord: Desk, add_case: AddCase, feedback: str) -> None:
    add_case("--competent", "zfj", "--determined-on", "2026-11-03")
    assert sent(coord, "--unit", "区住建局") == [("zjj", 1, [feedback])]
    assert [unit for unit, *_ in sent(coord)] == ["zrj"]


@pytest.mark.usefixtures("feedback")
def test_the_letter_names_the_item_its_clause_and_how_late_it_is(coord: Desk) -> None:
    text = coord.ok("remind").out
    for part in (
        "催办函",
        "峄城区住房和城乡建设局：",
        "反馈移送意见（二（二）2）",
        "2026-0001 堆场占用耕地",
        "2026年11月11日",
        "超期8个工作日",
        "至2026年11月30日（本函成文后第5个工作日，含当日）仍未办结的，次日起将予督办",
        "峄城区综合行政执法相对集中行政处罚联席会议办公室",
    ):
        assert part in text
    assert "11010519491231002X" not in text
    text.encode("gbk")


def test_the_annex_is_the_ledger_that_explain_gives(coord: Desk, feedback: str) -> None:
    shown = coord.ok("explain", feedback).out
    ledger = [
        line.split("\t") for line in shown.splitlines() if re.match(r"2026-\d\d-\d\d\t", line)
    ]
    assert len(ledger) == 5
    annex = coord.ok("remind", "--as", "source").out.partition("---\n附件\n")[2]
    rows = [line[1:-1].split("|") for line in annex.splitlines() if line.startswith("| 2026")]
    assert [[cell.strip() for cell in row] for row in rows] == ledger
    assert "“接受移送的单位要在三日内反馈意见”" in annex


def test_a_second_letter_says_when_the_first_was_sent(coord: Desk, feedback: str) -> None:
    coord.ok("remind")
    text = coord.ok("remind", today="2026-12-01").out
    assert "督办通知" in text
    assert "现予督办" in text
    row = next(line for line in text.splitlines() if feedback in line and "超期" in line)
    assert "2026年11月11日" in row
    assert row.endswith("2026年11月23日")


def test_what_the_text_only_generally_asks_is_worded_softly(coord: Desk) -> None:
    log = ("info", "log", "--kind", "approval", "--title", "某某事项", "--from", "lyzx")
    coord.ok(*log, "--on", "2026-11-09")
    text = coord.ok("remind").out
    assert "超过一般时限5个工作日" in text
    assert "超期" not in text


def test_the_bureau_and_the_office_are_chased_like_everyone(coord: Desk, add_case: AddCase) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zfj", "--on", "2026-11-05")
    coord.ok("transfer", "receive", case, "--on", "2026-11-05")
    coord.ok("meeting", "plan", "--at", "2026-11-25", "--place", "会议室", "--on", "2026-11-20")
    assert [unit for unit, *_ in sent(coord, today="2026-11-24")] == ["zfj", "lxb"]


def test_a_marked_title_is_masked_as_in_lists(coord: Desk) -> None:
    log = ("info", "log", "--kind", "approval", "--title", "某某配方", "--from", "lyzx")
    coord.ok(*log, "--on", "2026-11-09", "--secrecy", "commercial")
    text = coord.ok("remind").out
    assert "（商业秘密）" in text
    assert "某某配方" not in text


def test_what_has_no_due_day_or_is_over_is_never_chased(
    coord: Desk, add_case: AddCase, feedback: str
) -> None:
    coord.ok(
        "hazard", "add", "--title", "气站", "--kind", "安全", "--to", "gaj", "--on", "2026-09-01"
    )
    coord.ok("duty", "cancel", feedback, "--reason", "不适用")
    met = add_case("--competent", "zfj", "--determined-on", "2026-11-03")
    coord.ok("transfer", "send", met, "--to", "zfj", "--on", "2026-11-20")
    assert sent(coord, "--unit", "zrj") == []
    assert sent(coord, "--unit", "zfj") == []
    assert sent(coord, "--unit", "zjj") == []


def test_a_right_that_lapsed_is_never_chased(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--competent", "zrj", "--determined-on", "2026-11-03")
    officers = ("--officer", "张某", "--officer", "李某")
    for line in (
        ("crime", "report", case, *officers, "--at", "2026-11-05 09:00"),
        ("crime", "approve", case, "--by", "王某", "--at", "2026-11-05 10:00"),
        ("crime", "send", case, "--at", "2026-11-05 16:00"),
        ("crime", "receive", case, "--at", "2026-11-06 09:00"),
        ("crime", "answer", case, "--not-filed", "--on", "2026-11-09"),
    ):
        coord.ok(*line)
    (window,) = [one for one in coord.json("pending") if one["rule"] == "crime.review"]
    assert (window["status"], window["owed_by"]) == ("lapsed", "zrj")
    assert sent(coord, "--unit", "zrj") == []


def test_a_due_day_that_may_still_move_is_not_chased(coord: Desk, add_case: AddCase) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-12-29", today="2026-12-29")
    coord.ok("transfer", "receive", case, "--on", "2026-12-29", today="2026-12-29")
    told = coord.ok("remind", "--unit", "zjj", today="2027-01-12")
    assert told.out == NOTHING
    assert "应办日期暂定，载入放假安排后再催" in told.err


def test_what_was_owed_by_a_rule_that_the_office_took_out_is_not_chased(
    coord: Desk, feedback: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "规则"
    copytree(policy_folder(), pack)
    rules = pack / "opinion.toml"
    rows = rules.read_text("utf-8").split("[[rule]]\n")
    kept = [row for row in rows if 'id = "transfer.feedback"' not in row]
    assert len(kept) == len(rows) - 1
    rules.write_text("[[rule]]\n".join(kept), "utf-8")
    monkeypatch.setenv("COORD_POLICY", str(pack))
    told = coord.ok("remind")
    assert told.out == NOTHING
    assert f"这次不催：{feedback}：规则已停用" in told.err


@pytest.mark.usefixtures("feedback")
def test_no_day_is_printed_that_a_notice_may_move(coord: Desk) -> None:
    text = coord.ok("remind", today="2026-12-28").out
    assert "至本函成文后第5个工作日（含当日）仍未办结的" in text
    assert "2027年" not in text


# --- 暂计 ------------------------------------------------------------------------------------------


def test_what_is_counted_from_a_stand_in_is_asked_for_its_receipt_and_not_blamed(
    coord: Desk, assumed: str
) -> None:
    text = coord.ok("remind").out
    for part in (
        "请先告知日期的事项",
        "2026年11月6日发出移送材料",
        "收到移送材料的日期",
        "不认定是否超期",
    ):
        assert part in text
    assert "已过应办日期" not in text
    assert "2026年11月11日" not in text
    assert "附件" not in text
    assert reminded(coord, assumed) == [(1, "2026-11-23", True)]
    assert sent(coord) == []
    assert sent(coord, today="2026-12-01") == [("zjj", 2, [assumed])]


def test_once_its_receipt_is_recorded_it_is_chased_anew_though_its_day_is_the_same(
    coord: Desk, assumed: str
) -> None:
    coord.ok("remind")
    coord.ok("transfer", "receive", "1", "--on", "2026-11-06")
    assert coord.duty("transfer.feedback")["due_on"] == "2026-11-11"
    assert reminded(coord, assumed) == [(1, "2026-11-23", False)]
    text = coord.ok("remind", today="2026-11-24").out
    assert "超期9个工作日" in text
    assert reminded(coord, assumed, "2026-11-24") == [
        (1, "2026-11-23", False),
        (1, "2026-11-24", True),
    ]
    coord.checked_of_duties()


def test_a_late_receipt_gives_time_and_arms_it_again(coord: Desk, assumed: str) -> None:
    coord.ok("remind", today="2026-11-12")
    coord.ok("transfer", "receive", "1", "--on", "2026-11-18", today="2026-11-19")
    assert sent(coord, today="2026-11-23") == []  # due today
    assert sent(coord, today="2026-11-24") == [("zjj", 1, [assumed])]
    assert "按当时的应办日期 2026-11-11，其后已重新计算" in coord.ok("explain", assumed).out


def test_an_extension_moves_the_day_and_arms_it_again(coord: Desk) -> None:
    ask = ("request", "send", "--kind", "opinion", "--to", "zrj", "--question", "某某")
    coord.ok(*ask, "--on", "2026-11-04")
    coord.ok("request", "receive", "R1", "--on", "2026-11-04")
    (duty,) = [one["id"] for one in coord.json("overdue")]  # due on the 11th
    coord.ok("remind", today="2026-11-12")
    late = ("request", "extend", "R1", "--days", "8", "--reason", "复杂", "--told-on", "2026-11-13")
    coord.ok(*late, today="2026-11-13")
    extended = coord.json("explain", duty)["due_on"]
    assert extended == "2026-11-23"
    assert sent(coord) == []
    assert "告知延长8个工作日" in coord.ok("remind", today="2026-11-24").out
    assert reminded(coord, duty, "2026-11-24") == [
        (1, "2026-11-12", False),
        (1, "2026-11-24", True),
    ]


# --- on record ------------------------------------------------------------------------------------


def test_the_lists_say_that_it_was_chased(coord: Desk, feedback: str) -> None:
    coord.ok("remind")
    (listed,) = coord.json("overdue")
    assert listed["reminded"] == [
        {"level": 1, "on": "2026-11-23", "ref": f"P{operations(coord)}", "due_on": "2026-11-11",
         "current": True}
    ]  # fmt: skip
    heading, row = coord.ok("overdue").out.splitlines()
    assert dict(zip(heading.split("\t"), row.split("\t"), strict=True))["催办"] == "已催办 11-23"
    assert "催办　2026-11-23 催办函（P5）" in coord.ok("explain", feedback).out
    coord.ok("remind", today="2026-12-01")
    assert "已督办 12-01" in coord.ok("overdue", today="2026-12-01").out
    assert "已催办 11-23" in coord.ok("overdue").out  # as it was on that day


@pytest.mark.usefixtures("feedback")
def test_a_narrow_terminal_shows_that_it_was_chased(coord: Desk) -> None:
    from pseudo_terminal import shown

    coord.ok("remind")
    drawn = shown("overdue", columns=80)
    assert any("8 个工作日  11-11 周三  已催办 11-23" in line for line in drawn)
    assert any("区住建局" in line for line in drawn)
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in drawn]
    assert max(len(line.encode("gbk")) for line in plain) <= 80


def test_the_history_of_the_duty_has_its_letters_undone_ones_too(
    coord: Desk, feedback: str
) -> None:
    before = [one["ref"] for one in coord.json("history", feedback)]
    number = coord.json("remind")["operation"]
    coord.ok("undo", "--yes")
    history = [one["ref"] for one in coord.json("history", feedback)]
    assert history == [*before, f"P{number}", f"P{number + 1}"]
    assert "催办" in coord.ok("history", feedback, "-v").out


def test_an_undone_letter_was_not_sent_and_an_undo_of_that_sends_it_again(
    coord: Desk, feedback: str
) -> None:
    number = coord.json("remind")["operation"]
    coord.ok("undo", "--yes")
    assert reminded(coord, feedback) == []
    assert coord.json("overdue")[0]["reminded"] == []
    coord.ok("undo", f"P{number + 1}", "--yes")
    assert reminded(coord, feedback) == [(1, "2026-11-23", True)]
    assert sent(coord) == []
    assert coord("check", "--only", "history_replay", "-f", "json").json == []


def test_after_an_undo_the_letter_may_be_sent_anew(coord: Desk, feedback: str) -> None:
    number = coord.json("remind")["operation"]
    coord.ok("undo", "--yes")
    assert sent(coord, today="2026-11-24") == [("zjj", 1, [feedback])]
    assert "不能撤销" in coord.refused("undo", f"P{number + 1}", "--yes")
    (only,) = coord.json("explain", feedback, today="2026-11-24")["reminded"]
    assert only["ref"] == f"P{number + 2}"


@pytest.mark.usefixtures("feedback")
def test_what_a_letter_is_about_is_not_undone_beneath_it(coord: Desk) -> None:
    number = coord.json("remind")["operation"]
    assert f"先撤销后面的：coord undo P{number}" in coord.refused("undo", "P3", "--yes")


@pytest.mark.usefixtures("feedback")
def test_the_database_itself_takes_no_second_letter_for_one_clock(coord: Desk) -> None:
    coord.ok("remind")
    with closing(sqlite3.connect(coord.database)) as connection:
        connection.execute("INSERT INTO operation (at, operator, command) VALUES ('', '', '[]')")
        connection.execute("INSERT INTO reminder VALUES (9, 'zjj', 1, '2026-11-24')")
        with pytest.raises(sqlite3.IntegrityError, match="只催办一次"):
            connection.execute(
                "INSERT INTO reminder_item (reminder_id, duty_id, due_on, due_at, assumed_start) "
                "SELECT 9, duty_id, due_on, due_at, assumed_start FROM reminder_item"
            )


def test_a_trial_shows_and_keeps_nothing(coord: Desk, feedback: str, assumed: str) -> None:
    before = operations(coord)
    looked = coord.ok("remind", "--dry-run")
    assert [line.split("\t")[:2] for line in looked.out.splitlines()[1:]] == [
        ["催办函", feedback],
        ["催办函", assumed],
    ]
    assert "没有登记" in looked.err
    answer = coord.json("remind", "--dry-run")
    assert (answer["operation"], len(answer["papers"])) == (None, 1)
    assert operations(coord) == before
    assert sent(coord) == [("zjj", 1, [feedback, assumed])]


# --- files and numbers ----------------------------------------------------------------------------


def test_the_letters_are_files_one_a_unit(coord: Desk, feedback: str, tmp_path: Path) -> None:
    out = tmp_path / "文书"
    answer = coord.json("remind", "--out", str(out), "--as", "both")
    assert sorted(path.name for path in out.iterdir()) == [
        "2026-11-23 催办函（区住建局）.docx",
        "2026-11-23 催办函（区住建局）.txt",
    ]
    (paper,) = answer["papers"]
    assert sorted(paper["files"]) == sorted(str(path) for path in out.iterdir())
    assert (paper["text"], paper["title"], paper["unit"]) == (None, "催办函", "zjj")
    assert answer["recorded"]["letters"][0]["duties"] == [feedback]


def test_a_letter_whose_file_was_lost_is_printed_again_word_for_word(
    coord: Desk, feedback: str, assumed: str
) -> None:
    text = coord.ok("remind").out
    before = operations(coord)
    for ref in ("zjj", "区住建局", feedback, assumed, f"P{before}"):
        assert coord.ok("letter", "chase", ref, today="2026-11-25").out == text
    assert operations(coord) == before


def test_a_reprint_says_what_was_sent_though_the_clock_moved_since(
    coord: Desk, feedback: str
) -> None:
    text = coord.ok("remind").out
    coord.ok("correct", "1", "received", "--on", "2026-11-10", "--reason", "记错")
    assert coord.json("explain", feedback)["due_on"] == "2026-11-13"
    assert coord.ok("letter", "chase", feedback).out == text


@pytest.mark.usefixtures("feedback")
def test_the_latest_letters_to_a_unit_are_those_of_its_latest_chase(
    coord: Desk, add_case: AddCase
) -> None:
    coord.ok("remind", today="2026-11-12")
    case = add_case(title="另一件")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-05")
    coord.ok("remind", today="2026-11-23")
    text = coord.ok("letter", "chase", "zjj").out
    assert "督办通知" in text  # of the first case, five working days after the 12th
    assert "催办函" in text
    assert "另一件" in text
    assert (
        "督办通知"
        not in coord.ok("letter", "chase", coord.duty("transfer.feedback", case)["id"]).out
    )


def test_nothing_that_was_never_sent_is_printed(coord: Desk, feedback: str) -> None:
    for ref in (feedback, "zjj", "P1"):
        told = coord.refused("letter", "chase", ref)
        assert f"不能出具催办函、督办通知：{ref} 没有催办过" in told
        assert "coord remind" in told
    assert "没有这个单位" in coord.refused("letter", "chase", "某某局")
    assert "没有这次操作" in coord.refused("letter", "chase", "P99")


@pytest.mark.usefixtures("feedback")
def test_each_letter_takes_the_offices_next_number(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zfj", "--determined-on", "2026-11-03")
    assert "coord number set lxb" in coord.refused("remind", "--number", "auto")
    assert sent(coord, "--dry-run") != []
    coord.ok("number", "set", "lxb", "某联办函〔2026〕7号")
    assert "这里有 2 份" in coord.refused("remind", "--number", "某联办函〔2026〕7号", code=2)
    answer = coord.json("remind", "--number", "auto")
    numbers = [one["number"] for one in answer["papers"]]
    assert numbers == ["某联办函〔2026〕7号", "某联办函〔2026〕8号"]
    assert "某联办函〔2026〕8号" in coord.ok("letter", "chase", "zjj").out
    assert [one["addressee"] for one in coord.json("number", "list")] == ["zrj", "zjj"]
    second = coord.json("remind", "--number", "auto", "--unit", "zjj", today="2026-12-01")
    assert [one["number"] for one in second["papers"]] == ["某联办函〔2026〕9号"]


def test_a_letter_that_was_numbered_later_is_undone_after_its_number(
    coord: Desk, feedback: str
) -> None:
    number = coord.json("remind")["operation"]
    coord.ok("letter", "chase", feedback, "--number", "某联办函〔2026〕7号")
    assert "某联办函〔2026〕7号" in coord.ok("letter", "chase", "zjj").out
    assert f"coord undo P{number + 1}" in coord.refused("undo", f"P{number}", "--yes")


# --- refusals -------------------------------------------------------------------------------------


def test_bad_input_is_refused_and_nothing_is_recorded(
    coord: Desk, feedback: str, tmp_path: Path
) -> None:
    before = operations(coord)
    (tmp_path / "文件").write_text("", "utf-8")
    assert "没有这个单位" in coord.refused("remind", "--unit", "某某局")
    assert "--level 只能是：1、2" in coord.refused("remind", "--level", "3", code=2)
    assert "是文件，不是文件夹" in coord.refused("remind", "--out", str(tmp_path / "文件"))
    assert "--out" in coord.refused("remind", "--as", "docx", code=2)
    assert operations(coord) == before
    assert reminded(coord, feedback) == []


@pytest.mark.usefixtures("feedback")
def test_what_is_wrong_with_a_template_is_found_before_anything_is_recorded(coord: Desk) -> None:
    folder = coord.database.parent / "templates"
    folder.mkdir()
    (folder / "chase.j2").write_text("{% if %}", "utf-8")
    before = operations(coord)
    assert "模板 chase.j2" in coord.refused("remind")
    assert operations(coord) == before


def test_a_letterhead_that_cannot_be_filled_is_found_before_anything_is_recorded(
    coord: Desk, feedback: str, tmp_path: Path
) -> None:
    from docx import Document

    head = Document()
    head.add_paragraph("{{ 正文 | nonsense }}")
    head.save(str(tmp_path / "信头.docx"))
    before = operations(coord)
    line = ("remind", "--out", str(tmp_path / "文书"), "--letterhead", str(tmp_path / "信头.docx"))
    coord.refused(*line)
    assert operations(coord) == before
    assert reminded(coord, feedback) == []


def test_files_that_could_not_be_written_are_told_how_to_be_had(
    coord: Desk, feedback: str, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("", "utf-8")
    told = coord.refused("remind", "--out", str(tmp_path / "文件" / "文书"))
    number = operations(coord)
    assert f"催办已登记（P{number}），但文书没有全部写出" in told
    assert f"coord letter chase P{number} --out" in told
    assert reminded(coord, feedback) == [(1, "2026-11-23", True)]


def test_an_empty_register_has_nothing_to_chase(coord: Desk) -> None:
    assert coord.ok("remind").out == NOTHING
    answer = coord.json("remind")
    assert (answer["operation"], answer["papers"], answer["left"]) == (None, [], [])
    assert operations(coord) == 1, "what time began"


def test_two_who_chase_at_once_send_each_item_once(coord: Desk, add_case: AddCase) -> None:
    for number in range(1, 7):
        add_case(title=f"案{number}")
        coord.ok("transfer", "send", str(number), "--to", "zjj", "--on", "2026-11-05")
    line = [sys.executable, "-m", "yicheng_coord", "--today", "2026-11-23", "remind", "-f", "json"]
    environment = os.environ | {"COORD_DB": str(coord.database), "PYTHONIOENCODING": "utf-8"}
    running = [
        subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    told = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * 4, told
    with closing(sqlite3.connect(coord.database)) as connection:
        counted: Any = connection.execute(
            "SELECT count(*), count(DISTINCT duty_id) FROM reminder_item"
        )
        assert counted.fetchone() == (6, 6)
        assert connection.execute("SELECT count(*) FROM reminder").fetchone() == (1,)
    assert coord("check", "--only", "history_replay", "-f", "json").json == []


@pytest.mark.usefixtures("feedback")
def test_what_time_itself_began_is_chased_too(
    coord: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "规则"
    copytree(policy_folder(), pack)
    rules = pack / "opinion.toml"
    head, row, tail = rules.read_text("utf-8").partition('id = "info.enforcement"\n')
    assert 'kind = "prompt"' in tail
    tail = tail.replace('kind = "prompt"', 'kind = "working"\ndays = 5', 1)
    rules.write_text(f'{head}{row}interval = "month"\n{tail}', "utf-8")
    monkeypatch.setenv("COORD_POLICY", str(pack))
    ours = [unit for unit, *_ in sent(coord)]
    assert sorted(ours) == ["zfj", "zjj"]
    assert all(one["id"] for one in coord.json("overdue", "--unit", "zfj"))


# --- units that are no more -----------------------------------------------------------------------


def close(coord: Desk, unit: str, *options: str) -> None:
    coord.ok("unit", "close", unit, "--on", "2026-11-16", "--reason", "机构改革", *options)


def test_what_a_closed_unit_owes_is_asked_of_its_last_successor(
    coord: Desk, feedback: str, assumed: str
) -> None:
    close(coord, "zjj", "--successor", "zrj")
    close(coord, "zrj", "--successor", "swj")
    assert sent(coord, "--unit", "zjj", "--dry-run") == [("swj", 1, [feedback, assumed])]
    trial = coord.ok("remind", "--dry-run").out.splitlines()[1:]
    assert [line.split("\t")[2] for line in trial] == ["区城乡水务局（原由区住建局承担）"] * 2
    text = coord.ok("remind", "--unit", "swj").out
    assert "峄城区城乡水务局：" in text
    assert "堆场占用耕地（原由区住建局承担）" in text
    assert coord.ok("letter", "chase", "zjj").out == coord.ok("letter", "chase", "swj").out == text
    coord.checked_of_duties()


def test_a_letter_of_before_it_was_closed_went_to_itself(coord: Desk, feedback: str) -> None:
    close(coord, "zjj", "--successor", "zrj")
    assert sent(coord, "--on", "2026-11-13") == [("zjj", 1, [feedback])]


def test_a_closed_unit_that_nobody_followed_is_not_written_to(coord: Desk, feedback: str) -> None:
    close(coord, "zjj")
    told = coord.ok("remind")
    assert told.out == NOTHING
    assert f"{feedback}：区住建局已撤销，没有登记由谁承接" in told.err


def test_a_resolution_of_a_closed_unit_is_urged_of_its_successor(coord: Desk) -> None:
    coord.ok("resolution", "add", "--kind", "议定", "--text", "某事", "--owner", "zjj",
             "--due", "2026-11-13", "--on", "2026-11-02")  # fmt: skip
    close(coord, "zjj", "--successor", "zrj")
    assert "峄城区自然资源局：" in coord.ok("letter", "supervise", "S1").out


def test_a_resolution_of_a_closed_unit_that_nobody_followed_is_urged_of_nobody(
    coord: Desk,
) -> None:
    coord.ok("resolution", "add", "--kind", "议定", "--text", "某事", "--owner", "zjj",
             "--due", "2026-11-13", "--on", "2026-11-02")  # fmt: skip
    close(coord, "zjj")
    told = coord.refused("letter", "supervise", "S1")
    assert "不能出具督办单：S1 的责任单位区住建局已撤销，没有登记由谁承接。" in told
    assert "coord history zjj" in told
    assert "区住建局" in coord.ok("history", "zjj").out
    before = coord.ok("letter", "supervise", "S1", "--date", "2026-11-13").out
    assert "峄城区住房和城乡建设局：" in before
