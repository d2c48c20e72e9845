"""Rows as values of a case: every oddity of real lists, and that no row is lost."""

import csv
import io
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.intake.cells import Memo, Reason
from yicheng_coord.intake.decode import Table, open_rows
from yicheng_coord.intake.fields import FIELDS
from yicheng_coord.intake.header import find_header
from yicheng_coord.intake.mapping import Map, MapError, TitleJoin
from yicheng_coord.intake.plan import MissingColumnsError
from yicheng_coord.intake.rows import BadRow, CleanRow, SkippedRow, read_rows
from yicheng_coord.policy.units import UnknownUnitError, units_from

TODAY = date(2026, 11, 23)
UNITS = units_from(
    {
        "unit": [
            {
                "code": "zfj",
                "name": "区综合行政执法局",
                "full_name": "峄城区综合行政执法局",
                "kind": "member",
                "aliases": ["城管局"],
            },
            {
                "code": "swj",
                "name": "区城乡水务局",
                "full_name": "峄城区城乡水务局",
                "kind": "member",
                "short_names": ["水务局"],
            },
        ]
    }
)
HEAD = ["案件编号", "案件名称", "发现单位", "发现日期"]
GOOD = ["007", "某店占道经营", "城管局", "2026-03-05"]


def table_of(rows: Any, *, sheet: Any = None) -> Table:
    numbered = [(line, list(row)) for line, row in enumerate(rows, 1)]
    return Table("list", sheet, None, Counter(), lambda: iter(numbered))


def read(*rows: Any, sheet_map: Any = None, sheet: Any = None, table: Any = None) -> Any:
    table = table or table_of(rows, sheet=sheet)
    header = find_header(table.rows(), sheet_map)
    return list(read_rows(table, header, sheet_map, UNITS, TODAY))


def only(*rows: Any, **options: Any) -> Any:
    (row,) = read(*rows, **options)
    return row


def values(row: Any) -> dict[str, Any]:
    assert isinstance(row, CleanRow), row
    return {f: v for f, v in zip(FIELDS, row.values, strict=True) if v is not None}


def reasons(row: Any) -> list[str]:
    assert isinstance(row, BadRow), row
    return [reason.text for reason in row.reasons]


def test_a_good_row_is_clean() -> None:
    row = only(HEAD, GOOD)
    assert row == CleanRow(2, row.values, {}, [], GOOD)
    assert values(row) == {
        "external_number": "007",
        "title": "某店占道经营",
        "found_by": "zfj",
        "found_on": date(2026, 3, 5),
    }


def test_every_field_is_read() -> None:
    head = [
        "编号",
        "案件名称",
        "案由",
        "当事人",
        "证件号码",
        "联系电话",
        "举报人",
        "地点",
        "案件来源",
        "简要案情",
        "发现单位",
        "发现日期",
        "有权处理单位",
        "认定日期",
        "紧急",
    ]
    cells = [
        "A1",
        "某案",
        "占道",
        "某店",
        "91110000600037341L",
        "13800000000",
        "李某",
        "坛山",
        "举报",
        "摆摊",
        "zfj",
        "2026-3-5",
        "水务局",
        "2026-3-6",
        "是",
    ]
    assert only(head, cells).values == (
        "A1", "某案", "占道", "某店", "91110000600037341L", "13800000000", "李某", "坛山", "举报",
        "摆摊", "zfj", date(2026, 3, 5), "swj", date(2026, 3, 6), True,
    )  # fmt: skip


def test_what_maps_to_nothing_is_kept_under_its_heading() -> None:
    row = only([*HEAD, "备注", "备注", "", "片区"], [*GOOD, "甲", "乙", "丙", ""])
    assert row.extra == {"备注": "甲", "备注(2)": "乙", "第7列": "丙"}


def test_what_stands_beyond_the_header_is_kept_and_told() -> None:
    row = only(HEAD, [*GOOD, " ", "多", "余"])
    assert row.extra == {"第6列": "多", "第7列": "余"}
    assert row.warnings == ["比表头多出 2 格，可能错位"]
    assert only(HEAD, [*GOOD, "", ""]).warnings == []


