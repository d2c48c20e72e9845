"""Identity numbers, phones and informants: masked wherever they are listed, unless it is recorded."""

import sqlite3
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import AddCase, Desk

from yicheng_coord.masking import masked_names, masked_text

IDENTITY, PHONE, INFORMANT = "11010519491231002X", "13800001234", "李某"
SECRETS = (IDENTITY, PHONE, INFORMANT)


@pytest.fixture
def known(coord: Desk, add_case: AddCase) -> Desk:
    add_case("--party", "某某有限公司", "--party-id", IDENTITY, "--phone", PHONE,
             "--informant", INFORMANT, "--competent", "zfj", "--determined-on", "11-03")  # fmt: skip
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "11-04")
    return coord


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize(
    "line", [("case", "show", "1"), ("case", "list"), ("history", "-v"), ("history", "1", "-v")]
)
def test_no_list_shows_them(known: Desk, line: tuple[str, ...], form: str) -> None:
    out = known.ok(*line, "-f", form).out
    assert not [secret for secret in SECRETS if secret in out]


@pytest.mark.parametrize("line", [("case", "show", "1"), ("history", "-v"), ("history", "P2")])
def test_no_mask_shows_them_and_is_recorded_first(known: Desk, line: tuple[str, ...]) -> None:
    before = len(known.json("history"))
    out = known.ok(*line, "--no-mask").out
    assert [secret for secret in SECRETS if secret in out] == list(SECRETS)
    (view,) = known.json("history")[before:]
    assert view["summary"].startswith("查看未遮盖的内容：")
    assert view["operator"] == "测试员"
    assert "--no-mask" in view["command"]


def test_where_it_cannot_be_recorded_nothing_is_shown(known: Desk) -> None:
    with sqlite3.connect(known.database) as other:
        other.execute("PRAGMA journal_mode = DELETE")
    other.close()
    with sqlite3.connect(known.database) as other:
        other.execute("CREATE TRIGGER no_more BEFORE INSERT ON operation "
                      "BEGIN SELECT raise(ABORT, '不能记录'); END")  # fmt: skip
    other.close()
    result = known("case", "show", "1", "--no-mask")
    assert result.code != 0
    assert not [secret for secret in SECRETS if secret in result.out + result.err]


def test_undo_passes_over_what_only_looked(known: Desk) -> None:
    known.ok("case", "show", "1", "--no-mask")
    known.ok("undo", "--yes")
    assert known.json("case", "show", "1")["status"] == "registered"


def test_the_transfer_letter_carries_identity_and_phone_and_never_the_informant(
    known: Desk,
) -> None:
    out = known.ok("letter", "transfer", "1").out
    assert IDENTITY in out
    assert PHONE in out
    assert INFORMANT not in out


LEAD = "某局某某收受某物"


@pytest.fixture
def lead(known: Desk) -> Desk:
    known.ok("crime", "lead", "1", "--text", LEAD, "--on", "11-09")
    return known


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize(
    "line",
    [("crime", "list"), ("crime", "show", "1"), ("case", "show", "1"), ("history", "-v"),
     ("history", "1", "-v"), ("pending",)],
)  # fmt: skip
def test_no_list_shows_what_a_lead_on_misconduct_says(
    lead: Desk, line: tuple[str, ...], form: str
) -> None:
    out = lead.ok(*line, "-f", form).out
    assert LEAD not in out
    assert "职务犯罪线索" in out or "misconduct" in out


@pytest.mark.parametrize("name", ["全部.json", "操作.csv", "全部.xlsx"])
def test_no_export_tells_what_a_lead_says_unless_it_is_recorded(
    lead: Desk, tmp_path: Path, name: str
) -> None:
    what = "history" if name.endswith("csv") else "all"
    for options, is_told in (((), False), (("--no-mask",), True)):
        path = tmp_path / f"{len(options)}{name}"
        lead.ok("export", str(path), "--what", what, *options)
        assert (LEAD in _content(path)) == is_told


def _content(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text("utf-8-sig")
    with ZipFile(path) as book:
        return "".join(book.read(part).decode("utf-8") for part in book.namelist())


@pytest.mark.parametrize("line", [("crime", "list"), ("crime", "show", "1"), ("case", "show", "1")])
def test_a_lead_is_shown_whole_with_no_mask_which_is_recorded(
    lead: Desk, line: tuple[str, ...]
) -> None:
    before = len(lead.json("history"))
    assert LEAD in lead.ok(*line, "--no-mask", "-f", "json").out
    (view,) = lead.json("history")[before:]
    assert view["summary"].startswith("查看未遮盖的内容：")


def test_the_title_of_the_case_of_a_lead_is_still_listed(lead: Desk) -> None:
    (one,) = lead.json("crime", "list")
    assert one["case_title"] == "堆场占用耕地：职务犯罪线索"
    assert one["text"] == "***"


@pytest.mark.parametrize(
    "name, masked",
    [
        ("张三", "张某"),
        ("王小明", "王某某"),
        ("欧阳某", "欧阳某"),
        ("欧阳小明", "欧阳某某"),
        ("买买提·吐尔逊", "买某某"),
        ("张三、李小四", "张某、李某某"),
        ("张三（某某餐馆）", "张某（某某餐馆）"),
        ("某某有限公司", "某某有限公司"),
        ("枣庄市峄城区甲建材有限公司", "枣庄市峄城区甲建材有限公司"),
        ("某某村", "某某村"),
        ("甲", "甲"),
        ("", ""),
    ],
)
def test_a_person_is_named_by_surname_and_a_firm_in_full(name: str, masked: str) -> None:
    assert masked_names(name) == masked


@pytest.mark.parametrize(
    "text, names, masked",
    [
        ("张三占道经营", ("张三", None), "张某占道经营"),
        ("张三丰与张三", ("张三、张三丰",), "张某某与张某"),
        ("赵六举报某某有限公司", ("某某有限公司", "赵六"), "赵某举报某某有限公司"),
        (f"{IDENTITY}，{PHONE}，0632-7700000", (), "110105********002X，138****1234，063****0000"),
        ("面积1234567890123456789平方", (), "面积1234567890123456789平方"),
        ("峄综执罚决〔2026〕12号", (None,), "峄综执罚决〔2026〕12号"),
    ],
)
def test_a_free_text_loses_names_and_numbers_that_are_known(
    text: str, names: tuple[str | None, ...], masked: str
) -> None:
    shown = masked_text(text, *names)
    assert shown.replace("*", "") == masked.replace("*", "")
    assert IDENTITY not in shown
    assert PHONE not in shown
