"""Units change: added, put right, renamed, closed; old papers keep the names of their day."""

import pytest
from conftest import AddCase, Desk


def names(coord: Desk, today: str | None = None) -> dict[str, str]:
    return {unit["code"]: unit["name"] for unit in coord.json("unit", "list", today=today)}


def rename(coord: Desk, *, on: str = "2026-11-16", name: str = "区住房局") -> None:
    full = f"峄城{name}"
    coord.ok("unit", "rename", "区住建局", "--name", name, "--full-name", full, "--on", on)


def test_a_unit_that_is_added_is_known_by_all_its_names(coord: Desk) -> None:
    line = ("unit", "add", "yjj", "--name", "区应急局", "--full-name", "峄城区应急管理局")
    answer = coord.json(*line, "--short", "应急局", "--alias", "安监局", "--note", "全称待核")
    assert answer["recorded"] == {
        "type": "unit", "ref": "yjj", "name": "区应急局", "since": "2026-11-23",
    }  # fmt: skip
    for name in ("yjj", "区应急局", "峄城区应急管理局", "应急局", "安监局"):
        assert coord.json("unit", "show", name)["code"] == "yjj"
    assert coord.json("unit", "show", "yjj")["note"] == "全称待核"
    added = coord.json(
        "case", "add", "--title", "甲", "--found-by", "安监局", "--found-on", "11-02"
    )
    assert coord.json("case", "show", added["recorded"]["ref"])["found_by"] == "yjj"


def test_a_renamed_unit_is_found_by_its_old_names_too(coord: Desk) -> None:
    rename(coord)
    sheet = coord.json("unit", "show", "住建局")
    assert (sheet["name"], sheet["full_name"]) == ("区住房局", "峄城区住房局")
    assert sheet["former"] == [
        {"until": "2026-11-16", "name": "区住建局", "full_name": "峄城区住房和城乡建设局"}
    ]
    assert (
        "2026-11-16 前　区住建局（峄城区住房和城乡建设局）" in coord.ok("unit", "show", "zjj").out
    )


def test_lists_of_an_earlier_day_bear_the_names_of_that_day(coord: Desk) -> None:
    rename(coord)
    assert names(coord)["zjj"] == "区住房局"
    assert names(coord, today="2026-11-15")["zjj"] == "区住建局"
    assert names(coord, today="2026-11-16")["zjj"] == "区住房局"


