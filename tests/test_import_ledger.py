"""A unit's ledger (台账): what it tells beyond registration is recorded as if it had been typed."""

import csv
import sqlite3
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import Desk
from hypothesis import given, settings
from hypothesis import strategies as st

COLUMNS = (
    "编号", "案件名称", "发现单位", "发现日期", "有权处理单位", "认定日期", "移送日期", "接收单位",
    "收到日期", "反馈日期", "反馈意见", "报请日期", "处理决定日期", "决定结果", "通报日期", "办结日期",
)  # fmt: skip
START = {
    "编号": "水001",
    "案件名称": "河道倾倒垃圾",
    "发现单位": "区城乡水务局",
    "发现日期": "2025-11-03",
}
SENT = START | {"移送日期": "2025-11-06", "接收单位": "综合执法局"}
RECEIVED = SENT | {"收到日期": "2025-11-07"}
TAKEN = RECEIVED | {"反馈日期": "2025-11-14", "反馈意见": "受理"}
DECIDED = TAKEN | {"处理决定日期": "2025-12-01", "决定结果": "处罚"}
TOLD = DECIDED | {"通报日期": "2025-12-05"}
CLOSED = TOLD | {"办结日期": "2025-12-06"}
DECLINED = SENT | {"反馈日期": "2025-11-10", "反馈意见": "不受理，应由住建局处理"}
OWN = START | {"处理决定日期": "2025-11-20", "决定结果": "不予处罚", "办结日期": "2025-11-21"}
DETERMINED = {"有权处理单位": "综合执法局", "认定日期": "2025-11-04"}

ROWS = {
    "registered": START,
    "determined": START | DETERMINED,
    "sent": SENT,
    "sent to the unit determined": SENT | DETERMINED,
    "received": RECEIVED,
    "taken, late": TAKEN,
    "taken without a receipt": SENT | {"反馈日期": "2025-11-14", "反馈意见": "受理"},
    "declined": DECLINED,
    "referred": DECLINED | {"报请日期": "2025-11-20"},
    "decided": DECIDED,
    "decided, no penalty": DECIDED | {"决定结果": "不予处罚"},
    "told, late": TOLD,
    "closed": CLOSED,
    "decided by its finder": OWN,
    "decided by another unit than 执法局": CLOSED | {"接收单位": "住建局"},
}


def write(path, *rows, columns=COLUMNS):
    with Path(path).open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(columns)
        lines.writerows([row.get(column, "") for column in columns] for row in rows)
    return str(path)


ACTS = (
    ("移送日期", ["transfer", "send"], {"--to": "接收单位"}),
    ("收到日期", ["transfer", "receive"], {}),
    ("反馈日期", ["transfer", "accept"], {}),
    ("报请日期", ["transfer", "refer"], {}),
    ("处理决定日期", ["case", "decide"], {"--outcome": "决定结果"}),
    ("通报日期", ["transfer", "notify"], {}),
    ("办结日期", ["case", "close"], {}),
)


def commands(row):
    """The same facts, as a clerk types them."""
    add = ["case", "add", "--title", row["案件名称"], "--found-by", row["发现单位"]]
    add += ["--found-on", row["发现日期"], "--external-number", row["编号"]]
    if "有权处理单位" in row:
        add += ["--competent", row["有权处理单位"], "--determined-on", row["认定日期"]]
    yield add
    for day, act, options in ACTS:
        words = [*act, "1", "--on", row.get(day, "")]
        for option, column in options.items():
            words += [option, row.get(column, "")]
        if act[-1] == "accept" and row.get("反馈意见") != "受理":
            words[1:2] = ["decline"]
            words += ["--reason", row.get("反馈意见", "")]
        if day in row:
            yield words


def on_record(database):
    """Every table of the field, without the numbers of rows and of what hangs on them."""
    tables = {}
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        for table in ("case_file", "transfer", "decision", "decision_addressee", "duty"):
            rows = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
            for row in rows:
                row.pop("id")
            tables[table] = sorted(rows, key=repr)
    return tables


