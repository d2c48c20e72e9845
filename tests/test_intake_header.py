"""Where the header stands and what its columns mean."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.fields import FIELDS, LABELS, field_of
from yicheng_coord.intake.header import Header, NoHeaderError, NoHeaderRowError, find_header
from yicheng_coord.intake.mapping import Map, TitleJoin


def header(*rows: Any, sheet_map: Any = None) -> Header:
    return find_header(enumerate(rows, 1), sheet_map)


def fields(found: Any) -> dict[str, str]:
    return {found.headings[index]: field for index, field in found.columns.items() if field}


@pytest.mark.parametrize(
    "heading, field",
    [
        ("案件编号", "external_number"),
        ("案号", "external_number"),
        ("12345工单编号", "external_number"),
        ("处罚决定书文号", "external_number"),
        ("行政处罚决定文书号", "external_number"),
        ("留言编号", "external_number"),
        (" 发 现\n日 期 ", "found_on"),
        ("发现日期（年/月/日）", "found_on"),
        ("*发现时间：", "found_on"),
        ("受理时间", "found_on"),
        ("当事人（姓名或名称）", "party"),
        ("行政相对人名称", "party"),
        ("统一社会信用代码／身份证号", "party_id"),
        ("地址描述", "place"),
        ("问题来源", "source"),
        ("EVENT_SRC_NAME", "source"),
        ("处置部门", None),
        ("Found_On", "found_on"),
        ("罚款金额(元)", None),
    ],
)
def test_headings_of_real_exports_are_known(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


def test_every_field_has_its_english_name_and_its_label_as_heading() -> None:
    assert [field_of(field) for field in FIELDS] == list(FIELDS)
    assert [field_of(LABELS[field]) for field in FIELDS] == list(FIELDS)


def test_a_plain_header_is_found_and_unknown_columns_are_kept() -> None:
    found = header(["序号", "案件编号", "发现日期", "备注"], ["1", "甲", "2026-01-01", ""])
    assert found.line == 1
    assert found.columns == {1: "external_number", 2: "found_on", 3: None}
    assert found.headings == ["序号", "案件编号", "发现日期", "备注"]


def test_title_meta_and_blank_rows_above_are_passed_over() -> None:
    found = header(
        ["扫黑除恶线索统计表", "", ""],
        ["填报单位：某街道", "", "填报时间：2026年3月"],
        [],
        ["单位", "线索名称", "发现日期"],
        ["某街道", "甲", "2026-01-01"],
    )
    assert found.line == 4
    assert fields(found) == {"单位": "found_by", "线索名称": "title", "发现日期": "found_on"}


def test_the_header_may_stand_on_the_tenth_row_and_no_later() -> None:
    blank = [[""]] * 9
    assert header(*blank, ["案号", "案由"]).line == 10
    with pytest.raises(NoHeaderError, match="前 10 行"):
        header(*blank, [""], ["案号", "案由"])
    assert header(*blank, [""], ["案号", "案由"], sheet_map=Map(header_row=11)).line == 11


def test_a_header_over_two_lines_is_joined() -> None:
    found = header(
        ["某区案件台账"],
        ["序号", "案件信息", "", "当事人", "", "备注"],
        ["", "案件编号", "发现日期", "名称", "证件号码", ""],
        ["1", "甲", "2026-01-01", "某店", "", ""],
    )
    assert found.line == 3
    assert found.headings == [
        "序号", "案件编号", "发现日期", "当事人名称", "当事人证件号码", "备注",
    ]  # fmt: skip
    assert found.columns == {
        1: "external_number",
        2: "found_on",
        3: "party",
        4: "party_id",
        5: None,
    }


def test_a_title_over_a_nameless_first_column_is_not_joined() -> None:
    assert header(["统计表"], ["", "案号", "案由"]).headings == ["", "案号", "案由"]
    found = header(["填报：甲", "", "时间：乙", ""], ["", "案号", "案由", "地点"])
    assert found.headings == ["", "案号", "案由", "地点"]


def test_a_data_row_is_not_joined_to_the_header() -> None:
    found = header(["案号", "", "案由"], ["甲-1", "地点", "占道"], ["甲-2", "当事人", "2026-01-01"])
    assert found.line in (1, 2)
    found = header(["案号", "案由", ""], ["2026", "45000", "乙"])
    assert (found.line, found.headings) == (1, ["案号", "案由"])


def test_a_nameless_first_column_is_the_serial_number_and_others_are_called_by_their_place() -> (
    None
):
    found = header(["", "案号", "", "案由", "", ""])
    assert found.headings == ["", "案号", "第3列", "案由"]
    assert found.columns == {1: "external_number", 2: None, 3: "cause"}


def test_a_heading_of_nothing_but_marks_is_nameless() -> None:
    assert header(["案号", "*", "案由", "\x1b"]).headings == ["案号", "第2列", "案由"]


def test_the_reasons_of_a_rejects_file_are_no_column_of_the_list() -> None:
    found = header(["错误", "", "案号", "", "案由"])
    assert found.headings == ["错误", "", "案号", "第3列", "案由"]
    assert found.columns == {2: "external_number", 3: None, 4: "cause"}


def test_of_two_headings_for_one_field_the_first_wins_and_the_other_is_kept() -> None:
    found = header(["受理时间", "上报时间", "案由", "问题类型"])
    assert found.columns == {0: "found_on", 1: None, 2: "cause", 3: None}


def test_cells_that_are_no_text_may_stand_above_the_header() -> None:
    found = header([date(2026, 1, 1), None, True, 1.5], ["案号", "发现\r\n日期", "x_x000D_\ny"])
    assert found.headings == ["案号", "发现日期", "xy"]


def test_where_nothing_is_known_the_fullest_row_is_shown_as_the_header() -> None:
    assert header(["统计表"], ["甲", "乙", "丙"], ["1", "2", "3"]).headings == ["甲", "乙", "丙"]
    with pytest.raises(NoHeaderError):
        header()


def test_the_map_goes_before_the_aliases() -> None:
    told = Map(columns={"日子": "found_on", "案由": "", "地点": "-", "案号": "title"})
    found = header(["发现日期", "日子", "案由", "地点", "案号"], sheet_map=told)
    assert found.columns == {0: None, 1: "found_on", 2: None, 4: "title"}


def test_headings_that_only_the_map_knows_find_the_header() -> None:
    told = Map(columns={"甲": "found_on"}, title=TitleJoin(("乙",)))
    assert header(["案号"], ["甲", "乙"], sheet_map=told).line == 2
    told = Map(columns={"组甲": "found_on", "组乙": "cause"})
    assert header(["组", ""], ["甲", "乙"], sheet_map=told).headings == ["组甲", "组乙"]


def test_the_line_that_the_map_names_is_taken_or_refused() -> None:
    assert header(["案号"], ["x", "y"], sheet_map=Map(header_row=2)).headings == ["x", "y"]
    for line in (0, 2, 9):
        with pytest.raises(NoHeaderRowError, match=f"第 {line} 行"):
            header(["案号"], ["", ""], sheet_map=Map(header_row=line))


cell = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.datetimes()
word = st.text() | st.sampled_from(["案号", "当事人", "名称", "序号", "错误", "合计"])


@given(st.lists(st.lists(cell | word, max_size=8), max_size=12))
def test_any_rows_have_a_header_or_are_refused(rows: Any) -> None:
    try:
        found = header(*rows)
    except RefusedError:
        return
    assert 1 <= found.line <= 10
    assert set(found.columns) <= set(range(len(found.headings)))
    taken = [field for field in found.columns.values() if field]
    assert len(taken) == len(set(taken))
