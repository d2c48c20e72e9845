"""`coord export`: a file for others, masked, and the same register when it comes back."""

import csv
import json
import stat
import string
import tempfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from conftest import Desk
from dump import dump
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_import_ledger import COLUMNS, ROWS, write

SECRETS = ("周某某", "13812345678", "19491231")


@pytest.fixture
def full(coord, tmp_path, add_case):
    """Every standing that a case may have, by list and by hand, with what lists say beside."""
    rows = [row | {"编号": f"L{n}", "备注": f"第 {n} 行"} for n, row in enumerate(ROWS.values())]
    coord.json("import", write(tmp_path / "list.csv", *rows, columns=(*COLUMNS, "备注")))
    (tmp_path / "map.toml").write_text('name = "热线"\n', "utf-8")
    hotline = (
        "工单编号,案件名称,发现单位,受理时间,举报人,举报人电话,身份证号码,来源渠道\r\n"
        "R1,占道经营,执法局,2026-11-02,周某某,13812345678,11010519491231002X,12345热线\r\n"
    )
    (tmp_path / "hot.csv").write_text(hotline, "utf-8")
    coord.json("import", str(tmp_path / "hot.csv"), "--map", str(tmp_path / "map.toml"))
    by_hand = add_case("--competent", "zfj", "--determined-on", "2026-11-03", "--urgent")
    coord.ok("transfer", "send", by_hand, "--to", "zfj", "--on", "2026-11-04")
    coord.ok("transfer", "withdraw", by_hand, "--reason", "送错", "--on", "2026-11-04")
    coord.ok("transfer", "send", by_hand, "--to", "zfj", "--on", "2026-11-05")
    for outcome in ("decline", "refer", "assign", "accept"):
        more = {"decline": ["--reason", "不属于"], "assign": ["--to", "zjj", "--document", "1 号"]}
        if outcome == "decline":
            declined = add_case(title="堆场之二")
            coord.ok("transfer", "send", declined, "--to", "zfj", "--on", "2026-11-05")
        coord.ok("transfer", outcome, declined, "--on", "2026-11-06", *more.get(outcome, []))
    void = add_case(title="误登")
    coord.ok("case", "void", void, "--reason", "误登")
    coord.ok(
        "contact", "set", "zrj", "--role", "具体联络人", "--name", "张某", "--phone", "13900001111"
    )
    return coord


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx", "out.json", "all.xlsx", "all.json"])
@pytest.mark.parametrize("mask", [[], ["--no-mask"]])
def test_what_was_exported_is_the_same_when_it_is_imported(full, tmp_path, name, mask):
    what = "all" if name.startswith("all") else "cases"
    full.ok("export", str(tmp_path / name), "--what", what, *mask)
    report = full.json("import", str(tmp_path / name))["recorded"]
    assert report["read"] == report["same"] >= 17
    assert report["ref"] is None


def test_a_register_goes_into_an_empty_one_and_gives_the_same_lists(full, tmp_path, monkeypatch):
    path = str(tmp_path / "all.json")
    full.ok("export", path, "--what", "all", "--no-mask")
    other = Desk(tmp_path / "other.db", monkeypatch)
    at = ["--db", str(other.database)]
    other.ok(*at, "init")
    assert other.json(*at, "import", path, "--dry-run")["recorded"]["new"] == 18 + 1
    assert other.json(*at, "case", "list") == []
    other.ok(*at, "import", path)
    lists = [
        ["case", "list"], ["transfer", "list"], ["overdue"], ["pending"], ["contact", "list"],
        ["unit", "list"], ["today"], *(["case", "show", case["number"]] for case in full.json("case", "list")),
    ]  # fmt: skip
    for words in lists:
        assert other.json(*at, *words) == full.json(*words), words
    assert other.json(*at, "import", path)["recorded"]["same"] == 19
    other.ok(*at, "check")
    other.ok(*at, "undo", "--yes")
    assert other.json(*at, "case", "list") == []


