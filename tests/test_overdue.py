"""`overdue`, `pending`, `today`: what is late, what is due, what lies about, in all four forms."""

import csv
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime

import pytest
from conftest import AddCase, Desk
from dump import dump

from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.pack import load
from yicheng_coord.store.history import begin_operation, seal_operation

DUTY_KEYS = [
    *("id", "rule", "clause", "duty", "status", "case", "case_title"),
    *("matter", "matter_title", "subject"),
    *("owed_by", "owed_to", "started_on", "started_at", "assumed_start", "due_on", "due_at"),
    *("due_on_other_reading", "original_due_on", "extended_by", "provisional", "urgent", "soft"),
    *("met_on", "cancelled_on", "cancel_reason", "days_left", "days_left_originally", "age_days"),
    "rule_version",
    "reminded",
]
Insert = Callable[..., str]


@pytest.fixture
def insert(coord: Desk) -> Insert:
    """Put a duty into the register whose commands are still to come; return its number."""

    def put(rule: str, **fields: object) -> str:
        row = load(policy_folder()).rule(rule)
        values: dict[str, object] = {
            "rule": rule,
            "rule_version": row.version,
            "kind": row.kind.value,
            "days": row.days,
            "roll": row.roll.value,
            "subject": "case",
            "owed_by": "zrj",
            "owed_to": "zfj",
            "started_on": "2026-11-02",
            "start_event": "approval.made",
        } | fields
        with closing(sqlite3.connect(coord.database, isolation_level=None)) as connection:
            number = begin_operation(
                connection, now=datetime(2026, 11, 23), operator="测试员", command=["测试"]
            )
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            cursor = connection.execute(
                f"INSERT INTO duty ({names}) VALUES ({marks})",
                list(values.values()),
            )
            seal_operation(connection, number, "测试", None)
            connection.execute("COMMIT")
            return f"D{cursor.lastrowid}"

    return put


@pytest.fixture
def three_late(coord: Desk, add_case: AddCase) -> list[str]:
    """Three overdue duties; the earliest is recorded last, two fall on one day."""
    first = add_case("--competent", "zjj", "--determined-on", "2026-11-12", title="甲")
    second = add_case(title="乙")
    coord.ok("transfer", "send", second, "--to", "swj", "--on", "2026-11-12")
    third = add_case(title="丙")
    coord.ok("transfer", "send", third, "--to", "lyz", "--on", "2026-11-09")
    return [first, second, third]


def _of(duties: list[dict[str, object]], key: str) -> list[object]:
    return [duty[key] for duty in duties]


# ---- overdue ----


@pytest.mark.usefixtures("three_late")
def test_the_earliest_due_day_comes_first_then_the_number(coord: Desk) -> None:
    duties = coord.json("overdue")
    assert _of(duties, "case_title") == ["丙", "甲", "乙"]
    assert _of(duties, "due_on") == ["2026-11-12", "2026-11-17", "2026-11-17"]
    assert _of(duties, "days_left") == [-7, -4, -4]
    assert _of(duties, "status") == ["overdue"] * 3


@pytest.mark.usefixtures("three_late")
def test_a_duty_has_exactly_the_keys_of_the_contract(coord: Desk) -> None:
    for duty in coord.json("overdue") + coord.json("pending"):
        assert list(duty) == DUTY_KEYS


@pytest.mark.parametrize("name", ["swj", "区城乡水务局", "ＳＷＪ"])
@pytest.mark.usefixtures("three_late")
def test_a_list_narrows_to_the_unit_that_owes_by_any_of_its_names(coord: Desk, name: str) -> None:
    assert _of(coord.json("overdue", "--unit", name), "case_title") == ["乙"]
    assert _of(coord.json("pending", "--unit", name), "case_title") == ["乙"]


@pytest.mark.usefixtures("three_late")
def test_a_list_narrows_to_a_rule(coord: Desk) -> None:
    assert _of(coord.json("overdue", "--rule", "transfer.send"), "case_title") == ["甲"]
    assert coord.json("overdue", "--rule", "info.penalty") == []
    both = coord.json("overdue", "--rule", "transfer.feedback", "--unit", "lyz")
    assert _of(both, "case_title") == ["丙"]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("overdue", "--unit", "水务局河道所"), "没有这个单位"),
        (("pending", "--unit", "水务局河道所"), "没有这个单位"),
        (("overdue", "--rule", "transfer.sent"), "没有这条规则"),
        (("pending", "--rule", "nonsense"), "没有这条规则"),
        (("pending", "--case", "99"), "没有这个案件"),
    ],
)
def test_a_filter_that_means_nothing_is_refused_and_never_guessed(
    coord: Desk, arguments: tuple[str, ...], words: str
) -> None:
    assert words in coord.refused(*arguments)


