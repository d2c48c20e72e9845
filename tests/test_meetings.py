"""一（四）: a quarter from the call for topics to the resolution that was carried out."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk

PLAN = ("meeting", "plan", "--place", "区政府一楼会议室", "--at")
ADD = ("topic", "add", "--by", "zrj", "--title")
RESOLVE = ("resolution", "add", "--kind", "议定", "--text", "建立台账", "--owner", "zjj", "--due")


def plan(coord: Desk, at: str = "2026-12-18 09:00", *options: str, today: str | None = None) -> Any:
    return coord.json(*PLAN, at, *options, today=today)


def rules(duties: list[dict[str, Any]]) -> list[str]:
    return [one["rule"] for one in duties]


@pytest.fixture
def fixed(coord: Desk) -> Desk:
    """The fourth quarter's meeting is fixed for 12-18, and topics were called for."""
    plan(coord)
    coord.ok("meeting", "solicit", "M1")
    return coord


@pytest.fixture
def held(fixed: Desk) -> Desk:
    """It was held, with one approved topic."""
    fixed.ok(*ADD, "执法衔接")
    fixed.ok("topic", "approve", "T1")
    fixed.ok("meeting", "circulate", "M1")
    fixed.today = "2026-12-18"
    fixed.ok("meeting", "attend", "M1", "--unit", "zrj", "--name", "张某")
    fixed.ok("meeting", "hold", "M1")
    return fixed


# --- a quarter ------------------------------------------------------------------------------------


def test_a_quarter_from_the_call_to_the_resolution_done(coord: Desk, tmp_path: Path) -> None:
    answer = plan(coord, "12-18 09:00", today="2026-11-23")
    assert answer["recorded"]["title"] == "2026年第四季度联席会议"
    (call,) = answer["started"]
    assert (call["rule"], call["due_on"]) == ("meeting.solicit", "2026-12-08")
    assert (call["owed_by"], call["owed_to"]) == ("lxb", "members")
    assert call["due_on_other_reading"] == "2026-12-04"
    assert answer["next_step"] == "征集议题：coord meeting solicit M1"

    answer = coord.json("meeting", "solicit", "M1", today="2026-12-04")
    assert [(one["rule"], one["status"]) for one in answer["met"]] == [("meeting.solicit", "met")]

    coord.ok(*ADD, "执法衔接", "--background", "情况", "--proposal", "建议", today="2026-12-07")
    coord.ok("topic", "add", "--by", "zjj", "--title", "违建移送", today="2026-12-07")
    coord.ok("topic", "add", "--by", "swj", "--title", "河道巡查", today="2026-12-08")
    answer = coord.json("topic", "approve", "T1", "T2", today="2026-12-09")
    assert rules(answer["met"]) == ["meeting.approve"] * 2
    assert rules(answer["started"]) == ["meeting.circulate"] * 2
    coord.ok("topic", "reject", "T3", "--reason", "属日常工作", today="2026-12-09")

    answer = coord.json("meeting", "circulate", "M1", today="2026-12-10")
    assert rules(answer["met"]) == ["meeting.circulate"] * 2
    coord.ok("meeting", "invite", "M1", "fy", "人大代表", today="2026-12-10")
    coord.ok("meeting", "attend", "M1", "--unit", "mzj", "--name", "王某",
             "--status", "leave", "--reason", "出差", today="2026-12-17")  # fmt: skip

    coord.today = "2026-12-18"
    for unit, name in (("zrj", "张某"), ("zjj", "李某"), ("fy", "赵某"), ("人大代表", "钱某")):
        coord.ok("meeting", "attend", "M1", "--unit", unit, "--name", name)
    answer = coord.json("meeting", "hold", "M1")
    assert answer["recorded"]["undecided"] == ["T1", "T2"]
    assert rules(answer["started"]) == ["minutes.sign"]
    coord.ok(*RESOLVE, "2027-01-15", "--topic", "T1", "--with", "zfj")
    coord.ok("topic", "decide", "T2", "--text", "原则同意")

    draft = tmp_path / "纪要.txt"
    coord.ok("meeting", "minutes", "M1", "--out", str(draft))
    draft.write_text(
        draft.read_text("utf-8").replace("原则同意", "原则同意，由区住建局负责"), "utf-8"
    )
    answer = coord.json("meeting", "sign", "M1", "--file", str(draft), today="2026-12-21")
    assert rules(answer["met"]) == ["minutes.sign"]
    assert sorted(rules(answer["started"])) == ["minutes.distribute", "resolution.carry_out"]
    answer = coord.json("meeting", "distribute", "M1", today="2026-12-22")
    assert rules(answer["met"]) == ["minutes.distribute"]
    assert "由区住建局负责" in coord.ok("meeting", "minutes", "M1").out

    (late,) = coord.json("overdue", today="2027-01-20")
    assert (late["rule"], late["owed_by"], late["owed_to"]) == (
        "resolution.carry_out",
        "zjj",
        "lxb",
    )
    assert (late["due_on"], late["matter"]) == ("2027-01-15", "S1")
    coord.ok(
        "resolution", "progress", "S1", "--note", "已建", "--percent", "80", today="2027-01-20"
    )
    (done,) = coord.json("resolution", "done", "S1", today="2027-01-21")["met"]
    assert (done["status"], done["days_left"]) == ("met_late", -6)
    assert coord.json("overdue", today="2027-01-22") == []
    assert coord("check", "-f", "json", "--only", "duties", today="2027-01-22").json == []


