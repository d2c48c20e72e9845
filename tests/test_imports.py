"""`coord import`: every row accounted for, none lost or doubled."""

import csv
import json
import stat
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

HEADER = "编号,案件名称,发现单位,发现日期,有权处理单位,认定日期,备注"
GOOD = "水001,河道倾倒垃圾,区城乡水务局,2026-11-02,综合执法局,2026-11-03,现场有垃圾三堆"


@pytest.fixture
def write(tmp_path):
    def write(name, *lines, encoding="utf-8-sig"):
        path = tmp_path / name
        path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
        return str(path)

    return write


def counts(report):
    fates = ("new", "same", "changed", "rejected", "skipped")
    recorded = report["recorded"]
    assert recorded["read"] == sum(recorded[fate] for fate in fates)
    return tuple(recorded[fate] for fate in fates)


def imported(coord, *arguments, code=0):
    result = coord("import", *arguments, "-f", "json")
    assert result.code == code, result.err
    return result.json


def test_a_good_row_becomes_a_case_with_its_clock(coord, write):
    report = imported(coord, write("a.csv", HEADER, GOOD))
    assert counts(report) == (1, 0, 0, 0, 0)
    case = coord.json("case", "show", "水001")
    assert (case["title"], case["found_by"], case["found_on"]) == (
        "河道倾倒垃圾",
        "swj",
        "2026-11-02",
    )
    assert case["extra"] == {"备注": "现场有垃圾三堆"}
    duty = coord.duty("transfer.send")
    assert (duty["started_on"], duty["due_on"], duty["owed_by"], duty["owed_to"]) == (
        "2026-11-03",
        "2026-11-06",
        "swj",
        "zfj",
    )


