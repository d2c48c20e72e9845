"""`coord stats`: every duty counted once, by hand here, and what may not be compared kept apart."""

import csv
import io
import json
import sqlite3
import stat
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import AddCase, Desk
from pseudo_terminal import shown
from story import live

from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.pack import load
from yicheng_coord.store.history import begin_operation, seal_operation

DATED = ["in_time", "late", "open_in_time", "open_late"]
KEYS = [
    *("key", "name", *DATED, "rate", "median_days_late", "worst_days_late"),
    *("soft", "assumed", "prompt", "window"),
]


def put(coord: Desk, rule: str, **fields: object) -> None:
    """Put a duty into the register as a command would have left it."""
    row = load(policy_folder()).rule(rule)
    values: dict[str, object] = {
        "rule": rule,
        "rule_version": row.version,
        "kind": row.kind.value,
        "days": row.days,
        "roll": row.roll.value,
        "subject": "case",
        "owed_by": "zjj",
        "owed_to": "zfj",
        "started_on": "2026-11-02",
        "start_event": "transfer.received",
    } | fields
    with closing(sqlite3.connect(coord.database, isolation_level=None)) as connection:
        number = begin_operation(
            connection, now=datetime(2026, 11, 23), operator="测试员", command=["测试"]
        )
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO duty ({names}) VALUES ({marks})", list(values.values()))
        seal_operation(connection, number, "测试", None)
        connection.execute("COMMIT")


@pytest.fixture
def counted(coord: Desk) -> Desk:
    """Of 区住建局: 2 in time, 2 late (1 and 3 days), 1 open, 1 due today, 1 overdue (5 days)."""

    def feedback(due: str, met: str | None = None, **more: object) -> None:
        put(coord, "transfer.feedback", due_on=due, met_on=met, **more)

    feedback("2026-11-05", "2026-11-05")
    feedback("2026-11-05", "2026-11-03")
    feedback("2026-11-05", "2026-11-06")
    feedback("2026-11-05", "2026-11-10")
    feedback("2026-11-30", started_on="2026-11-20")
    feedback("2026-11-23", started_on="2026-11-18")
    feedback("2026-11-16")
    feedback("2026-11-05", owed_by="zfj")
    feedback("2026-11-05", cancelled_on="2026-11-10", cancel_reason="登记有误")
    feedback("2026-11-05", assumed_start=1)
    feedback("2026-11-05", "2026-11-04", assumed_start=1)
    put(coord, "request.appraisal", due_on="2026-11-09")
    put(coord, "request.appraisal", due_on="2026-11-09", met_on="2026-11-09")
    put(coord, "transfer.inquiry")
    put(coord, "transfer.inquiry", started_on="2026-11-20")
    put(coord, "transfer.inquiry", met_on="2026-11-20")
    put(coord, "crime.review", due_on="2026-11-05")
    put(coord, "crime.review", due_on="2026-11-05", met_on="2026-11-10")
    return coord


def row(coord: Desk, key: str, *options: str) -> dict[str, Any]:
    rows = coord.json("stats", *options)["rows"]
    found: dict[str, Any] = next(one for one in rows if one["key"] == key)
    return found


# ---- counting ----


def test_every_duty_is_counted_once_as_it_stands(counted: Desk) -> None:
    answer = counted.json("stats")
    assert list(answer) == ["date", "from", "to", "by", "rows", "total"]
    assert [one["key"] for one in answer["rows"]] == ["zfj", "zjj", "lxb"]
    assert answer["rows"][2]["soft"] == dict(zip(DATED, [0, 0, 1, 0], strict=True))
    for one in (*answer["rows"], answer["total"]):
        assert list(one) == KEYS
    housing = row(counted, "zjj")
    assert [housing[key] for key in DATED] == [2, 2, 2, 1]


def test_the_rate_is_of_what_was_due_and_days_are_of_what_is_late(counted: Desk) -> None:
    housing = row(counted, "zjj")
    assert housing["rate"] == 0.4
    assert (housing["median_days_late"], housing["worst_days_late"]) == (3, 5)


def test_soft_assumed_prompt_and_rights_are_apart_and_never_in_the_rate(counted: Desk) -> None:
    housing = row(counted, "zjj")
    assert housing["soft"] == dict(zip(DATED, [1, 0, 0, 1], strict=True))
    assert housing["assumed"] == dict(zip(DATED, [1, 0, 0, 1], strict=True))
    assert housing["prompt"] == {"met": 1, "open": 1, "ageing": 1}
    assert housing["window"] == {"used": 1, "open": 0, "lapsed": 1}