# --- fixing, moving, cancelling -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "today", "due_on", "safe_on"),
    [
        ("2026-12-18", "2026-11-23", "2026-12-08", "2026-12-04"),
        ("2026-10-15", "2026-09-01", "2026-09-30", "2026-09-24"),
        ("2026-03-31", "2026-03-02", "2026-03-20", "2026-03-17"),
    ],
)
def test_the_call_is_counted_back_with_the_safe_date_beside_it(
    coord: Desk, at: str, today: str, due_on: str, safe_on: str
) -> None:
    answer = plan(coord, at, today=today)
    assert answer["started"][0]["due_on"] == due_on
    assert answer["warnings"] == []
    said = coord.ok("meeting", "move", "M1", "--at", f"{at} 10:00", today=today).out
    assert f"征集议题最迟 {due_on}；按 10 个工作日的稳妥日期 {safe_on}" in said


def test_a_meeting_fixed_too_late_for_its_call_is_accepted_with_a_warning(coord: Desk) -> None:
    answer = plan(coord, "2026-12-02")
    assert answer["warnings"] == [
        "会期定得太迟：征集议题应不晚于 2026-11-20，已晚 3 天（峄政办发〔2022〕1号 一（四）1）"
    ]
    assert [one["status"] for one in answer["started"]] == ["overdue"]


def test_a_meeting_on_a_rest_day_is_accepted_with_a_warning(coord: Desk) -> None:
    planned = plan(coord, "2026-09-25 09:00", today="2026-09-01")
    assert planned["warnings"] == ["会期 2026-09-25 是休息日（中秋节）"]
    moved = coord.json("meeting", "move", "M1", "--at", "2026-09-20 09:00", today="2026-09-01")
    assert moved["warnings"] == [], "a Sunday on which the offices work"
    moved = coord.json("meeting", "move", "M1", "--at", "2026-09-19 09:00", today="2026-09-01")
    assert moved["warnings"] == ["会期 2026-09-19 是休息日（周末）"]


def test_a_special_meeting_has_no_call(coord: Desk) -> None:
    answer = plan(coord, "2026-11-26 15:00", "--kind", "special")
    assert answer["recorded"]["title"] == "2026年11月26日联席会议专题会议"
    assert (answer["started"], answer["warnings"]) == ([], [])
    assert "只对例行会议" in coord.refused("meeting", "solicit", "M1")


@pytest.mark.parametrize(
    ("at", "name"),
    [("2027-01-05", "2027年第一季度联席会议"), ("2027-04-01", "2027年第二季度联席会议"),
     ("2027-09-30", "2027年第三季度联席会议"), ("2026-12-31", "2026年第四季度联席会议")],
)  # fmt: skip
def test_a_regular_meeting_is_named_by_its_quarter(coord: Desk, at: str, name: str) -> None:
    assert plan(coord, at)["recorded"]["title"] == name


def test_moving_counts_the_call_anew_and_keeps_what_was(coord: Desk) -> None:
    plan(coord)
    answer = coord.json("meeting", "move", "M1", "--at", "2027-01-08", "--reason", "领导出差")
    assert [(one["due_on"], one["due_on_before"]) for one in answer["moved"]] == [
        ("2026-12-29", "2026-12-08")
    ]
    assert answer["recorded"]["title"] == "2027年第一季度联席会议"
    shown = coord.ok("meeting", "show", "M1").out
    assert "原定 2026-12-18 09:00 区政府一楼会议室，领导出差" in shown
    duty = coord.json("pending", "--rule", "meeting.solicit")[0]
    assert coord.json("explain", duty["id"])["earlier"][0]["due_on"] == "2026-12-08"


def test_what_was_called_for_in_time_is_late_for_an_earlier_day(fixed: Desk) -> None:
    (moved,) = fixed.json("meeting", "move", "M1", "--at", "2026-11-26")["moved"]
    assert (moved["due_on"], moved["met_on"]) == ("2026-11-16", "2026-11-23")
    assert (moved["status"], moved["days_left"]) == ("met_late", -7)
    assert fixed("check", "-f", "json", "--only", "duties").json == []


def test_cancelling_ends_the_call_and_carries_the_topics_over(coord: Desk) -> None:
    plan(coord)
    coord.ok(*ADD, "执法衔接")
    answer = coord.json("meeting", "cancel", "M1", "--reason", "并入下季度")
    assert [(one["rule"], one["cancel_reason"]) for one in answer["ended"]] == [
        ("meeting.solicit", "取消会议，不再适用")
    ]
    assert coord.json("topic", "show", "T1")["meeting"] is None
    answer = plan(coord, "2027-01-15")
    assert answer["recorded"]["topics"] == ["T1"]
    assert coord.json("topic", "list", "--meeting", "M2")[0]["ref"] == "T1"


