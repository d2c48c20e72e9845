"""`coord brief`: drafted from the data of a period, as that stood at its end; numbered, it is final."""

import io
import sqlite3
import sys
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from conftest import AddCase, Desk
from openxml_audit import OpenXmlValidator

from yicheng_coord.cli import main
from yicheng_coord.paths import carried, policy_folder
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.spans import Span
from yicheng_coord.services.briefs import brief_ahead, issue_brief
from yicheng_coord.services.register import recording

OCTOBER = ("--from", "2026-10-01", "--to", "2026-10-31")
NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-23")


def brief(coord: Desk, *options: str, today: str | None = None) -> str:
    return coord.ok("brief", *options, today=today).out


def lines(text: str) -> list[str]:
    return [line.strip("　 ") for line in text.splitlines()]


def head(coord: Desk) -> dict[str, str]:
    last: dict[str, str] = coord.json("history")[-1]
    return last


_TOLD: list[bytes] = []
"""The register of `november`, recorded once and then copied."""


@pytest.fixture
def november(coord: Desk, add_case: AddCase) -> Desk:
    """Case 1 went its whole way; 2 was declined and assigned; 3 waits for 区住建局 since the 3rd."""
    if _TOLD:
        coord.database.write_bytes(_TOLD[0])
        return coord
    add_case("--party", "张三", "--cause", "擅自占道", "--informant", "赵六", title="张三占道经营")
    coord.ok("case", "determine", "1", "--competent", "zfj", "--on", "2026-11-03")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-05")
    coord.ok("transfer", "receive", "1", "--on", "2026-11-06")
    coord.ok("transfer", "accept", "1", "--on", "2026-11-13")
    coord.ok(
        "case",
        "decide",
        "1",
        "--outcome",
        "处罚",
        "--no-copy",
        "--reason",
        "无",
        "--on",
        "2026-11-16",
    )
    coord.ok("transfer", "notify", "1", "--on", "2026-11-17")
    coord.ok("case", "close", "1", "--on", "2026-11-18")
    add_case(title="赵六举报李四占地", found_on="2026-11-03")
    coord.ok("case", "determine", "2", "--competent", "zjj", "--on", "2026-11-03")
    coord.ok("transfer", "send", "2", "--to", "zjj", "--on", "2026-11-04")
    coord.ok("transfer", "decline", "2", "--reason", "不属本局", "--on", "2026-11-05")
    coord.ok("transfer", "refer", "2", "--on", "2026-11-06")
    coord.ok("transfer", "assign", "2", "--to", "zfj", "--on", "2026-11-10")
    coord.ok("transfer", "accept", "2", "--on", "2026-11-11")
    add_case(title="某某堆场", found_on="2026-11-02")
    coord.ok("case", "determine", "3", "--competent", "zjj", "--on", "2026-11-03")
    coord.ok("info", "log", "--kind", "approval", "--title", "机密配方", "--from", "lyzx",
             "--secrecy", "commercial", "--on", "2026-11-02")  # fmt: skip
    _TOLD.append(coord.database.read_bytes())
    return coord


# ---- what it says ----


def test_a_brief_counts_what_happened_in_its_period(november: Desk) -> None:
    text = brief(november, *NOVEMBER)
    assert "新发现并登记案件3件；发出移送2件次，反馈受理2件次、不属于其管辖1件次" in text
    assert "区人民政府指定管辖1件次；作出处理决定1件次（其中行政处罚1件次）" in text
    assert "书面通报处理结果1件次" in text
    assert "办结1件。" in text
    assert "登记应共享的行政审批1项" in text
    nothing = brief(november, *OCTOBER)
    assert "新发现并登记案件0件；发出移送0件次" in nothing
    assert "期内没有起算并已到期的事项" in nothing
    assert "本期没有召开联席会议。" in nothing


def test_a_void_case_is_not_counted(november: Desk) -> None:
    november.ok("case", "void", "3", "--reason", "重复登记", "--same-as", "2")
    assert "新发现并登记案件2件" in brief(november, *NOVEMBER)


