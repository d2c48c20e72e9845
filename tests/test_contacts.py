"""Who is who in the units: dated, masked in lists, whole in letters; the roster of the annex."""

from pathlib import Path

import pytest
from conftest import AddCase, Desk

from yicheng_coord import paths

SET = ("contact", "set", "zrj", "--role", "具体联络人", "--name")


def holders(coord: Desk, *options: str) -> list[tuple[str, str, str | None]]:
    return [
        (one["name"], one["from"], one["until"]) for one in coord.json("contact", "list", *options)
    ]


def test_who_follows_ends_who_was_before(coord: Desk) -> None:
    coord.ok(*SET, "张某", "--phone", "13800001234", "--from", "2026-11-02")
    answer = coord.json(*SET, "李某", "--from", "2026-11-16")
    assert answer["recorded"]["before"] == "张某"
    assert holders(coord) == [("李某", "2026-11-16", None)]
    assert holders(coord, "--on", "2026-11-15") == [("张某", "2026-11-02", "2026-11-16")]
    assert holders(coord, "--on", "2026-11-01") == []
    assert [name for name, *_ in holders(coord, "--all")] == ["张某", "李某"]


def test_who_was_forgotten_is_put_between(coord: Desk) -> None:
    coord.ok(*SET, "张某", "--from", "2026-11-02")
    coord.ok(*SET, "李某", "--from", "2026-11-16")
    said = coord.ok(*SET, "王某", "--from", "2026-11-09").out
    assert "王某（2026-11-09 起，至 2026-11-16，接替张某）" in said
    assert holders(coord, "--all") == [
        ("张某", "2026-11-02", "2026-11-09"),
        ("王某", "2026-11-09", "2026-11-16"),
        ("李某", "2026-11-16", None),
    ]


def test_the_same_day_again_puts_right_what_was_recorded(coord: Desk) -> None:
    coord.ok(*SET, "张莫", "--from", "2026-11-02")
    coord.ok(*SET, "张某", "--phone", "0632-1234567", "--from", "2026-11-02")
    assert holders(coord, "--all") == [("张某", "2026-11-02", None)]


def test_who_leaves_without_a_follower_is_no_longer_there(coord: Desk) -> None:
    coord.ok(*SET, "张某", "--from", "2026-11-02")
    coord.ok("contact", "end", "zrj", "--role", "具体联络人", "--on", "2026-11-10")
    assert holders(coord) == []
    assert holders(coord, "--on", "2026-11-09") == [("张某", "2026-11-02", "2026-11-10")]
    assert "没有在任的具体联络人" in coord.refused("contact", "end", "zrj", "--role", "具体联络人")
    coord.ok(*SET, "李某")
    assert [since for _, since, _ in holders(coord)] == ["2026-11-23"]


def test_phones_are_masked_in_the_list_and_whole_on_the_unit_s_own_sheet(coord: Desk) -> None:
    coord.ok(*SET, "张某", "--phone", "13800001234")
    assert coord.json("contact", "list")[0]["phone"] == "138****1234"
    assert "13800001234" not in coord.ok("contact", "list").out
    assert "13800001234" in coord.ok("unit", "show", "zrj").out
    assert coord.json("contact", "list", "--no-mask")[0]["phone"] == "13800001234"
    assert coord.json("history")[-1]["summary"] == "查看未遮盖的内容：联络人"


def test_letters_name_the_contact_of_their_own_day(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zfj", "--determined-on", "2026-11-03")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-04")
    assert "联系人：【待补：联系人】" in coord.ok("letter", "transfer", "1").out
    coord.ok(
        "contact", "set", "zrj", "--role", "对接专人", "--name", "赵某", "--from", "2026-11-01"
    )
    assert "联系人：赵某，联系电话：【待补：联系电话】" in coord.ok("letter", "transfer", "1").out
    coord.ok(*SET, "张某", "--phone", "0632-1234567", "--from", "2026-11-02")
    coord.ok(*SET, "李某", "--phone", "0632-7654321", "--from", "2026-11-10")
    assert "联系人：张某，联系电话：0632-1234567" in coord.ok("letter", "transfer", "1").out
    later = coord.ok("letter", "transfer", "1", "--date", "2026-11-20").out
    assert "联系人：李某，联系电话：0632-7654321" in later


