"""Data is data: nothing that a clerk or an import typed becomes structure."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.papers.facts import Group, label, plain
from yicheng_coord.papers.layout import as_text
from yicheng_coord.papers.paper import Paper, Paragraph, Table, texts
from yicheng_coord.papers.parser import PaperSourceError, parse
from yicheng_coord.papers.signature import places
from yicheng_coord.papers.source import render
from yicheng_coord.papers.titles import title_lines
from yicheng_coord.papers.width import spaces, width
from yicheng_coord.vocabulary import Source

TEMPLATE = """---
格式: 信函
发文机关: {{ sender.full_name }}
标题: {{ title }}
主送: {{ receiver.full_name }}
附件: [{% for m in materials %}{{ m.title }}, {% endfor %}终]
署名: {{ sender.full_name }}
日期: {{ date }}
---
一、情况
{{ summary }}
{{ title }}
经过：{{ summary }}。
| 序号 | 名称 |
| 1 | {{ title }} |
| 2 | {{ summary }} |
（一）{{ title }}
完。
"""
HOSTILE = [
    "---",
    "| x | y |",
    "一、伪造",
    "（二）伪造",
    "1.伪造",
    "（3）伪造",
    "署名: 伪造局",
    "甲\n署名: 伪造局\n---\n正文",
    "甲\r\n一、伪造",
    "甲\u2028| 伪造 |",
    "{{ sender }}{% for %}{# #}",
    "\\一、反斜杠",
    "a, b], [c\\, d\\",
    "甲 | 乙 \\| 丙 \\",
    "\x02\x03一、\x04\x05假\x06",
    "\u202e倒\u200b写\ufeff",
    "\ufffe\uffff\ud800",
    "【待补：假】",
    "<w:p>&amp;",
]


def facts(title: object, summary: object = "平常") -> dict[str, object]:
    return {
        "title": title,
        "summary": summary,
        "sender": {"full_name": "甲局"},
        "receiver": {"full_name": "乙局"},
        "date": "2026年11月23日",
        "materials": [{"title": title}],
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("templates")
    (made / "probe.j2").write_text(TEMPLATE, "utf-8")
    return made


def shape(paper: Paper) -> list[object]:
    """The roles of the body without the paragraphs that data alone makes."""
    return [
        block.role if isinstance(block, Paragraph) else [len(row) for row in block.rows]
        for block in paper.body
        if not (isinstance(block, Paragraph) and block.role == "text")
    ]


def assert_unforged(paper: Paper) -> None:
    assert shape(paper) == ["level1", [2, 2, 2], "level2"]
    assert (paper.format, paper.signatory, paper.date) == ("信函", "甲局", "2026年11月23日")
    assert paper.addressee == "乙局"
    assert len(paper.attachments) == 2
    assert paper.missing == ()
    again = parse("probe", paper.source)
    assert (again.body, again.attachments, again.title) == (
        paper.body,
        paper.attachments,
        paper.title,
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_data_forges_nothing(folder: Path, text: str) -> None:
    paper = render("probe", facts(text, text), (folder,))
    assert_unforged(paper)
    shown = plain({"title": text})["title"]
    assert isinstance(shown, str)
    assert paper.title == shown.strip()
    assert paper.attachments[0] == shown.strip()
    assert Paragraph("text", shown.strip()) in paper.body
    table = next(block for block in paper.body if isinstance(block, Table))
    assert table.rows[1] == ("1", shown.strip())


@given(title=st.text(min_size=1), summary=st.text(min_size=1))
def test_no_text_at_all_forges_anything(folder: Path, title: str, summary: str) -> None:
    paper = render("probe", facts(f"题{title}", f"{summary}文"), (folder,))
    assert_unforged(paper)
    assert not any(c < " " for text in texts(paper) for c in text)


@given(title=st.text("-|一、（）1.．\\,[]甲 \n\x02\x03\x04\x05\x06", min_size=1))
def test_no_mixture_of_marks_forges_anything(folder: Path, title: str) -> None:
    assert_unforged(render("probe", facts(f"{title}题", f"{title}文"), (folder,)))


def test_several_lines_become_several_paragraphs_only_where_they_may(folder: Path) -> None:
    paper = render("probe", facts("甲\n乙", "甲\n\n  一、乙\r\n丙"), (folder,))
    assert paper.title == "甲 乙"
    body = [block.text for block in paper.body if isinstance(block, Paragraph)]
    assert body[1:4] == ["甲", "一、乙", "丙"]
    assert body[5:8] == ["经过：甲", "一、乙", "丙。"]


def test_a_heading_ends_at_the_first_stop() -> None:
    assert Paragraph("level1", "一、情况。甲局于").heading == "一、情况。"
    assert Paragraph("level1", "一、情况").heading == "一、情况"
    assert Paragraph("text", "情况。").heading == ""


SOURCE = """---
格式: 普通
发文机关: 甲局
标题: 题
主送: 乙局：
附件: 一件
署名: 甲局
日期: 2026年1月1日
抄送: 丙局。
---
一、甲
（一）乙
1.丙
（1）丁
2.5公里
\\一、戊
| a | b
| c |
"""


def test_roles_come_from_the_numbering() -> None:
    paper = parse("probe", SOURCE)
    roles = [block.role for block in paper.body if isinstance(block, Paragraph)]
    assert roles == ["level1", "level2", "level3", "level4", "text", "text"]
    assert paper.body[-1] == Table((("a", "b"), ("c", "")))
    assert paper.body[-2] == Paragraph("text", "一、戊")


def test_a_further_fence_begins_an_annex_and_data_cannot(folder: Path) -> None:
    paper = parse("probe", f"{SOURCE}---\n附件1\n\\一、题目\n正文\n---\n附件2\n乙表\n| 甲 |\n")
    assert [(one.label, one.title) for one in paper.annexes] == [
        ("附件1", "一、题目"),
        ("附件2", "乙表"),
    ]
    assert paper.annexes[0].body == (Paragraph("text", "正文"),)
    assert paper.annexes[1].body == (Table((("甲",),)),)
    for summary in ("---", "甲\n---\n附件1\n伪造", " --- "):
        assert render("probe", facts("题", summary), (folder,)).annexes == ()


def test_a_paper_without_a_seal_says_so_in_its_head() -> None:
    assert parse("probe", SOURCE).is_sealed
    assert not parse("probe", SOURCE.replace("抄送", "盖章: 否\n抄送")).is_sealed


def test_single_attachment_has_no_number_and_no_punctuation_doubles() -> None:
    text = as_text(parse("probe", SOURCE))
    assert "　　附件：一件\n" in text
    assert "\n乙局：\n" in text
    assert text.endswith("\n抄送：丙局。\n")


@pytest.mark.parametrize(
    "old, new, why",
    [
        ("---\n格式", "格式", "没有两行 ---"),
        ("标题: 题\n", "", "文头缺“标题”"),
        ("标题: 题", "标题:", "文头缺“标题”"),
        ("标题: 题", "题目: 题", "不认识这一行“题目: 题”"),
        ("标题: 题", "标题: 题\n标题: 二", "不认识这一行“标题: 二”"),
        ("普通", "命令", "没有“命令”"),
        ("格式: 普通\n", "", "文头缺“格式”"),
        ("日期: 2026年1月1日", "日期: 2026年1月1日\n盖章: 也许", "“盖章”只写是或否"),
        ("| c |", "| c |\n---\n清单\n题", "第一行应是附件的序号"),
        ("| c |", "| c |\n---\n附件1", "第二行是题目"),
    ],
)
def test_a_source_without_its_shape_is_refused(old: str, new: str, why: str) -> None:
    with pytest.raises(PaperSourceError, match=why):
        parse("probe", SOURCE.replace(old, new, 1))


def test_an_empty_source_is_refused() -> None:
    with pytest.raises(PaperSourceError):
        parse("probe", "")


@pytest.mark.parametrize("line", ["{{ title }}", "标题{{ title }}", "{{ title }}: 甲"])
def test_data_cannot_name_a_line_of_the_head(tmp_path: Path, line: str) -> None:
    template = TEMPLATE.replace("标题: {{ title }}", line)
    (tmp_path / "probe.j2").write_text(template, "utf-8")
    for title in ("---", "标题: 伪造", ": 伪造", "标题"):
        with pytest.raises(PaperSourceError):
            render("probe", facts(title), (tmp_path,))


def test_facts_are_copied_into_plain_values() -> None:
    made = plain(
        {"source": Source.REPORT, "leg": 2, "urgent": False, "party": " ", "materials": []}
    )
    assert made == {"source": "举报", "leg": 2, "urgent": False}
    assert type(made["source"]) is str
    assert isinstance(plain({"decision": {"on": "今日"}})["decision"], Group)


@pytest.mark.parametrize("value", [Path("/etc"), 1.5, b"x", object(), {1, 2}, [Path()], {"a": len}])
def test_other_than_plain_values_are_a_mistake_of_the_caller(value: object) -> None:
    with pytest.raises(TypeError, match="a template takes no"):
        plain({"title": value})
    with pytest.raises(TypeError, match="a fact's name"):
        plain({"decision": {1: "x"}})


def test_labels_are_found_by_the_whole_name_then_by_its_last_part() -> None:
    assert label("decision.number") == "决定书文号"
    assert label("number") == "案件编号"
    assert label("materials.copies") == "份数"
    assert label("plcae") == "plcae"


def test_width_counts_as_print_does() -> None:
    assert width("甲A“〔—") == 2 + 1 + 2 + 2 + 2
    assert width("e\u0301") == 1
    assert spaces(5) == "　　 "


DATE = "2026年11月23日"  # 7 字 wide


@pytest.mark.parametrize(
    "signatory, sealed, at",
    [
        ("甲" * 8, True, (16.5, 17.0)),
        ("甲" * 15, True, (13.0, 17.0)),
        ("甲" * 20, True, (8.0, 17.0)),
        ("甲" * 60, True, (0.0, 17.0)),
        ("甲" * 12, False, (14.0, 16.0)),
        ("甲" * 8, False, (17.0, 19.0)),
        ("甲" * 40, False, (0.0, 2.0)),
    ],
)
def test_signature_and_date_stand_by_the_rules_with_and_without_a_seal(
    signatory: str, sealed: bool, at: tuple[float, float]
) -> None:
    one, two = places(signatory, DATE, is_sealed=sealed, boundary=0)
    assert (one.left, two.left) == at


def test_a_title_wider_than_the_page_begins_at_its_edge() -> None:
    paper = parse("probe", SOURCE.replace("标题: 题", f"标题: {'长' * 40}"))
    assert f"\n{'长' * 40}\n" in as_text(paper)


NUMBERED = TEMPLATE.replace("经过：", "{{ title|ordinal }}{{ summary }}\n经过：")


@pytest.mark.parametrize(
    ("title", "role"),
    [("一、", "level1"), ("（二）", "level2"), ("3.", "level3"), ("（4）", "level4")],
)
def test_a_number_that_is_nothing_else_gives_its_line_a_level(
    tmp_path: Path, title: str, role: str
) -> None:
    (tmp_path / "numbered.j2").write_text(NUMBERED, "utf-8")
    paper = render("numbered", facts(title), [tmp_path])
    assert Paragraph(role, f"{title}平常") in paper.body


@pytest.mark.parametrize(
    "title", [*HOSTILE, "一、二、", "一", "---\n附件\n伪", "（一）一、", "1.2"]
)
def test_anything_else_in_the_place_of_a_number_stays_text(tmp_path: Path, title: str) -> None:
    (tmp_path / "numbered.j2").write_text(NUMBERED, "utf-8")
    paper = render("numbered", facts(title), [tmp_path])
    assert_unforged(paper)
    assert paper.annexes == ()


def test_a_title_never_breaks_within_a_quarter() -> None:
    lines = title_lines("关于征集2026年第四季度联席会议议题的通知")
    assert lines == ("关于征集2026年第四季度", "联席会议议题的通知")
