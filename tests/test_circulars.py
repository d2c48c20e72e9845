"""`coord letter circular PERIOD`: 通报, how each unit kept its limits; numbered, it is final."""

from pathlib import Path

import pytest
from conftest import AddCase, Desk

SERIES = "峄执联办〔2026〕1号"


def lines(text: str) -> list[str]:
    return [line.strip("　 ") for line in text.splitlines()]


def rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in lines(text)]


def circular(coord: Desk, period: str = "2026-11", *options: str, today: str | None = None) -> str:
    return coord.ok("letter", "circular", period, *options, today=today).out


_TOLD: list[bytes] = []
"""The register of `late`, recorded once and then copied."""


@pytest.fixture
def late(coord: Desk, add_case: AddCase) -> Desk:
    """区自然资源局 is late twice, 执法局 once (暂计), the office once; a soft, a prompt one beside."""
    if _TOLD:
        coord.database.write_bytes(_TOLD[0])
        return coord
    add_case("--party", "张三", title="张三占地")
    coord.ok("case", "determine", "1", "--competent", "zfj", "--on", "2026-11-03")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-10")
    add_case(title="某某堆场")
    coord.ok("case", "determine", "2", "--competent", "zfj", "--on", "2026-11-03")
    coord.ok("info", "log", "--kind", "approval", "--title", "机密配方", "--from", "lyzx",
             "--secrecy", "commercial", "--on", "2026-11-02")  # fmt: skip
    coord.ok("meeting", "plan", "--at", "2026-11-20", "--place", "会议室", "--on", "2026-11-02")
    _TOLD.append(coord.database.read_bytes())
    return coord


def test_a_circular_has_a_row_for_each_unit_as_stats_has(late: Desk) -> None:
    text = circular(late)
    shown = rows(text)
    counted = late.json("stats", "--from", "2026-11-01", "--to", "2026-11-23")
    for row in (*counted["rows"], counted["total"]):
        rate = "—" if row["rate"] is None else f"{row['rate']:.1%}"
        figures = (str(row[key]) for key in ("in_time", "late", "open_in_time", "open_late"))
        assert (row["name"], *figures, rate) in shown
    assert {"zfj", "lxb", "zrj"} <= {row["key"] for row in counted["rows"]}


def test_it_is_a_document_of_the_office_to_all_members(late: Desk) -> None:
    source = circular(late, "2026-11", "--as", "source")
    for line in (
        "格式: 文件",
        "发文机关: 峄城区综合行政执法相对集中行政处罚联席会议办公室",
        "标题: 关于2026年11月1日至11月23日各单位时限办理情况的通报",
        "主送: 各成员单位",
        "日期: 2026年11月23日",
        "抄送: 峄城区人民政府",
    ):
        assert f"{line}\n" in source
    assert "峄政办发〔2022〕1号第一部分第（二）项" in source


def test_late_items_stand_by_unit_soft_ones_never_overdue_prompt_ones_not_at_all(
    late: Desk,
) -> None:
    text = circular(late).partition("三、未按时限办理的事项")[2]
    listed = [row for row in rows(text) if len(row) > 4 and row[0] != "单位"]
    assert [row[0] for row in listed] == [
        "区综合行政执法局", "区自然资源局", "区自然资源局", "区林业发展服务中心", "联席会议办公室",
    ]  # fmt: skip
    said = {row[0] + row[2]: " ".join(row) for row in listed}
    assert "暂计超期" in said["区综合行政执法局2026-0001"]
    assert "起算日期待核实" in said["区综合行政执法局2026-0001"]
    assert "超期2个工作日，2026-11-10完成" in said["区自然资源局2026-0001"]
    assert "超期11个工作日，未完成" in said["区自然资源局2026-0002"]
    assert "（商业秘密）" in said["区林业发展服务中心I1"]
    assert "超过一般时限" in said["区林业发展服务中心I1"]
    assert "超期" not in said["区林业发展服务中心I1"]
    assert "初步调查" not in text
    assert "张三" not in text
    assert "张某占地" in text