def test_what_cannot_be_is_refused_and_changes_nothing(coord: Desk) -> None:
    coord.ok(*SET, "张某", "--phone", "0632-1234567")
    before = coord.json("contact", "list", "--all")
    leader = ("contact", "set", "--name", "王某", "--role")
    for line, code, why in (
        ((*SET, "张某", "--phone", "0632-1234567"), 1, "已经是张某"),
        ((*SET, " "), 1, "姓名不能为空"),
        ((*SET, "李某", "--phone", "没有"), 2, "不是电话号码"),
        ((*SET, "李某", "--from", "2026-12-01"), 1, "尚未发生"),
        ((*leader, "组长", "zrj"), 1, "一（一）"),
        ((*leader, "办公室主任", "zfj"), 1, "一（一）"),
        ((*leader, "科长", "zrj"), 2, "只能是"),
        (("contact", "set", "没有的局", "--role", "对接专人", "--name", "甲"), 1, "没有这个单位"),
        (
            ("contact", "end", "zrj", "--role", "具体联络人", "--on", "2026-11-01"),
            1,
            "早于任职日期",
        ),
    ):
        assert why in coord.refused(*line, code=code), line
    assert coord.json("contact", "list", "--all") == before


def test_the_list_says_when_nobody_is_recorded(coord: Desk) -> None:
    assert "还没有登记联络人" in coord.ok("contact", "list").out
    assert coord.json("contact", "list") == []
    coord.ok(*SET, "张某")
    assert "没有符合条件的联络人" in coord.ok("contact", "list", "--unit", "zjj").out


# --- lists ----------------------------------------------------------------------------------------


def fates(report: dict[str, object]) -> dict[str, object]:
    recorded = report["recorded"]
    assert isinstance(recorded, dict)
    names = ("read", "new", "same", "changed", "rejected", "skipped")
    counts = {name: recorded[name] for name in names}
    assert counts["read"] == sum(counts[name] for name in names[1:])
    return counts


def written(folder: Path, name: str, *lines: str) -> str:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "gb18030")
    return str(path)


def test_the_roster_of_the_annex_goes_in_whole(coord: Desk) -> None:
    roster = str(paths.carried("examples") / "roster.csv")
    report = coord.json("import", roster, "--what", "roster")
    assert fates(report) == {
        "read": 19, "new": 19, "same": 0, "changed": 0, "rejected": 0, "skipped": 0,
    }  # fmt: skip
    people = coord.json("contact", "list")
    assert [(one["unit"], one["role"]) for one in people if one["role"] != "成员"] == [
        ("lxb", "办公室主任"), ("qzf", "组长"),
    ]  # fmt: skip
    assert len({one["unit"] for one in people if one["role"] == "成员"}) == 17
    again = coord.json("import", roster, "--what", "roster")
    assert fates(again)["same"] == 19
    assert again["operation"] is None


def test_one_undo_takes_a_roster_back(coord: Desk) -> None:
    coord.ok("import", str(paths.carried("examples") / "roster.csv"), "--what", "roster")
    coord.ok("undo", "--yes")
    assert coord.json("contact", "list", "--all") == []