def test_timeliness_is_that_of_stats_on_the_last_day(november: Desk) -> None:
    ends = ("--from", "2026-11-01", "--to", "2026-11-12")
    counted = november.json("stats", *ends, today="2026-11-12")
    shown = [line.split() for line in lines(brief(november, *ends))]
    keys = ("in_time", "late", "open_in_time", "open_late")
    for row in counted["rows"]:
        rate = "—" if row["rate"] is None else f"{row['rate']:.1%}"
        assert [row["name"], *(str(row[key]) for key in keys), rate] in shown, row
    assert any(row["open_late"] for row in counted["rows"]), "区自然资源局 owes the transfer of 3"
    total = counted["total"]
    assert ["合计", *(str(total[key]) for key in keys), f"{total['rate']:.1%}"] in shown


def test_a_chart_has_a_bar_for_each_unit_that_had_something_due(november: Desk) -> None:
    shown = [line.split("　") for line in lines(brief(november, *NOVEMBER))]
    bars = {
        line[0]: (line[-2], line[-1])
        for line in shown
        if "#" in line[-2:][0] + "." and len(line) > 2
    }
    rows = november.json("stats", *NOVEMBER)["rows"]
    due = {row["name"] for row in rows if row["rate"] is not None}
    drawn = {name for name, (bar, _) in bars.items() if set(bar) <= set("#.") and len(bar) == 10}
    assert drawn == due
    half = next(row for row in rows if row["rate"] and row["rate"] < 1)
    bar, caption = bars[half["name"]]
    assert bar.count("#") == int(half["rate"] * 10)
    assert caption.startswith(f"{half['rate']:.1%}（")


def test_soft_assumed_and_prompt_stand_apart(november: Desk) -> None:
    text = brief(november, *NOVEMBER)
    apart = text.partition("另计（不在按期率之内）：")[2].partition("三、重点案件")[0]
    rows = [tuple(line.split()) for line in lines(apart) if line]
    assert ("区林业发展服务中心", "一般应", "超过一般时限1") in rows
    assert [row for row in rows if row[1] == "及时"]
    late = [line for line in lines(text) if "抄送审批事项" in line and "2026-11" in line]
    assert len(late) == 1
    assert "超过一般时限" in late[0]
    assert "超期" not in late[0].replace("超过", "")


def test_what_was_overdue_at_the_end_is_listed_and_what_was_met_since_says_so(
    november: Desk,
) -> None:
    ends = ("--from", "2026-11-01", "--to", "2026-11-12")
    november.ok("transfer", "send", "3", "--to", "zjj", "--on", "2026-11-20")
    (line,) = [one for one in lines(brief(november, *ends)) if "2026-0003" in one]
    assert "移送有管辖权的单位" in line
    assert "2026-11-06" in line
    assert "超期4个工作日，2026-11-20完成" in line
    (line,) = [
        one for one in lines(brief(november, *NOVEMBER)) if "移送有管辖权的单位　2026-0003" in one
    ]
    assert "超期10个工作日，2026-11-20完成" in line


def test_what_began_before_the_period_and_is_late_in_it_is_listed(november: Desk) -> None:
    ends = ("--from", "2026-11-19", "--to", "2026-11-23")
    text = brief(november, *ends)
    assert "期内没有起算并已到期的事项" in text
    assert [line for line in lines(text) if "移送有管辖权的单位" in line and "2026-0003" in line]


def test_a_right_that_was_not_used_is_not_chased(coord: Desk, add_case: AddCase) -> None:
    add_case(found_on="2026-09-01")
    coord.ok("case", "determine", "1", "--competent", "zfj", "--on", "2026-09-01")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-09-01")
    coord.ok("transfer", "accept", "1", "--on", "2026-09-02")
    coord.ok(
        "crime", "report", "1", "--officer", "张某", "--officer", "李某", "--at", "2026-09-07T09:00"
    )
    coord.ok("crime", "approve", "1", "--by", "王某", "--at", "2026-09-08T10:00")
    coord.ok("crime", "send", "1", "--at", "2026-09-08T16:00")
    coord.ok("crime", "answer", "1", "--not-filed", "--on", "2026-09-11")
    text = brief(coord, "--from", "2026-09-01", "--to", "2026-09-30")
    label = next(one for one in coord.json("rules", "list") if one["id"] == "crime.review")["duty"]
    late = text.partition("六、期末")[2]
    assert label not in late
    assert "未行使1" in text
    assert "移送公安机关1件" in text