def test_a_whole_register_never_mixes_with_another(full, tmp_path, add_case):
    path = str(tmp_path / "all.json")
    full.ok("export", path, "--what", "all")
    add_case(title="之后登记的")
    before = dump(full)
    assert "不是空的" in full.refused("import", path)
    assert dump(full) == before


def _retold(path, told):
    """Write a document of a whole register again, with another word, or none, on its masks."""
    document = json.loads(path.read_text("utf-8"))
    assert document.pop("is_masked") is not None
    head = {"format": document["format"], **({} if told is None else {"is_masked": told})}
    path.write_text(json.dumps(head | document, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize("told", [True, None])
def test_masks_never_become_a_register(full, tmp_path, told):
    path = tmp_path / "all.json"
    full.ok("export", str(path), "--what", "all")
    _retold(path, told)
    new = ["--db", str(tmp_path / "new.db")]
    full.ok(*new, "init")
    for more in ([], ["--dry-run"]):
        sentence = full.refused(*new, "import", str(path), *more)
        assert "遮盖" in sentence
        assert "--no-mask" in sentence
        assert "restore" in sentence
    assert full.json(*new, "case", "list") == []
    assert full.json("import", str(path))["recorded"]["same"] == 19


def test_a_whole_register_comes_alone_wherever_it_is_named(full, tmp_path):
    path = str(tmp_path / "all.json")
    full.ok("export", path, "--what", "all")
    others = str(tmp_path / "list.csv"), str(tmp_path / "hot.csv")
    for words in ((path, *others), (others[0], path), (*others, path)):
        assert "单独读入" in full.refused("import", *words)


def test_a_whole_register_that_does_not_say_so_is_known_to_be_whole(full, tmp_path):
    path = tmp_path / "all.json"
    full.ok("export", str(path), "--what", "all", "--no-mask")
    _retold(path, None)
    new = ["--db", str(tmp_path / "new.db")]
    full.ok(*new, "init")
    assert full.json(*new, "import", str(path))["recorded"]["new"] == 19


def test_only_what_is_masked_in_a_whole_register_counts_as_told(full, tmp_path):
    path = tmp_path / "all.json"
    full.ok("export", str(path), "--what", "all", "--no-mask")
    path.write_text(path.read_text("utf-8").replace("13812345678", "13812340678"), "utf-8")
    assert "不是空的" in full.refused("import", str(path))


def test_a_register_with_only_what_time_began_is_empty(full, tmp_path):
    path = tmp_path / "all.json"
    full.ok("export", str(path), "--what", "all", "--no-mask")
    new = ["--db", str(tmp_path / "new.db")]
    full.ok(*new, "init")
    full.ok(*new, "today", today="2026-04-02")
    full.ok(*new, "today")
    began = full.json(*new, "pending")
    assert [one["id"] for one in began] == ["D1", "D2", "D3"]
    assert full.json(*new, "import", str(path))["recorded"]["new"] == 19
    lists = (["case", "list"], ["pending"], ["overdue"], ["meeting", "list"], ["stats"], ["today"])
    for words in lists:
        assert full.json(*new, *words) == full.json(*words), words
    full.ok(*new, "check")
    full.ok(*new, "undo", "--yes")
    full.ok(*new, "check")
    assert full.json(*new, "pending") == began
    full.ok(*new, "import", str(path))
    for words in lists:
        assert full.json(*new, *words) == full.json(*words), words


def test_a_register_with_one_thing_that_somebody_recorded_is_not_empty(full, tmp_path):
    path = tmp_path / "all.json"
    full.ok("export", str(path), "--what", "all", "--no-mask")
    new = ["--db", str(tmp_path / "new.db")]
    full.ok(*new, "init")
    full.ok(*new, "today")
    full.ok(*new, "contact", "set", "zrj", "--role", "具体联络人", "--name", "张某")
    assert "不是空的" in full.refused(*new, "import", str(path))
    assert full.json(*new, "case", "list") == []


@pytest.mark.parametrize("extra", ["甲", "[1]", "{", '"甲"'])
def test_a_register_with_unreadable_extras_is_refused_in_a_sentence(full, tmp_path, extra):
    path = tmp_path / "all.json"
    full.ok("export", str(path), "--what", "all", "--no-mask")
    document = json.loads(path.read_text("utf-8"))
    del document["is_masked"]
    document["tables"]["case_file"][0]["extra"] = extra
    path.write_text(json.dumps(document), "utf-8")
    new = ["--db", str(tmp_path / "new.db")]
    full.ok(*new, "init")
    assert "不完整" in full.refused(*new, "import", str(path))


def test_a_masked_register_without_anything_of_somebodys_is_the_same(coord, tmp_path):
    path = str(tmp_path / "all.json")
    coord.ok("today")
    coord.ok("export", path, "--what", "all")
    assert coord.json("import", path)["operation"] is None


@pytest.mark.parametrize("mask", [[], ["--no-mask"]])
def test_a_marked_matter_is_the_same_when_it_comes_back(coord, tmp_path, mask):
    coord.ok("info", "log", "--kind", "approval", "--title", "某某配方", "--from", "zjj",
             "--number", "1号", "--secrecy", "commercial", "--on", "2026-11-10")  # fmt: skip
    path = str(tmp_path / "all.json")
    coord.ok("export", path, "--what", "all", *mask)
    assert coord.json("import", path)["recorded"]["read"] == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-40],
        lambda text: text.replace('"schema": "0', '"schema": "9'),
        lambda text: text.replace('"case_file": [', '"case_files": ['),
        lambda text: text.replace('"title":', '"titel":'),
        lambda text: text.replace('"id": 1,', '"id": "1",', 1),
        lambda text: text.replace('"found_on": "2025-11-03"', '"found_on": "2025-02-30"', 1),
        lambda text: text.replace('"status": "registered"', '"status": "gone"', 1),
        lambda _: '{"format": "coord register"}',
    ],
)
def test_a_spoilt_register_is_refused_and_leaves_nothing(full, tmp_path, monkeypatch, spoil):
    path = tmp_path / "all.json"
    full.ok("export", str(path), "--what", "all", "--no-mask")
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    other = Desk(tmp_path / "other.db", monkeypatch)
    other.ok("--db", str(other.database), "init")
    before = dump(other)
    assert "遮盖" not in other.refused("--db", str(other.database), "import", str(path))
    assert dump(other) == before