def test_two_regular_meetings_of_a_quarter_are_noticed(held: Desk) -> None:
    said = "这一季度已有例行会议 M1（2026-12-18）"
    assert said in plan(held, "2026-12-31")["warnings"]
    assert said not in plan(held, "2026-12-30", "--kind", "special")["warnings"]
    assert said not in plan(held, "2027-01-15")["warnings"]


# --- the agenda -----------------------------------------------------------------------------------


def test_the_agenda_that_was_sent_stays_as_it_was(fixed: Desk) -> None:
    fixed.ok(*ADD, "执法衔接", "--background", "原来的背景")
    fixed.ok(*ADD, "未审定的议题")
    fixed.ok("topic", "approve", "T1")
    sent = fixed.json("meeting", "circulate", "M1")["recorded"]["agenda"]
    assert [(one["item"], one["topic"], one["by"]) for one in sent] == [(1, "T1", "zrj")]
    assert "没有新审定的议题" in fixed.refused("meeting", "circulate", "M1")
    fixed.ok("topic", "approve", "T2")
    fixed.ok("meeting", "circulate", "M1")
    agendas = fixed.json("meeting", "show", "M1")["agendas_sent"]
    assert agendas[0]["agenda"] == sent
    assert [one["topic"] for one in agendas[1]["agenda"]] == ["T1", "T2"]


def test_what_is_still_open_is_the_first_item_of_the_next_agenda(coord: Desk) -> None:
    coord.ok(*RESOLVE, "2026-12-01")
    plan(coord)
    coord.ok(*ADD, "执法衔接")
    coord.ok("topic", "approve", "T1")
    agenda = coord.json("meeting", "circulate", "M1")["recorded"]["agenda"]
    assert [one["title"] for one in agenda] == ["议定事项落实情况", "执法衔接"]
    assert [(one["ref"], one["owner"]) for one in agenda[0]["resolutions"]] == [("S1", "zjj")]
    coord.ok("resolution", "done", "S1")
    assert [one["title"] for one in coord.json("meeting", "show", "M1")["agenda"]] == ["执法衔接"]


def test_a_topic_that_is_carried_over_is_sent_with_the_next_agenda_too(fixed: Desk) -> None:
    fixed.ok(*ADD, "执法衔接")
    fixed.ok("topic", "approve", "T1")
    fixed.ok("meeting", "circulate", "M1")
    plan(fixed, "2027-01-15")
    fixed.ok("meeting", "hold", "M1", "--not-reached", "T1", today="2026-12-18")
    answer = fixed.json("meeting", "circulate", "M2", today="2026-12-21")
    assert answer["recorded"]["topics"] == ["T1"]
    assert answer["met"] == []


def test_a_call_that_nobody_recorded_is_recorded_after_the_meeting_with_its_day(
    coord: Desk,
) -> None:
    plan(coord)
    coord.today = "2026-12-21"
    coord.ok("meeting", "hold", "M1")
    coord.ok("meeting", "sign", "M1")
    assert rules(coord.json("overdue")) == ["meeting.solicit"]
    assert "晚于会议日期 2026-12-18" in coord.refused("meeting", "solicit", "M1")
    answer = coord.json("meeting", "solicit", "M1", "--on", "2026-12-08")
    assert [(one["rule"], one["status"]) for one in answer["met"]] == [("meeting.solicit", "met")]
    assert "已签发" in coord.refused("meeting", "solicit", "M1", "--on", "2026-12-08")
    coord.checked_of_duties()


def test_a_call_that_was_overdue_on_a_past_day_is_in_the_list_of_that_day(coord: Desk) -> None:
    plan(coord)
    coord.ok(*ADD, "执法衔接", today="2026-12-30")
    assert rules(coord.json("overdue", today="2026-12-10")) == ["meeting.solicit"]


# --- attendance -----------------------------------------------------------------------------------


def test_absence_follows_from_the_roster_of_the_day(held: Desk) -> None:
    seen = held.json("meeting", "show", "M1")["attendance"]
    assert [one["unit"] for one in seen["present"]] == ["zrj"]
    assert len(seen["absent"]) == 16
    held.ok("unit", "close", "jtj", "--reason", "合并", "--successor", "mzj")
    assert len(held.json("meeting", "show", "M1")["attendance"]["absent"]) == 15


def test_attendance_comes_from_a_file_too(fixed: Desk, tmp_path: Path) -> None:
    fixed.ok("meeting", "invite", "M1", "zfw")
    fixed.today = "2026-12-18"
    names = tmp_path / "签到.csv"
    names.write_text(
        "成员单位,参会人员,职务,参会情况,理由\n"
        "区住建局,李某,副局长,出席,\n区民政局,王某,,请假,出差\n区委政法委,赵某,,,\n区教体局,,,缺席,\n",
        "utf-8",
    )
    answer = fixed.json("meeting", "attend", "M1", "--from", str(names))
    assert [(one["unit"], one["status"]) for one in answer["recorded"]["people"]] == [
        ("zjj", "present"), ("mzj", "leave"), ("zfw", "guest"),
    ]  # fmt: skip
    fixed.ok("meeting", "hold", "M1")
    seen = fixed.json("meeting", "show", "M1")["attendance"]
    assert "jtj" in [one["unit"] for one in seen["absent"]]
    assert seen["present"] == [{"unit": "zjj", "name": "李某", "post": "副局长", "reason": None}]