def test_a_short_row_lacks_what_it_lacks() -> None:
    assert values(only([*HEAD, "地点", "备注"], GOOD))["title"] == "某店占道经营"
    assert reasons(only(HEAD, GOOD[:2])) == ["缺少发现日期", "缺少发现单位"]
    assert reasons(only(HEAD, ["1", "", "zfj", "昨天"])) == ["缺少案件名称"]


def test_blank_total_footnote_and_repeated_header_rows_are_skipped() -> None:
    rows = read(
        HEAD,
        GOOD,
        [],
        ["", " ", "\u3000", "\u00a0"],
        ["", "\u200b"],
        ["合 计", "", "", "12"],
        ["", "总计：12件"],
        ["小计", "", "城管局", ""],
        HEAD,
        ["注：以上为一季度数据"],
        ["填表人：甲", "", "审核人：乙"],
    )
    assert [(row.line, row.why) for row in rows[1:] if isinstance(row, SkippedRow)] == [
        (3, "空行"),
        (4, "空行"),
        (5, "空行"),
        (6, "合计行"),
        (7, "合计行"),
        (8, "合计行"),
        (9, "重复的表头"),
        (10, "表尾说明"),
        (11, "表尾说明"),
    ]
    assert len(rows) == 10


def test_a_footnote_may_have_its_answer_in_the_next_cell() -> None:
    rows = read(
        HEAD, GOOD, ["填表人：", "甲", "审核人:", "乙"], ["填表人", "甲"], ["填表人：", "甲", "乙"]
    )
    assert [type(row) for row in rows] == [CleanRow, SkippedRow, BadRow, BadRow]


def test_a_case_that_is_called_like_a_total_is_a_case() -> None:
    assert values(only(HEAD, ["合计", "合计", "城管局", "2026-03-05"]))["title"] == "合计"
    given_day = Map(defaults={"found_on": "2026-01-01"})
    assert isinstance(only(HEAD, ["合计", "9", "城管局", ""], sheet_map=given_day), SkippedRow)
    assert values(only(HEAD, ["1", "甲", "城管局", ""], sheet_map=given_day))
    by_day = ["案件名称", "发现单位"]
    assert isinstance(only(by_day, ["合计", "zfj"], sheet_map=given_day), SkippedRow)


@pytest.mark.parametrize(
    "cell, text, counts",
    [
        ("某\u00a0店\u00a0", "某 店", {"不换行空格": 2}),
        ("\u3000张\u3000三\u3000", "张\u3000三", {"全角空格": 2}),
        ("某\u200b店\ufeff", "某店", {"零宽字符": 2}),
        ("某_x000D_\n店_x000d_", "某\n店", {"_x000D_": 2}),
        ("某\r\n店\r", "某\n店", {"回车换行": 2}),
        ("某\0店", "某店", {"空字符": 1}),
        ("👩\u200d👧", "👩\u200d👧", {}),
        (" 某  店\t", "某  店", {}),
        ("\u2003某店", "某店", {}),
        ("a_b'c?d", "a_b'c?d", {}),
    ],
)
def test_what_spreadsheets_leave_in_texts_is_cleaned_and_counted(
    cell: Any, text: str, counts: dict[str, int]
) -> None:
    table = table_of([HEAD, ["007", cell, "城管局", "2026-03-05"]])
    row = only(table=table)
    assert values(row)["title"] == text
    assert table.cleaned == counts
    assert row.raw[1] == cell


@pytest.mark.parametrize(
    "cell, text",
    [
        ("'=1+1", "=1+1"),
        ("'-5度", "-5度"),
        ("'@甲", "@甲"),
        ("'+86", "+86"),
        ("'\tx", "x"),
        ("''=1", "''=1"),
        ("'甲'", "'甲'"),
        ("=1", "=1"),
    ],
)
def test_exactly_the_quote_that_keeps_a_cell_from_being_a_formula_comes_off(
    cell: Any, text: str
) -> None:
    assert values(only(HEAD, ["7", cell, "城管局", "2026-03-05"]))["title"] == text