@pytest.mark.parametrize("name", ["o.csv", "o.xlsx", "o.json"])
@pytest.mark.parametrize("what", ["cases", "transfers", "duties", "units", "history", "all"])
def test_nothing_is_shown_whole_unless_asked_and_then_that_is_on_record(full, tmp_path, name, what):
    if (name, what) == ("o.csv", "all"):
        return
    masked, whole = tmp_path / f"masked-{name}", tmp_path / f"whole-{name}"
    answer = full.json("export", str(masked), "--what", what)
    assert answer["masked"] is True
    assert sum(answer["rows"].values()) > 0
    assert not any(secret in _text(masked) for secret in (*SECRETS, "13900001111"))
    before = len(full.json("history"))
    full.ok("export", str(whole), "--what", what, "--no-mask")
    if what in ("cases", "all"):
        assert all(secret in _text(whole) for secret in SECRETS)
    history = full.json("history")
    assert len(history) == before + 1
    assert "未遮盖" in history[-1]["summary"]


def _text(path):
    if path.suffix != ".xlsx":
        return path.read_text("utf-8-sig")
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)


def test_only_its_owner_may_read_it_and_no_file_is_ever_overwritten(full, tmp_path):
    path = tmp_path / "o.csv"
    full.ok("export", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("别人的", "utf-8")
    for _ in range(2):
        assert "已经有了" in full.refused("export", str(path), "--no-mask")
    assert path.read_text("utf-8") == "别人的"
    assert [one.name for one in tmp_path.glob(".o.csv*")] == []


def test_what_cannot_be_written_is_refused_in_a_sentence(full, tmp_path):
    assert "什么格式" in full.refused("export", str(tmp_path / "o.pdf"), code=2)
    assert "一张表" in full.refused("export", str(tmp_path / "o.csv"), "--what", "all", code=2)
    assert "写不进" in full.refused("export", str(tmp_path / "没有" / "o.csv"))


def test_a_csv_is_for_excel(full, tmp_path):
    path = tmp_path / "o.csv"
    full.ok("export", str(path), "--what", "transfers")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert all(line.startswith('"') for line in raw.decode("utf-8-sig").splitlines())


def test_a_workbook_has_real_dates_a_frozen_header_and_room_for_chinese(full, tmp_path):
    path = tmp_path / "o.xlsx"
    full.ok("export", str(path), "--what", "all")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["案件", "移送", "时限", "单位", "联络人", "操作记录"]
    sheet = book["案件"]
    assert sheet.freeze_panes == "B2"
    heading = {cell.value: cell for cell in sheet[1]}
    found = sheet.cell(2, heading["发现日期"].column)
    assert (found.value, found.number_format) == (datetime(2025, 11, 3), "yyyy-mm-dd")
    assert (
        sheet.column_dimensions[heading["案件名称"].column_letter].width
        >= 2 * len("河道倾倒垃圾") + 2
    )


def test_no_text_is_a_live_formula(coord, tmp_path):
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", "'=1", '=HYPERLINK("http://x")', "http://x.y"):
        coord.ok("case", "add", "--title", text, "--found-by", "zrj", "--found-on", "2026-11-02")
    coord.ok("export", str(tmp_path / "o.csv"))
    coord.ok("export", str(tmp_path / "o.xlsx"))
    with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not any(
            cell.startswith(("=", "+", "-", "@")) for row in csv.reader(file) for cell in row
        )
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "d", "n"}
    assert sheet._hyperlinks == []
    for name in ("o.csv", "o.xlsx"):
        assert coord.json("import", str(tmp_path / name))["recorded"]["same"] == 7