def test_the_bureau_and_the_office_are_judged_like_everyone(coord: Desk) -> None:
    for unit in ("zfj", "lxb", "zjj"):
        put(coord, "transfer.feedback", due_on="2026-11-05", owed_by=unit)
    rows = coord.json("stats")["rows"]
    assert {one["key"] for one in rows} == {"zfj", "lxb", "zjj"}
    of_the_quarter = {"in_time": 0, "late": 0, "open_in_time": 1, "open_late": 0}
    assert [one["key"] for one in rows if one["soft"] == of_the_quarter] == ["lxb"]
    figures = [{key: one[key] for key in KEYS[2:] if key != "soft"} for one in rows]
    assert figures[0] == figures[1] == figures[2]
    assert (figures[0]["rate"], figures[0]["worst_days_late"]) == (0.0, 12)


def test_the_total_is_the_sum_however_it_is_counted(counted: Desk) -> None:
    totals = [counted.json("stats", "--by", by)["total"] for by in ("unit", "rule", "month")]
    assert totals[0] == totals[1] == totals[2]
    assert [totals[0][key] for key in DATED] == [2, 2, 2, 2]
    assert (totals[0]["median_days_late"], totals[0]["worst_days_late"]) == (4, 12)


def test_rules_stand_in_the_document_s_order(counted: Desk) -> None:
    rows = counted.json("stats", "--by", "rule")["rows"]
    assert [one["key"] for one in rows] == [
        "meeting.quarterly",
        "transfer.inquiry",
        "transfer.feedback",
        "request.appraisal",
        "crime.review",
    ]
    assert rows[2]["name"] == "反馈移送意见"