@pytest.mark.parametrize("cell", ["张??", "李\ufffd", "锟斤拷路"])
def test_lost_characters_are_reported_and_the_row_is_taken(cell: Any) -> None:
    row = only(HEAD, ["7", cell, "城管局", "2026-03-05"])
    assert values(row)["title"] == cell
    assert "丢失" in row.warnings[0]


def test_numbers_as_text_keep_their_zeros_and_their_digits() -> None:
    head = [*HEAD, "证件号码", "联系电话"]
    row = only(head, ["00700", "甲", "zfj", "今天", "440524188001010014", "0632-7711"])
    assert values(row)["external_number"] == "00700"
    assert values(row)["party_id"] == "440524188001010014"
    assert row.warnings == []


def test_cells_of_a_workbook_become_their_plain_text() -> None:
    head = [*HEAD, "证件号码", "备注", "时长"]
    row = only(
        head,
        [123.0, True, "zfj", datetime(2026, 3, 5, 9, 1), 440524188001010014.0, 1.5, None],
        sheet="表",
    )
    assert values(row) == {
        "external_number": "123",
        "title": "TRUE",
        "found_by": "zfj",
        "found_on": date(2026, 3, 5),
        "party_id": str(int(440524188001010014.0)),
    }
    assert row.extra == {"备注": "1.5"}
    assert "十五位以后的数字已经丢失" in row.warnings[0]
    assert row.raw[3] == "2026-03-05 09:01:00"


@pytest.mark.parametrize("cell", [45000, 45000.0, 45000.99, date(2023, 3, 15), "45000"])
def test_real_dates_and_serial_numbers_are_days(cell: Any) -> None:
    row = only(HEAD, ["1", "甲", "zfj", cell], sheet="表")
    assert values(row)["found_on"] == date(2023, 3, 15)


def test_odd_cells_of_a_workbook_do_no_harm() -> None:
    row = only(
        [*HEAD, "甲", "乙", "丙", "丁"],
        ["1", "甲", "zfj", date(2026, 1, 1), float("inf"), 1e300, False, date(2026, 1, 1)],
        sheet="表",
    )
    assert row.extra == {"甲": "inf", "乙": "1e+300", "丙": "FALSE", "丁": "2026-01-01"}


def test_a_day_that_is_none_rejects_the_row_with_the_cell_as_example() -> None:
    row = only(HEAD, ["1", "甲", "zfj", "2026-02-30"])
    assert row == BadRow(2, [Reason("发现日期没有这一天", "2026-02-30")], row.raw)
    assert reasons(only(HEAD, ["1", "甲", "zfj", "2026-11-24"])) == ["发现日期在今天之后"]
    assert reasons(only(HEAD, ["1", "甲", "zfj", "-"])) == ["缺少发现日期"]


def test_a_determination_before_the_finding_rejects_the_row() -> None:
    head = [*HEAD, "认定日期"]
    assert reasons(only(head, [*GOOD, "2026-03-04"])) == ["认定日期早于发现日期"]
    assert values(only(head, [*GOOD, "2026-03-05"]))["determined_on"] == date(2026, 3, 5)
    assert "determined_on" not in values(only(head, [*GOOD, "—"]))


def test_an_unknown_unit_rejects_the_row_with_what_is_near() -> None:
    head = [*HEAD, "主管部门"]
    row = only(head, ["1", "甲", "区水务局", "昨天", "某部"])
    assert row.reasons == [
        Reason("发现单位不在单位表里", "区水务局", "相近：区城乡水务局"),
        Reason("有权处理单位不在单位表里", "某部", ""),
    ]
    assert "competent" not in values(only(head, [*GOOD, "/"]))


def test_near_names_are_looked_for_so_many_times_and_no_more() -> None:
    rows = read(HEAD, *([f"{n}", "甲", f"区水务局{n}", "昨天"] for n in range(300)))
    near = [bool(row.reasons[0].near) for row in rows]
    assert near == [True] * 200 + [False] * 100


def test_all_reasons_of_a_row_are_given_at_once() -> None:
    row = only(HEAD, ["1", "", "某部", "19-4-25"])
    assert reasons(row) == ["发现日期的年份要写四位", "发现单位不在单位表里", "缺少案件名称"]