def test_contacts_come_as_a_list_with_its_oddities(coord: Desk, tmp_path: Path) -> None:
    file = written(
        tmp_path, "联络人.csv",
        "区综合行政执法联络人名单,,,,", "",
        "单位名称,角色,姓名,联系电话,任职日期",
        "城乡水务局,具体联络人,张某,0632-1234567,2026.11.2",
        "城乡水务局,分管负责人,李某,—,2026年11月2日",
        ",,,,",
        "水务局河道所,具体联络人,王某,,",
        "城乡水务局,科长,赵某,,",
        "城乡水务局,对接专人,钱某,没有,",
        "城乡水务局,对接专人,,,",
        "区民政局,对接专人,孙某,,2026-2-30",
        "区民政局,对接专人,孙某,,2026-12-30",
        "城乡水务局,具体联络人,周某,,2026-11-02",
    )  # fmt: skip
    result = coord("import", file, "--what", "contacts", "-f", "json")
    assert result.code == 4
    report = result.json
    assert fates(report) == {
        "read": 10, "new": 2, "same": 0, "changed": 0, "rejected": 7, "skipped": 1,
    }  # fmt: skip
    reasons = " ".join(group["text"] for group in report["files"][0]["reasons"])
    for why in ("没有这个单位", "没有这个角色", "不是电话号码", "没有姓名", "没有这一天",
                "在今天之后", "与第 4 行重复"):  # fmt: skip
        assert why in reasons
    assert [(one["name"], one["from"]) for one in coord.json("contact", "list", "--no-mask")] == [
        ("李某", "2026-11-02"), ("张某", "2026-11-02"),
    ]  # fmt: skip
    rejects = tmp_path / "联络人.rejects.csv"
    mended = rejects.read_text("utf-8-sig").replace("水务局河道所", "区财政局")
    rejects.write_text(mended, "utf-8-sig")
    again = coord("import", str(rejects), "--what", "contacts", "-f", "json").json
    assert fates(again)["new"] == 1


def test_a_phone_that_changed_follows_on_conflict(coord: Desk, tmp_path: Path) -> None:
    first = written(tmp_path, "甲.csv", "单位,角色,姓名,电话", "民政局,对接专人,孙某,0632-1")
    other = written(tmp_path, "乙.csv", "单位,角色,姓名,电话", "民政局,对接专人,孙某,0632-2")
    coord.ok("import", first, "--what", "contacts")
    assert fates(coord.json("import", other, "--what", "contacts"))["changed"] == 1
    assert coord.json("contact", "list", "--no-mask")[0]["phone"] == "0632-1"
    coord.refused("import", other, "--what", "contacts", "--on-conflict", "fail")
    answer = coord.json("import", other, "--what", "contacts", "--on-conflict", "update")
    assert answer["recorded"]["updated"] == 1
    assert coord.json("contact", "list", "--no-mask")[0]["phone"] == "0632-2"


def test_a_row_that_is_refused_leaves_who_was_there(coord: Desk, tmp_path: Path) -> None:
    coord.ok("contact", "set", "mzj", "--role", "对接专人", "--name", "孙某", "--from", "11-02")
    file = written(
        tmp_path, "甲.csv", "单位,角色,姓名,起,止",
        "民政局,对接专人,李某,2026-11-10,2026-11-05", "住建局,对接专人,王某,,",
    )  # fmt: skip
    assert coord("import", file, "--what", "contacts").code == 4
    assert holders(coord, "--all") == [("孙某", "2026-11-02", None), ("王某", "2026-11-23", None)]


def test_a_list_that_says_until_when_is_not_the_same(coord: Desk, tmp_path: Path) -> None:
    coord.ok("contact", "set", "mzj", "--role", "对接专人", "--name", "孙某", "--from", "11-02")
    head, row = "单位,角色,姓名,起,止", "民政局,对接专人,孙某,2026-11-02"
    gone = written(tmp_path, "甲.csv", head, f"{row},2026-11-20")
    assert fates(coord.json("import", gone, "--what", "contacts"))["changed"] == 1
    assert holders(coord, "--all") == [("孙某", "2026-11-02", None)]
    coord.ok("import", gone, "--what", "contacts", "--on-conflict", "update")
    assert holders(coord, "--all") == [("孙某", "2026-11-02", "2026-11-20")]
    assert fates(coord.json("import", gone, "--what", "contacts"))["same"] == 1
    early = written(tmp_path, "乙.csv", head, f"{row},2026-11-01")
    assert "早于任职次日" in coord("import", early, "--what", "contacts").out


