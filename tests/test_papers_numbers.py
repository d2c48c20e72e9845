"""发文字号: read from an example, counted a unit and year, given out once."""

import os
import subprocess
import sys

import pytest
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.papers.numbers import (
    NumberFormError,
    NumberNotStandardError,
    checked_number,
    example_number,
    read_number,
    written,
)

NONE = frozenset[str]()


@pytest.mark.parametrize(
    "text, form, year, seq",
    [
        ("峄自然资移〔2026〕3号", "峄自然资移〔{年}〕{号}号", 2026, 3),
        ("峄自然资移[2026]3号", "峄自然资移〔{年}〕{号}号", 2026, 3),
        ("峄自然资移（2026）12号", "峄自然资移〔{年}〕{号}号", 2026, 12),
        ("芜医保移〔2026〕001号", "芜医保移〔{年}〕{号:3}号", 2026, 1),
        ("赣（2020）交移函〔00012〕号", "赣（{年}）交移函〔{号:5}〕号", 2020, 12),
        ("税移字〔2026〕第0012号", "税移字〔{年}〕第{号:4}号", 2026, 12),
        ("2号楼办〔2026〕7号", "2号楼办〔{年}〕{号}号", 2026, 7),
    ],
)
def test_the_form_of_a_number_is_told_from_it(text: str, form: str, year: int, seq: int) -> None:
    found = example_number(text)
    assert (found.form, found.year, found.seq) == (form, year, seq)


@pytest.mark.parametrize(
    "text",
    ["", "峄移", "峄移〔26〕3号", "3号〔2026〕", "峄〔2026〕0号", "{年}〔2026〕1号", "长" * 60],
)
def test_what_shows_no_year_and_count_is_refused(text: str) -> None:
    with pytest.raises(NumberFormError, match="看不出"):
        example_number(text)


@given(st.integers(2000, 2099), st.integers(1, 99_999))
def test_a_number_that_is_written_reads_as_it_was(year: int, seq: int) -> None:
    number = written("峄某发〔{年}〕{号}号", year, seq)
    found = read_number(number)
    assert found is not None
    assert (found.form, found.year, found.seq) == ("峄某发〔{年}〕{号}号", year, seq)
    assert "〕0" not in number


def test_zeros_lead_only_where_the_form_says_so() -> None:
    assert written("移〔{年}〕{号:4}号", 2026, 12) == "移〔2026〕0012号"
    assert written("移〔{年}〕{号:4}号", 2026, 12345) == "移〔2026〕12345号"


@pytest.mark.parametrize("text", ["峄移〔2026〕03号", "峄移〔2026〕第3号", "峄移[2026]第003号"])
def test_a_count_with_zeros_or_an_ordinal_is_refused_with_the_right_one(text: str) -> None:
    with pytest.raises(NumberNotStandardError, match="应为 峄移〔2026〕3号"):
        checked_number(text, NONE)


def test_the_office_s_own_form_may_have_leading_zeros() -> None:
    forms = frozenset({"移〔{年}〕{号:4}号"})
    assert checked_number("移〔2026〕0012号", forms) == "移〔2026〕0012号"
    assert checked_number("移〔2026〕12345号", forms) == "移〔2026〕12345号"
    with pytest.raises(NumberNotStandardError):
        checked_number("移〔2026〕012号", forms)


@pytest.mark.parametrize("text", ["峄坛街移〔2026〕某号", "×号", "峄〔2026〕3号之一"])
def test_other_numbers_are_taken_as_they_are(text: str) -> None:
    assert checked_number(f" {text} ", NONE) == text


# --- the command line -----------------------------------------------------------------------------


@pytest.fixture
def sent(coord: Desk, add_case) -> str:
    case: str = add_case()
    coord.ok("transfer", "send", case, "--to", "zfj", "--on", "2026-11-05")
    return case


def letter(coord: Desk, *arguments: str) -> str:
    return coord.ok("letter", *arguments).out


