"""`coord letter KIND` for M and S, 一（三）、（四）: a quarter's papers, and what each may say."""

from pathlib import Path

import pytest
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st
from word_file import File, shown

from yicheng_coord.papers.minutes_parts import HEADING, parts_of

PLAN = ("meeting", "plan", "--place", "区政府一楼会议室", "--at")
ADD = ("topic", "add", "--by", "zrj", "--title")
OFFICE = "峄城区综合行政执法相对集中行政处罚联席会议办公室"


def parts(text: str, *wanted: str) -> None:
    assert [one for one in wanted if one not in text] == []


@pytest.fixture
def sent(coord: Desk) -> Desk:
    """The fourth quarter's meeting is fixed, one of two topics approved and sent."""
    coord.ok(*PLAN, "2026-12-18 09:00")
    coord.ok("meeting", "solicit", "M1")
    coord.ok(*ADD, "执法衔接", "--background", "多处堆场占用耕地", "--proposal", "明确分工")
    coord.ok(*ADD, "河道巡查")
    coord.ok("topic", "approve", "T1")
    coord.ok("meeting", "circulate", "M1")
    return coord


@pytest.fixture
def held(sent: Desk) -> Desk:
    """It was held, and resolved something."""
    sent.today = "2026-12-18"
    sent.ok("meeting", "attend", "M1", "--unit", "zrj", "--name", "张某", "--post", "局长")
    sent.ok("meeting", "hold", "M1")
    sent.ok("resolution", "add", "--kind", "议定", "--text", "建立台账", "--owner", "zjj", "--with",
            "zfj", "--due", "2027-01-15", "--topic", "T1")  # fmt: skip
    return sent


# --- a quarter ------------------------------------------------------------------------------------