def test_a_list_with_a_bad_row_is_refused_whole(fixed: Desk, tmp_path: Path) -> None:
    fixed.today = "2026-12-18"
    names = tmp_path / "签到.csv"
    names.write_text("单位,姓名,状态\n区住建局,李某,\n区法院,赵某,\n没有的局,某,\n", "utf-8")
    told = fixed.refused("meeting", "attend", "M1", "--from", str(names))
    assert "第 3 行不能登记参会" in told
    assert "第 4 行没有这个单位" in told
    assert fixed.json("meeting", "show", "M1")["attendance"]["present"] == []


def test_whoever_comes_for_a_member_is_its_attendance_also_if_put_down_as_a_guest(
    held: Desk, tmp_path: Path
) -> None:
    guest = ("meeting", "attend", "M1", "--unit", "mzj", "--name", "王某", "--status", "guest")
    answer = held.json(*guest)
    assert answer["recorded"]["people"][0]["status"] == "present"
    clause = "（峄政办发〔2022〕1号 一（四）3）"
    told = "成员单位来的人是出席，不是列席，已按出席登记：区"
    assert answer["warnings"] == [f"{told}民政局王某{clause}"]
    names = tmp_path / "签到.csv"
    names.write_text("单位,姓名,参会情况\n区住建局,李某,列席\n区自然资源局,赵某,列席\n", "utf-8")
    answer = held.json("meeting", "attend", "M1", "--from", str(names))
    assert answer["warnings"] == [f"{told}住建局李某、区自然资源局赵某{clause}"]
    text = held.ok("meeting", "minutes", "M1").out
    assert "出席：区民政局 王某；区自然资源局 张某；区自然资源局 赵某；区住建局 李某\n" in text
    assert "列席：" not in text
    assert not {"区民政局", "区自然资源局", "区住建局"} & set(_absent(text))


def test_a_member_recorded_as_a_guest_by_an_older_program_is_not_absent_too(held: Desk) -> None:
    with closing(sqlite3.connect(held.database)) as connection, connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'attendance'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE attendance SET status = 'guest'")
    people = held.json("meeting", "show", "M1")["attendance"]
    assert [one["unit"] for one in people["guest"]] == ["zrj"]
    assert "zrj" not in [one["unit"] for one in people["absent"]]


def _absent(text: str) -> list[str]:
    (line,) = [one for one in text.splitlines() if one.startswith("缺席：")]
    return line.removeprefix("缺席：").split("、")


def test_the_same_list_twice_is_said_to_be_on_record_already(held: Desk, tmp_path: Path) -> None:
    names = tmp_path / "签到.csv"
    names.write_text("单位,姓名,参会情况\n区住建局,李某,出席\n区民政局,,缺席\n", "utf-8")
    held.ok("meeting", "attend", "M1", "--from", str(names))
    told = held.refused("meeting", "attend", "M1", "--from", str(names))
    assert "“签到.csv”所列 1 人都已登记，没有改动。\n查看：coord meeting show M1\n" in told
    names.write_text("单位,姓名,参会情况\n区民政局,,缺席\n", "utf-8")
    told = held.refused("meeting", "attend", "M1", "--from", str(names))
    assert "没有列出到会或请假的人" in told


def test_who_was_put_down_wrong_is_put_down_anew(fixed: Desk) -> None:
    person = ("meeting", "attend", "M1", "--unit", "zrj", "--name", "张某")
    fixed.ok(*person, "--status", "leave", "--reason", "出差")
    fixed.ok(*person, today="2026-12-18")
    assert "没有改动" in fixed.refused(*person, today="2026-12-18")
    fixed.ok("meeting", "hold", "M1", today="2026-12-18")
    seen = fixed.json("meeting", "show", "M1", today="2026-12-18")["attendance"]
    assert ([one["unit"] for one in seen["present"]], seen["leave"]) == (["zrj"], [])


# --- held, signed, distributed --------------------------------------------------------------------


def test_what_was_not_reached_goes_to_the_next_meeting(fixed: Desk) -> None:
    for title in ("甲", "乙", "丙"):
        fixed.ok(*ADD, title)
    fixed.ok("topic", "approve", "T1", "T2")
    plan(fixed, "2027-01-15")
    hold = ("meeting", "hold", "M1", "--not-reached")
    told = fixed.refused(*hold, "T4", today="2026-12-18")
    assert "没有这项议题" in told
    fixed.ok(*ADD, "丁", "--meeting", "M2")
    told = fixed.refused(*hold, "T4", today="2026-12-18")
    assert "T4 的研究结果：不是 M1 待研究的议题（峄政办发〔2022〕1号 一（四）4）" in told
    fixed.ok("undo", "--yes")
    answer = fixed.json(*hold, "T2", today="2026-12-18")
    assert answer["recorded"]["undecided"] == ["T1"]
    assert answer["recorded"]["carried"] == ["T2", "T3"]
    assert [one["meeting"] for one in fixed.json("topic", "list")] == ["M1", "M2", "M2"]
    assert fixed.json("meeting", "show", "M1")["carried"] == ["T2 乙", "T3 丙"]