@pytest.fixture
def typed(tmp_path, monkeypatch):
    desk = Desk(tmp_path / "typed.db", monkeypatch)
    desk("--db", str(desk.database), "init")
    return lambda *words: desk("--db", str(desk.database), *words), desk.database


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_is_recorded_as_if_its_facts_had_been_typed(coord, typed, tmp_path, row):
    report = coord.json("import", write(tmp_path / "a.csv", row))
    assert report["recorded"]["new"] == 1
    run, database = typed
    for words in commands(row):
        result = run(*words)
        assert result.code == 0, result.err
    assert on_record(coord.database) == on_record(database)
    coord.checked()


def test_last_year_s_lateness_comes_in_right(coord, tmp_path):
    coord.json("import", write(tmp_path / "a.csv", CLOSED))
    case = coord.json("case", "show", "1")
    assert (case["status"], case["open_duties"]) == ("closed", [])
    feedback, result = coord.duty("transfer.feedback"), coord.duty("transfer.result")
    assert (feedback["due_on"], feedback["met_on"], feedback["status"]) == (
        "2025-11-12", "2025-11-14", "met_late",
    )  # fmt: skip
    assert (result["due_on"], result["met_on"], result["status"]) == (
        "2025-12-04", "2025-12-05", "met_late",
    )  # fmt: skip
    assert coord.duty("info.penalty")["status"] == "met"
    assert coord.json("overdue") == []


WRONG = {
    "received before it was sent": (RECEIVED | {"收到日期": "2025-11-05"}, "收到日期早于移送日期"),
    "answered before it was received": (
        TAKEN | {"反馈日期": "2025-11-06"},
        "反馈日期早于收到日期",
    ),
    "sent before it was found": (SENT | {"移送日期": "2025-11-02"}, "移送日期早于发现日期"),
    "decided before it was taken": (
        DECIDED | {"处理决定日期": "2025-11-13"},
        "处理决定日期早于反馈日期",
    ),
    "told before it was decided": (TOLD | {"通报日期": "2025-11-30"}, "通报日期早于处理决定日期"),
    "closed before it was told": (CLOSED | {"办结日期": "2025-12-04"}, "办结日期早于通报日期"),
    "received and never sent": (START | {"收到日期": "2025-11-06"}, "有收到日期而没有移送日期"),
    "sent to nobody": (SENT | {"接收单位": ""}, "有移送日期而没有接收单位"),
    "sent to its finder": (SENT | {"接收单位": "水务局"}, "接收单位就是发现单位"),
    "sent to a court": (SENT | {"接收单位": "法院"}, "不能移送该单位"),
    "sent to another unit than the one determined": (
        SENT | DETERMINED | {"有权处理单位": "住建局"},
        "接收单位与有权处理单位不一致",
    ),
    "answered without an answer": (TAKEN | {"反馈意见": ""}, "有反馈日期而没有反馈意见"),
    "answered in words that say nothing": (
        TAKEN | {"反馈意见": "详见附件"},
        "看不出受理还是不受理",
    ),
    "declined without a reason": (DECLINED | {"反馈意见": "不受理"}, "不受理须写明理由"),
    "decided though it was declined": (
        DECLINED | {"处理决定日期": "2025-12-01", "决定结果": "处罚"},
        "不能登记处理决定",
    ),
    "decided though nobody had taken it": (
        SENT | {"处理决定日期": "2025-12-01", "决定结果": "处罚"},
        "不能登记处理决定",
    ),
    "referred though it was taken": (TAKEN | {"报请日期": "2025-11-20"}, "不能报请"),
    "told though nothing was decided": (
        TAKEN | {"通报日期": "2025-12-05"},
        "有通报日期而没有处理决定日期",
    ),
    "told to nobody": (OWN | {"通报日期": "2025-11-21"}, "没有原移送单位"),
    "closed without telling": (DECIDED | {"办结日期": "2025-12-06"}, "有办结日期而没有通报日期"),
    "decided although another unit is competent": (OWN | DETERMINED, "已认定由别的单位管辖"),
    "in the future": (SENT | {"移送日期": "2026-12-01"}, "移送日期在今天之后"),
}