def test_the_next_number_of_the_unit_is_given_recorded_and_kept(coord, sent, add_case) -> None:
    coord.ok("number", "set", "zrj", "峄自然资移[2026]5号")
    other = add_case(title="另一件")
    result = coord.ok("letter", "transfer", sent, other, "--number", "auto")
    assert "峄自然资移〔2026〕5号" in result.out
    assert "峄自然资移〔2026〕6号" in result.out
    assert "已编字号：峄自然资移〔2026〕5号、峄自然资移〔2026〕6号（P" in result.err
    again = coord.ok("letter", "transfer", sent, "--number", "auto")
    assert "〔2026〕5号" in again.out
    assert "已编字号" not in again.err
    assert "〔2026〕5号" in letter(coord, "transfer", sent)
    numbers = [one["number"] for one in coord.json("number", "list")]
    assert numbers == ["峄自然资移〔2026〕5号", "峄自然资移〔2026〕6号"]
    assert coord.json("case", "show", sent)["transfers"][0]["number"] == "峄自然资移〔2026〕5号"


def test_a_number_can_be_taken_back_and_is_free_again(coord, sent) -> None:
    coord.ok("number", "set", "zrj", "峄自然资移〔2026〕5号")
    coord.ok("letter", "transfer", sent, "--number", "auto")
    coord.ok("undo", "--yes")
    assert coord.json("number", "list") == []
    assert "【待补：发文字号】" in letter(coord, "transfer", sent)
    assert "〔2026〕5号" in letter(coord, "transfer", sent, "--number", "auto")


def test_each_year_begins_at_one_and_the_year_is_that_of_the_paper(coord, sent) -> None:
    coord.ok("number", "set", "zrj", "峄自然资移〔2026〕5号")
    text = letter(coord, "transfer", sent, "--number", "auto", "--date", "2027-01-05")
    assert "峄自然资移〔2027〕1号" in text
    (series,) = coord.json("number", "series")
    assert series == {"unit": "zrj", "kind": None, "form": "峄自然资移〔{年}〕{号}号", "next": 5}


def test_a_kind_may_have_a_series_of_its_own(coord, sent) -> None:
    coord.ok("number", "set", "zfj", "峄综执函〔2026〕1号")
    coord.ok("number", "set", "执法局", "峄综执收〔2026〕0007号", "--kind", "receipt")
    coord.ok("transfer", "receive", sent, "--on", "2026-11-06")
    coord.ok("transfer", "accept", sent, "--on", "2026-11-06")
    assert "峄综执收〔2026〕0007号" in letter(coord, "receipt", sent, "--number", "auto")
    assert "峄综执函〔2026〕1号" in letter(coord, "feedback", sent, "--number", "auto")


def test_a_number_given_by_hand_is_registered_and_never_given_twice(coord, sent, add_case) -> None:
    other = add_case(title="另一件")
    coord.ok("number", "set", "zrj", "峄自然资移〔2026〕1号")
    letter(coord, "transfer", sent, "--number", "峄自然资移(2026)2号")
    told = coord.refused("letter", "transfer", other, "--number", "峄自然资移〔2026〕2号")
    assert "已用于 2026-0001 涉嫌违法案件移交函" in told
    letter(coord, "transfer", sent, "--number", "峄自然资移〔2026〕2号")
    assert len(coord.json("number", "list")) == 1
    assert "〔2026〕3号" in letter(coord, "transfer", other, "--number", "auto")


def test_a_number_that_a_transfer_was_sent_with_is_not_given_again(coord, sent, add_case) -> None:
    other = add_case(title="另一件")
    coord.ok("transfer", "send", other, "--to", "zfj", "--number", "峄自然资移〔2026〕1号")
    coord.ok("number", "set", "zrj", "峄自然资移〔2026〕1号")
    assert "峄自然资移〔2026〕2号" in letter(coord, "transfer", sent, "--number", "auto")
    told = coord.refused("letter", "transfer", sent, "--number", "峄自然资移〔2026〕1号")
    assert "已用于 2026-0002" in told
    assert "峄自然资移〔2026〕1号" in letter(coord, "transfer", other, "--number", "auto")