def test_what_was_approved_after_the_meeting_was_not_before_it(fixed: Desk) -> None:
    fixed.ok(*ADD, "执法衔接")
    fixed.ok("topic", "approve", "T1", today="2026-12-21")
    answer = fixed.json("meeting", "hold", "M1", today="2026-12-21")
    assert (answer["recorded"]["carried"], answer["recorded"]["undecided"]) == (["T1"], [])
    fixed.ok("meeting", "sign", "M1", today="2026-12-21")
    assert fixed("check", "-f", "json", "--only", "duties", today="2026-12-21").json == []


def test_undecided_topics_block_signing(held: Desk) -> None:
    told = held.refused("meeting", "sign", "M1")
    assert "以下议题尚无研究结果：T1 执法衔接（峄政办发〔2022〕1号 一（四）4）" in told
    held.ok("topic", "carry", "T1")
    held.ok("meeting", "sign", "M1")


def test_signed_minutes_are_frozen_and_only_amended(held: Desk, tmp_path: Path) -> None:
    held.ok("topic", "decide", "T1", "--text", "原则同意")
    draft = held.ok("meeting", "minutes", "M1").out
    signed = held.json("meeting", "sign", "M1")["recorded"]["sha256"]
    held.ok("meeting", "distribute", "M1")
    assert held.json("meeting", "show", "M1")["minutes_sha256"] == signed
    assert held.ok("meeting", "minutes", "M1").out == draft
    assert "纪要已印发" in held.refused("meeting", "sign", "M1")
    new = tmp_path / "更正.txt"
    new.write_text(draft.replace("原则同意", "同意"), "gb18030")
    amend = ("meeting", "amend", "M1", "--file", str(new), "--reason", "笔误")
    held.ok(*amend, today="2026-12-25")
    assert "没有改动" in held.refused(*amend, today="2026-12-25")
    after = held.json("meeting", "show", "M1", today="2026-12-25")
    assert after["minutes_sha256"] not in (None, signed)
    assert (
        "2026-12-25　更正会议纪要（笔误）"
        in held.ok("meeting", "show", "M1", today="2026-12-25").out
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"\x89PNG\r\n\x1a\n\x00\x00", "不是文字"), (b" \n\n", "不能为空"), (b"x" * (1 << 20 | 1), "太大"),
     (b"", "不能为空"), (b"\xff\xd8\xff\xe0\x10JFIF\x01", "不是文字"),
     ("纪要\x01\x02".encode("gb18030"), "不是文字"), ("机密★1年".encode(), "国家秘密不得录入")],
)  # fmt: skip
def test_what_cannot_be_minutes_is_not_signed(
    held: Desk, tmp_path: Path, content: bytes, why: str
) -> None:
    held.ok("topic", "carry", "T1")
    file = tmp_path / "纪要.txt"
    file.write_bytes(content)
    assert why in held.refused("meeting", "sign", "M1", "--file", str(file))
    assert held.json("meeting", "show", "M1")["status"] == "held"


@pytest.fixture
def two_held(held: Desk) -> Desk:
    """Beside M1 a special meeting M2 on the same day, and M3 of the quarter before; all held."""
    held.ok("topic", "decide", "T1", "--text", "原则同意")
    plan(held, "2026-12-18 14:00", "--kind", "special", "--title", "砂石堆场专题会议")
    plan(held, "2026-09-16", "--on", "2026-09-01")
    held.ok("meeting", "hold", "M2")
    held.ok("meeting", "hold", "M3")
    return held


def test_signing_says_what_became_final(held: Desk, tmp_path: Path) -> None:
    held.ok("topic", "decide", "T1", "--text", "原则同意")
    file = tmp_path / "纪要.txt"
    held.ok("meeting", "minutes", "M1", "--out", str(file))
    count = len("".join(file.read_text("utf-8").split()))
    result = held.ok("meeting", "sign", "M1", "--file", str(file))
    assert f"  定稿标题“2026年第四季度联席会议”，{count} 字\n  定稿校验值　" in result.out
    assert "没有写到" not in result.err
    held.ok("undo", "--yes")
    assert held.json("meeting", "sign", "M1")["recorded"]["characters"] == count


def test_minutes_that_leave_out_what_is_on_record_are_signed_with_a_warning(
    held: Desk, tmp_path: Path
) -> None:
    held.ok(*RESOLVE, "2027-01-15", "--topic", "T1")
    file = tmp_path / "纪要.txt"
    file.write_text("纪要\n会议原则同意。\n", "utf-8")
    answer = held.json("meeting", "sign", "M1", "--file", str(file))
    (told,) = answer["warnings"]
    assert told == (
        "纪要里没有写到会议名称“2026年第四季度联席会议”、会议日期2026年12月18日、"
        "议题 T1 执法衔接、议定事项 S1 建立台账；核对是不是 M1 的纪要"
    )
    file.write_text(
        "2026年第四季度\n联席会议\n2026年12月18日\n执法衔接\n建立台账\n出席：张某\n", "utf-8"
    )
    amend = ("meeting", "amend", "M1", "--reason", "补全", "--file", str(file))
    assert held.json(*amend)["warnings"] == []
    file.write_text("2026年第四季度联席会议 2026年12月19日 执法衔接 建立台账", "utf-8")
    told = held.json(*amend)["warnings"]
    assert told == ["纪要里没有写到会议日期2026年12月18日；核对是不是 M1 的纪要"]