def test_old_papers_keep_the_names_of_their_day(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-03")
    add_case("--competent", "zjj", "--determined-on", "2026-11-03", title="乙")
    coord.ok("transfer", "send", "1", "--to", "zjj", "--on", "2026-11-13")
    coord.ok("transfer", "send", "2", "--to", "zjj", "--on", "2026-11-17")
    rename(coord)
    assert "峄城区住房和城乡建设局：" in coord.ok("letter", "transfer", "1").out
    assert "峄城区住房局：" in coord.ok("letter", "transfer", "2").out
    later = coord.ok("letter", "transfer", "1", "--date", "2026-11-20").out
    assert "峄城区住房局：" in later


def test_an_edit_puts_right_what_was_recorded_wrong_also_on_old_papers(
    coord: Desk, add_case: AddCase
) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-03")
    coord.ok("transfer", "send", "1", "--to", "zjj", "--on", "2026-11-04")
    coord.ok("unit", "edit", "zjj", "--full-name", "峄城区住房和城乡建设管理局", "--reason", "写错")
    assert "峄城区住房和城乡建设管理局：" in coord.ok("letter", "transfer", "1").out
    assert coord.json("unit", "show", "峄城区住房和城乡建设局")["former"] == []


def test_an_edit_from_a_day_leaves_what_was_before(coord: Desk) -> None:
    said = coord.ok("unit", "edit", "czj", "--member", "--from", "2026-11-10").out
    assert "是否成员单位（2026-11-10 起）" in said
    assert coord.json("unit", "show", "czj")["member"]
    assert not coord.json("unit", "show", "czj", today="2026-11-09")["member"]


def test_a_second_edit_mends_the_edition_in_force_and_makes_no_other(coord: Desk) -> None:
    rename(coord)
    coord.ok("unit", "edit", "zjj", "--alias", "住房局")
    assert coord.json("unit", "show", "住房局")["former"][0]["until"] == "2026-11-16"
    assert coord.json("unit", "show", "zjj", today="2026-11-15")["aliases"] != ["住房局"]


def test_names_are_kept_in_one_line_and_blank_ones_are_none(coord: Desk) -> None:
    coord.ok("unit", "add", "yjj", "--name", "区\n应急局", "--full-name", " 峄城区应急局\t",
             "--alias", " ", "--alias", "应急局 ")  # fmt: skip
    unit = coord.json("unit", "show", "yjj")
    assert (unit["name"], unit["full_name"]) == ("区 应急局", "峄城区应急局")
    assert unit["aliases"] == ["应急局"]
    assert "没有改动" in coord.refused("unit", "edit", "yjj", "--alias", "应急局", "--alias", "\n")
    coord.ok("unit", "edit", "yjj", "--alias", " ")
    assert coord.json("unit", "show", "yjj")["aliases"] == []


def test_nothing_new_is_recorded_of_a_closed_unit(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "jtj", "--determined-on", "2026-11-03")
    answer = coord.json(
        "unit", "close", "jtj", "--reason", "并入", "--successor", "mzj", "--on", "2026-11-10"
    )
    assert answer["warnings"] == []
    told = coord.refused("transfer", "send", "1", "--to", "jtj")
    assert "区教体局已于 2026-11-10 撤销" in told
    assert "职责已由区民政局承接" in told
    new = ("case", "add", "--title", "乙", "--found-by", "jtj", "--found-on")
    assert "撤销" in coord.refused(*new, "2026-11-10")
    coord.ok(*new, "2026-11-09")
    for line in (
        ("case", "determine", "1", "--competent", "jtj"),
        ("contact", "set", "jtj", "--role", "对接专人", "--name", "张某"),
        ("case", "edit", "1", "--found-by", "jtj"),
    ):
        if line[0] == "case" and line[1] == "edit":
            coord.ok(*line)  # it was found before the unit was closed
        else:
            assert "撤销" in coord.refused(*line)
    assert "撤销" in coord.ok("unit", "list").out


def test_closing_says_what_the_unit_leaves_behind(coord: Desk, add_case: AddCase) -> None:
    add_case()
    answer = coord.json("unit", "close", "zrj", "--reason", "合并")
    assert answer["warnings"] == [
        "尚有未完成的时限 1 项、在办案件 1 件，见 coord pending --unit zrj"
    ]


def test_what_cannot_be_is_refused_and_changes_nothing(coord: Desk) -> None:
    rename(coord)
    coord.ok("unit", "close", "jtj", "--reason", "合并")
    before = coord.json("history")
    add = ("unit", "add", "--name", "甲局", "--full-name", "峄城区甲局")
    for line, code, why in (
        ((*add, "zjj"), 1, "已有代码为 zjj 的单位"),
        ((*add, "ZJ"), 2, "不合格式"),
        ((*add, "甲"), 2, "不合格式"),
        ((*add, "jia", "--on", "2026-12-01"), 1, "尚未发生"),
        (("unit", "add", "jia", "--name", " ", "--full-name", "甲"), 1, "名称不能为空"),
        (("unit", "add", "jia", "--name", "民政局", "--full-name", "甲"), 1, "已指区民政局"),
        ((*add, "jia", "--alias", "住建局"), 1, "已指区住房局"),
        ((*add, "jia", "--kind", "没有"), 2, "只能是"),
        (("unit", "edit", "zrj"), 1, "没有改动"),
        (("unit", "edit", "zrj", "--name", "区自然资源局"), 1, "没有改动"),
        (("unit", "edit", "没有的局", "--name", "甲"), 1, "没有这个单位"),
        (("unit", "rename", "zrj", "--name", "民政局", "--full-name", "甲"), 1, "已指区民政局"),
        (
            ("unit", "rename", "zjj", "--name", "甲", "--full-name", "甲", "--on", "11-16"),
            1,
            "须晚于",
        ),
        (
            ("unit", "rename", "zjj", "--name", "甲", "--full-name", "甲", "--on", "11-12"),
            1,
            "须晚于",
        ),
        (("unit", "rename", "zjj", "--name", "甲"), 2, "--full-name"),
        (("unit", "close", "jtj", "--reason", "再"), 1, "已于 2026-11-23 撤销"),
        (("unit", "close", "mzj", "--reason", " "), 1, "不能为空"),
        (("unit", "close", "mzj", "--reason", "甲", "--successor", "mzj"), 1, "不能承接"),
        (("unit", "close", "mzj", "--reason", "甲", "--successor", "jtj"), 1, "不能承接"),
    ):
        assert why in coord.refused(*line, code=code), line
    assert coord.json("history") == before


def test_undo_brings_the_old_name_back(coord: Desk) -> None:
    before = coord.json("unit", "show", "zjj")
    rename(coord)
    coord.ok("undo", "--yes")
    assert coord.json("unit", "show", "zjj") == before
    assert "没有这个单位" in coord.refused("unit", "show", "区住房局")


def test_a_name_that_one_unit_gave_up_can_be_another_s(coord: Desk) -> None:
    rename(coord, name="区住房局")
    told = coord.refused("unit", "add", "jsj", "--name", "区住建局", "--full-name", "峄城区建设局")
    assert "已指区住房局" in told  # lists of last month still mean the renamed one


@pytest.mark.parametrize("hostile", ["\x1b[31m红", "[red]局[/red]", "\u202e局"])
def test_a_name_is_shown_harmless(coord: Desk, hostile: str) -> None:
    coord.ok("unit", "add", "xx", "--name", hostile, "--full-name", hostile)
    for line in (("unit", "list"), ("unit", "show", "xx"), ("history",)):
        out = coord.ok(*line).out
        assert "\x1b" not in out
        assert "\u202e" not in out