def test_the_head_of_the_chain_stands_in_every_brief(november: Desk) -> None:
    last = head(november)
    shown = [line.split() for line in lines(brief(november, *NOVEMBER))]
    assert [last["ref"], last["hash"]] in shown
    numbered = november.ok("brief", *NOVEMBER, "--number", "auto").out
    assert [last["ref"], last["hash"]] in [line.split() for line in lines(numbered)]
    again = [line.split() for line in lines(brief(november, *NOVEMBER))]
    assert [head(november)["ref"], head(november)["hash"]] in again


def test_an_empty_register_gives_a_brief_of_nothing(coord: Desk) -> None:
    text = brief(coord, *NOVEMBER)
    assert "新发现并登记案件0件" in text
    assert "未完成的事项共1项" in text, "the quarter's meeting"
    assert ["无", "无"] in [line.split() for line in lines(text)]
    coord.ok("brief", *NOVEMBER, "--number", "1")
    coord.checked()


# ---- who is named ----


def test_persons_are_masked_and_marked_matters_hidden(november: Desk) -> None:
    november.ok("case", "edit", "1", "--party-id", "11010519491231002X", "--phone", "13800001234",
                "--title", "张三（13800001234）占道经营", "--reason", "补记")  # fmt: skip
    november.ok("case", "edit", "2", "--party", "李四", "--informant", "赵六", "--reason", "补记")
    text = brief(november, *NOVEMBER)
    for secret in ("张三", "李四", "赵六", "11010519491231002X", "13800001234", "机密配方"):
        assert secret not in text, secret
    assert "张某涉嫌擅自占道案（2026-0001）" in text
    assert "赵某举报李某占地（2026-0002）" in text
    assert "（商业秘密）" in text


def test_persons_are_masked_in_the_matters_of_their_case_too(november: Desk) -> None:
    november.ok("request", "send", "--kind", "opinion", "--to", "zrj", "--case", "2", "--question",
                "李四占地", "--on", "2026-11-05")  # fmt: skip
    november.ok("request", "receive", "R1", "--on", "2026-11-05")
    november.ok("case", "edit", "2", "--party", "李四", "--reason", "补记")
    text = brief(november, *NOVEMBER)
    (line,) = [one for one in lines(text) if "书面咨询意见" in one and "2026-0002" in one]
    assert "李某占地" in line
    assert "李四" not in text
    assert "赵六" in text, "nobody recorded him: the manual says so"


def test_the_day_of_an_issue_is_said_by_on_as_elsewhere(november: Desk) -> None:
    answer = november.json("brief", *OCTOBER, "--number", "1", "--on", "2026-11-02")
    assert answer["recorded"]["issued_on"] == "2026-11-02"
    (listed,) = november.json("brief", "--list")
    assert listed["issued_on"] == "2026-11-02"


def test_hostile_names_forge_nothing(coord: Desk, add_case: AddCase, tmp_path: Path) -> None:
    title = "一、伪造\u202e#| 伪 | 100 | 造 |{{ 7*7 }}\x1b[31m"
    add_case("--party", "| 甲 |\n---\n印数: 9", "--cause", "某某", "--urgent", title=title)
    coord.ok("case", "determine", "1", "--competent", "zfj", "--on", "2026-11-03")
    out = tmp_path / "o"
    source = brief(coord, *NOVEMBER, "--as", "source", "--copies", "3")
    assert source.count("\n---\n") == 1
    assert [line for line in source.splitlines() if line.startswith("#|") and "100" in line] == []
    assert "印数: 3\n" in source
    text = brief(coord, *NOVEMBER)
    assert "{{ 7*7 }}" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    coord.ok("brief", *NOVEMBER, "--number", "auto", "--as", "both", "--out", str(out))
    coord.checked()
    assert len(list(out.iterdir())) == 2


# ---- the period ----