def test_what_is_open_is_what_pending_lists(counted: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zfj")
    counted.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-20")
    total = counted.json("stats")["total"]
    open_ones = sum(
        total["open_in_time"] + total["open_late"] if sort is total else sort[a] + sort[b]
        for sort, a, b in (
            (total, "", ""),
            (total["soft"], "open_in_time", "open_late"),
            (total["assumed"], "open_in_time", "open_late"),
            (total["prompt"], "open", "ageing"),
            (total["window"], "open", "lapsed"),
        )
    )
    assert open_ones == len(counted.json("pending"))


# ---- the period, and the day ----


def test_a_period_is_of_the_day_on_which_a_duty_began_both_ends_within(coord: Desk) -> None:
    for day in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
        put(coord, "transfer.feedback", started_on=day, due_on="2026-12-31")

    def months(*options: str) -> list[str]:
        return [one["key"] for one in coord.json("stats", "--by", "month", *options)["rows"]]

    assert months("--from", "2026-11-01", "--to", "2026-11-30") == ["2026-11"]
    assert row(coord, "2026-11", "--by", "month", "--from", "2026-11-02")["open_in_time"] == 1
    assert months("--from", "2026-11-01") == ["2026-11", "2026-12"]
    assert months("--to", "2026-10-31") == ["2026-10"]
    answer = coord.json("stats", "--from", "11-01")
    assert (answer["date"], answer["from"], answer["to"]) == ("2026-11-23", "2026-11-01", None)


def test_statuses_are_of_today_also_of_a_period_that_is_over(counted: Desk) -> None:
    options = ("--from", "2026-11-01", "--to", "2026-11-30")
    assert row(counted, "zjj", *options)["open_late"] == 1
    counted.today = "2026-12-01"
    assert row(counted, "zjj", *options)["open_late"] == 3


def test_a_past_day_counts_what_was_owed_then(counted: Desk) -> None:
    counted.today = "2026-11-05"
    housing = row(counted, "zjj")
    assert [housing[key] for key in DATED] == [2, 0, 4, 0], "the cancelled one was still owed"


def test_a_period_in_which_nothing_began_is_told_so(coord: Desk, tmp_path: Path) -> None:
    none = ("--from", "2026-11-01")
    assert coord.ok("stats", *none).out == "没有起算的时限事项。\n"
    answer = coord.json("stats", *none)
    assert (answer["rows"], answer["total"]["rate"]) == ([], None)
    assert len(coord.ok("stats", *none, "-f", "csv").out.splitlines()) == 1
    coord.ok("stats", *none, "--xlsx", str(tmp_path / "空.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "空.xlsx").sheetnames == ["统计"]


# ---- bad input ----


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--from", "2026-12-01", "--to", "2026-11-30"], 1, "末日 2026-11-30 早于首日 2026-12-01"),
        (["--from", "某天"], 2, "不是日期"),
        (["--by", "clerk"], 2, "只能是：unit、rule、month"),
        (["--xlsx", "统计.csv"], 2, "不以 .xlsx 结尾"),
        (["--xlsx", "没有这个文件夹/统计.xlsx"], 1, "写不进"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(
    counted: Desk, options: list[str], code: int, sentence: str
) -> None:
    assert sentence in counted.refused("stats", *options, code=code)


def test_nothing_is_written_where_a_file_is_or_the_period_is_refused(
    counted: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "统计.xlsx"
    counted.refused("stats", "--from", "11-20", "--to", "11-01", "--xlsx", str(path))
    assert not path.exists()
    path.write_text("别人的", "utf-8")
    assert "已经有了" in counted.refused("stats", "--xlsx", str(path))
    assert path.read_text("utf-8") == "别人的"


# ---- how it is shown ----


def test_a_workbook_holds_numbers_and_charts_of_them(counted: Desk, tmp_path: Path) -> None:
    path = tmp_path / "统计.xlsx"
    result = counted.ok("stats", "--xlsx", str(path), "-f", "json")
    assert "已写入" in result.err
    assert result.json["by"] == "unit"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    book = openpyxl.load_workbook(path)
    table, charts = book["统计"], book["图表"]
    lines = list(table.iter_rows(values_only=True))
    assert lines[0][:8] == (
        *("单位", "按期完成", "逾期完成", "未到期", "超期"),
        *("按期率", "迟办天数中位", "迟办天数最多"),
    )
    assert lines[2][:8] == ("区住建局", 2, 2, 2, 1, 0.4, 3, 5)
    assert [lines[3][0], lines[4][0]] == ["联席会议办公室", "合计"]
    assert table.cell(3, 6).number_format == "0.0%"
    drawn = [chart.series for chart in charts._charts]
    assert [len(series) for series in drawn] == [4, 1]
    assert drawn[0][0].val.numRef.f == "统计!$B$2:$B$4", "the sum is not drawn"
    assert drawn[1][0].val.numRef.f == "统计!$F$2:$F$4"


def test_a_name_is_no_formula(coord: Desk, tmp_path: Path) -> None:
    coord.ok("unit", "rename", "zjj", "--name", "=1+1", "--full-name", "=2+2", "--on", "2026-11-01")
    put(coord, "transfer.feedback", due_on="2026-11-05")
    coord.ok("stats", "--xlsx", str(tmp_path / "a.xlsx"))
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["统计"].cell(2, 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_csv_has_all_figures_and_no_sum(counted: Desk) -> None:
    text = counted.ok("stats", "-f", "csv").out.removeprefix("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["编码"] for line in lines] == ["zfj", "zjj", "lxb"]
    housing = lines[1]
    assert (housing["按期率"], housing["暂计：超期"], housing["一般应：超过一般时限"]) == (
        *("40.0%", "1"),
        "1",
    )
    assert (housing["及时：久未办理"], housing["权利：未行使"]) == ("1", "1")
    piped = counted.ok("stats").out.splitlines()
    assert [line.split("\t") for line in piped] == [
        list(housing),
        *(list(o.values()) for o in lines),
    ]


@pytest.mark.parametrize("by", ["unit", "rule", "month"])
def test_a_terminal_of_80_columns_shows_all_of_it(counted: Desk, by: str) -> None:
    lines = shown("stats", "--by", by, columns=80, environment={"COORD_DB": str(counted.database)})
    text = "\n".join(lines)
    text.encode("gbk")
    assert max(map(_columns, lines)) <= 80
    for heading in ("按期完成", "逾期完成", "未到期", "超期", "按期率", "每格一成", "中位", "最多"):
        assert heading in text
    assert "另计（不在按期率之内）" in text
    if by == "unit":
        assert "区住建局         2        2        2      1    40.0%  ####...... 3    5" in text
        assert "已办 1，在办 1，久未办理 1" in text


def _columns(line: str) -> int:
    plain = line.replace("\x1b[1m", "").replace("\x1b[0m", "")
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in plain)


def test_nothing_is_recorded_by_looking(counted: Desk) -> None:
    before = json.dumps(counted.json("history"))
    counted.ok("stats")
    assert json.dumps(counted.json("history")) == before


@pytest.mark.parametrize("today", ["2026-11-23", "2026-12-24", "2027-02-01"])
def test_the_sums_are_those_of_the_duties_one_by_one(
    coord: Desk, tmp_path: Path, today: str
) -> None:
    live(coord, tmp_path)
    coord.ok("export", str(tmp_path / "时限.json"), "--what", "duties", today=today)
    told = json.loads((tmp_path / "时限.json").read_text("utf-8"))
    duties = told["duties"] if isinstance(told, dict) else told
    void = {one["number"] for one in coord.json("case", "list", "--status", "void")}
    valid = [one for one in duties if one["case"] not in void]
    total = coord.json("stats", today=today)["total"]
    sorts = (total, total["soft"], total["assumed"])
    met = [one for one in valid if one["status"] in ("met", "met_late")]
    assert len(met) > 5
    late = [one for one in met if one["status"] == "met_late" and one["rule"] != "crime.review"]
    assert sum(one["late"] for one in sorts) == len(late)
    in_time = sum(one["in_time"] for one in sorts) + total["prompt"]["met"]
    assert in_time + total["window"]["used"] + len(late) == len(met)
    overdue = [one for one in coord.json("overdue", today=today) if one["case"] not in void]
    assert sum(one["open_late"] for one in sorts) == len(overdue) > 0
