"""Check digits, against plain sums with the weights of the standards."""

from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.intake.identity import (
    has_wrong_check_digit,
    is_credit_code,
    is_person_number,
    with_capital_x,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PERSON = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CODE = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

digits = st.text("0123456789", min_size=17, max_size=17)
codes = st.tuples(
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
).map("".join)


def test_the_examples_of_the_standards_are_right() -> None:
    assert is_person_number("11010519491231002X")
    assert is_person_number("11010519491231002x")
    assert is_person_number("440524188001010014")
    assert is_credit_code("91110000600037341L")
    assert not is_person_number("110105194912310021")
    assert not is_credit_code("91110000600037341M")


@given(digits)
def test_a_person_number_has_exactly_one_check_digit(number: str) -> None:
    right = "10X98765432"[sum(int(d) * w for d, w in zip(number, PERSON, strict=True)) % 11]
    assert [c for c in "0123456789X" if is_person_number(number + c)] == [right]
    assert not has_wrong_check_digit(number + right)


@given(codes)
def test_a_credit_code_has_exactly_one_check_character(code: str) -> None:
    total = sum(ALPHABET.index(c) * w for c, w in zip(code, CODE, strict=True))
    right = ALPHABET[(31 - total % 31) % 31]
    assert [c for c in ALPHABET if is_credit_code(code + c)] == [right]
    assert not has_wrong_check_digit(code + right)


def test_only_what_could_be_such_a_number_is_judged() -> None:
    for other in (
        "",
        "370404",
        "110105****1231002X",
        "K12345678",
        "１１０１０５１９４９１２３１００２Ｘ",
    ):
        assert not has_wrong_check_digit(other)
    assert has_wrong_check_digit("110105194912310021")
    assert has_wrong_check_digit("9111000060003734IL")
    assert has_wrong_check_digit("91ABCDEF600037341L")


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    has_wrong_check_digit(text)
    has_wrong_check_digit((text * 18)[:18])


def test_the_check_character_is_written_as_a_capital() -> None:
    assert with_capital_x("11010519491231002x") == "11010519491231002X"
    assert with_capital_x("x") == "x"