def test_the_minutes_of_another_meeting_are_not_signed(two_held: Desk, tmp_path: Path) -> None:
    other, file = tmp_path / "M3.txt", ("--file", str(tmp_path / "M3.txt"))
    two_held.ok("meeting", "minutes", "M3", "--out", str(other))
    before = two_held.json("history")
    told = two_held.refused("meeting", "sign", "M1", *file)
    assert (
        "这份纪要写的是 M3 2026年第三季度联席会议（2026-09-16），"
        "不是 M1 2026年第四季度联席会议（2026-12-18）的纪要（峄政办发〔2022〕1号 一（四）4）"
        in told
    )
    assert "coord meeting minutes M1 --out" in told
    assert two_held.json("history") == before
    two_held.ok("meeting", "sign", "M3", *file)
    two_held.ok("meeting", "sign", "M1")
    told = two_held.refused("meeting", "amend", "M1", *file, "--reason", "甲")
    assert "不是 M1" in told
    text = two_held.ok("meeting", "minutes", "M1").out
    other.write_text(f"{text}\n2026年9月16日的2026年第三季度联席会议议定的事项已办结。", "utf-8")
    two_held.ok("meeting", "amend", "M1", *file, "--reason", "补写")


def test_of_two_meetings_on_one_day_the_title_is_looked_at(two_held: Desk, tmp_path: Path) -> None:
    file = tmp_path / "M1.txt"
    two_held.ok("meeting", "minutes", "M1", "--out", str(file))
    sign = ("meeting", "sign", "M2", "--file", str(file))
    assert "写的是 M1 2026年第四季度联席会议" in two_held.refused(*sign)
    file.write_text(file.read_text("utf-8") + "接着召开砂石堆场专题会议。", "utf-8")
    two_held.ok(*sign)


def test_of_two_meetings_of_one_name_the_day_is_looked_at(held: Desk, tmp_path: Path) -> None:
    held.ok("topic", "decide", "T1", "--text", "同意")
    plan(held, "2026-12-18 14:00")
    plan(held, "2026-12-17", "--on", "2026-12-01")
    file = tmp_path / "M1.txt"
    held.ok("meeting", "minutes", "M1", "--out", str(file))
    for other in ("M2", "M3"):
        held.ok("meeting", "hold", other)
    sign = ("meeting", "sign", "--file", str(file))
    assert "写的是 M1 2026年第四季度联席会议（2026-12-18）" in held.refused(*sign, "M3")
    held.ok(*sign, "M2")
    held.ok(*sign, "M1")


def test_a_correction_of_the_minutes_is_not_before_the_last_one(held: Desk, tmp_path: Path) -> None:
    held.ok("topic", "decide", "T1", "--text", "原则同意")
    held.ok("meeting", "sign", "M1")
    file = tmp_path / "更正.txt"
    amend = ("meeting", "amend", "M1", "--file", str(file), "--reason", "笔误", "--on")
    held.today = "2026-12-28"
    for text, on in (("甲", "2026-12-25"), ("乙", "2026-12-25"), ("丙", "2026-12-26")):
        file.write_text(text, "utf-8")
        held.ok(*amend, on)
    file.write_text("丁", "utf-8")
    assert "早于上次更正日期 2026-12-26" in held.refused(*amend, "2026-12-25")
    amendments = held.json("meeting", "show", "M1")["amendments"]
    assert [one["on"] for one in amendments] == ["2026-12-25", "2026-12-25", "2026-12-26"]


def test_minutes_that_were_altered_behind_the_program_s_back_are_found(held: Desk) -> None:
    held.ok("topic", "carry", "T1")
    held.ok("meeting", "sign", "M1")
    assert held("check", "--only", "invariants").code == 0
    with closing(sqlite3.connect(held.database)) as connection, connection:
        connection.execute("DROP TRIGGER happening_update_recorded")
        connection.execute(
            "UPDATE happening SET details = replace(details, '张某', '李某') "
            "WHERE event = 'minutes.signed'"
        )
    result = held("check", "--only", "invariants", "-f", "json")
    assert result.code == 1
    assert [(one["where"], one["what"]) for one in result.json] == [
        ("M1", "2026-12-18 定稿的纪要与其校验值不符")
    ]


def test_an_edited_draft_is_not_overwritten(held: Desk, tmp_path: Path) -> None:
    out = tmp_path / "纪要.txt"
    held.ok("meeting", "minutes", "M1", "--out", str(out))
    out.write_text("改过的", "utf-8")
    assert "没有覆盖" in held.refused("meeting", "minutes", "M1", "--out", str(out))
    assert out.read_text("utf-8") == "改过的"