def test_a_text_that_excel_would_cut_is_refused(coord, tmp_path):
    long = "长" * 33_000
    coord.ok(
        "case",
        "add",
        "--title",
        "甲",
        "--found-by",
        "zrj",
        "--found-on",
        "2026-11-02",
        "--summary",
        long,
    )
    assert "装不下" in coord.refused("export", str(tmp_path / "o.xlsx"))
    assert not (tmp_path / "o.xlsx").exists()
    coord.ok("export", str(tmp_path / "o.csv"))
    assert coord.json("import", str(tmp_path / "o.csv"))["recorded"]["same"] == 1


def test_json_holds_what_the_lists_give(full, tmp_path):
    for what, words in {
        "transfers": ["transfer", "list"],
        "history": ["history"],
        "cases": None,
        "duties": None,
    }.items():
        path = tmp_path / f"{what}.json"
        full.ok("export", str(path), "--what", what)
        things = json.loads(path.read_text("utf-8"))
        if words:
            assert things == full.json(*words)
        elif what == "cases":
            assert things == [
                full.json("case", "show", one["number"]) for one in full.json("case", "list")
            ]
        else:
            assert {one["status"] for one in things} >= {"met", "met_late", "cancelled"}
    assert "不是 coord export 导出的案件" in full.refused("import", str(tmp_path / "duties.json"))


