"""What was exported comes back as it was: whatever a list's own columns are called, masked or not."""

import csv
import json
import tempfile
from pathlib import Path

import pytest
from conftest import Desk
from hypothesis import example, given, settings
from hypothesis import strategies as st

from yicheng_coord.intake.fields import ALL_FIELDS, LABELS
from yicheng_coord.queries.sheets import OUR_HEADINGS

HEADINGS = [
    *(LABELS[field] for field in ALL_FIELDS),
    *ALL_FIELDS,
    *("清单来源", "仅供查看", "原表·备注", "原表·接收单位", "序号", "错误", "备注", "举报人电话"),
    *("案由（必填）", "签收日期", "处罚决定日期", "=cmd", "'=1", "2024", "接收单位(2)"),
]
ONLY_OURS = [heading for heading in OUR_HEADINGS if heading.startswith("本系统")]
FILES = ["o.csv", "o.xlsx", "o.json", "all.json"]


def take_in(desk, folder, headings, values):
    """Import a list of one case whose columns of these names are kept beside the fields."""
    own = {"甲": "title", "乙": "found_by", "丙": "found_on"}
    columns = {**own, **dict.fromkeys((heading.strip("'") for heading in headings), "")}
    lines = [f"{json.dumps(name)} = {json.dumps(field)}" for name, field in columns.items()]
    (folder / "map.toml").write_text("\n".join(["[columns]", *lines]), "utf-8")
    with (folder / "list.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*own, *headings])
        writer.writerow(["占道经营", "执法局", "2026-11-02", *values])
    desk.ok("import", str(folder / "list.csv"), "--map", str(folder / "map.toml"))


def comes_back(desk, folder):
    before = desk.json("case", "show", "1", "--no-mask")
    acts = desk.json("history", "1")
    for mask in ([], ["--no-mask"]):
        for name in FILES:
            path = folder / f"{len(mask)}-{name}"
            what = "all" if name == "all.json" else "cases"
            desk.ok("export", str(path), "--what", what, *mask)
            report = desk.json("import", str(path), "--on-conflict", "update")["recorded"]
            assert (report["same"], report["updated"]) == (report["read"], 0), (name, mask, report)
    assert desk.json("case", "show", "1", "--no-mask") == before
    assert desk.json("history", "1") == acts
    return before


def test_a_column_may_have_any_name_of_ours_and_is_the_same_again(coord, tmp_path):
    values = ["13812345678" if "电话" in heading else f"值{heading}" for heading in HEADINGS]
    take_in(coord, tmp_path, HEADINGS, values)
    case = comes_back(coord, tmp_path)
    assert len(case["extra"]) == len(HEADINGS)
    assert case["extra"]["接收单位"] == "值接收单位"
    other = ["--db", str(tmp_path / "other.db")]
    coord.ok(*other, "init")
    coord.ok(*other, "import", str(tmp_path / "1-o.csv"))
    assert coord.json(*other, "case", "show", "1", "--no-mask")["extra"] == case["extra"]


@given(
    headings=st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=5, unique=True),
    values=st.lists(
        st.sampled_from(
            ["13812345678", "62345678", "12345", "110105194912310021", "举报", "=cmd|'/c'!A1",
             "甲\n乙", '"引"，,', "㮾𠮷", "***", "138****5678", "受理", "2026-11-05", "'=1"]
        ),
        min_size=5,
        max_size=5,
    ),
)  # fmt: skip
@example(headings=["联系电话", "举报人电话"], values=["62345678"] * 5)
@settings(max_examples=12)
def test_whatever_a_list_says_beside_the_fields_is_the_same_again(headings, values):
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.setenv("COORD_DB", str(folder / "c.db"))
        desk = Desk(folder / "c.db", patch)
        desk.ok("init")
        take_in(desk, folder, headings, values[: len(headings)])
        comes_back(desk, folder)


def test_a_word_of_a_source_under_our_own_heading_is_kept_once(coord, tmp_path):
    path = tmp_path / "hot.csv"
    path.write_text(
        "案件编号,案件名称,发现单位,发现日期,案件来源,接收单位,反馈意见\r\n"
        "L1,占道经营,执法局,2026-11-02,12345热线,某某科,已告知来电人\r\n",
        "utf-8",
    )
    coord.ok("import", str(path))
    assert comes_back(coord, tmp_path)["extra"] == {
        "案件来源": "12345热线",
        "接收单位": "某某科",
        "反馈意见": "已告知来电人",
    }


PHONES = ("13812345678", "7654321", "62345678", "623456789", "12345", "+8613812345678")


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("number", [True, False])
def test_a_masked_list_of_ours_says_nothing_of_what_it_masks(coord, tmp_path, phone, number):
    coord.ok("case", "add", "--title", "占道", "--found-by", "zfj", "--found-on", "2026-11-02",
             "--party", "张某", "--party-id", "11010519491231002X", f"--phone={phone}",
             "--informant", "周某某")  # fmt: skip
    whole = coord.json("case", "show", "1", "--no-mask")
    path = tmp_path / "o.csv"
    coord.ok("export", str(path))
    assert phone not in path.read_text("utf-8-sig")
    if not number:  # somebody took the column out before passing the list on
        path.write_text(path.read_text("utf-8-sig").replace("本系统编号", "序号"), "utf-8-sig")
    assert coord.json("import", str(path), "--on-conflict", "update")["recorded"]["updated"] == 0
    assert coord.json("case", "show", "1", "--no-mask") == whole
    other = ["--db", str(tmp_path / "other.db")]
    coord.ok(*other, "init")
    report = coord.json(*other, "import", str(path))
    assert any("遮盖" in warning for warning in report["warnings"])
    case = coord.json(*other, "case", "show", "1", "--no-mask")
    assert (case["party_id"], case["phone"], case["informant"]) == (None, None, None)


def test_a_masked_value_of_any_list_never_replaces_a_whole_one(coord, tmp_path):
    head = "工单编号,案件名称,发现单位,发现日期,证件号码,联系电话,举报人,举报人电话\r\n"
    row = "R1,占道经营,执法局,2026-11-02,{},{},{},{}\r\n"
    whole, masked, otherwise = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "3.csv"
    people = ("11010519491231002X", "13812345678", "周某某", "13812345679")
    hidden = ("110105********002X", "138****5678", "***", "138****5679")
    whole.write_text(head + row.format(*people), "utf-8")
    masked.write_text(head + row.format(*hidden), "utf-8")
    otherwise.write_text(head + row.format(*people[:1], "139****0000", *people[2:]), "utf-8")
    coord.ok("import", str(whole))
    kept = coord.json("case", "show", "1", "--no-mask")
    for path in (masked, otherwise):
        report = coord.json("import", str(path), "--on-conflict", "update")["recorded"]
        assert (report["same"], report["updated"]) == (1, 0)
    assert coord.json("case", "show", "1", "--no-mask") == kept
    again = ["--db", str(tmp_path / "again.db")]
    coord.ok(*again, "init")
    coord.ok(*again, "import", str(masked))
    assert coord.json(*again, "import", str(whole), "--on-conflict", "update")["recorded"][
        "updated"
    ]
    assert coord.json(*again, "case", "show", "1", "--no-mask")["phone"] == people[1]