def test_an_update_writes_what_the_command_would(coord: Desk, tmp_path: Path) -> None:
    coord.ok("contact", "set", "mzj", "--role", "对接专人", "--name", "孙某")
    head = "单位,角色,姓名,电话"
    wide = written(tmp_path, "甲.csv", head, "民政局,对接专人,孙某,０６３２－１２３４")
    update = ("--what", "contacts", "--on-conflict", "update")
    said = coord.ok("import", wide, *update).out
    assert "有变化 1 行，处理方式见 --on-conflict" in said
    assert fates(coord.json("import", wide, *update))["same"] == 1
    assert coord.json("contact", "list", "--no-mask")[0]["phone"] == "0632-1234"
    none = written(tmp_path, "乙.csv", head, "民政局,对接专人,孙某,无号")
    assert "不是电话号码" in coord("import", none, *update).out
    assert coord.json("contact", "list", "--no-mask")[0]["phone"] == "0632-1234"


def test_units_come_as_a_list(coord: Desk, tmp_path: Path) -> None:
    file = written(
        tmp_path, "单位.csv",
        "编码,名称,全称,类别,成员,简称,别名",
        "yjj,区应急局,峄城区应急管理局,政府部门,否,应急局,安监局、区安监局",
        "zjj,区住建局,峄城区住房和城乡建设局,成员单位,是,住建局,",
        "czj,区财政局,峄城区财政和国资局,,,,",
        "甲,甲局,峄城区甲局,,,,",
        "yi,民政局,峄城区乙局,,,,",
        "bing,丙局,峄城区丙局,衙门,,,",
        "yjj,区应急局,峄城区另一个局,,,,",
    )  # fmt: skip
    result = coord("import", file, "--what", "units", "-f", "json")
    assert result.code == 4
    assert fates(result.json) == {
        "read": 7, "new": 1, "same": 1, "changed": 1, "rejected": 4, "skipped": 0,
    }  # fmt: skip
    assert coord.json("unit", "show", "区安监局")["full_name"] == "峄城区应急管理局"
    assert coord.json("unit", "show", "czj")["full_name"] == "峄城区财政局"
    coord("import", file, "--what", "units", "--on-conflict", "update")
    assert coord.json("unit", "show", "czj")["full_name"] == "峄城区财政和国资局"


@pytest.mark.parametrize("what", ["units", "contacts", "roster"])
def test_a_trial_and_a_strict_import_change_nothing(coord: Desk, tmp_path: Path, what: str) -> None:
    header = "编码,名称,全称,单位,角色,姓名"
    good, bad = "yjj,应急,应急局,民政局,对接专人,孙某", "坏 码,,,没有的局,对接专人,孙某"
    file = written(tmp_path, "甲.csv", header.replace("单位,", "部门,"), good, bad)
    coord.ok("today")
    before = coord.json("history"), coord.json("unit", "list"), coord.json("contact", "list")
    trial = coord.json("import", file, "--what", what, "--dry-run", "-v")
    assert fates(trial)["new"] == fates(trial)["rejected"] == 1
    assert "没有导入：1 行有错" in coord.refused("import", file, "--what", what, "--strict")
    after = coord.json("history"), coord.json("unit", "list"), coord.json("contact", "list")
    assert after == before
    assert list(tmp_path.glob("*.rejects.csv")) == []


def test_a_list_of_something_else_is_refused(coord: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, "甲.csv", "案件编号,案件名称", "1,甲")
    for what, needed in (("units", "编码、名称、全称"), ("contacts", "单位、角色、姓名")):
        assert needed in coord.refused("import", file, "--what", what)
    told = coord.refused("import", file, "--what", "units", "--map", file, code=2)
    assert "只用于案件清单" in told
