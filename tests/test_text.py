"""Text from data is shown as one harmless line; what people type in many ways is one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.text import folded, harmless, harmless_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("榴园镇（朱村）东〔2026〕1号", "榴园镇（朱村）东〔2026〕1号"),
        ("", ""),
        ("a\nb\r\nc\td", "a b  c d"),
        ("\x1b[31m红\x1b[0m", "\\u001b[31m红\\u001b[0m"),
        ("\x9b2J", "\\u009b2J"),
        ("\x00\x07\x7f\x85", "\\u0000\\u0007\\u007f\\u0085"),
        ("a\u202egnp\u202c", "a\\u202egnp\\u202c"),
        ("\u2066x\u2069\u200f\u061c", "\\u2066x\\u2069\\u200f\\u061c"),
        ("零\u200b宽\ufeff", "零\\u200b宽\\ufeff"),
        ("a\u2028b\u2029c", "a b c"),
        ("\ud800", "\\ud800"),
        ("[red]{{ x }}\\n", "[red]{{ x }}\\n"),
        ("𠮷😀é e\u0301 ①", "𠮷😀é e\u0301 ①"),
    ],
)
def test_harmless(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text(st.characters(codec=None)))
def test_nothing_harmless_is_obeyed(text: str) -> None:
    shown = harmless(text)
    assert len(shown.splitlines()) <= 1
    assert "\t" not in shown
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in shown)
    controls = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
    assert not any(unicodedata.bidirectional(sign) in controls for sign in shown)
    assert harmless(shown) == shown
    shown.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_lines_stay_lines() -> None:
    assert harmless_lines("一\n二\r\n三\x1b") == "一\n二\n三\\u001b"


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("区住建局", "区住建局"),
        ("  区 住建局\u3000", "区住建局"),
        ("ＺＪＪ", "zjj"),
        ("ZJJ", "zjj"),
        ("区\u200b住\ufeff建局\n", "区住建局"),
        ("１２３４５", "12345"),
        ("（区）", "(区)"),
        ("Straße", "strasse"),
    ],
)
def test_folded(typed: str, same: str) -> None:
    assert folded(typed) == folded(same) == same


@given(st.text())
def test_folding_twice_is_folding_once_for_matching(text: str) -> None:
    once = folded(text)
    assert not any(sign.isspace() for sign in once)
    assert folded(f" {text}\u3000") == once