def test_a_quarter_from_the_call_to_the_resolution_gives_its_papers(
    coord: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "文书"
    to = ("--number", "auto", "--out", str(out), "--as", "both")
    coord.ok("number", "set", "lxb", "某联办〔2026〕1号")
    coord.ok("contact", "set", "qzf", "--role", "组长", "--name", "周某", "--from", "2026-01-01")
    coord.ok("contact", "set", "lxb", "--role", "具体联络人", "--name", "吴某", "--phone",
             "0632-7700000", "--from", "2026-01-01")  # fmt: skip
    coord.ok(*PLAN, "2026-12-18 09:00")
    step = coord.json("meeting", "solicit", "M1", today="2026-12-04")["next_step"]
    assert "coord letter solicit M1 --out 目录" in step
    coord.today = "2026-12-07"
    coord.ok("letter", "solicit", "M1", *to)
    step = coord.json(*ADD, "执法衔接", "--background", "情况", "--proposal", "建议")["next_step"]
    assert "coord letter topics M1 --out 目录" in step
    assert "同意" not in coord.ok("letter", "topics", "M1").out
    coord.ok("topic", "approve", "T1")
    assert "同意（2026年12月7日）" in coord.ok("letter", "topics", "M1").out
    coord.ok("letter", "topics", "M1", "--out", str(out))
    step = coord.json("meeting", "circulate", "M1")["next_step"]
    assert "coord letter notice M1 --out 目录" in step
    coord.ok("letter", "notice", "M1", *to)
    coord.ok("letter", "attendance", "M1", "--out", str(out))

    coord.today = "2026-12-18"
    coord.ok("meeting", "attend", "M1", "--unit", "zrj", "--name", "张某")
    coord.ok("meeting", "hold", "M1")
    coord.ok("resolution", "add", "--kind", "议定", "--text", "建立台账", "--owner", "zjj",
             "--due", "2027-01-15", "--topic", "T1")  # fmt: skip
    coord.ok("letter", "minutes", "M1", "--out", str(out))
    coord.today = "2026-12-21"
    step = coord.json("meeting", "sign", "M1")["next_step"]
    assert "coord letter minutes M1 --out 目录" in step
    coord.ok("meeting", "distribute", "M1", today="2026-12-22")
    assert "待补" not in coord.ok("letter", "minutes", "M1", *to, today="2026-12-22").err
    coord.today = "2027-01-20"
    step = coord.json("resolution", "progress", "S1", "--note", "已建")["next_step"]
    assert "coord letter supervise S1 --out 目录" in step
    assert "待补" not in coord.ok("letter", "supervise", "S1", *to).err
    coord.ok("resolution", "done", "S1")
    assert "S1 已办结" in coord.refused("letter", "supervise", "S1")

    assert sorted(path.stem for path in out.glob("*.txt")) == [
        "M1 2026年第四季度联席会议签到表",
        "M1 2026年第四季度联席会议纪要",
        "M1 2026年第四季度联席会议纪要（待签发）",
        "M1 2026年第四季度联席会议议题汇总审定表",
        "M1 关于召开2026年第四季度联席会议的通知",
        "M1 关于征集2026年第四季度联席会议议题的通知",
        "S1 督办单",
    ]
    for path in out.glob("*.txt"):
        assert OFFICE.removesuffix("办公室") in path.read_text("utf-8-sig")
        assert "周某" in path.read_text("utf-8-sig") or "纪要" not in path.stem
    numbers = [(one["number"], one["kind"], one["matter"]) for one in coord.json("number", "list")]
    assert numbers == [
        ("某联办〔2026〕1号", "solicit", "M1"),
        ("某联办〔2026〕2号", "notice", "M1"),
        ("某联办〔2026〕3号", "minutes", "M1"),
        ("某联办〔2027〕1号", "supervise", "S1"),
    ]
    coord.checked()


# --- the call, the topics -------------------------------------------------------------------------


def test_the_call_goes_to_all_members_with_the_form_and_names_no_day_but_the_meetings(
    coord: Desk,
) -> None:
    coord.ok(*PLAN, "2026-12-18 09:00")
    text = coord.ok("letter", "solicit", "M1").out
    parts(text, "各成员单位：", "2026年12月18日（星期五）召开", "附件：议题征集表", OFFICE)
    parts(text, "提出单位", "议题名称", "建议方案", "2026年11月23日", "第一部分第（四）项")
    assert text.count("2026年12月") == 1


def test_what_was_sent_calls_the_meeting_as_it_was_called_then(coord: Desk) -> None:
    coord.ok(*PLAN, "2026-12-18 09:00", "--on", "2026-11-02")
    coord.ok("meeting", "solicit", "M1")
    coord.ok("meeting", "move", "M1", "--at", "2027-01-15 09:00", today="2026-12-01")
    called = coord.ok("letter", "solicit", "M1", today="2026-12-01").out
    parts(called, "2026年第四季度联席会议定于2026年12月18日")
    assert "2027年" not in called
    coord.ok(*PLAN, "2026-12-10 09:00", "--kind", "special", "--on", "2026-11-02")
    coord.ok(*ADD, "急题", "--meeting", "M2")
    coord.ok("topic", "approve", "T1")
    coord.ok("meeting", "circulate", "M2")
    coord.today = "2026-12-11"
    coord.ok("meeting", "move", "M2", "--at", "2026-12-11 09:00", "--on", "2026-12-09")
    coord.ok("meeting", "hold", "M2")
    sent = coord.ok("letter", "notice", "M2").out
    parts(sent, "关于召开2026年12月11日联席会议专题会议的通知", "会议原定2026年12月10日召开")
    coord.ok("correct", "M2", "held", "--on", "2026-12-10", "--reason", "记错")
    assert coord.ok("letter", "notice", "M2").out == sent


def test_a_sheet_of_topics_is_not_older_than_its_meeting(coord: Desk) -> None:
    coord.ok("topic", "add", "--by", "zrj", "--title", "急题", "--on", "2026-11-02")
    coord.ok("topic", "approve", "T1", "--on", "2026-11-03")
    coord.ok(*PLAN, "2026-12-18 09:00", "--on", "2026-11-13")
    coord.today = "2026-11-20"
    signed = coord.ok("letter", "topics", "M1").out.rstrip().splitlines()[-1]
    assert signed.strip("　 ") == "2026年11月13日"


def test_a_call_that_was_sent_says_the_day_that_was_told(coord: Desk) -> None:
    coord.ok(*PLAN, "2026-12-16 09:00")
    coord.ok("meeting", "solicit", "M1", "--on", "2026-11-23")
    coord.ok("meeting", "move", "M1", "--at", "2026-12-18 09:00")
    parts(coord.ok("letter", "solicit", "M1").out, "2026年12月16日", "2026年11月23日")


def test_a_special_meeting_gives_no_call(coord: Desk) -> None:
    coord.ok(*PLAN, "2026-12-18 09:00", "--kind", "special")
    assert "M1 不是例行会议" in coord.refused("letter", "solicit", "M1")


def test_what_was_decided_on_topics_is_filled_in_and_the_rest_is_left_to_sign(sent: Desk) -> None:
    sent.ok(*ADD, "违建移送")
    sent.ok("topic", "reject", "T2", "--reason", "属日常工作")
    rows = [line.split() for line in sent.ok("letter", "topics", "M1").out.splitlines()]
    (first, second, third) = [row for row in rows if row and row[0] in "123"]
    assert first == ["1", "执法衔接", "区自然资源局", "多处堆场占用耕地", "明确分工",
                     "同意（2026年11月23日）"]  # fmt: skip
    assert second[-1] == "不列入（2026年11月23日）：属日常工作"
    assert third[-2:] == ["【待补：议题背景】", "【待补：建议方案】"]


# --- the notice -----------------------------------------------------------------------------------


def test_the_agenda_has_what_is_still_open_first_and_members_and_guests_are_named(
    coord: Desk,
) -> None:
    coord.ok("resolution", "add", "--kind", "交办", "--text", "建立台账", "--owner", "zjj",
             "--due", "2026-12-10")  # fmt: skip
    coord.ok(*PLAN, "2026-12-18 09:00")
    coord.ok(*ADD, "执法衔接")
    coord.ok("topic", "approve", "T1")
    coord.ok("meeting", "invite", "M1", "fy", "人大代表")
    text = coord.ok("letter", "notice", "M1").out
    parts(text, "各成员单位，区人民法院，人大代表：", "邀请区人民法院、人大代表列席", "榴园镇。")
    parts(text, "2026年12月18日（星期五）09:00，区政府一楼会议室", "附件：1.议题材料", "参会回执")
    opened = "1　　 议定事项落实情况：建立台账（2026年12月10日前办结）　区住建局"
    assert text.index(opened) < text.index("2　　 执法衔接")
    assert "原定" not in text


def test_a_notice_after_it_was_sent_shows_what_was_sent(sent: Desk) -> None:
    sent.today = "2026-12-01"
    before = sent.ok("letter", "notice", "M1").out
    parts(before, "2026年11月23日", "执法衔接", "多处堆场占用耕地")
    sent.ok("topic", "approve", "T2")
    sent.ok("resolution", "add", "--kind", "交办", "--text", "建立台账", "--owner", "zjj",
            "--due", "2026-12-10")  # fmt: skip
    assert sent.ok("letter", "notice", "M1").out == before
    sent.ok("meeting", "circulate", "M1")
    parts(sent.ok("letter", "notice", "M1").out, "2026年12月1日", "河道巡查", "建立台账")
    sent.today = "2026-12-18"
    sent.ok("meeting", "hold", "M1")
    parts(sent.ok("letter", "notice", "M1").out, "2026年12月1日", "河道巡查", "建立台账")


def test_the_topics_reprinted_after_the_meeting_are_those_that_were_decided_on_for_it(
    sent: Desk,
) -> None:
    sent.ok(*ADD, "另开会议的议题")
    sent.ok(*ADD, "日常的议题")
    sent.ok("topic", "approve", "T3", "--special")
    sent.ok("topic", "reject", "T4", "--reason", "属日常工作")
    sent.ok(*PLAN, "2027-01-15")
    sent.ok(*ADD, "下次的议题", "--meeting", "M2")
    waiting = sent.ok("letter", "topics", "M1", today="2026-12-01").out
    parts(waiting, "河道巡查", "2026年12月1日")
    sent.today = "2026-12-18"
    sent.ok("meeting", "hold", "M1", "--not-reached", "T1")
    for _ in range(2):
        text = sent.ok("letter", "topics", "M1").out
        parts(text, "执法衔接", "同意（2026年11月23日）", "另开会议的议题", "同意，召集专题会议")
        parts(text, "日常的议题", "不列入（2026年11月23日）：属日常工作")
        assert "河道巡查" not in text, "it was not decided on"
        assert "下次的议题" not in text
        assert "2026年12月18日" in text.partition("现将")[0]
        assert "2026年12月18日" not in text.partition("现将")[2], "it bears the day of the decision"
        sent("topic", "approve", "T2", "T5")
    text = sent.ok("letter", "topics", "M2").out
    parts(text, "执法衔接", "河道巡查", "下次的议题", "同意（2026年12月18日）")
    assert sent.json("topic", "show", "T1")["circulated_on"] is None
    sent.ok("meeting", "circulate", "M2", today="2026-12-21")
    assert sent.json("topic", "show", "T1")["circulated_on"] == "2026-12-21"


def test_topics_of_a_meeting_that_was_called_off_are_on_the_sheet_of_the_next(sent: Desk) -> None:
    sent.ok(*PLAN, "2027-01-15")
    sent.ok("meeting", "cancel", "M1", "--reason", "并入下季度")
    parts(sent.ok("letter", "topics", "M2").out, "执法衔接", "同意（2026年11月23日）", "河道巡查")


def test_a_notice_that_was_sent_is_for_those_to_whom_it_was_sent(sent: Desk) -> None:
    sent.today = "2026-12-01"
    before = sent.ok("letter", "notice", "M1").out
    answer = sent.json("meeting", "invite", "M1", "fy", "人大代表")
    said = "M1 送出的会议通知不含以后邀请的区人民法院、人大代表"
    how = "补发：coord meeting circulate M1，再 coord letter notice M1"
    assert answer["warnings"] == [f"{said}；{how}"]
    sent.ok("unit", "close", "jtj", "--reason", "合并", "--successor", "mzj")
    again = sent.ok("letter", "notice", "M1")
    assert again.out == before
    assert f"注意：{said}；{how}\n" in again.err
    answer = sent.json("meeting", "circulate", "M1")
    assert answer["recorded"]["topics"] == []
    assert (
        "已补发会议通知：M1 2026年第四季度联席会议　区人民法院、人大代表"
        in sent.ok("history", "M1").out
    )
    again = sent.ok("letter", "notice", "M1")
    parts(again.out, "邀请区人民法院、人大代表列席", "2026年12月1日", "执法衔接")
    assert "区教体局" not in again.out
    assert "注意" not in again.err
    assert "没有新审定的议题" in sent.refused("meeting", "circulate", "M1")
    sent.ok("meeting", "invite", "M1", "jcy")
    sent.ok("meeting", "move", "M1", "--at", "2026-12-18 14:00")
    again = sent.ok("letter", "notice", "M1")
    parts(again.out, "邀请区人民法院、人大代表、区人民检察院列席", "14:00")
    sent.ok("meeting", "invite", "M1", "zfw")
    sent.ok("meeting", "hold", "M1", today="2026-12-18")
    again = sent.ok("letter", "notice", "M1", today="2026-12-18")
    assert "区委政法委" not in again.out
    assert again.err.endswith("注意：M1 送出的会议通知不含以后邀请的区委政法委\n")


def test_open_resolutions_are_a_row_of_the_agenda_each(coord: Desk) -> None:
    resolve = ("resolution", "add", "--kind", "交办", "--due", "2026-12-10", "--text")
    coord.ok(*resolve, "建立台账", "--owner", "zjj")
    coord.ok(*PLAN, "2026-12-18 09:00")
    source = ("letter", "notice", "M1", "--as", "source")
    one = "议定事项落实情况：建立台账（2026年12月10日前办结） | 区住建局 |"
    parts(coord.ok(*source).out, f"| 1 | {one}")
    coord.ok(*resolve, "摸底", "--owner", "swj")
    coord.ok("resolution", "progress", "S2", "--note", "已办", "--percent", "40")
    coord.ok(*ADD, "执法衔接")
    coord.ok("topic", "approve", "T1")
    parts(
        coord.ok(*source).out,
        f"| 1（1） | {one}\n"
        "| 1（2） | 摸底（2026年12月10日前办结，已完成40%） | 区城乡水务局 |\n"
        "| 2 | 执法衔接 | 区自然资源局 |\n",
    )


def test_a_notice_of_a_meeting_that_was_moved_names_both_days(sent: Desk) -> None:
    sent.today = "2026-12-02"
    step = sent.json("meeting", "move", "M1", "--at", "2026-12-22 15:00")["next_step"]
    assert "coord letter notice M1" in step
    text = sent.ok("letter", "notice", "M1").out
    parts(text, "2026年12月22日（星期二）15:00", "会议原定2026年12月18日召开，现改期。")
    parts(text, "2026年12月2日", "执法衔接")


def test_the_agenda_of_a_meeting_that_was_never_sent_is_not_made_up(coord: Desk) -> None:
    coord.ok(*PLAN, "2026-11-23")
    coord.ok(*ADD, "执法衔接")
    coord.ok("topic", "approve", "T1")
    coord.ok("meeting", "hold", "M1")
    text = coord.ok("letter", "notice", "M1").out
    parts(text, "【待补：会议议程】", "【待补：会议时间】")
    assert "执法衔接" not in text


def test_a_meeting_that_was_called_off_gives_no_paper(sent: Desk) -> None:
    sent.ok("meeting", "cancel", "M1", "--reason", "并入下季度")
    for kind in ("solicit", "topics", "notice", "attendance", "minutes"):
        assert "M1 已取消" in sent.refused("letter", kind, "M1")


# --- who signs in ---------------------------------------------------------------------------------


def test_the_list_to_sign_has_the_members_of_that_day_and_the_guests(sent: Desk) -> None:
    sent.ok("meeting", "invite", "M1", "fy")
    sent.ok("unit", "close", "jtj", "--reason", "合并", "--successor", "mzj", "--on", "2026-12-20",
            today="2026-12-20")  # fmt: skip
    text = sent.ok("letter", "attendance", "M1", today="2026-12-21").out
    parts(text, "2026年12月18日（星期五）09:00", "签　　名", "区教体局", "17　　", "邀请列席")
    assert "19　　" not in text
    assert "缺席" not in text


def test_what_is_recorded_of_those_who_came_is_filled_in(held: Desk) -> None:
    held.ok("meeting", "attend", "M1", "--unit", "mzj", "--name", "王某", "--status", "leave",
            "--reason", "出差")  # fmt: skip
    rows = [line.split() for line in held.ok("letter", "attendance", "M1").out.splitlines()]
    found = {row[1]: row[2:] for row in rows if len(row) > 1}
    assert found["区自然资源局"] == ["张某", "局长", "出席"]
    assert found["区民政局"] == ["王某", "请假（出差）"]
    assert found["区司法局"] == ["缺席"]


# --- the minutes ----------------------------------------------------------------------------------


def test_minutes_before_the_signature_are_a_draft_without_a_date(held: Desk) -> None:
    result = held.ok("letter", "minutes", "M1")
    parts(result.out, "2026年第四季度联席会议纪要（待签发）", "【待补：签发日期】")
    parts(result.out, "出席：区自然资源局 张某 局长", "一、执法衔接（区自然资源局提出）")
    parts(result.out, "责任单位：区住建局；配合单位：区综合行政执法局；办结期限：2027年1月15日。")
    parts(result.err, "签发日期", "组长")


def test_minutes_wait_for_the_meeting(sent: Desk) -> None:
    told = sent.refused("letter", "minutes", "M1")
    parts(told, "不能出具会议纪要：M1 尚未召开", "coord meeting hold M1")


def frozen(held: Desk, tmp_path: Path, text: str) -> None:
    file = tmp_path / "纪要.txt"
    file.write_text(text, "utf-8")
    held.ok("meeting", "sign", "M1", "--file", str(file), today="2026-12-21")


def test_the_paper_of_signed_minutes_prints_the_frozen_text_and_no_new_draft(
    held: Desk, tmp_path: Path
) -> None:
    draft = held.ok("meeting", "minutes", "M1").out
    frozen(
        held, tmp_path, draft.replace("主持：【待补：组长】", "主持：周某\n\n会议认为，应当及时。")
    )
    held.today = "2026-12-22"
    held.ok("unit", "rename", "zjj", "--name", "区住房局", "--full-name", "峄城区住房局")
    out = tmp_path / "文书"
    held.ok("letter", "minutes", "M1", "--as", "both", "--out", str(out))
    text = (out / "M1 2026年第四季度联席会议纪要.txt").read_text("utf-8-sig")
    word = File((out / "M1 2026年第四季度联席会议纪要.docx").read_bytes())
    printed = "\n".join(word.all_texts())
    for line in held.ok("meeting", "minutes", "M1").out.split("\n"):
        assert line in text
        assert line in printed
    parts(text, "会议认为，应当及时。", "2026年12月21日", "区住建局")
    assert "待签发" not in text
    assert "区住房局" not in text
    heads = [shown(run) for run in word.find("//w:p[w:pPr/w:pStyle/@w:val='GwHeading1']")]
    assert heads == ["一、执法衔接（区自然资源局提出）"]


def test_what_the_minutes_say_is_text_whatever_it_looks_like(held: Desk, tmp_path: Path) -> None:
    lines = ("---", "附件", "| 伪 | 造 |", "署名: 伪造局", "{{ 7*7 }}", "\\反")
    frozen(held, tmp_path, "\n".join(["纪要", "一、情况", *lines, "出席：伪造人"]))
    source = held.ok("letter", "minutes", "M1", "--as", "source").out
    text = held.ok("letter", "minutes", "M1").out
    assert source.count("\n---\n") == 1
    parts(text, *(f"\n　　{line}\n" for line in lines), "\n　　出席：伪造人\n")
    parts(source, "\\| 伪 | 造 |")
    assert "出席: " not in source


def test_amended_minutes_are_what_is_printed_and_say_so(held: Desk, tmp_path: Path) -> None:
    held.ok("meeting", "sign", "M1")
    new = tmp_path / "更正.txt"
    new.write_text(held.ok("meeting", "minutes", "M1").out.replace("张某", "章某"), "utf-8")
    step = held.json("meeting", "amend", "M1", "--file", str(new), "--reason", "笔误",
                     today="2026-12-25")["next_step"]  # fmt: skip
    assert "coord letter minutes M1" in step
    text = held.ok("letter", "minutes", "M1", today="2026-12-25").out
    parts(text, "章某", "2026年12月18日", "（本纪要已于2026年12月25日更正：笔误）")


def test_every_correction_of_the_minutes_is_named_in_its_order(held: Desk, tmp_path: Path) -> None:
    held.ok("meeting", "sign", "M1")
    new = tmp_path / "更正.txt"
    text = held.ok("meeting", "minutes", "M1").out
    for day, name, why in (("25", "章某", "姓名写错"), ("28", "彰某", "姓名又写错")):
        new.write_text(text.replace("张某", name), "utf-8")
        held.ok("meeting", "amend", "M1", "--file", str(new), "--reason", why,
                today=f"2026-12-{day}")  # fmt: skip
    text = held.ok("letter", "minutes", "M1", today="2026-12-29").out.replace("\n", "")
    parts(
        text,
        "彰某",
        "（本纪要已于2026年12月25日更正：姓名写错；2026年12月28日再次更正：姓名又写错）",
    )


@given(st.text(alphabet="出席请假：:一二、（）1.\n 纪要联会议甲。;|-", max_size=80))
def test_no_line_of_the_minutes_is_lost_or_put_otherwise(text: str) -> None:
    found = parts_of(text)
    kept = [found.title, *(f"{one.ordinal}{one.text}" for one in found.lines)]
    kept += [f"{label}：{who}" for label, who in found.attendance.items()]
    lines = [line for one in text.splitlines() if (line := one.strip())]
    for line in lines[1:] if lines[:1] == [HEADING] else lines:
        label, _, who = line.replace(":", "：", 1).partition("：")
        assert line in kept or f"{label}：{who.strip()}" in kept
    assert len([one for one in kept if one]) == len(lines) - (lines[:1] == [HEADING])


# --- what was resolved ----------------------------------------------------------------------------


def test_what_is_late_is_asked_for_with_its_progress_and_the_offices_opinion(held: Desk) -> None:
    held.ok("meeting", "sign", "M1")
    held.today = "2027-01-18"
    held.ok("resolution", "progress", "S1", "--note", "已建 12 处", "--percent", "60",
            "--difficulty", "缺人", "--opinion", "由区综合行政执法局派员")  # fmt: skip
    text = held.ok("letter", "supervise", "S1").out
    parts(text, "峄城区住房和城乡建设局：", "抄送：峄城区综合行政执法局。", "建立台账")
    parts(text, "2026年12月18日，2026年第四季度联席会议，议题“执法衔接”", "2027年1月15日")
    parts(text, "2027年1月18日：已建 12 处。完成60%。困难：缺人。", "由区综合行政执法局派员。")
    parts(text, "截至2027年1月18日已超期3日", "督办事项反馈表", "办理进展")
    assert "超期" not in held.ok("letter", "supervise", "S1", "--date", "2027-01-15").out


def test_what_is_not_late_is_asked_for_by_its_day_and_a_corrected_day_names_the_first(
    coord: Desk,
) -> None:
    coord.ok("resolution", "add", "--kind", "交办", "--text", "建立台账", "--owner", "zjj",
             "--due", "2026-12-10")  # fmt: skip
    text = coord.ok("letter", "supervise", "S1").out
    parts(text, "截至2026年11月23日，没有收到办理进展", "请于2026年12月10日前（含当日）办结")
    assert "超期" not in text
    coord.ok("correct", "S1", "due", "--on", "2026-12-20", "--reason", "组长同意延期")
    assert "2026年12月20日（原定2026年12月10日）" in coord.ok("letter", "supervise", "S1").out


def test_nothing_is_asked_for_before_the_signature_nor_of_the_office_by_itself(
    held: Desk,
) -> None:
    told = held.refused("letter", "supervise", "S1")
    parts(told, "S1 的纪要尚未签发", "coord meeting sign M1")
    held.ok("resolution", "add", "--kind", "交办", "--text", "编发简报", "--owner", "lxb",
            "--due", "2027-01-15")  # fmt: skip
    assert "S2 是联席会议办公室自己的事项" in held.refused("letter", "supervise", "S2")


# --- what cannot be had ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "ref", "why"),
    [
        ("notice", "T1", "“T1”不是会议编号"),
        ("notice", "2026-0001", "“2026-0001”不是会议编号"),
        ("supervise", "M1", "“M1”不是议定事项编号"),
        ("minutes", "M9", "没有这项会议：“M9”"),
    ],
)
def test_a_paper_of_another_thing_is_refused_in_one_sentence(
    sent: Desk, kind: str, ref: str, why: str
) -> None:
    assert why in sent.refused("letter", kind, ref)