@pytest.mark.parametrize("name", ["o.csv", "o.xlsx", "o.json"])
def test_a_list_of_another_register_comes_in_with_its_facts(full, tmp_path, monkeypatch, name):
    path = str(tmp_path / name)
    full.ok("export", path, "--no-mask")
    other = Desk(tmp_path / "other.db", monkeypatch)
    at = ["--db", str(other.database)]
    other.ok(*at, "init")
    report = other.json(*at, "import", path)
    assert report["recorded"]["new"] == report["recorded"]["read"]
    assert any("多程" in one for one in report["warnings"])
    theirs = {case["external_number"]: case for case in full.json("case", "list")}
    ours = {case["external_number"]: case for case in other.json(*at, "case", "list")}
    for number in (f"L{n}" for n in range(len(ROWS))):
        assert ours[number]["status"] == theirs[number]["status"]
    assert other.json(*at, "import", path)["recorded"]["same"] == report["recorded"]["read"]


@pytest.mark.parametrize(
    "content", ['[{"number": 1}]', '[{"number": "1"', '[{"voided_on": null}]', '{"a": 1}']
)
def test_json_of_something_else_is_refused(coord, tmp_path, content):
    (tmp_path / "a.json").write_text(content, "utf-8")
    assert "a.json" in coord.refused("import", str(tmp_path / "a.json"))


TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
).filter(lambda text: text.strip())
ODD = st.sampled_from(
    ["'=1", "''=1", "=1", "\t=1", " 甲 ", "a\r\nb", "_x000D_", "_x0041_", "＝1", "***"]
)


@given(
    cases=st.lists(
        st.fixed_dictionaries(
            {"--title": TEXT | ODD},
            optional=dict.fromkeys(
                ("--cause", "--party", "--place", "--summary", "--external-number"), TEXT | ODD
            ),
        ),
        min_size=1,
        max_size=3,
    )
)
@example(cases=[{"--title": string.printable.replace("\0", "")}])
@settings(max_examples=20)
def test_whatever_is_on_record_comes_back_as_the_same(cases):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        desk = Desk(Path(folder) / "c.db", patch)
        at = ["--db", str(desk.database)]
        desk.ok(*at, "init")
        registered = 0
        for case in cases:
            words = [f"{option}={text}" for option, text in case.items()]
            result = desk(*at, "case", "add", *words, "--found-by=zrj", "--found-on=2026-11-02")
            registered += result.code == 0
        for name in ("o.csv", "o.xlsx", "o.json", "all.json"):
            what = "all" if name == "all.json" else "cases"
            desk.ok(*at, "export", f"{folder}/{name}", "--what", what)
            report = desk.json(*at, "import", f"{folder}/{name}")["recorded"]
            assert report["same"] == report["read"] == registered, (name, report)


def test_what_a_marked_matter_says_is_exported_only_unmasked(coord: Desk, tmp_path: Path) -> None:
    words = "某某配方"
    coord.ok("info", "log", "--kind", "approval", "--title", words, "--from", "zjj",
             "--number", f"{words}1号", "--secrecy", "commercial", "--on", "2026-11-10")  # fmt: skip
    coord.ok("request", "send", "--kind", "opinion", "--to", "zjj", "--question", words,
             "--secrecy", "privacy", "--on", "2026-11-10")  # fmt: skip
    coord.ok("request", "receive", "R1", "--on", "2026-11-11")
    coord.ok("request", "reply", "R1", "--articles", words, "--standard", words)
    for what, name in (("duties", "d.csv"), ("history", "h.csv"), ("all", "a.json")):
        coord.ok("export", str(tmp_path / name), "--what", what)
        assert words not in (tmp_path / name).read_text("utf-8-sig"), what
    whole = tmp_path / "whole.json"
    coord.ok("export", str(whole), "--what", "all", "--no-mask")
    assert words in whole.read_text("utf-8")
    assert "未遮盖" in coord.json("history")[-1]["summary"]
    copy = str(tmp_path / "copy.db")
    coord.ok("--db", copy, "init")
    assert "遮盖" in coord.refused("--db", copy, "import", str(tmp_path / "a.json"))
    coord.ok("--db", copy, "import", str(whole))
    coord.ok("--db", copy, "check")
    assert coord.json("--db", copy, "request", "show", "R1", "--no-mask")["ref"] == "R1"