@pytest.mark.parametrize(
    "options, code, sentence",
    [
        (("--from", "2026-11-20", "--to", "2026-11-01"), 1, "末日 2026-11-01 早于首日 2026-11-20"),
        (("--from", "2026-12-01", "--to", "2026-12-31"), 1, "2026年12月还没有开始"),
        (("--from", "2026-11-01"), 2, "写明期间"),
        ((), 2, "写明期间"),
        (("--from", "2026-02-30", "--to", "2026-11-01"), 2, "没有这一天"),
        ((*OCTOBER, "--date", "2026-10-15"), 1, "早于期间的末日 2026-10-31"),
        ((*OCTOBER, "--date", "2026-11-24"), 1, "尚未发生"),
        ((*OCTOBER, "--number", "0"), 2, "期号“0”不是"),
        ((*OCTOBER, "--number", "三"), 2, "期号“三”不是"),
        ((*OCTOBER, "--number", "-1"), 2, "期号“-1”不是"),
        ((*OCTOBER, "--copies", "0"), 2, "不小于 1"),
        ((*OCTOBER, "--as", "docx"), 2, "--out"),
        ((*OCTOBER, "-f", "json"), 2, "--as"),
        ((*OCTOBER, "-f", "csv", "--number", "1"), 2, "--as"),
    ],
)
def test_bad_input_is_refused_in_a_sentence_and_nothing_is_recorded(
    november: Desk, options: tuple[str, ...], code: int, sentence: str
) -> None:
    before = len(november.json("history"))
    assert sentence in november.refused("brief", *options, code=code)
    assert len(november.json("history")) == before
    assert november.json("brief", "--list") == []


@pytest.mark.parametrize(
    "first, last, name",
    [
        ("2026-07-01", "2026-09-30", "2026年第三季度"),
        ("2026-10-01", "2026-10-31", "2026年10月"),
        ("2026-01-01", "2026-06-30", "2026年上半年"),
        ("2025-01-01", "2025-12-31", "2025年"),
        ("2026-11-20", "2026-11-20", "2026年11月20日"),
        ("2025-12-01", "2026-01-31", "2025年12月1日至2026年1月31日"),
        ("2026-11-02", "2026-11-20", "2026年11月2日至11月20日"),
        ("2024-02-01", "2024-02-29", "2024年2月"),
        ("2024-02-01", "2024-02-28", "2024年2月1日至2月28日"),
        ("2025-12-01", "2025-12-31", "2025年12月"),
    ],
)
def test_a_period_is_called_as_people_call_it(
    coord: Desk, first: str, last: str, name: str
) -> None:
    source = brief(coord, "--from", first, "--to", last, "--as", "source")
    assert f"标题: {name}综合行政执法协调配合工作情况\n" in source


def test_a_single_day_and_a_turn_of_the_year_count_both_ends(november: Desk) -> None:
    day = ("--from", "2026-11-05", "--to", "2026-11-05")
    assert "发出移送1件次" in brief(november, *day)
    turn = ("--from", "2025-12-31", "--to", "2026-11-02")
    assert "新发现并登记案件2件" in brief(november, *turn)


def test_a_period_that_is_not_over_is_told_up_to_today(november: Desk) -> None:
    result = november.ok("brief", "--from", "2026-11-01", "--to", "2026-11-30")
    assert "2026年11月1日至11月23日综合行政执法" in result.out
    assert "期间的末日 2026-11-30 还没有到，写到 2026-11-23 为止" in result.err
    answer = november.json("brief", "--from", "2026-11-01", "--to", "2026-11-30", "--number", "1")
    assert answer["recorded"]["to"] == "2026-11-23"
    assert "还没有到" in answer["warnings"][0]


# ---- numbered, it is final ----