def test_a_circular_lists_all_and_a_brief_the_thirty_that_were_due_first(
    coord: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "清单.csv"
    head = "案件编号,案件名称,发现单位,发现日期,有权处理单位,认定日期"
    rows_of = [
        f"水-{n},某某{n},区城乡水务局,2026-11-02,区自然资源局,2026-11-{2 + n % 3:02d}"
        for n in range(34)
    ]
    path.write_text("\n".join([head, *rows_of]) + "\n", "utf-8")
    coord.ok("import", str(path))
    listed = [row for row in rows(circular(coord)) if len(row) > 5 and row[2].startswith("2026-")]
    assert len(listed) == 34
    text = coord.ok("brief", "--from", "2026-11-01", "--to", "2026-11-23").out
    shown = [row for row in rows(text) if len(row) > 5 and row[2].startswith("2026-")]
    assert len(shown) == 30
    assert sorted(row[4] for row in listed)[:30] == sorted(row[4] for row in shown)
    assert "另有4项，不逐一列出，见同期通报。" in text
    assert "其中超期34项" in text


def test_rights_are_not_in_it(coord: Desk, add_case: AddCase) -> None:
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
    text = circular(coord, "2026Q3")
    assert coord.json("stats", "--from", "2026-09-01", "--to", "2026-09-30")["total"]["window"][
        "lapsed"
    ]
    assert "权利" not in text
    assert "未行使" not in text


@pytest.mark.parametrize(
    "typed, name",
    [
        ("2026Q3", "2026年第三季度"),
        ("2026q3", "2026年第三季度"),
        ("2026年第三季度", "2026年第三季度"),
        ("2026年3季度", "2026年第三季度"),
        ("２０２６年第３季度", "2026年第三季度"),
        ("2026-10", "2026年10月"),
        ("2026/10", "2026年10月"),
        ("2026年10月", "2026年10月"),
        ("2025", "2025年"),
        ("2025年", "2025年"),
        ("2026H1", "2026年上半年"),
        ("2025年下半年", "2025年下半年"),
        ("2025Q4", "2025年第四季度"),
        ("2025-12", "2025年12月"),
        ("2026-07-01至2026-09-30", "2026年第三季度"),
        ("2026-11-02..2026-11-05", "2026年11月2日至11月5日"),
        ("2026-11-05", "2026年11月5日"),
        ("2026Q4", "2026年10月1日至11月23日"),
    ],
)
def test_a_period_is_typed_as_people_write_it(coord: Desk, typed: str, name: str) -> None:
    source = circular(coord, typed, "--as", "source")
    assert f"标题: 关于{name}各单位时限办理情况的通报\n" in source


@pytest.mark.parametrize(
    "typed, code, sentence",
    [
        ("2026Q5", 2, "“2026Q5”不是期间"),
        ("2026-13", 2, "不是期间"),
        ("2026-02-30", 2, "不是期间"),
        ("0000", 2, "不是期间"),
        ("明年", 2, "不是期间"),
        ("\x1b[31m", 2, "不是期间"),
        ("2027", 1, "2027年还没有开始"),
        ("2026-11-20至2026-11-01", 1, "早于首日"),
        ("B1", 1, "没有编发过"),
        ("I1", 1, "没有编发过"),
    ],
)
def test_what_is_no_period_is_refused_in_a_sentence(
    coord: Desk, typed: str, code: int, sentence: str
) -> None:
    assert sentence in coord.refused("letter", "circular", typed, code=code)


def test_an_empty_register_gives_a_circular_of_nothing(coord: Desk) -> None:
    text = circular(coord)
    assert "期内没有起算的事项。" in text
    assert lines(text)[lines(text).index("三、未按时限办理的事项") + 1] == "没有。"


def test_a_number_of_the_office_s_series_makes_it_final(late: Desk) -> None:
    assert "还不知道联席会议办公室的字号" in late.refused(
        "letter", "circular", "2026-11", "--number", "auto"
    )
    late.ok("number", "set", "lxb", SERIES)
    result = late.ok("letter", "circular", "2026-11", "--number", "auto")
    assert f"已编字号：{SERIES}" in result.err
    assert SERIES in result.out
    late.ok("case", "void", "2", "--reason", "重复登记", "--same-as", "1")
    again = late.ok("letter", "circular", "2026-11", "--number", "auto")
    assert again.out == result.out
    assert "已编字号" not in again.err
    assert circular(late) == circular(late, "B1") == result.out
    assert circular(late, "2026-11-01至2026-11-22") != result.out
    (number,) = late.json("number", "list")
    assert (number["number"], number["matter"], number["unit"]) == (SERIES, "B1", "lxb")
    (listed,) = late.json("brief", "--list")
    assert (listed["kind"], listed["number"]) == ("circular", SERIES)
    late.checked()


def test_what_was_issued_takes_no_other_number(late: Desk) -> None:
    late.ok("letter", "circular", "2026-10", "--number", SERIES)
    text = late.refused("letter", "circular", "2026-10", "--number", "峄执联办〔2026〕9号")
    assert f"2026年10月的通报已印发（B1，{SERIES}）" in text
    assert "已用于 B1 通报" in late.refused("letter", "circular", "2026-11", "--number", SERIES)
    assert "一个字号只能用于一份文书" in late.refused(
        "letter", "circular", "2026-11", "2026-09", "--number", "峄执联办〔2026〕9号", code=2
    )


def test_undoing_it_frees_its_number(late: Desk) -> None:
    late.ok("number", "set", "lxb", SERIES)
    first = circular(late, "2026-10", "--number", "auto")
    late.ok("undo", "--yes")
    assert late.json("number", "list") == []
    assert late.json("brief", "--list") == []
    assert circular(late, "2026-10", "--number", "auto") == first
    made, undone, again = late.json("history", "B1")
    assert SERIES in made["summary"]
    assert (undone["undoes"], again["summary"]) == (made["ref"], made["summary"])
    late.checked()


def test_several_periods_give_a_paper_each(late: Desk, tmp_path: Path) -> None:
    late.ok("number", "set", "lxb", SERIES)
    out = str(tmp_path / "文书")
    late.ok("letter", "circular", "2026-09", "2026-10", "2026-09", "--number", "auto", "--out", out,
            "--as", "docx")  # fmt: skip
    names = sorted(path.name for path in (tmp_path / "文书").iterdir())
    assert names == [
        "B1 关于2026年9月各单位时限办理情况的通报.docx",
        "B2 关于2026年10月各单位时限办理情况的通报.docx",
    ]
    assert len(late.json("history")) == 10


def test_a_past_period_is_told_as_of_its_last_day(late: Desk) -> None:
    before = circular(late, "2026-11-01至2026-11-09")
    assert (
        circular(late, "2026-11-01至2026-11-09", today="2026-12-20").replace(
            "2026年12月20日", "2026年11月23日"
        )
        == before
    )
    late.ok("transfer", "send", "2", "--to", "zfj", "--on", "2026-11-20")
    (line,) = [one for one in lines(circular(late, "2026-11-01至2026-11-09")) if "2026-0002" in one]
    assert "2026-11-20完成" in line


@pytest.mark.parametrize("undone", ["void", "cancel", "withdraw"])
def test_nobody_is_named_for_what_turned_out_since_to_be_no_duty(
    coord: Desk, add_case: AddCase, undone: str
) -> None:
    add_case()
    coord.ok("transfer", "send", "1", "--to", "zjj", "--on", "2026-11-02")
    coord.ok("transfer", "receive", "1", "--on", "2026-11-02")
    feedback = str(coord.duty("transfer.feedback")["id"])
    told = circular(coord, "2026-11-01至2026-11-20")
    assert "2026-0001" in told.partition("三、未按时限办理的事项")[2]
    coord.ok(*{
        "void": ("case", "void", "1", "--reason", "误登"),
        "cancel": ("duty", "cancel", feedback, "--reason", "不适用"),
        "withdraw": ("transfer", "withdraw", "1", "--reason", "移送有误"),
    }[undone])  # fmt: skip
    text = circular(coord, "2026-11-01至2026-11-20")
    assert "区住建局" not in text
    assert ("2026-0001" in text) == (undone == "withdraw")  # its sender has it again
    brief = coord.ok("brief", "--from", "2026-11-01", "--to", "2026-11-20").out
    assert "区住建局" not in brief
    assert ("新发现并登记案件0件" in brief) == (undone == "void")


def test_what_a_void_case_did_late_is_counted_nowhere(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zfj", "--determined-on", "2026-11-02")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-10")
    assert coord.json("stats")["total"]["late"] == 1
    coord.ok("case", "void", "1", "--reason", "误登")
    assert coord.json("stats")["total"]["late"] == 0
    assert "2026-0001" not in circular(coord)
    assert "2026-0001" not in coord.ok("brief", "--from", "2026-11-01", "--to", "2026-11-23").out


def test_what_was_issued_before_stays_as_it_was(late: Desk) -> None:
    issued = circular(late, "2026-11", "--number", SERIES)
    late.ok("case", "void", "2", "--reason", "误登")
    assert circular(late) == issued