@pytest.mark.parametrize(("row", "reason"), WRONG.values(), ids=WRONG)
def test_a_row_whose_facts_contradict_comes_back_with_the_reason(coord, tmp_path, row, reason):
    result = coord("import", write(tmp_path / "a.csv", row, START | {"编号": "2"}), "-f", "json")
    assert result.code == 4, result.err
    assert result.json["recorded"]["new"] == 1
    (group,) = result.json["files"][0]["reasons"]
    assert reason in group["text"]
    assert reason in (tmp_path / "a.rejects.csv").read_text("utf-8-sig")


def test_words_without_their_day_are_kept_and_told(coord, tmp_path):
    row = START | {"接收单位": "住建局", "反馈意见": "受理", "决定结果": "处罚"}
    report = coord.json("import", write(tmp_path / "a.csv", row))
    assert report["recorded"]["new"] == 1
    assert len(report["warnings"]) == 3
    case = coord.json("case", "show", "1")
    assert case["transfers"] == []
    assert case["extra"] == {"接收单位": "住建局", "反馈意见": "受理", "决定结果": "处罚"}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_same_ledger_twice_adds_nothing(coord, tmp_path, row):
    path = write(tmp_path / "a.csv", row, row)
    assert coord.json("import", path)["recorded"]["same"] == 1
    report = coord.json("import", path)
    assert report["recorded"]["same"] == 2
    assert report["operation"] is None


def test_a_ledger_that_tells_more_than_before_reads_otherwise(coord, tmp_path):
    coord.json("import", write(tmp_path / "a.csv", SENT))
    report = coord.json("import", write(tmp_path / "b.csv", TAKEN))
    assert report["recorded"]["changed"] == 1
    assert coord.json("case", "show", "1")["status"] == "sent"


STEPS = [START, SENT, RECEIVED, TAKEN, DECIDED, TOLD, CLOSED]


@pytest.mark.parametrize("before", range(6))
def test_what_a_later_ledger_tells_is_added_when_asked_to(coord, typed, tmp_path, before):
    coord.json("import", write(tmp_path / "a.csv", STEPS[before]))
    again = write(tmp_path / "b.csv", CLOSED)
    report = coord.json("import", again, "--on-conflict", "update")
    assert report["recorded"]["updated"] == 1
    run, database = typed
    for words in commands(CLOSED):
        assert run(*words).code == 0
    assert on_record(coord.database) == on_record(database)
    assert coord.json("import", again)["recorded"]["same"] == 1
    coord.checked()


def test_an_update_says_from_which_day_a_duty_is_counted_now(coord, tmp_path):
    same = RECEIVED | {"编号": "水002", "收到日期": SENT["移送日期"]}
    coord.ok("import", write(tmp_path / "a.csv", SENT, SENT | {"编号": "水002"}))
    again = write(tmp_path / "b.csv", RECEIVED, same)
    said = coord.ok("import", again, "--on-conflict", "update").out
    assert "应于 2025-11-12（按收到日 2025-11-07 计，原 2025-11-11）" in said
    assert "应于 2025-11-11（按收到日 2025-11-06 计，日期不变）" in said


def test_an_update_never_overwrites_a_recorded_fact(coord, tmp_path):
    coord.json("import", write(tmp_path / "a.csv", TAKEN))
    other = CLOSED | {"收到日期": "2025-11-08"}
    report = coord.json("import", write(tmp_path / "b.csv", other), "--on-conflict", "update")
    assert report["recorded"]["updated"] == 0
    assert "coord correct" in report["refused"][0]["text"]
    assert coord.json("case", "show", "1")["status"] == "accepted"


def test_an_update_that_the_case_does_not_allow_changes_nothing_of_it(coord, tmp_path):
    coord.json("import", write(tmp_path / "a.csv", DECLINED))
    report = coord.json(
        "import",
        write(tmp_path / "b.csv", CLOSED, START | {"编号": "新"}),
        "--on-conflict",
        "update",
    )
    assert (report["recorded"]["updated"], report["recorded"]["new"]) == (0, 1)
    assert report["refused"][0]["lines"] == [2]
    assert coord.json("case", "show", "水001")["status"] == "declined"