def test_an_import_starts_the_same_duties_as_the_command_line(coord, write):
    imported(coord, write("a.csv", HEADER, GOOD))
    coord.ok(
        "case", "add", "--title", "河道倾倒垃圾", "--found-by", "swj", "--found-on", "2026-11-02",
        "--competent", "zfj", "--determined-on", "2026-11-03",
    )  # fmt: skip
    of_list, of_hand = (coord.json("case", "show", ref)["open_duties"] for ref in ("1", "2"))
    for duty in (*of_list, *of_hand):
        duty.pop("id")
        duty.pop("case")
    assert of_list == of_hand
    assert {duty["rule"] for duty in of_list} == {"transfer.inquiry", "transfer.send"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found(coord, write, encoding):
    line = GOOD.replace("垃圾三堆", "垃圾三堆，当事人𠮷某、㮾某")
    imported(coord, write("a.csv", HEADER, line, encoding=encoding))
    assert coord.json("case", "show", "1")["extra"]["备注"].endswith("𠮷某、㮾某")


def test_the_same_file_twice_adds_nothing_and_leaves_no_operation(coord, write):
    path = write("a.csv", HEADER, GOOD)
    imported(coord, path)
    report = imported(coord, path)
    assert counts(report) == (0, 1, 0, 0, 0)
    assert report["operation"] is None
    assert len(coord.json("case", "list")) == 1


def test_a_case_typed_in_by_hand_is_found_again_in_a_list(coord, write):
    coord.ok(
        "case", "add", "--title", "河道倾倒垃圾", "--found-by", "swj", "--found-on", "2026-11-02",
        "--external-number", "水001",
    )  # fmt: skip
    assert counts(imported(coord, write("a.csv", HEADER, GOOD))) == (0, 0, 1, 0, 0)


def test_the_number_of_another_source_is_another_case(coord, write):
    other = GOOD.replace("区城乡水务局", "区自然资源局")
    assert counts(imported(coord, write("a.csv", HEADER, GOOD, other))) == (2, 0, 0, 0, 0)
    assert "几个案件" in coord.refused("case", "show", "水001")


def test_a_row_seen_twice_in_one_file_is_one_case_and_is_named(coord, write):
    path = write("a.csv", HEADER, GOOD, GOOD)
    assert "重复的行：第 3 行与第 2 行" in coord.ok("import", path, "--dry-run").out
    report = imported(coord, path)
    assert counts(report) == (1, 1, 0, 0, 0)
    assert report["files"][0]["equals"] == [{"line": 3, "fate": "same", "case": None, "row": 2}]


def test_a_row_that_another_list_has_too_is_named_with_that_list(coord, write):
    first, second = write("a.csv", HEADER, GOOD), write("b.csv", HEADER, GOOD)
    assert "重复的行：第 2 行与 a.csv 第 2 行" in coord.ok("import", first, second, "--dry-run").out
    equals = [file["equals"] for file in imported(coord, first, second)["files"]]
    assert equals == [[], [{"line": 2, "fate": "same", "case": None, "row": 2, "file": "a.csv"}]]


def test_a_reason_without_an_example_is_told_row_by_row_without_blank_quotes(coord, write):
    path = write("a.csv", HEADER, GOOD.replace("2026-11-02", ""))
    said = coord("import", path, "--dry-run", "-v").out
    assert "第 2 行　退回　缺少发现日期\n" in said


def test_a_row_that_reads_otherwise_is_reported_and_changes_nothing(coord, write):
    imported(coord, write("a.csv", HEADER, GOOD))
    other = write("b.csv", HEADER, GOOD.replace("河道倾倒垃圾", "河道倾倒渣土"))
    report = imported(coord, other)
    assert counts(report) == (0, 0, 1, 0, 0)
    assert report["files"][0]["equals"][0]["case"] == "2026-0001"
    assert coord.json("case", "show", "1")["title"] == "河道倾倒垃圾"


def test_on_conflict_update_takes_the_list_at_its_word(coord, write):
    imported(coord, write("a.csv", HEADER, GOOD))
    line = GOOD.replace("河道倾倒垃圾", "河道倾倒渣土").replace("2026-11-03", "2026-11-05")
    report = imported(coord, write("b.csv", HEADER, line), "--on-conflict", "update")
    assert report["recorded"]["updated"] == 1
    assert coord.json("case", "show", "1")["title"] == "河道倾倒渣土"
    duty = coord.duty("transfer.send")
    assert (duty["due_on"], duty["original_due_on"]) == ("2026-11-10", "2026-11-06")


def test_on_conflict_update_leaves_the_clocks_of_a_sent_case_alone(coord, write):
    imported(coord, write("a.csv", HEADER, GOOD))
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-04")
    line = GOOD.replace("2026-11-02", "2026-11-01").replace("三堆", "五堆")
    imported(coord, write("b.csv", HEADER, line), "--on-conflict", "update")
    case = coord.json("case", "show", "1")
    assert case["found_on"] == "2026-11-02"
    assert case["extra"]["备注"] == "现场有垃圾五堆"


def test_on_conflict_fail_changes_nothing(coord, write):
    imported(coord, write("a.csv", HEADER, GOOD))
    new = "水002,某某取水井,区城乡水务局,2026-11-04,,,"
    path = write("b.csv", HEADER, GOOD.replace("河道", "水库"), new)
    assert "--on-conflict fail" in coord.refused("import", path, "--on-conflict", "fail")
    assert len(coord.json("case", "list")) == 1


BAD = {
    "水002,某某砂石厂,区城乡水务局,2026.2.30,,,": "2026.2.30",
    "水002,某某砂石厂,水务局河道所,2026-11-03,,,": "水务局河道所",
    "水002,某某砂石厂,区城乡水务局,2026-12-30,,,": "2026-12-30",
    "水002,某某砂石厂,区城乡水务局,26-11-03,,,": "26-11-03",
    "水002,某某砂石厂,区城乡水务局,2026-11-03,区人民法院,2026-11-04,": "管辖",
    "水002,某某砂石厂,区城乡水务局,2026-11-03,,2026-11-04,": "有权处理单位",
    "水002,某某砂石厂,区城乡水务局,2026-11-03,执法局,2026-11-01,": "认定日期",
    "水002,,区城乡水务局,2026-11-03,,,": "案件名称",
}


@pytest.mark.parametrize("line", BAD)
def test_a_bad_row_comes_back_untouched_with_its_reason(coord, write, tmp_path, line):
    report = imported(coord, write("a.csv", HEADER, GOOD, line), code=4)
    assert counts(report) == (1, 0, 0, 1, 0)
    rejects = tmp_path / "a.rejects.csv"
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    rows = list(csv.reader(rejects.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["错误", *HEADER.split(",")]
    assert BAD[line] in rows[1][0]
    assert rows[1][1:] == line.split(",")


def test_the_rejects_can_be_mended_and_imported_as_they_are(coord, write, tmp_path):
    bad = "水002,某某砂石厂,区城乡水务局,2026.2.30,,,"
    imported(coord, write("a.csv", HEADER, GOOD, bad), code=4)
    rejects = tmp_path / "a.rejects.csv"
    mended = rejects.read_bytes().replace(b'2026.2.30"', b'2026.2.28"')
    rejects.write_bytes(mended)
    assert counts(imported(coord, str(rejects))) == (1, 0, 0, 0, 0)
    assert coord.json("case", "show", "水002")["found_on"] == "2026-02-28"


def test_rejects_that_are_being_mended_are_never_overwritten(coord, write, tmp_path):
    path = write("a.csv", HEADER, "水002,某某砂石厂,区城乡水务局,2026.2.30,,,")
    imported(coord, path, code=4)
    (tmp_path / "a.rejects.csv").write_text("正在改", "utf-8")
    imported(coord, path, code=4)
    assert (tmp_path / "a.rejects.csv").read_text("utf-8") == "正在改"
    assert (tmp_path / "a.rejects-2.csv").exists()
    imported(coord, path, code=4)
    assert not (tmp_path / "a.rejects-3.csv").exists()  # it would say the same


def test_strict_takes_all_or_nothing(coord, write, tmp_path):
    path = write("a.csv", HEADER, GOOD, "水002,某某砂石厂,区城乡水务局,2026.2.30,,,")
    assert "第 3 行" in coord.refused("import", path, "--strict")
    assert coord.json("case", "list") == []
    assert not (tmp_path / "a.rejects.csv").exists()


def test_a_trial_run_says_what_would_happen_and_writes_nothing(coord, write, tmp_path):
    path = write("a.csv", HEADER, GOOD, "水002,某某砂石厂,区城乡水务局,2026.2.30,,,", "合计,2")
    result = coord.ok("import", path, "--dry-run", "-v")
    assert "新增 1　相同 0　有变化 0　退回 1　跳过 1" in result.out
    assert "第 2 行　新增" in result.out
    assert "第 3 行　退回" in result.out
    assert coord.json("case", "list") == []
    assert list(tmp_path.glob("*.rejects*")) == []


def test_several_files_go_in_as_one_operation(coord, write):
    one, two = write("a.csv", HEADER, GOOD), write("b.csv", HEADER, GOOD.replace("001", "002"))
    report = imported(coord, one, two)
    assert counts(report) == (2, 0, 0, 0, 0)
    assert [file["new"] for file in report["files"]] == [1, 1]


def test_several_files_are_told_in_a_table_and_then_each_with_its_reasons(coord, write):
    bad = "水002,某某砂石厂,区城乡水务局,2026.2.30,,,"
    one, two = write("甲.csv", HEADER, GOOD, "合计,1"), write("乙.csv", HEADER, bad, bad)
    out = coord("import", one, two).out.splitlines()
    assert out[0].split("\t") == ["清单", "行数", "新增", "相同", "有变化", "退回", "跳过"]
    assert out[1].split("\t") == ["甲.csv", "2", "1", "0", "0", "0", "1"]
    assert out[2].split("\t") == ["乙.csv", "2", "0", "0", "0", "2", "0"]
    assert "  跳过：合计行 1" in out
    assert "  发现日期没有这一天　2 行　第 2、3 行　例：“2026.2.30”" in out


def test_a_hundred_kinds_of_reasons_are_not_all_printed(coord, write):
    header = HEADER.replace("备注", "紧急程度")
    lines = [f"W{n},厂{n},区城乡水务局,2026-11-02,,,第{n}级" for n in range(100)]
    result = coord.ok("import", write("a.csv", header, *lines))
    assert "另有 88 种，全部见 -f json" in result.out
    assert len(result.out.splitlines()) < 25


def test_rejects_of_several_files_do_not_overwrite_each_other(coord, write, tmp_path):
    bad = "水002,某某砂石厂,区城乡水务局,2026.2.30,,,"
    one, two = write("a.csv", HEADER, bad), write("a.txt", HEADER, bad.replace("002", "003"))
    imported(coord, one, two, code=4)
    texts = [path.read_text("utf-8-sig") for path in tmp_path.glob("a.rejects*")]
    assert sorted("水003" in text for text in texts) == [False, True]
    assert "只能与一个清单" in coord.refused("import", one, two, "--rejects", "r.csv", code=2)


def test_a_list_is_never_overwritten_by_its_rejects(coord, write):
    path = write("a.csv", HEADER, "水002,某某砂石厂,区城乡水务局,2026.2.30,,,")
    before = Path(path).read_bytes()
    assert "退回文件不能是" in coord.refused("import", path, "--rejects", path)
    assert Path(path).read_bytes() == before


def test_title_rows_blank_rows_and_totals_are_no_cases(coord, write):
    report = imported(
        coord,
        write("a.csv", "涉水案件台账", "填报单位：区城乡水务局", HEADER, GOOD, ",,,,,,", "合计,1"),
    )
    assert counts(report) == (1, 0, 0, 0, 2)
    assert report["files"][0]["header_line"] == 3


def test_a_missing_column_is_refused_with_the_columns_found_and_a_map(coord, write):
    said = coord.refused("import", write("a.csv", "名字,日子", "甲,2026-11-02"))
    assert "名字" in said
    assert "发现日期" in said
    assert coord.json("case", "list") == []


def workbook(path, rows, title="工单"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def test_a_workbook_goes_in_with_a_map(coord, tmp_path):
    path = workbook(
        tmp_path / "工单.xlsx",
        [
            ["12345工单编号", "被反映对象", "反映事项", "来电时间", "来电电话"],
            [
                "12345001",
                "某某公司",
                "夜间施工",
                datetime(2026, 11, 2, 9, 30),
                "13800000000",
            ],
            ["12345002", "某某公司", "占道经营", 46328, ""],
        ],
    )
    (tmp_path / "map.toml").write_text(
        'name = "12345"\ndefault_found_by = "zfj"\n[columns]\n"被反映对象" = "party"\n'
        '"反映事项" = "cause"\n[defaults]\nsource = "举报"\n',
        "utf-8",
    )
    report = imported(coord, path, "--map", str(tmp_path / "map.toml"))
    assert counts(report) == (2, 0, 0, 0, 0)
    one, two = (coord.json("case", "show", ref) for ref in ("12345001", "12345002"))
    assert (one["title"], one["found_on"], one["source"]) == (
        "某某公司 夜间施工",
        "2026-11-02",
        "举报",
    )
    assert two["found_on"] == "2026-11-02"
    assert one["phone"] is None  # the caller's number is not the party's


def test_who_reported_is_never_shown_whole(coord, write):
    path = write(
        "a.csv",
        "案件名称,发现单位,发现日期,举报人,举报人电话,身份证号码",
        "占道经营,执法局,2026-11-02,周某某,13812345678,11010519491231002X",
    )
    imported(coord, path)
    shown = coord.ok("case", "show", "1").out + json.dumps(coord.json("case", "show", "1"))
    for secret in ("周某某", "13812345678", "19491231"):
        assert secret not in shown
    letter = coord.ok("letter", "transfer", "1").out
    assert "周某某" not in letter
    assert "13812345678" not in letter
    assert "11010519491231002X" in letter


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.csv", b""),
        ("照片.csv", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("~$台账.xlsx", b"\x05user" + bytes(160)),
        ("坏.xlsx", b"PK\x03\x04" + bytes(200)),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(coord, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    said = coord.refused("import", str(path))
    assert said.strip()
    assert coord.json("case", "list") == []


def test_a_missing_file_and_a_folder_are_refused(coord, tmp_path):
    assert "没有" in coord.refused("import", str(tmp_path / "没有.csv"))
    assert "文件夹" in coord.refused("import", str(tmp_path))


def test_a_file_that_lies_is_refused_before_anything_of_another_goes_in(coord, write, tmp_path):
    good = write("a.csv", HEADER, GOOD)
    (tmp_path / "b.csv").write_bytes(b"")
    coord.refused("import", good, str(tmp_path / "b.csv"))
    assert coord.json("case", "list") == []


def test_numbers_follow_those_of_the_register(coord, write, add_case):
    add_case()
    imported(coord, write("a.csv", HEADER, GOOD, GOOD.replace("001", "002")))
    add_case()
    numbers = [case["number"] for case in coord.json("case", "list")]
    assert numbers == ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]


def test_formula_text_comes_out_safe_and_goes_in_as_it_was(coord, write):
    line = "水002,'=cmd|calc,区城乡水务局,2026-11-03,,,'-1"
    imported(coord, write("a.csv", HEADER, line))
    case = coord.json("case", "show", "水002")
    assert (case["title"], case["extra"]["备注"]) == ("=cmd|calc", "-1")
    assert '"\'=cmd|calc"' in coord.ok("case", "list", "-f", "csv").out


def test_the_guess_is_written_out_as_a_map_that_can_be_edited(coord, write, tmp_path):
    path = write("a.csv", "编号,事情,日子", "X1,河道倾倒垃圾,2026-11-02")
    guess = tmp_path / "map.toml"
    assert str(guess) in coord.ok("import", path, "--write-map", str(guess)).out
    text = guess.read_text("utf-8")
    assert '"编号" = "external_number"' in text
    mended = text.replace('"事情" = ""', '"事情" = "title"').replace(
        'default_found_by = ""', 'default_found_by = "swj"'
    )
    guess.write_text(mended.replace('"日子" = ""', '"日子" = "found_on"'), "utf-8")
    assert counts(imported(coord, path, "--map", str(guess))) == (1, 0, 0, 0, 0)
    assert "已经有了" in coord.refused("import", path, "--write-map", str(guess))


def test_a_map_that_joins_the_title_serves_a_list_with_its_own_title_too(coord, write, tmp_path):
    (tmp_path / "map.toml").write_text('[title]\njoin = ["诉求地址", "诉求类型"]\n', "utf-8")
    report = imported(coord, write("a.csv", HEADER, GOOD), "--map", str(tmp_path / "map.toml"))
    assert counts(report) == (1, 0, 0, 0, 0)


def test_the_answer_says_how_many_clocks_began(coord, write):
    out = coord.ok("import", write("a.csv", HEADER, GOOD)).out
    assert "新增时限事项 2 项。" in out
    assert out.endswith("下一步：coord overdue\n")


def test_an_update_of_a_title_moves_no_deadline(coord, write):
    line = "X1,甲,区自然资源局,2026-11-02,,,"
    imported(coord, write("a.csv", HEADER, line))
    coord.ok("case", "determine", "1", "--competent", "zfj", "--on", "11-04")
    coord.ok("case", "determine", "1", "--competent", "zjj", "--on", "11-10")
    before = coord.duty("transfer.send")
    report = imported(
        coord, write("b.csv", HEADER, line.replace("甲", "甲改")), "--on-conflict", "update"
    )
    assert report["moved"] == []
    after = coord.duty("transfer.send")
    assert (after["due_on"], after["started_on"]) == (before["due_on"], "2026-11-04")


def test_an_update_says_which_deadlines_it_moved(coord, write):
    imported(coord, write("a.csv", HEADER, GOOD))
    line = GOOD.replace("2026-11-03", "2026-11-05")
    result = coord.ok("import", write("b.csv", HEADER, line), "--on-conflict", "update")
    assert "应于 2026-11-10（按认定日 2026-11-05 计，原 2026-11-06）" in result.out


def test_a_row_that_contradicts_its_case_is_not_taken_over_and_the_others_are(coord, write):
    two = GOOD.replace("001", "002")
    imported(coord, write("a.csv", HEADER, "水001,甲,区城乡水务局,2026-11-02,,,", two))
    coord.ok("case", "determine", "1", "--competent", "zfj", "--on", "11-04")
    path = write(
        "b.csv", HEADER, "水001,甲,区城乡水务局,2026-11-10,,,", two.replace("三堆", "五堆")
    )
    report = imported(coord, path, "--on-conflict", "update")
    assert report["recorded"]["updated"] == 1
    assert report["refused"][0]["lines"] == [2]
    assert "认定日期会早于发现日期" in report["refused"][0]["text"]
    assert coord.json("case", "show", "1")["found_on"] == "2026-11-02"
