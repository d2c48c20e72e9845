"""Cases as they are registered, named, listed and shown; and what every recording command answers."""

import csv
import io
import json

import pytest
from conftest import AddCase, Desk
from dump import dump

CASE_KEYS = {
    *("number", "external_number", "title", "cause", "party", "party_id", "phone", "place"),
    *("source", "summary", "informant", "found_by", "found_on", "competent", "determined_on"),
    *("holder", "status", "urgent", "next_step", "transfers", "decisions", "materials"),
    *("open_duties", "extra"),
}
FULL = (
    *("--cause", "违法占地", "--party", "某某公司", "--party-id", "110105194912310021"),
    *("--phone", "13800001234", "--informant", "李某", "--place", "榴园镇", "--source", "举报"),
    *("--summary", "堆放砂石", "--external-number", "自2026-7"),
)
ADD = ("case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "2026-11-02")


# ---- the answer of every recording command ----

STORY: list[tuple[str, tuple[str, ...], list[str], list[str]]] = [
    # type, command, rules met, rules started
    (
        "case",
        (*ADD, "--competent", "zfj", "--determined-on", "2026-11-04"),
        [],
        ["transfer.inquiry", "transfer.send"],
    ),
    (
        "inquiry",
        ("case", "inquiry", "1", "--not-ongoing", "--text", "查看", "--on", "2026-11-04"),
        ["transfer.inquiry"],
        [],
    ),
    (
        "determination",
        ("case", "determine", "1", "--competent", "zfj", "--on", "2026-11-05"),
        [],
        [],
    ),
    ("material", ("case", "material", "1", "--kind", "证据", "--title", "照片"), [], []),
    (
        "transfer",
        ("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-05"),
        ["transfer.send"],
        ["transfer.feedback"],
    ),
    ("receipt", ("transfer", "receive", "1", "--on", "2026-11-06"), [], []),
    ("withdrawal", ("transfer", "withdraw", "1", "--reason", "有误", "--on", "2026-11-06"), [], []),
    (
        "transfer",
        ("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-06"),
        ["transfer.send"],
        ["transfer.feedback"],
    ),
    (
        "answer",
        ("transfer", "decline", "1", "--reason", "不属于本单位管辖", "--on", "2026-11-09"),
        ["transfer.feedback"],
        ["transfer.refer"],
    ),
    ("referral", ("transfer", "refer", "1", "--on", "2026-11-10"), ["transfer.refer"], []),
    (
        "assignment",
        ("transfer", "assign", "1", "--to", "swj", "--on", "2026-11-11"),
        [],
        ["transfer.feedback"],
    ),
    ("answer", ("transfer", "accept", "1", "--on", "2026-11-12"), ["transfer.feedback"], []),
    (
        "decision",
        ("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-13"),
        [],
        ["transfer.result"],
    ),
    ("notification", ("transfer", "notify", "1", "--on", "2026-11-16"), ["transfer.result"], []),
    ("closing", ("case", "close", "1", "--on", "2026-11-17"), [], []),
]


def test_every_recording_command_says_what_it_recorded_met_and_started(coord: Desk) -> None:
    for number, (kind, command, met, started) in enumerate(STORY, start=2):
        answer = coord.json(*command)
        assert set(answer) >= {
            *("operation", "recorded", "met", "started", "warnings", "next_step"),
        }
        assert answer["operation"] == number
        assert (answer["recorded"]["type"], answer["recorded"]["ref"]) == (kind, "2026-0001")
        assert [duty["rule"] for duty in answer["met"]] == met, command
        assert [duty["rule"] for duty in answer["started"]] == started, command
        assert answer["warnings"] == []
        assert isinstance(answer["next_step"], str)
        assert all(duty["status"] in ("met", "met_late") for duty in answer["met"])


def test_every_recording_command_says_the_same_as_text(coord: Desk) -> None:
    for kind, command, met, started in STORY:
        result = coord.ok(*command)
        lines = result.out.splitlines()
        assert "2026-0001" in lines[0]
        assert sum(line.startswith("  完成　") for line in lines) == len(met), result.out
        assert sum(line.startswith("  新增　D") for line in lines) == len(started), result.out
        assert kind == "closing" or lines[-1].startswith("下一步：")
        assert result.err == ""


def test_the_text_of_a_transfer_is_that_of_the_sketch(coord: Desk) -> None:
    coord.ok(*ADD, "--competent", "zfj", "--determined-on", "2026-11-13")
    material = ("case", "material", "1", "--title", "照片")
    coord.ok(*material, "--kind", "案源", "--copies", "2", "--pages", "5")
    stand_in = "暂按发出日计，收到日期登记后重新计算"
    assert coord.ok("transfer", "send", "1", "--to", "区综合行政执法局").out.splitlines() == [
        "已移送：2026-0001 甲　区自然资源局 → 区综合行政执法局（2026-11-23）",
        "  完成　移送有管辖权的单位（D4，应于 11-18 周三，超期 3 个工作日）",
        f"  新增　D5 反馈移送意见　区综合行政执法局　应于 2026-11-26（{stand_in}）",
        "  材料　案源 2 份 5 页；尚缺：初步证据材料",
        "下一步：coord letter transfer 1 --out 目录",
    ]


# ---- registered ----


def test_a_case_keeps_what_was_said_of_it(coord: Desk, add_case: AddCase) -> None:
    case = coord.json("case", "show", add_case(*FULL))
    assert set(case) >= CASE_KEYS
    assert (case["number"], case["status"], case["holder"]) == ("2026-0001", "registered", "zrj")
    assert (case["cause"], case["party"], case["place"]) == ("违法占地", "某某公司", "榴园镇")
    assert (case["source"], case["summary"]) == ("举报", "堆放砂石")
    assert case["external_number"] == "自2026-7"


def test_people_are_masked_wherever_a_case_is_shown(coord: Desk, add_case: AddCase) -> None:
    add_case(*FULL)
    case = coord.json("case", "show", "1")
    assert case["party_id"] == "110105********0021"
    assert case["phone"] == "138****1234"
    assert case["informant"] == "***"
    for command in (("case", "show", "1"), ("case", "list"), ("case", "list", "-f", "csv")):
        out = coord.ok(*command).out
        for secret in ("110105194912310021", "13800001234", "李某"):
            assert secret not in out


@pytest.mark.parametrize("title", ["", " ", "　"])
def test_a_case_needs_a_title(coord: Desk, title: str) -> None:
    coord.ok("today")
    before = dump(coord)
    sentence = coord.refused("case", "add", "--title", title, *ADD[4:])
    assert "案件名称不能为空" in sentence
    assert dump(coord) == before


@pytest.mark.parametrize("missing", ["--title", "--found-by", "--found-on"])
def test_a_required_option_that_is_missing_is_named(coord: Desk, missing: str) -> None:
    place = ADD.index(missing)
    sentence = coord.refused(*ADD[:place], *ADD[place + 2 :], code=2)
    assert sentence.startswith(f"缺少 {missing}")


@pytest.mark.parametrize(
    "options, code",
    [
        (("--determined-on", "2026-11-03"), 2),  # of which unit?
        (("--source", "网络"), 2),
        (("--competent", "qzf"), 1),
        (("--competent", "fy"), 1),
        (("--competent", "jcy"), 1),
        (("--competent", "无此局"), 1),
    ],
)
def test_what_a_case_cannot_have_is_refused(
    coord: Desk, options: tuple[str, ...], code: int
) -> None:
    coord.ok("today")
    before = dump(coord)
    coord.refused(*ADD, *options, code=code)
    assert dump(coord) == before


def test_numbers_run_on_within_the_year_of_registration(coord: Desk) -> None:
    add = ("case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "2025-12-01")
    for on, number in (
        ("2025-12-30", "2025-0001"),
        ("2026-01-05", "2026-0001"),
        ("2025-12-31", "2025-0002"),
        ("2026-11-23", "2026-0002"),
    ):
        assert coord.json(*add, "--on", on)["recorded"]["ref"] == number


def test_the_same_external_number_twice_is_warned_of(coord: Desk) -> None:
    coord.ok(*ADD, "--external-number", "自2026-7")
    result = coord.ok(*ADD, "--external-number", "自2026-7")
    assert "已登记在 2026-0001" in result.err


# ---- named ----


@pytest.mark.parametrize("ref", ["1", "01", "2026-0001", "2026-1", "１", "自2026-7", " 1 "])
def test_a_case_is_named_by_its_number_its_tail_or_its_external_number(
    coord: Desk, add_case: AddCase, ref: str
) -> None:
    add_case("--external-number", "自2026-7")
    assert coord.json("case", "show", ref)["number"] == "2026-0001"


def test_a_tail_means_this_years_case(coord: Desk, add_case: AddCase) -> None:
    add_case()
    assert "没有这个案件" in coord.refused("case", "show", "1", today="2027-01-05")
    shown = coord.json("case", "show", "2026-1", today="2027-01-05")
    assert "coord case determine 2026-0001" in shown["next_step"]


@pytest.mark.parametrize(
    "command",
    [
        ("case", "show"),
        ("case", "determine", "--competent", "zjj"),
        ("case", "inquiry", "--ongoing", "--text", "x"),
        ("case", "material", "--kind", "证据", "--title", "x"),
        ("case", "decide", "--outcome", "处罚"),
        ("case", "close"),
        ("transfer", "send", "--to", "zjj"),
        ("transfer", "receive"),
        ("transfer", "accept"),
        ("transfer", "decline", "--reason", "x"),
        ("transfer", "withdraw", "--reason", "x"),
        ("transfer", "refer"),
        ("transfer", "assign", "--to", "zjj"),
        ("transfer", "notify"),
        ("transfer", "show"),
    ],
    ids=" ".join,
)
def test_a_case_that_is_unknown_or_ambiguous_is_refused_and_never_guessed(
    coord: Desk, command: tuple[str, ...]
) -> None:
    for _ in range(2):
        coord.ok(*ADD, "--external-number", "自2026-7")
    before = dump(coord)
    for ref in ("99", "2025-0001", "0", "无此案", "甲"):
        sentence = coord.refused(*command[:2], ref, *command[2:])
        assert sentence.startswith(f"没有这个案件：“{ref}”。")
        assert "coord case list --search" in sentence
    sentence = coord.refused(*command[:2], "自2026-7", *command[2:])
    assert "2026-0001、2026-0002" in sentence
    assert dump(coord) == before


@pytest.mark.parametrize(
    "command",
    [
        ("case", "add", "--title", "甲", "--found-on", "2026-11-02", "--found-by"),
        (*ADD, "--competent"),
        ("case", "determine", "1", "--competent"),
        ("case", "list", "--unit"),
        ("case", "decide", "1", "--outcome", "处罚", "--copy-to"),
        ("transfer", "send", "1", "--to"),
        ("transfer", "assign", "1", "--to"),
        ("transfer", "list", "--unit"),
    ],
    ids=" ".join,
)
def test_an_unknown_unit_is_refused_with_the_nearest_names(
    coord: Desk, add_case: AddCase, command: tuple[str, ...]
) -> None:
    add_case()
    before = dump(coord)
    sentence = coord.refused(*command, "区城乡水务")
    assert "没有这个单位：“区城乡水务”（相近：" in sentence
    assert "区城乡水务局" in sentence
    assert "coord unit list" in sentence
    assert dump(coord) == before


@pytest.mark.parametrize("name", ["zjj", "ZJJ", "区住建局", " 区住建局 ", "峄城区住房和城乡建设局"])
def test_a_unit_is_named_by_its_code_or_any_of_its_names(
    coord: Desk, add_case: AddCase, name: str
) -> None:
    answer = coord.json("transfer", "send", add_case(), "--to", name)
    assert answer["recorded"]["to"] == "zjj"


# ---- listed ----


def _titles(coord: Desk, *options: str) -> list[str]:
    return [case["title"] for case in coord.json("case", "list", *options)]


def test_cases_are_listed_by_number_and_narrowed_by_every_filter(
    coord: Desk, add_case: AddCase
) -> None:
    add_case(title="甲", found_on="2026-11-02")
    add_case("--party", "50%公司", title="乙", found_on="2026-11-09")
    add_case("--place", "榴园镇_东", title="丙", found_on="2026-11-16")
    coord.ok("transfer", "send", "1", "--to", "zjj", "--on", "2026-11-09")
    coord.ok("transfer", "accept", "1", "--on", "2026-11-10")
    assert _titles(coord) == ["甲", "乙", "丙"]
    assert _titles(coord, "--status", "accepted") == ["甲"]
    assert _titles(coord, "--unit", "zjj") == ["甲"]  # it holds it
    assert _titles(coord, "--unit", "zrj") == ["甲", "乙", "丙"]
    assert _titles(coord, "--since", "2026-11-09") == ["乙", "丙"]
    assert _titles(coord, "--until", "2026-11-09") == ["甲", "乙"]
    assert _titles(coord, "--since", "2026-11-03", "--until", "2026-11-09") == ["乙"]
    assert _titles(coord, "--search", "0%公") == ["乙"]
    assert _titles(coord, "--search", "镇_") == ["丙"]
    assert _titles(coord, "--search", "0_公") == []
    assert _titles(coord, "--search", "2026-0002", "--status", "registered") == ["乙"]
    assert coord.ok("case", "list", "--status", "closed").out == "没有符合条件的案件。\n"
    assert coord.ok("case", "list", "--status", "closed", "-f", "json").out == "[]\n"
    coord.refused("case", "list", "--status", "lost", code=2)


def test_the_list_as_csv_and_as_lines_has_every_case(coord: Desk, add_case: AddCase) -> None:
    add_case(title="=1+1")
    out = coord.ok("case", "list", "-f", "csv").out
    rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert "'=1+1" in row.values()
    assert row["状态"] == "已登记"
    plain = coord.ok("case", "list")
    assert plain.out.splitlines()[1].startswith("2026-0001\t已登记\t2026-11-02\t区自然资源局")
    assert "共 1 件" in plain.err


# ---- shown ----


def test_the_sheet_of_a_case_tells_it_in_the_order_of_its_days(
    coord: Desk, add_case: AddCase
) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-04", "--urgent", *FULL)
    coord.ok("transfer", "send", "1", "--to", "zjj", "--on", "2026-11-05")
    coord.ok("transfer", "receive", "1", "--on", "2026-11-06")
    coord.ok("transfer", "decline", "1", "--reason", "属于规划", "--on", "2026-11-09")
    coord.ok("transfer", "refer", "1", "--on", "2026-11-10")
    coord.ok("transfer", "assign", "1", "--to", "swj", "--on", "2026-11-11")
    coord.ok("case", "inquiry", "1", "--not-ongoing", "--text", "查看", "--on", "2026-11-03")
    coord.ok("transfer", "accept", "1", "--on", "2026-11-12")
    coord.ok(
        "case", "decide", "1", "--outcome", "处罚", "--number", "罚〔1〕", "--on", "2026-11-13"
    )
    coord.ok("transfer", "notify", "1", "--on", "2026-11-16")
    coord.ok("case", "close", "1", "--on", "2026-11-17")
    out = coord.ok("case", "show", "1").out
    story = out.split("经过\n")[1].split("\n\n")[0].splitlines()
    assert [line.strip().partition("　") for line in story] == [
        ("2026-11-02", "　", "区自然资源局发现"),
        ("2026-11-03", "　", "初步调查：查看"),
        ("2026-11-04", "　", "认定由区住建局管辖"),
        ("2026-11-05", "　", "移送区住建局"),
        ("2026-11-06", "　", "区住建局收到"),
        ("2026-11-09", "　", "区住建局不属于其管辖：属于规划"),
        ("2026-11-10", "　", "区住建局报请区人民政府决定"),
        ("2026-11-11", "　", "区人民政府决定由区城乡水务局管辖"),
        ("2026-11-12", "　", "区城乡水务局受理"),
        ("2026-11-13", "　", "区城乡水务局决定处罚（罚〔1〕）"),
        ("2026-11-16", "　", "书面通报原移送单位"),
        ("2026-11-17", "　", "办结"),
    ]
    for words in ("紧急　是", "当事人　某某公司", "证件号码　110105********0021", "举报人　***"):
        assert words in out


def test_materials_are_summed_by_kind_and_pages_only_if_all_are_known(
    coord: Desk, add_case: AddCase
) -> None:
    add_case()
    material = ("case", "material", "1", "--title")
    coord.ok(*material, "甲", "--kind", "案源", "--copies", "2", "--pages", "3")
    coord.ok(*material, "乙", "--kind", "证据", "--pages", "4")
    said = coord.ok(*material, "丙", "--kind", "案源", "--pages", "5").out
    assert "  材料　案源 3 份 8 页、证据 1 份 4 页；齐全" in said
    said = coord.ok(*material, "丁", "--kind", "案源").out
    assert "  材料　案源 4 份、证据 1 份 4 页；齐全" in said


def test_the_sheet_lists_what_is_owed_and_the_papers(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    coord.ok("case", "material", "1", "--kind", "证据", "--title", "照片", "--pages", "3")
    out = coord.ok("case", "show", "1").out
    assert "未完成的事项\n编号\t时限" in out
    assert "材料　尚缺：移交函、案源材料" in out
    assert "  证据　照片　1 份 3 页" in out
    case = coord.json("case", "show", "1")
    paper = {"kind": "证据", "title": "照片", "copies": 1, "pages": 3, "listed_on": "2026-11-23"}
    no_file = dict.fromkeys(("file_name", "file_size", "file_hash", "file_path"))
    assert case["materials"] == [paper | no_file]
    assert [duty["rule"] for duty in case["open_duties"]] == ["transfer.inquiry", "transfer.send"]


@pytest.mark.parametrize(
    "options, code",
    [
        (("--kind", "录像", "--title", "x"), 2),
        (("--kind", "证据", "--title", " "), 1),
        (("--kind", "证据", "--title", "x", "--copies", "0"), 2),
        (("--kind", "证据", "--title", "x", "--pages", "0"), 2),
    ],
)
def test_a_paper_that_cannot_be_listed_is_refused(
    coord: Desk, add_case: AddCase, options: tuple[str, ...], code: int
) -> None:
    coord.refused("case", "material", add_case(), *options, code=code)


def test_json_is_utf8_and_not_escaped(coord: Desk, add_case: AddCase) -> None:
    add_case(title="堆场")
    out = coord.ok("case", "show", "1", "-f", "json").out
    assert '"title": "堆场"' in out
    assert json.loads(out)["title"] == "堆场"