def test_one_undo_takes_a_ledger_back(coord, tmp_path):
    coord.ok("today")
    before = on_record(coord.database)
    coord.json(
        "import",
        write(tmp_path / "a.csv", *(row | {"编号": str(n)} for n, row in enumerate(ROWS.values()))),
    )
    coord.ok("undo", "--yes")
    assert coord.json("case", "list") == []
    assert on_record(coord.database) == before


def test_the_columns_of_a_hotline_are_no_ledger(coord, tmp_path):
    row = {
        "工单编号": "1",
        "工单标题": "占道经营",
        "受理单位": "执法局",
        "受理时间": "2025-11-03",
        "反馈日期": "2025-11-05",
        "反馈意见": "市民满意",
        "处理结果": "已劝离",
        "通报日期": "2025-11-06",
    }
    row["发现单位"] = "执法局"
    report = coord.json("import", write(tmp_path / "a.csv", row, columns=tuple(row)))
    assert report["recorded"]["new"] == 1
    assert coord.json("case", "show", "1")["extra"]["反馈意见"] == "市民满意"


def test_a_receipt_and_a_penalty_are_known_by_what_stands_beside_them(coord, tmp_path):
    row = {
        "案件名称": "河道倾倒垃圾",
        "移送单位": "水务局",
        "处罚决定日期": "2025-12-01",
        "发现日期": "2025-11-03",
        "移送日期": "2025-11-06",
        "接收单位": "执法局",
        "接收日期": "2025-11-07",
        "反馈日期": "2025-11-10",
    }
    coord.json("import", write(tmp_path / "a.csv", row, columns=tuple(row)))
    case = coord.json("case", "show", "1")
    assert case["transfers"][0]["received_on"] == "2025-11-07"
    assert case["transfers"][0]["answer"] == "accepted"  # who decides has taken it
    assert case["decisions"][0]["outcome"] == "处罚"


def test_a_map_names_the_columns_of_a_ledger(coord, tmp_path):
    row = START | {"哪天送的": "2025.11.6", "送给谁": "城管中队", "对方怎么说": "2025.11.14"}
    (tmp_path / "map.toml").write_text(
        '[columns]\n"哪天送的" = "sent_on"\n"送给谁" = "receiver"\n"对方怎么说" = "answered_on"\n'
        '[defaults]\nanswer = "受理"\n[units]\n"城管中队" = "zfj"\n',
        "utf-8",
    )
    path = write(tmp_path / "a.csv", row, columns=tuple(row))
    coord.json("import", path, "--map", str(tmp_path / "map.toml"))
    assert coord.json("case", "show", "1")["status"] == "accepted"


DAYS = st.none() | st.integers(0, 9)
FACTS = ("移送日期", "收到日期", "反馈日期", "报请日期", "处理决定日期", "通报日期", "办结日期")


@given(
    days=st.fixed_dictionaries(dict.fromkeys(FACTS, DAYS)),
    answer=st.sampled_from(["受理", "不属于本单位管辖，应由住建局处理"]),
    receiver=st.sampled_from(["执法局", "住建局", "水务局", "法院"]),
    determined=st.sampled_from([None, "执法局", "水务局"]),
    outcome=st.sampled_from(["处罚", "撤案"]),
)
@settings(max_examples=25)
def test_a_list_is_allowed_exactly_what_the_commands_allow(
    days, answer, receiver, determined, outcome
):
    found = date(2025, 11, 3)
    row = START | {
        name: (found + timedelta(days=after)).isoformat()
        for name, after in days.items()
        if after is not None
    }
    if determined:
        row |= {"有权处理单位": determined, "认定日期": "2025-11-05"}
    for day, word, said in (
        ("移送日期", "接收单位", receiver),
        ("反馈日期", "反馈意见", answer),
        ("处理决定日期", "决定结果", outcome),
    ):
        if day in row:
            row[word] = said
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        listed, typed = (Desk(Path(folder) / name, patch) for name in ("l.db", "t.db"))
        for desk in (listed, typed):
            desk.ok("--db", str(desk.database), "init")
        path = write(Path(folder) / "a.csv", row)
        result = listed("--db", str(listed.database), "import", path, "-f", "json")
        assert result.code in (0, 4), result.err
        is_allowed = all(
            typed("--db", str(typed.database), *words).code == 0 for words in commands(row)
        )
        assert is_allowed == (result.json["recorded"]["new"] == 1), result.out
        if is_allowed:
            assert on_record(listed.database) == on_record(typed.database)