def test_the_draft_says_who_was_there_what_was_resolved_and_what_is_missing(held: Desk) -> None:
    held.ok(*RESOLVE, "2027-01-15", "--topic", "T1", "--with", "zfj")
    text = held.ok("meeting", "minutes", "M1").out
    for line in (
        "2026年第四季度联席会议",
        "时间：2026年12月18日 09:00",
        "主持：【待补：组长】",
        "出席：区自然资源局 张某",
        "一、执法衔接（区自然资源局提出）",
        "议定：建立台账。责任单位：区住建局；配合单位：区综合行政执法局；办结期限：2027年1月15日。",
    ):
        assert line in text.splitlines(), text


def test_text_from_people_is_shown_harmless_and_commas_stay_in_their_field(fixed: Desk) -> None:
    fixed.ok(*ADD, "=1+1\x1b[31m[bold]甲[/bold]", "--background", "乙,\u202e丙")
    fixed.ok("topic", "approve", "T1")
    for line in (("meeting", "show", "M1"), ("topic", "list"), ("topic", "show", "T1"),
                 ("meeting", "minutes", "M1"), ("history", "T1"), ("pending",)):  # fmt: skip
        out = fixed.ok(*line).out
        assert "[bold]甲" in out, line
        assert "\x1b" not in out, line
        assert "\u202e" not in out, line
    for line in (("meeting", "list"), ("meeting", "show", "M1"), ("topic", "list"),
                 ("topic", "show", "T1"), ("resolution", "list")):  # fmt: skip
        assert fixed.ok(*line, "-f", "csv").out.startswith('\ufeff"'), line
    assert "\"'=1+1" in fixed.ok("topic", "list", "-f", "csv").out


# --- mending --------------------------------------------------------------------------------------


def test_every_step_is_undone_and_done_again(coord: Desk) -> None:
    coord.today = "2026-12-18"
    on = ("--on", "2026-11-23")
    states = [coord.json("meeting", "list")]
    for line in (
        (*PLAN, "2026-12-17 09:00", *on),
        ("meeting", "move", "M1", "--at", "2026-12-18 09:00", *on),
        ("meeting", "solicit", "M1", *on),
        (*ADD, "执法衔接", *on),
        ("topic", "approve", "T1", *on),
        ("meeting", "circulate", "M1", *on),
        ("meeting", "invite", "M1", "jcy", *on),
        ("meeting", "attend", "M1", "--unit", "jcy", "--name", "赵某"),
        ("meeting", "hold", "M1"),
        (*RESOLVE, "2027-01-15", "--topic", "T1"),
        ("meeting", "sign", "M1"),
        ("meeting", "distribute", "M1"),
        ("resolution", "progress", "S1", "--note", "已建", "--percent", "50"),
        ("resolution", "done", "S1"),
    ):
        coord.ok(*line)
        states.append(coord.json("meeting", "list"))
        coord.ok("undo", "--yes")
        assert coord.json("meeting", "list") == states[-2], line
        coord.ok("undo", "--yes")
        assert coord.json("meeting", "list") == states[-1], line
    assert coord("check", "-f", "json", "--only", "duties", "--only", "history_replay").json == []


def test_a_date_is_corrected_and_its_duty_counted_anew(held: Desk) -> None:
    held.ok("topic", "decide", "T1", "--text", "同意")
    held.ok("meeting", "sign", "M1", "--on", "2026-12-21", today="2026-12-22")
    assert "早于召开日期 2026-12-18" in held.refused(
        "correct", "M1", "signed", "--on", "2026-12-17", "--reason", "甲", today="2026-12-22"
    )
    held.ok("correct", "M1", "signed", "--on", "2026-12-22", "--reason", "看错", today="2026-12-22")
    assert held.json("meeting", "show", "M1", today="2026-12-22")["signed_on"] == "2026-12-22"


# --- the morning sheet ----------------------------------------------------------------------------


def test_the_morning_sheet_says_when_the_next_meeting_is(coord: Desk) -> None:
    assert coord.json("today")["next_meeting"] is None
    plan(coord, "2026-12-18 09:00")
    plan(coord, "2026-12-01 15:00", "--kind", "special")
    assert coord.json("today")["next_meeting"] == {
        "ref": "M2", "kind": "special", "title": "2026年12月1日联席会议专题会议",
        "at": "2026-12-01 15:00", "place": "区政府一楼会议室",
    }  # fmt: skip
    coord.ok("meeting", "cancel", "M2", "--reason", "甲")
    assert "M1　2026-12-18 09:00　2026年第四季度联席会议" in coord.ok("today").out


def test_the_morning_sheet_names_every_meeting_of_today_and_tomorrow(coord: Desk) -> None:
    plan(coord, "2026-12-18 14:00")
    plan(coord, "2026-12-18 09:00", "--kind", "special")
    plan(coord, "2026-12-25")
    sheet = coord.json("today", today="2026-12-17")
    assert sheet["next_meeting"]["ref"] == "M2"
    said = coord.ok("today", today="2026-12-17").out
    assert "五、下次联席会议　明天　M2　2026-12-18 09:00　2026年12月18日联席会议专题会议" in said
    assert "　明天　M1　2026-12-18 14:00　2026年第四季度联席会议" in said
    assert "　今天　M1" in coord.ok("today", today="2026-12-18").out
    assert coord.json("today", today="2026-12-16")["next_meeting"]["ref"] == "M2"
    assert "天　M" not in coord.ok("today", today="2026-12-16").out