def test_a_duty_is_due_on_its_day_and_overdue_from_the_next(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-18")  # due on the 23rd
    assert coord.json("overdue", today="2026-11-23 23:59") == []
    (due,) = coord.json("today", today="2026-11-23")["due_today"]
    assert (due["status"], due["days_left"]) == ("due_today", 0)
    assert "今日到期" in coord.ok("pending", today="2026-11-23").out
    (late,) = coord.json("overdue", today="2026-11-24")
    assert (late["status"], late["days_left"]) == ("overdue", -1)
    assert coord.json("today", today="2026-11-24")["due_today"] == []


def test_over_a_rest_day_lateness_does_not_grow(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-17")  # due on Friday the 20th
    (saturday,) = coord.json("overdue", today="2026-11-21")
    (monday,) = coord.json("overdue", today="2026-11-23")
    assert (saturday["status"], saturday["days_left"]) == ("overdue", -1)
    assert "\t不足 1 个工作日\t" in coord.ok("overdue", today="2026-11-21").out
    assert monday["days_left"] == -1


def test_the_exit_code_tells_a_script_whether_anything_is_overdue(
    coord: Desk, add_case: AddCase
) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-12")
    assert coord("overdue").code == 0
    assert coord("overdue", "--exit-code").code == 1
    assert coord("overdue", "--exit-code", "--unit", "lyz").code == 0
    assert coord("overdue", "--exit-code", "-f", "json").json[0]["rule"] == "transfer.send"


def test_an_empty_list_says_so_in_a_sentence_and_is_an_empty_array(coord: Desk) -> None:
    assert coord.ok("overdue").out == "2026年11月23日没有超期事项。\n"
    assert coord.ok("pending", "--unit", "zjj").out == "没有待办事项。\n"
    assert coord.ok("overdue", "-f", "json").out == "[]\n"
    assert coord.ok("pending", "--unit", "zjj", "-f", "json").out == "[]\n"
    assert coord.ok("overdue", "-f", "csv").out.count("\r\n") == 1


@pytest.mark.usefixtures("three_late")
def test_lists_write_nothing(coord: Desk) -> None:
    before = dump(coord)
    for command in ("overdue", "pending", "today"):
        for form in ("table", "json", "csv"):
            coord.ok(command, "-f", form)
    assert dump(coord) == before


# ---- forms ----


@pytest.mark.usefixtures("three_late")
def test_a_pipe_gets_tab_separated_lines_with_a_header_and_the_footer_apart(coord: Desk) -> None:
    result = coord.ok("overdue")
    header, *lines = result.out.splitlines()
    assert header.split("\t")[:7] == [
        *("编号", "超期", "应办日期", "事项", "责任单位", "案件", "名称"),
    ]
    assert {len(line.split("\t")) for line in [header, *lines]} == {len(header.split("\t"))}
    assert lines[0].split("\t")[1:7] == [
        *("7 个工作日（暂计）", "2026-11-12", "反馈移送意见", "榴园镇", "2026-0003", "丙"),
    ]
    assert "共 3 项，3 个单位，暂计 2 项" in result.err
    assert "按工作日计" in result.err
    assert "\x1b" not in result.out


@pytest.mark.usefixtures("three_late")
def test_csv_has_a_mark_quotes_every_field_and_ends_lines_as_windows_does(coord: Desk) -> None:
    out = coord.ok("overdue", "-f", "csv").out
    assert out.startswith("\ufeff")
    assert out.count("\n") == out.count("\r\n") == 4
    rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    assert len({len(row) for row in rows}) == 1
    quoted = ",".join(f'"{field}"' for field in rows[1])
    assert out.split("\r\n")[1] == quoted
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["规则"], row["状态"], row["暂计"]) == ("transfer.feedback", "超期（暂计）", "是")


@pytest.mark.parametrize("title", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)"])
def test_no_field_of_a_csv_is_a_formula(coord: Desk, add_case: AddCase, title: str) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-12", title=title)
    out = coord.ok("overdue", "-f", "csv").out
    rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    assert dict(zip(*rows, strict=True))["名称"] == f"'{title}"
    assert coord.json("case", "show", case)["title"] == title


@pytest.mark.parametrize(
    "title", ["[red]红[/red]", "[/]", "甲\t乙", "甲\n乙", "\x1b[31m红", "\u202e反", "{{ 7*7 }}"]
)
def test_hostile_text_in_a_title_is_shown_harmless_and_kept(
    coord: Desk, add_case: AddCase, title: str
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-12", title=title)
    lines = coord.ok("overdue").out.splitlines()
    assert len(lines) == 2
    assert len(lines[1].split("\t")) == len(lines[0].split("\t"))
    assert not {"\x1b", "\u202e"} & set(lines[1])
    assert coord.json("overdue")[0]["case_title"] == title
    assert coord.json("case", "show", case)["title"] == title


# ---- pending ----


def test_pending_lists_by_due_day_then_what_has_none_by_age(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-20", title="后到期")
    add_case("--competent", "zjj", "--determined-on", "2026-11-10", title="已超期")
    add_case(found_on="2026-10-19", title="最早发现")
    duties = coord.json("pending")
    assert _of(duties, "rule") == [
        *("transfer.send", "transfer.send", "meeting.quarterly"),
        *("transfer.inquiry", "transfer.inquiry", "transfer.inquiry"),
    ]
    assert _of(duties, "case_title")[:4] == ["已超期", "后到期", None, "最早发现"]


def test_within_keeps_what_is_due_within_so_many_working_days(
    coord: Desk, add_case: AddCase
) -> None:
    for determined, title in (("2026-11-10", "超"), ("2026-11-18", "今"), ("2026-11-23", "三")):
        add_case("--competent", "zjj", "--determined-on", determined, title=title)
    assert _of(coord.json("pending", "--within", "0"), "case_title") == ["超", "今"]
    assert _of(coord.json("pending", "--within", "2"), "case_title") == ["超", "今"]
    assert _of(coord.json("pending", "--within", "3"), "case_title") == ["超", "今", "三"]
    for wrong in ("-1", "x"):
        coord.refused("pending", "--within", wrong, code=2)


def test_pending_narrows_to_a_case_by_any_of_its_references(coord: Desk, add_case: AddCase) -> None:
    add_case("--external-number", "自2026-7")
    add_case(title="另一件")
    for ref in ("1", "2026-0001", "自2026-7"):
        (duty,) = coord.json("pending", "--case", ref)
        assert duty["case"] == "2026-0001"


def test_what_is_met_or_no_longer_owed_is_in_no_list(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-10")
    coord.ok("case", "inquiry", case, "--not-ongoing", "--text", "查看")
    coord.ok("case", "determine", case, "--competent", "zrj")
    assert coord.owed() == []


# ---- ageing, soft, window, hours ----


@pytest.mark.parametrize(
    "found_on, status, age",
    [("2026-11-23", "open", 0), ("2026-11-18", "open", 3), ("2026-11-17", "ageing", 4)],
)
def test_a_prompt_duty_is_ageing_after_three_working_days_and_never_overdue(
    coord: Desk, add_case: AddCase, found_on: str, status: str, age: int
) -> None:
    add_case(found_on=found_on)
    (duty,) = coord.owed()
    assert (duty["status"], duty["age_days"], duty["days_left"]) == (status, age, None)
    assert coord.json("overdue") == []
    assert len(coord.json("today")["ageing"]) == (status == "ageing")
    word = f"久未办理 {age} 个工作日" if status == "ageing" else f"已 {age} 个工作日"
    assert word in coord.ok("pending").out
    assert "超期" not in coord.ok("pending").out


def test_a_soft_rule_is_late_in_other_words_and_counted_apart(coord: Desk, insert: Insert) -> None:
    ref = insert("info.approval", due_on="2026-11-09", original_due_on="2026-11-09")
    (duty,) = coord.json("overdue")
    assert (duty["soft"], duty["days_left"], duty["case"]) == (True, -10, None)
    result = coord.ok("overdue")
    assert "（一般应）" in result.out
    assert "\t超过一般时限\t" in result.out
    assert "一般应 1 项" in result.err
    assert "超过一般时限 10 个工作日" in coord.ok("explain", ref).out


def test_a_right_that_was_not_used_has_lapsed_and_is_never_overdue(
    coord: Desk, insert: Insert
) -> None:
    window = {"due_on": "2026-11-20", "start_event": "crime.declined", "started_on": "2026-11-17"}
    ref = insert("crime.review", **window)
    assert coord.json("overdue") == []
    (duty,) = coord.owed()
    assert duty["status"] == "lapsed"
    assert "未行使" in coord.ok("pending").out
    assert "未行使" in coord.ok("explain", ref).out


def test_hours_are_overdue_from_their_moment(coord: Desk, insert: Insert) -> None:
    insert(
        "crime.send",
        start_event="crime.approved",
        started_on="2026-11-22",
        started_at="2026-11-22T10:30:00",
        due_on="2026-11-23",
        due_at="2026-11-23T10:30:00",
    )
    assert coord.json("overdue", today="2026-11-23 10:30") == []
    (duty,) = coord.json("overdue", today="2026-11-23 10:31")
    assert (duty["status"], duty["due_at"]) == ("overdue", "2026-11-23T10:30:00")
    assert "10:30" in coord.ok("overdue", today="2026-11-23 10:31").out


def test_a_provisional_day_says_so(coord: Desk, add_case: AddCase) -> None:
    coord.today = "2026-12-24"
    add_case("--competent", "zjj", "--determined-on", "2026-12-24")
    (duty,) = coord.json("pending", "--rule", "transfer.send")
    assert (duty["due_on"], duty["provisional"]) == ("2026-12-29", True)
    result = coord.ok("pending")
    assert "暂定 1 项" in result.err
    assert "暂定" in coord.ok("explain", duty["id"]).out


# ---- today ----


def test_the_morning_sheet_sorts_by_how_bad_it_is(coord: Desk, add_case: AddCase) -> None:
    for determined, title in (
        ("2026-11-10", "超"),
        ("2026-11-18", "今"),
        ("2026-11-20", "三"),
    ):
        add_case("--competent", "zjj", "--determined-on", determined, title=title)
    sheet = coord.json("today")
    assert list(sheet) == [
        *("date", "overdue", "due_today", "due_soon", "ageing", "next_meeting", "warnings"),
    ]
    assert sheet["date"] == "2026-11-23"
    for key, title in (("overdue", "超"), ("due_today", "今"), ("due_soon", "三")):
        assert _of(sheet[key], "case_title") == [title]
    assert _of(sheet["ageing"], "rule") == ["transfer.inquiry"] * 3
    out = coord.ok("today").out
    for heading in ("一、已超期　1 项", "二、今日到期　1 项", "三、三个工作日内到期　1 项"):
        assert heading in out
    assert "四、久未办理（及时办理的事项）　3 项" in out
    rows = list(csv.reader(io.StringIO(coord.ok("today", "-f", "csv").out, newline="")))
    assert len(rows) == 7


def test_a_day_without_anything_says_so(coord: Desk) -> None:
    out = coord.ok("today").out
    assert out.startswith("今日工作　2026年11月23日 星期一\n")
    assert out.count("：没有。") == 4


def test_the_morning_sheet_shows_the_oldest_ten_and_says_where_the_rest_is(
    coord: Desk, add_case: AddCase
) -> None:
    for number in range(12):
        add_case(title=f"第{number}件")
    out = coord.ok("today").out
    assert "其余 2 项见 coord pending" in out
    assert len(coord.json("today")["ageing"]) == 12


def footer(coord: Desk, *options: str, today: str) -> str:
    return coord.ok("overdue", *options, today=today).err


def test_the_footer_names_the_readings_of_the_rows_that_are_shown(coord: Desk) -> None:
    coord.ok("meeting", "plan", "--at", "2026-12-18", "--place", "会议室")
    told = footer(coord, today="2026-12-09")
    assert "会前十日按自然日倒推（本办解读，原文未写明），见 coord explain" in told
    assert "三日" not in told
    assert "五日" not in told
    coord.ok("info", "log", "--kind", "superior", "--title", "某文", "--from", "zjj")
    told = footer(coord, today="2026-12-09")
    assert "三日按工作日计，会前十日按自然日倒推（本办解读，原文未写明）" in told
    assert "五日" not in told


def test_the_days_of_a_state_rule_are_no_reading_of_the_office(coord: Desk) -> None:
    case = coord.json(
        "case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "2026-11-02",
        "--competent", "zrj", "--determined-on", "2026-11-02",
    )["recorded"]["ref"]  # fmt: skip
    officers = ("--officer", "张某", "--officer", "李某")
    coord.ok("crime", "report", case, *officers, "--at", "2026-11-16 09:00")
    told = footer(coord, "--rule", "crime.approve", today="2026-11-23")
    assert "国务院令第310号三日按自然日计，见 coord explain" in told
    assert "本办解读" not in told


def test_what_is_urgent_is_counted_by_no_reading(coord: Desk) -> None:
    coord.ok("info", "log", "--kind", "superior", "--title", "某文", "--from", "zjj", "--urgent")
    assert "1 个单位，见 coord explain" in footer(coord, today="2026-11-25").replace("。", "，")