def test_a_draft_records_nothing_and_a_number_makes_it_final(november: Desk) -> None:
    before = len(november.json("history"))
    result = november.ok("brief", *NOVEMBER)
    assert "【待补：期号】" in result.out
    assert "没有登记" in result.err
    assert len(november.json("history")) == before
    answer = november.json("brief", *NOVEMBER, "--number", "3", "--copies", "30")
    assert answer["recorded"] | {"sha256": ""} == {
        "type": "brief", "ref": "B1", "number": "2026年第3期", "issue": 3, "from": "2026-11-01",
        "to": "2026-11-23", "issued_on": "2026-11-23", "sha256": "",
    }  # fmt: skip
    (listed,) = november.json("brief", "--list")
    assert listed["sha256"] == answer["recorded"]["sha256"]
    assert (listed["kind"], listed["number"]) == ("brief", "2026年第3期")
    (operation,) = november.json("history", "B1")
    assert "已编发工作简报：B1 2026年第3期" in operation["summary"]
    november.checked()


def test_what_was_issued_stays_when_data_changes(november: Desk, tmp_path: Path) -> None:
    first = november.ok("brief", *NOVEMBER, "--number", "auto", "--copies", "30").out
    out = tmp_path / "文书"
    november.ok("letter", "brief", "B1", "--as", "docx", "--out", str(out))
    (path,) = out.iterdir()
    assert path.name == "2026年第1期 2026年11月1日至11月23日综合行政执法协调配合工作情况.docx"
    content = path.read_bytes()
    november.ok("case", "void", "3", "--reason", "重复登记", "--same-as", "2")
    november.ok("correct", "1", "found", "--on", "2026-11-01", "--reason", "记错")
    november.ok(
        "unit",
        "rename",
        "zjj",
        "--name",
        "区住房局",
        "--full-name",
        "峄城区住房局",
        "--on",
        "2026-11-02",
    )
    assert november.ok("letter", "brief", "B1").out == first
    assert november.ok("letter", "brief", "b1").out == first
    assert brief(november, *NOVEMBER) != first
    path.unlink()
    november.ok("letter", "brief", "B1", "--as", "docx", "--out", str(out))
    assert path.read_bytes() == content
    assert OpenXmlValidator().validate(path).errors == []


def test_an_office_template_of_later_does_not_change_what_was_issued(
    november: Desk, tmp_path: Path
) -> None:
    own = tmp_path / "templates" / "brief.j2"
    own.parent.mkdir()
    shipped = (carried("templates") / "brief.j2").read_text("utf-8")
    own.write_text(shipped.replace("综合行政执法工作简报", "甲简报"), "utf-8")
    first = november.ok("brief", *NOVEMBER, "--number", "auto").out
    assert "甲简报" in first
    own.write_text(shipped.replace("综合行政执法工作简报", "乙简报"), "utf-8")
    assert "乙简报" in brief(november, *NOVEMBER)
    assert november.ok("letter", "brief", "B1").out == first


def test_an_issue_is_given_once_a_year(november: Desk) -> None:
    november.ok("brief", *OCTOBER, "--number", "auto")
    sentence = november.refused("brief", *NOVEMBER, "--number", "1")
    assert "2026年第1期已于 2026-11-23 编发（B1，2026年10月）" in sentence
    assert "coord letter brief B1" in sentence
    november.ok("brief", *NOVEMBER, "--number", "7")
    answer = november.json("brief", *NOVEMBER, "--number", "auto")
    assert answer["recorded"]["issue"] == 8
    assert answer["warnings"][0] == "这一期间已编发过2026年第7期（B2）"
    year = november.json("brief", *OCTOBER, "--number", "auto", today="2027-01-05")
    assert (year["recorded"]["number"], year["recorded"]["ref"]) == ("2027年第1期", "B4")


def test_an_undone_issue_is_free_again_and_comes_back(november: Desk) -> None:
    first = november.ok("brief", *NOVEMBER, "--number", "auto").out
    november.ok("undo", "--yes")
    assert november.json("brief", "--list") == []
    assert "没有编发过编号为“B1”" in november.refused("letter", "brief", "B1")
    november.ok("undo", "--yes", head(november)["ref"])
    assert november.ok("letter", "brief", "B1").out == first
    november.ok("undo", "--yes")
    assert november.json("brief", *OCTOBER, "--number", "1")["recorded"]["ref"] == "B1"
    november.checked()