@pytest.mark.parametrize(
    "word, source",
    [
        ("12345热线", "举报"),
        ("群众投诉", "举报"),
        ("信访件", "举报"),
        ("日常巡查", "检查"),
        ("监督员上报", "检查"),
        ("领导交办", "交办"),
        ("区水务局移送", "移送"),
        ("自媒体", "其他"),
    ],
)
def test_a_source_is_put_into_our_words_and_its_own_is_kept(word: str, source: str) -> None:
    row = only([*HEAD, "问题来源"], [*GOOD, word])
    assert values(row)["source"] == source
    assert row.extra == {"问题来源": word}
    assert only([*HEAD, "问题来源"], [*GOOD, source]).extra == {}


def test_urgency_is_read_and_what_cannot_be_read_is_told() -> None:
    head = [*HEAD, "紧急程度"]
    for word in ("是", "紧急", "加急", "1", "TRUE"):
        assert values(only(head, [*GOOD, word]))["urgent"] is True
    for word in ("否", "一般", "0"):
        row = only(head, [*GOOD, word])
        assert (values(row)["urgent"], row.extra, row.warnings) == (False, {}, [])
    row = only(head, [*GOOD, "二级"])
    assert (values(row)["urgent"], row.extra) == (False, {"紧急程度": "二级"})
    assert "看不出是否紧急" in row.warnings[0]
    assert "urgent" not in values(only(head, [*GOOD, ""]))


def test_a_wrong_check_digit_is_a_warning() -> None:
    head = [*HEAD, "身份证号"]
    row = only(head, [*GOOD, "110105194912310021"])
    assert row.warnings == ["证件号码校验位不符"]
    row = only(head, [*GOOD, "11010519491231002x"])
    assert (values(row)["party_id"], row.warnings) == ("11010519491231002X", [])


def test_text_beyond_all_measure_rejects_the_row() -> None:
    head = [*HEAD, "内容"]
    assert reasons(only(head, ["1", "长" * 501, "zfj", "昨天", ""])) == ["案件名称超过 500 字"]
    assert reasons(only(head, [*GOOD, "长" * 10_001])) == ["简要案情超过 10000 字"]
    assert values(only(head, ["1", "长" * 500, "zfj", "昨天", "长" * 10_000]))


def test_a_list_without_titles_makes_them() -> None:
    head = ["当事人", "案由", "地点", "内容", "发现单位", "发现日期"]

    def title(*cells: Any) -> str:
        return values(only(head, [*cells, "zfj", "昨天"]))["title"]

    assert title("某店", "占道", "坛山", "x") == "某店 占道"
    assert title("", "占道", "坛山", "x") == "占道"
    assert title("某店", "", "坛山", "x") == "坛山"
    assert title("某店", "", "", "第一行\n第二行") == "第一行 第二行"
    assert title("", "长" * 100, "", "") == "长" * 79 + "…"
    assert reasons(only(head, ["某店", "", "", "", "zfj", "昨天"])) == ["缺少案件名称"]


def test_a_map_joins_titles_names_units_and_gives_defaults() -> None:
    sheet_map = Map(
        columns={"何时": "found_on", "何处": "-", "何人": "found_by"},
        title=TitleJoin(("类", "何处", "无此列"), "·", 6),
        dates={"found_on": "%d.%m.%Y"},
        units={"某某 河道所": "水务局"},
        defaults={"source": "移送", "found_by": "zfj", "place": "坛山", "urgent": "是"},
    )
    head = ["何时", "何处", "何人", "类", "案件名称"]
    row = only(head, ["05.03.2026", "甲路", "某某河道所", "占道", "题"], sheet_map=sheet_map)
    assert values(row) == {
        "title": "占道·甲路",
        "found_by": "swj",
        "found_on": date(2026, 3, 5),
        "source": "移送",
        "place": "坛山",
        "urgent": True,
    }
    assert row.extra == {"类": "占道", "案件名称": "题"}
    row = only(head, ["05.03.2026", "甲路一百号", "", "占道", "题"], sheet_map=sheet_map)
    assert (values(row)["title"], values(row)["found_by"]) == ("占道·甲路…", "zfj")
    row = only(head, ["05.03.2026", "", "", "", "题"], sheet_map=sheet_map)
    assert reasons(row) == ["缺少案件名称"]
    with pytest.raises(MissingColumnsError, match="案件名称"):
        read(head[:3], sheet_map=Map(columns=sheet_map.columns, title=TitleJoin(("无此列",))))


