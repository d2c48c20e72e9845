"""File names from any text."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yicheng_coord.papers.filenames import safe_name

RESERVED = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE
)


@pytest.mark.parametrize(
    "text, name",
    [
        ("峄移〔2026〕3号 移交函", "峄移〔2026〕3号 移交函.docx"),
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j.docx"),
        ("../../etc/passwd", "_.._etc_passwd.docx"),
        ("CON", "_CON.docx"),
        ("nul.txt", "_nul.txt.docx"),
        ("COM¹", "_COM¹.docx"),
        ("aux .x", "_aux .x.docx"),
        ("Console", "Console.docx"),
        ("尾. . ", "尾.docx"),
        ("-rf", "rf.docx"),
        ("", "未命名.docx"),
        ("...", "未命名.docx"),
        ("甲\n乙\x00\u202e", "甲 乙_u0000_u202e.docx"),
        ("甲" * 200, "甲" * 65 + ".docx"),
        ("a" * 200, "a" * 95 + ".docx"),
        ("a" * 94 + " b", "a" * 94 + ".docx"),
    ],
)
def test_a_name_is_made_of_it(text: str, name: str) -> None:
    assert safe_name(text, ".docx") == name


@given(st.text())
@example("CON" + " " * 200 + "x")
@example("\ud800\uffff")
@example("." * 300 + "nul")
def test_any_text_gives_a_safe_name(text: str) -> None:
    name = safe_name(text, ".docx")
    assert name.endswith(".docx")
    assert name != ".docx"
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\x7f]', name)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in name)
    assert len(name) <= 100
    assert len(name.encode()) <= 200
    assert not RESERVED.fullmatch(name.partition(".")[0].strip())
    assert name == name.strip(" .")
    folder = Path("/out")
    assert (folder / name).resolve().parent == folder.resolve()