def test_the_check_finds_a_brief_that_was_changed_behind_the_program_s_back(november: Desk) -> None:
    november.ok("brief", *NOVEMBER, "--number", "auto")
    with closing(sqlite3.connect(november.database)) as connection, connection:
        connection.execute("DROP TRIGGER happening_update_recorded")
        connection.execute(
            "UPDATE happening SET details = replace(details, '件次', '件') "
            "WHERE event = 'brief.issued'"
        )
    found = november("check", "--only", "invariants", "-f", "json").json
    assert [one["what"] for one in found] == ["2026-11-23 定稿的简报与其校验值不符"]


def test_a_brief_is_numbered_by_its_own_command_and_not_by_letter(november: Desk) -> None:
    assert "coord brief" in november.refused(
        "letter", "brief", "2026-11", "--number", "auto", code=2
    )
    assert "【待补：期号】" in november.ok("letter", "brief", "2026年11月").out


def test_files_are_written_beside_each_other_and_never_over_another(
    november: Desk, tmp_path: Path
) -> None:
    out = str(tmp_path / "文书")
    for _ in range(2):
        november.ok("brief", *NOVEMBER, "--out", out, "--as", "both")
    names = sorted(path.name for path in (tmp_path / "文书").iterdir())
    stem = "草稿 2026年11月1日至11月23日综合行政执法协调配合工作情况"
    assert names == [f"{stem}.docx", f"{stem}.txt", f"{stem}（2）.docx", f"{stem}（2）.txt"]


@pytest.mark.usefixtures("november")
def test_a_brief_speaks_gbk(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="gbk", newline="")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert main(["--today", "2026-11-23", "brief", *NOVEMBER]) == 0
    out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    assert "?" not in out.buffer.getvalue().decode("gbk")


def test_meetings_and_resolutions_are_told_as_of_the_end(coord: Desk) -> None:
    plan = ("meeting", "plan", "--at", "2026-11-12", "--place", "会议室", "--on", "2026-11-02")
    coord.ok(*plan)
    coord.ok("meeting", "hold", "M1", "--on", "2026-11-12")
    for text, due in (("建台账", "2026-11-16"), ("设专人", "2026-12-31"), ("早办的", "2026-11-18")):
        coord.ok("resolution", "add", "--kind", "议定", "--text", text, "--owner", "zjj", "--due", due,
                 "--on", "2026-11-12")  # fmt: skip
    coord.ok("resolution", "done", "S1", "--on", "2026-11-20")
    coord.ok("resolution", "done", "S3", "--on", "2026-11-13")
    before = brief(coord, "--from", "2026-11-01", "--to", "2026-11-18")
    assert "2026年11月12日召开2026年第四季度联席会议。" in before
    rows = [tuple(line.split()) for line in lines(before)]
    assert ("建台账", "区住建局", "2026-11-16", "超期") in rows
    assert ("设专人", "区住建局", "2026-12-31", "办理中") in rows
    assert ("早办的", "区住建局", "2026-11-18", "2026-11-13办结") in rows
    after = brief(coord, "--from", "2026-11-19", "--to", "2026-11-23")
    rows = [tuple(line.split()) for line in lines(after)]
    assert ("建台账", "区住建局", "2026-11-16", "2026-11-20办结（超期）") in rows
    assert not [row for row in rows if row[:1] == ("早办的",)]


def test_what_is_recorded_between_reading_and_numbering_is_in_the_brief(
    november: Desk,
) -> None:
    span = Span(date(2026, 11, 1), date(2026, 11, 23))
    ahead = brief_ahead(span, None)
    add = ("case", "add", "--found-by", "zrj", "--found-on", "2026-11-20", "--title", "后登记的")

    def meanwhile(reading: Reading) -> None:
        ahead.prepare(reading)
        november.ok(*add)

    with recording(
        november.database, policy_folder(), now=datetime(2026, 11, 23), operator="测试员",
        command=["coord"], prepare=meanwhile,
    ) as register:  # fmt: skip
        _, paper = issue_brief(register, span, "auto", (carried("templates"),), ahead=ahead)
    assert "新发现并登记案件4件" in paper.paper.source
    assert november.json("history")[-2]["hash"] in paper.paper.source
    november.checked()