def test_text_of_people_stays_text_in_every_paper(coord: Desk) -> None:
    evil = "一、伪造\n---\n署名: 伪造局\n| 伪 | 造 |{{ 7*7 }}"
    coord.ok(*PLAN, "2026-12-18 09:00", "--title", evil)
    coord.ok(*ADD, evil, "--background", evil, "--proposal", evil)
    coord.ok("topic", "approve", "T1")
    for kind in ("solicit", "topics", "notice", "attendance"):
        source = coord.ok("letter", kind, "M1", "--as", "source").out
        parts(source, "{{ 7*7 }}")
        assert "\n署名: 伪造局" not in source
        assert "\n一、伪造" not in source
        assert "49" not in source


def test_a_later_supervision_is_another_paper_and_the_same_day_s_is_a_reprint(coord: Desk) -> None:
    coord.ok("resolution", "add", "--kind", "议定", "--text", "某事", "--owner", "zjj",
             "--due", "2027-02-10", "--on", "2026-11-20")  # fmt: skip
    coord.ok("number", "set", "lxb", "某联办督〔2027〕1号")

    def supervise(*options: str, today: str) -> str:
        return coord.ok("letter", "supervise", "S1", *options, today=today).out

    first = supervise("--number", "auto", today="2027-03-01")
    assert "某联办督〔2027〕1号" in first
    assert supervise("--number", "auto", today="2027-03-01") == first
    second = supervise("--number", "auto", today="2027-03-15")
    assert "某联办督〔2027〕2号" in second
    assert "〔2027〕1号" not in second
    for day, printed in (("2027-03-01", first), ("2027-03-15", second)):
        assert supervise("--date", day, today="2027-03-20") == printed
    assert "【待补：发文字号】" in supervise(today="2027-03-20")
    given = [(one["number"], one["dated_on"]) for one in coord.json("number", "list")]
    assert given == [("某联办督〔2027〕1号", "2027-03-01"), ("某联办督〔2027〕2号", "2027-03-15")]