def test_clerks_who_number_at_the_same_moment_get_different_numbers(coord, add_case) -> None:
    cases = [add_case(title=f"第{n}件") for n in range(4)]
    coord.ok("number", "set", "zrj", "峄自然资移〔2026〕1号")
    program = "import sys; sys.argv[0] = 'coord'; from yicheng_coord.cli import run; run()"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, "letter", "transfer", case, "--number", "auto"],
            env={**os.environ, "COORD_TODAY": "2026-11-23"},
            stdout=subprocess.DEVNULL,
        )
        for case in cases
    ]
    assert [process.wait(60) for process in running] == [0] * len(cases)
    numbers = [one["number"] for one in coord.json("number", "list")]
    assert numbers == [f"峄自然资移〔2026〕{n}号" for n in range(1, 5)]


def test_a_transfer_that_was_sent_with_a_used_number_is_recorded_with_a_warning(
    coord, sent, add_case
) -> None:
    letter(coord, "transfer", sent, "--number", "峄自然资移〔2026〕2号")
    other = add_case(title="另一件")
    line = ("transfer", "send", other, "--to", "zfj", "--number", "峄自然资移〔2026〕2号")
    told = coord.ok(*line).err
    assert "已用于 2026-0001 涉嫌违法案件移交函，请核对" in told
    third = add_case(title="又一件")
    free = coord.ok("transfer", "send", third, "--to", "zfj", "--number", "峄自然资移〔2026〕3号")
    assert "请核对" not in free.err


def test_without_a_series_the_next_number_is_refused_and_says_what_to_type(coord, sent) -> None:
    before = coord.json("history")
    told = coord.refused("letter", "transfer", sent, "--number", "auto")
    assert "还不知道区自然资源局的字号怎么编" in told
    assert "coord number set zrj" in told
    assert coord.json("history") == before


def test_a_paper_that_fails_uses_no_number(coord, sent, tmp_path) -> None:
    coord.ok("number", "set", "zrj", "峄自然资移〔2026〕1号")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "transfer.j2").write_text("{{ broken", "utf-8")
    coord.refused("letter", "transfer", sent, "--number", "auto")
    assert coord.json("number", "list") == []


def test_one_number_is_for_one_paper(coord, sent, add_case) -> None:
    other = add_case(title="另一件")
    told = coord.refused("letter", "transfer", sent, other, "--number", "峄〔2026〕1号", code=2)
    assert "--number auto" in told
    assert coord.json("number", "list") == []


@pytest.mark.parametrize("number", ["峄移〔2026〕03号", "峄移〔2026〕第3号"])
def test_a_number_against_the_standard_is_refused(coord, sent, number) -> None:
    assert "峄移〔2026〕3号" in coord.refused(
        "letter", "transfer", sent, "--number", number, code=2
    )


def test_a_form_that_cannot_be_told_is_refused(coord) -> None:
    assert "四位年份" in coord.refused("number", "set", "zrj", "峄移", code=2)
    assert "没有这个单位" in coord.refused("number", "set", "某某局", "峄移〔2026〕1号")


def test_a_series_can_be_changed_and_goes_on_where_it_is_told_to(coord, sent) -> None:
    coord.ok("number", "set", "zrj", "峄自移〔2026〕1号")
    answer = coord.json("number", "set", "zrj", "峄自然资移〔2026〕40号")
    assert answer["recorded"]["form"] == "峄自然资移〔{年}〕{号}号"
    assert len(coord.json("number", "series")) == 1
    assert "峄自然资移〔2026〕40号" in letter(coord, "transfer", sent, "--number", "auto")


def test_the_lists_say_so_when_they_are_empty(coord) -> None:
    assert "还没有用过字号" in coord.ok("number", "list").out
    assert "coord number set" in coord.ok("number", "series").out
    assert coord.json("number", "list") == []


def test_the_lists_are_read_as_tables_too(coord, sent) -> None:
    coord.ok("number", "set", "zrj", "峄自然资移〔2026〕5号")
    letter(coord, "transfer", sent, "--number", "auto")
    assert "峄自然资移〔2026〕5号" in coord.ok("number", "list", "--unit", "zrj").out
    assert "还没有" in coord.ok("number", "list", "--year", "2025").out
    assert "峄自然资移〔2026〕6号" in coord.ok("number", "series", "--unit", "zrj").out
