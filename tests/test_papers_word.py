"""The Word files: page, fonts, fields, text; the checkers are tried on broken files too."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator
from word_file import NS, File, W, changed, findings, shown

from yicheng_coord.papers.figures import PROFILES, STANDARD, Fonts, Layout, ProfileName
from yicheng_coord.papers.paper import NOTHING, Annex, Paper, Paragraph, Table
from yicheng_coord.papers.parser import parse
from yicheng_coord.papers.source import render
from yicheng_coord.papers.word import docx_bytes
from yicheng_coord.paths import carried
from yicheng_coord.vocabulary import Letter

HERE = Path(__file__).parent
FACTS = json.loads((HERE / "golden" / "facts.json").read_text("utf-8"))
SOURCES = sorted(path.stem for path in (HERE / "sources").glob("*.txt"))
PROFILE_33476 = Layout(PROFILES[ProfileName.GBT33476])
OWN_FONTS = Layout(
    fonts=Fonts(fangsong="仿宋_GB2312", xiaobiaosong="方正小标宋_GBK", latin="仿宋_GB2312")
)


def paper_of(kind: str, **changes: object) -> Paper:
    return render(kind, FACTS | changes, (carried("templates"),))


def sample(name: str) -> Paper:
    return parse(name, (HERE / "sources" / f"{name}.txt").read_text("utf-8"))


def audit(content: bytes, path: Path) -> list[str]:
    path.write_bytes(content)
    return [
        f"{one.part_uri}: {one.description}" for one in OpenXmlValidator().validate(path).errors
    ]


CASES = (
    [pytest.param(lambda kind=kind: paper_of(kind), id=kind) for kind in Letter]
    + [
        pytest.param(
            lambda kind=kind: render(kind, {}, (carried("templates"),)), id=f"{kind}-empty"
        )
        for kind in Letter
    ]
    + [pytest.param(lambda name=name: sample(name), id=name) for name in SOURCES]
)


@pytest.fixture(scope="module", params=CASES)
def paper(request: pytest.FixtureRequest) -> Paper:
    made: Paper = request.param()
    return made


@pytest.mark.parametrize(
    "layout", [STANDARD, PROFILE_33476, OWN_FONTS], ids=["own", "33476", "fonts"]
)
def test_page_fonts_numbers_text_and_package_are_as_they_must_be(
    paper: Paper, layout: Layout
) -> None:
    assert findings(docx_bytes(paper, layout), paper, layout) == []


def test_the_audit_finds_nothing(paper: Paper, tmp_path: Path) -> None:
    assert audit(docx_bytes(paper), tmp_path / "x.docx") == []


MAIN, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"


@pytest.mark.parametrize(
    "part, old, new, found",
    [
        (MAIN, 'w:top="2098"', 'w:top="2099"', "pgMar"),
        (MAIN, 'w:w="11906"', 'w:w="12240"', "pgSz"),
        (MAIN, ' w:type="lines"', "", "docGrid"),
        (MAIN, 'w:linePitch="579"', 'w:linePitch="580"', "docGrid"),
        (STYLES, 'w:line="579"', 'w:line="580"', "line pitch"),
        (STYLES, '<w:spacing w:val="-5"/>', "", "squeezed"),
        (STYLES, 'w:eastAsia="黑体"', 'w:eastAsia="宋体"', "font of GwHeading1"),
        (STYLES, "w:ascii=", "w:asciiTheme=", "theme font"),
        (STYLES, '<w:sz w:val="44"/>', '<w:sz w:val="36"/>', "size of GwTitle"),
        (MAIN, "<w:r><w:t", "<w:r><w:rPr><w:b/></w:rPr><w:t", "bold"),
        (MAIN, "现将", "将现", "text"),
        (MAIN, 'w:val="GwBody"', 'w:val="Body"', "no style Body"),
        (MAIN, '<w:highlight w:val="yellow"/>', "", "not highlighted"),
        (MAIN, "<w:titlePg/>", "", "titlePg"),
        (SETTINGS, "<w:evenAndOddHeaders/>", "", "alike"),
        ("word/footer2.xml", " PAGE ", "", "page number of default"),
        ("word/footer3.xml", 'w:val="left"', 'w:val="right"', "side of the number of even"),
        ("word/header1.xml", "自然资源", "自然", "letterhead"),
        ("docProps/core.xml", "zh-CN", "ja-JP", "ja-JP"),
        ("word/_rels/document.xml.rels", "/>", ' TargetMode="External"/>', "external"),
        ("word/_rels/document.xml.rels", "footer3.xml", "footer9.xml", ""),
    ],
)
def test_the_checks_find_what_is_broken(part: str, old: str, new: str, found: str) -> None:
    paper = paper_of("transfer", place=None)
    broken = changed(docx_bytes(paper), part, lambda text: text.replace(old, new))
    if not found:
        with pytest.raises(KeyError):
            findings(broken, paper)
    else:
        assert [one for one in findings(broken, paper) if found in one]


@pytest.mark.parametrize(
    "old, new",
    [
        ("<w:tblGrid>", "<w:tblGrind>"),
        ("<w:pPr><w:pStyle", '<w:pPr><w:jc w:val="left"/><w:pStyle'),
        ('w:lineRule="exact"', 'w:lineRule="exactly"'),
        ("<wp:wrapTopAndBottom/>", ""),
    ],
)
def test_the_audit_finds_what_is_broken(old: str, new: str, tmp_path: Path) -> None:
    content = docx_bytes(sample("document"))
    closed = new.replace("<", "</") if new.startswith("<w:tblG") else ""
    broken = changed(
        content,
        MAIN,
        lambda text: text.replace(old, new).replace(
            old.replace("<", "</"), closed or old.replace("<", "</")
        ),
    )
    assert audit(broken, tmp_path / "x.docx")


def test_a_letterhead_has_red_double_lines_on_the_first_page_alone() -> None:
    file = File(docx_bytes(paper_of("transfer")))
    lines = [
        (name, one.get(f"{W}val"), one.get(f"{W}color"))
        for name in sorted(file.parts)
        if name.startswith(("word/header", "word/footer"))
        for one in file.xml(name).iter(f"{W}bottom")
    ]
    assert [line[1:] for line in lines] == [
        ("thinThickSmallGap", "FF0000"),
        ("thickThinSmallGap", "FF0000"),
    ]
    assert set(file.stories("header")) == {"first"}


@pytest.mark.parametrize("name", ["document", "minutes"])
def test_imprint_stands_in_a_box_at_the_foot_of_the_text(name: str) -> None:
    file = File(docx_bytes(sample(name)))
    box = file.find("//w:txbxContent")
    assert len(box) == 1
    edges = {one.tag.removeprefix(W): one.get(f"{W}sz") for one in box[0].find(f".//{W}tblBorders")}
    assert edges == {"top": "8", "bottom": "8", "insideH": "6"}
    assert shown(next(box[0].iter(f"{W}p"))).startswith("抄送：")
    assert box[0] in list(file.find("w:body/w:p")[-1].iter(f"{W}txbxContent"))


def test_imprint_of_a_letter_has_no_lines_and_names_no_printer() -> None:
    paper = replace(paper_of("transfer"), printed_by="某某办公室", printed_on="2026年7月2日")
    file = File(docx_bytes(paper))
    assert [list(one) for one in file.find("//w:txbxContent//w:tblBorders")] == [[]]
    assert "某某办公室" not in "".join(file.main.itertext())


def test_core_properties_name_title_and_issuer_alone() -> None:
    core = File(docx_bytes(paper_of("transfer"))).parts["docProps/core.xml"].decode()
    assert "<dc:title>涉嫌违法案件移交函<" in core
    assert "<dc:creator>峄城区自然资源局<" in core
    assert "lastModifiedBy" not in core
    assert "created" not in core


def test_python_docx_reads_the_file(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "函.docx"
    path.write_bytes(docx_bytes(paper))
    titles = [p.text for p in Document(str(path)).paragraphs if p.style.name == "公文标题"]
    assert titles[0].replace("\n", "") == paper.title


def test_the_same_paper_gives_the_same_bytes(paper: Paper) -> None:
    assert docx_bytes(paper) == docx_bytes(paper)


def test_a_table_has_widths_for_word_and_for_wps() -> None:
    file = File(docx_bytes(paper_of("transfer")))
    grid = [int(node.get(f"{W}w")) for node in file.find("w:body/w:tbl/w:tblGrid/w:gridCol")]
    assert sum(grid) == 11906 - 1474 - 1588
    assert len(grid) == 5
    cells = [int(node.get(f"{W}w")) for node in file.find("w:body/w:tbl/w:tr[1]/w:tc/w:tcPr/w:tcW")]
    assert cells == grid
    assert len(file.find("w:body/w:tbl/w:tr[1]/w:trPr/w:tblHeader")) == 1


def test_what_is_to_be_filled_in_by_hand_has_room() -> None:
    rows = (("项目", "内容", "签名"), ("甲", "乙", ""), ("丙", "丁", ""), ("戊", "己", "庚"))
    base = replace(paper_of("feedback"), body=(Table(rows),))
    file = File(docx_bytes(base))
    name, _, blank = (int(n.get(f"{W}w")) for n in file.find("w:body/w:tbl/w:tblGrid/w:gridCol"))
    assert blank == pytest.approx(2 * name, abs=2)
    heights = [
        row.xpath("w:trPr/w:trHeight/@w:val", namespaces=NS)
        for row in file.find("w:body/w:tbl/w:tr")
    ]
    assert heights == [[], ["567"], ["567"], []]


def test_no_head_of_a_table_that_wraps_is_wrapped() -> None:
    rows = (("序号", "情况", "组长审定意见"), ("1", "国" * 60, "同" * 60))
    file = File(docx_bytes(replace(paper_of("feedback"), body=(Table(rows),))))
    grid = [int(node.get(f"{W}w")) for node in file.find("w:body/w:tbl/w:tblGrid/w:gridCol")]
    assert sum(grid) == 11906 - 1474 - 1588
    for wide, head in zip(grid, rows[0], strict=True):
        assert wide - 216 >= 240 * len(head)  # 12 pt a character, the cell's own margins aside


def test_a_heading_lends_its_font_to_its_sentence_only() -> None:
    base = paper_of("feedback")
    body = (Paragraph("level1", "一、情况。“甲”于今日"), Paragraph("level2", "（一）“乙”"))
    file = File(docx_bytes(replace(base, body=body)))
    styled = [shown(r) for r in file.find("//w:r[w:rPr/w:rStyle/@w:val='GwHead1']")]
    assert styled == ["一、情况。"]
    heading = file.find("//w:p[w:pPr/w:pStyle/@w:val='GwHeading2']")
    assert [shown(p) for p in heading] == ["（一）“乙”"]
    quotes = heading[0].xpath("w:r/w:rPr/w:rFonts/@w:ascii", namespaces=NS)
    assert quotes == ["楷体", "楷体"]


@pytest.mark.parametrize("kind", list(Letter))
def test_other_shapes_of_a_paper(kind: str) -> None:
    base = replace(paper_of(kind, approver="孙某"), missing=(), body=paper_of("result").body)
    table = Table((("甲", "乙"), ("丙" * 90, "丁")))
    for altered in (
        replace(base, format="普通", number="", attachments=("一件",), copies="", contact=""),
        replace(base, format="普通", urgency="特急", is_sealed=False, addressee=""),
        replace(base, format="文件", issuer_signer="", number="", copies="丙局", contact=""),
        replace(base, format="信函", body=(table,), issuer="长" * 40, urgency="加急"),
        replace(base, format="纪要", title="", number="", attendance=(("出席", "甲"),)),
        replace(base, attachments=("件",) * 12, annexes=(Annex("附件", "表", (table,)),)),
        replace(base, mark="甲局、乙局", format="文件", note="此件公开发布"),
    ):
        assert findings(docx_bytes(altered), altered) == []


def test_a_long_name_is_shrunk_into_the_mark() -> None:
    base = replace(paper_of("transfer"), issuer="长" * 20)
    sizes = File(docx_bytes(base)).xml("word/header1.xml").xpath("//w:sz/@w:val", namespaces=NS)
    assert sizes == ["44"]


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1))
def test_any_text_gives_a_file_that_can_be_read(text: str) -> None:
    base = paper_of("feedback")
    paper = replace(base, title=f"@title@{text}", issuer=text, body=(Paragraph("text", text),))
    file = File(docx_bytes(paper))
    assert "@title@" in "".join(file.main.itertext())


def test_a_cell_in_which_nothing_is_to_stand_leaves_no_room_for_a_hand() -> None:
    rows = (("日期", "说明"), ("甲", NOTHING), ("丙", ""))
    file = File(docx_bytes(replace(paper_of("feedback"), body=(Table(rows),))))
    heights = [
        row.xpath("w:trPr/w:trHeight/@w:val", namespaces=NS)
        for row in file.find("w:body/w:tbl/w:tr")
    ]
    assert heights == [[], [], ["567"]]
    head = "---\n格式: 普通\n发文机关: 某局\n标题: 表\n署名: 某局\n日期: 2026年11月23日\n---\n"
    source = f"{head}| 日期 | 说明 |\n| 甲 | \u3000 |\n| 丙 |  |\n"
    (table,) = parse("feedback", source).body
    assert table == Table(rows)