def test_the_morning_sheet_names_meetings_whose_day_is_over_and_nobody_recorded(
    coord: Desk,
) -> None:
    for at in ("2026-12-18 09:00", "2026-12-14", "2026-12-15", "2026-12-16"):
        plan(coord, at, "--kind", "special")
    coord.ok("meeting", "cancel", "M2", "--reason", "甲")
    coord.today = "2026-12-18"
    warned = [said for said in coord.json("today")["warnings"] if "会期已过" in said]
    assert [said[:2] for said in warned] == ["M3", "M4"]
    said = coord.ok("today").out
    assert "会期已过，没有登记召开、改期或者取消　2 次" in said
    assert "M3　2026-12-15　2026年12月15日联席会议专题会议" in said
    for line in ("coord meeting hold M3", "coord meeting move M4 --at 2026-12-21",
                 "coord meeting cancel M1 --reason 理由"):  # fmt: skip
        coord.ok(*line.split()[1:])
    assert not any("会期已过" in said for said in coord.json("today")["warnings"])
    assert "会期已过" not in coord.ok("today").out


# --- refusals -------------------------------------------------------------------------------------


def test_a_closed_unit_is_not_taken_for_a_member(coord: Desk) -> None:
    plan(coord, "2026-12-18 09:00")
    coord.ok("unit", "close", "lyzx", "--successor", "zrj", "--reason", "合并")
    told = coord.refused("meeting", "invite", "M1", "lyzx", today="2026-12-01")
    assert "区林业发展服务中心已于 2026-11-23 撤销" in told
    assert "职责已由区自然资源局承接" in told


def test_nobody_is_invited_after_the_meeting(held: Desk) -> None:
    attend = ("meeting", "attend", "M1", "--unit", "jcy", "--name", "赵某")
    held.today = "2026-12-21"
    told = held.refused(*attend)
    assert "先登记邀请：coord meeting invite M1 区人民检察院 --on 日期" in told
    late = held.refused("meeting", "invite", "M1", "jcy")
    assert "邀请日期 2026-12-21 晚于会议日期 2026-12-18" in late
    assert held.json("meeting", "show", "M1")["invited"] == []
    held.ok("meeting", "invite", "M1", "jcy", "--on", "2026-12-17")
    held.ok(*attend)


def test_what_cannot_be_is_refused_and_changes_nothing(held: Desk, tmp_path: Path) -> None:
    plan(held, "2027-01-15")
    held.ok("meeting", "invite", "M2", "fy")
    before = held.json("history")
    attend = ("meeting", "attend", "M1", "--name", "某", "--unit")
    for line, code, why in (
        ((*PLAN, "2026-12-10"), 1, "早于确定会期的日期"),
        ((*PLAN, "2026-02-30"), 2, "没有这一天"),
        (("meeting", "plan", "--at", "2027-02-01", "--place", " "), 1, "不能为空"),
        (("meeting", "move", "M1", "--at", "2027-02-01"), 1, "不能改期：M1 已召开（2026-12-18）"),
        (("meeting", "move", "M2", "--at", "2027-01-15"), 1, "没有改动"),
        (("meeting", "move", "M2", "--at", "2026-12-01"), 1, "早于确定会期的日期"),
        (("meeting", "cancel", "M1", "--reason", "甲"), 1, "一（四）1"),
        (("meeting", "cancel", "M2", "--reason", " "), 1, "不能为空"),
        (("meeting", "solicit", "M1"), 1, "已召开"),
        (("meeting", "circulate", "M2"), 1, "没有新审定的议题"),
        (("meeting", "invite", "M2", "zrj"), 1, "是成员单位，本应参会"),
        (("meeting", "invite", "M2", "fy"), 1, "已邀请区人民法院"),
        ((*attend, "fy"), 1, "区人民法院不是成员单位，M1 也没有邀请（峄政办发〔2022〕1号 一（四）3）"),
        ((*attend, "zjj", "--status", "leave"), 1, "请假的理由"),
        ((*attend, "zjj", "--from", "x.csv"), 2, "两者取一"),
        (("meeting", "attend", "M1", "--unit", "zjj"), 2, "两者取一"),
        (("meeting", "attend", "M2", "--unit", "zjj", "--name", "某"), 1, "尚未发生"),
        (("meeting", "attend", "M2", "--unit", "fy", "--name", "某", "--status", "present"),
         1, "只能列席"),
        (("meeting", "hold", "M1"), 1, "已召开"),
        (("meeting", "hold", "M2"), 1, "尚未发生"),
        (("meeting", "hold", "M2", "--on", "2026-12-18"), 1, "M2 定于 2027-01-15"),
        (("meeting", "distribute", "M1"), 1, "已召开"),
        (("meeting", "sign", "M2"), 1, "尚未召开"),
        (("meeting", "sign", "M1", "--file", str(tmp_path / "没有")), 1, "读不了"),
        (("meeting", "amend", "M1", "--file", __file__, "--reason", "甲"), 1, "不能更正纪要"),
        (("meeting", "show", "M9"), 1, "没有这项会议"),
    ):  # fmt: skip
        assert why in held.refused(*line, code=code), line
    assert held.json("history") == before