def test_what_a_ledger_tells_beyond_its_columns_is_kept_and_named(coord, tmp_path):
    more = ("撤回日期", "指定单位", "抄送日期", "配合执行单位", "经手人")
    row = SENT | dict(
        zip(more, ("2025-11-10", "住建局", "2025-11-12", "公安分局", "张某"), strict=True)
    )
    path = write(tmp_path / "l.csv", row, START | {"编号": "水002"}, columns=(*COLUMNS, *more))
    report = coord.json("import", path)
    assert report["files"][0]["unread_columns"] == list(more)
    assert coord.json("case", "show", "1")["extra"] == {name: row[name] for name in more}
    for word, command in (
        ("撤回日期", "transfer withdraw"), ("指定单位", "transfer assign"),
        ("抄送日期", "info share"), ("配合执行单位", "request send --kind execution"),
    ):  # fmt: skip
        (said,) = [one for one in report["files"][0]["warnings"] if word in one["text"]]
        assert command in said["text"]
        assert said["lines"] == [2]
        coord.ok(*command.split(), "--help")
    shown = coord.ok("import", path).out
    assert f"未识别的列（留在案件的其他内容里）：{'、'.join(more)}" in shown
    out = str(tmp_path / "o.csv")
    coord.ok("export", out)
    again = coord.json("import", out)
    assert (again["recorded"]["same"], again["warnings"]) == (2, [])
    assert again["files"][0]["unread_columns"] == []


def test_a_column_that_the_map_keeps_or_leaves_out_is_not_called_unread(coord, tmp_path):
    (tmp_path / "m.toml").write_text('[columns]\n"经手人" = ""\n"备注" = "-"\n', "utf-8")
    row = START | {"经手人": "张某", "备注": "甲", "页码": "3"}
    path = write(tmp_path / "l.csv", row, columns=(*COLUMNS, "经手人", "备注", "页码"))
    report = coord.json("import", path, "--map", str(tmp_path / "m.toml"))
    assert report["files"][0]["unread_columns"] == ["页码"]
    assert coord.json("case", "show", "1")["extra"] == {"经手人": "张某", "页码": "3"}


def test_what_a_later_list_adds_to_a_case_of_the_same_import_is_taken_over(coord, tmp_path):
    first = write(tmp_path / "1.csv", SENT, START | {"编号": "水002"})
    later = write(tmp_path / "2.csv", RECEIVED, TAKEN | {"编号": "水002"}, TAKEN)
    report = coord.json("import", first, later, "--on-conflict", "update")
    counts = report["recorded"]
    assert (counts["new"], counts["changed"], counts["updated"]) == (2, 3, 3)
    assert report["refused"] == []
    for number in ("水001", "水002"):
        (leg,) = coord.json("case", "show", number)["transfers"]
        assert (leg["received_on"], leg["answer"]) == (TAKEN["收到日期"], "accepted")
    assert coord.json("import", first, later)["recorded"]["same"] == 5
    coord.checked_of_duties()
    coord.ok("undo", "--yes")
    assert coord.json("case", "list") == []


def test_a_later_list_of_the_same_import_changes_nothing_unasked(coord, tmp_path):
    lists = write(tmp_path / "1.csv", SENT), write(tmp_path / "2.csv", RECEIVED)
    counts = coord.json("import", *lists)["recorded"]
    assert (counts["new"], counts["changed"], counts["updated"]) == (1, 1, 0)
    assert coord.json("case", "show", "1")["transfers"][0]["received_on"] is None


def test_of_several_lists_the_one_that_cannot_be_read_is_named(coord, tmp_path):
    good = write(tmp_path / "好.csv", START)
    (tmp_path / "坏.csv").write_text("甲,乙\r\n1,2\r\n", "utf-8")
    (tmp_path / "空.csv").write_text("\r\n\r\n \r\n", "utf-8")
    for bad in ("坏.csv", "空.csv"):
        assert bad in coord.refused("import", good, str(tmp_path / bad))
    assert coord.json("case", "list") == []