@pytest.mark.parametrize(
    "sheet_map, refusal",
    [
        (Map(units={"甲": "无此单位"}), UnknownUnitError),
        (Map(defaults={"found_by": "无此单位"}, where="m.toml"), MapError),
        (Map(defaults={"found_on": "-"}, where="m.toml"), MapError),
    ],
)
def test_a_map_that_names_what_is_not_there_is_refused(
    sheet_map: Any, refusal: type[BaseException]
) -> None:
    with pytest.raises(refusal):
        read(HEAD, GOOD, sheet_map=sheet_map)


def test_missing_columns_are_refused_with_those_found_and_a_map_that_would_do(
    tmp_path: Path,
) -> None:
    from yicheng_coord.intake.mapping import load_map

    rows = ["案号", "当事人", "发布日期", "机关", "标题名"], ["1", "甲", "昨天", "zfj", "题"]
    with pytest.raises(MissingColumnsError) as refused:
        read(*rows)
    sentence = str(refused.value)
    for part in (
        "案件名称（title）",
        "发现单位（found_by）",
        "发现日期（found_on）",
        "案号→案件编号",
    ):
        assert part in sentence
    assert refused.value.guess in refused.value.hint
    path = tmp_path / "map.toml"
    path.write_text(refused.value.guess, "utf-8")
    assert values(only(*rows, sheet_map=load_map(path)))["title"] == "题"


def test_missing_columns_are_refused_before_the_first_row_is_asked_for() -> None:
    table = table_of([["案号"], ["1"]])
    header = find_header(table.rows())
    with pytest.raises(MissingColumnsError):
        read_rows(table, header, None, UNITS, TODAY)


def test_a_memo_forgets_rather_than_grow() -> None:
    memo = Memo(len)
    for number in range(20_001):
        assert memo[f"{number:05}"] == 5
    assert len(memo) == 1


word = st.text(max_size=12) | st.sampled_from(
    ["合计", "zfj", "城管局", "2026-03-05", "45000", "", "12345", "注：", "'=1", "-", *HEAD]
)
cell = word | st.none() | st.booleans() | st.floats() | st.integers() | st.dates() | st.datetimes()


@given(st.lists(st.lists(word, max_size=7), max_size=12))
def test_every_row_of_a_text_comes_out_as_exactly_one_thing(rows: Any) -> None:
    out = read([*HEAD, "认定日期", "来源"], *rows)
    assert [row.line for row in out] == list(range(2, len(rows) + 2))
    assert all(isinstance(row, CleanRow | BadRow | SkippedRow) for row in out)
    for row in out:
        if not isinstance(row, SkippedRow):
            assert row.raw == rows[row.line - 2]


@given(st.lists(st.lists(cell, max_size=7), max_size=12))
def test_every_row_of_a_workbook_comes_out_as_exactly_one_thing(rows: Any) -> None:
    out = read([*HEAD, "证件号码", "紧急"], *rows, sheet="表")
    assert [row.line for row in out] == list(range(2, len(rows) + 2))
    assert all(len(row.values) == len(FIELDS) for row in out if isinstance(row, CleanRow))


def test_a_file_goes_all_the_way(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    out = io.StringIO()
    csv.writer(out, delimiter="\t").writerows([["某区台账"], [], HEAD, GOOD, [], GOOD[:2]])
    path.write_bytes(out.getvalue().encode("gb18030"))
    rows = read(table=open_rows(path))
    assert [type(row) for row in rows] == [CleanRow, SkippedRow, BadRow]
    assert [row.line for row in rows] == [4, 5, 6]
