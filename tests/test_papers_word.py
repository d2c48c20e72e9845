"""The Word files: page, fonts, fields, text; read as XML, not through python-docx."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from yicheng_coord.papers.paper import Paper, Paragraph, Table, texts
from yicheng_coord.papers.source import render
from yicheng_coord.papers.word import docx_bytes
from yicheng_coord.paths import carried
from yicheng_coord.vocabulary import Letter

GOLDEN = Path(__file__).parent / "golden"
FACTS = json.loads((GOLDEN / "facts.json").read_text("utf-8"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}
PARSER = etree.XMLParser(resolve_entities=False)


def paper_of(kind: str, **changes: object) -> Paper:
    return render(kind, FACTS | changes, (carried("templates"),))


class File:
    """A Word file as {part: XML}."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert package.testzip() is None
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.main = self.xml("word/document.xml")
        self.styles = self.xml("word/styles.xml")

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name], PARSER)

    def find(self, path: str) -> list[etree._Element]:
        return self.main.xpath(path, namespaces=NS)

    def style(self, identity: str, path: str) -> str:
        found = self.styles.xpath(f"w:style[@w:styleId='{identity}']/{path}", namespaces=NS)
        assert len(found) == 1, (identity, path)
        return str(found[0])


def shown(paragraph: etree._Element) -> str:
    return "".join(
        "\t" if node.tag == f"{W}tab" else node.text or ""
        for node in paragraph.iter(f"{W}t", f"{W}tab")
        if node.getparent().tag == f"{W}r"
    )


def all_texts(file: File) -> list[str]:
    lines = [shown(p) for p in file.main.iter(f"{W}p")]
    return [part for line in lines for part in line.split("\t") if part]


@pytest.fixture(scope="module", params=list(Letter))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def paper(kind: str) -> Paper:
    return paper_of(kind)


@pytest.fixture(scope="module")
def file(paper: Paper) -> File:
    return File(docx_bytes(paper))


def test_page_margins_and_grid(file: File) -> None:
    assert dict(file.find("//w:pgSz")[0].attrib) == {f"{W}w": "11906", f"{W}h": "16838"}
    margins = {key.removeprefix(W): v for key, v in file.find("//w:pgMar")[0].attrib.items()}
    wanted = {"top": "2098", "right": "1474", "bottom": "1984", "left": "1588", "gutter": "0"}
    assert {key: margins[key] for key in wanted} == wanted
    assert dict(file.find("//w:docGrid")[0].attrib) == {f"{W}type": "lines", f"{W}linePitch": "579"}


def test_header_and_footer_stand_where_the_format_wants_them(file: File, kind: str) -> None:
    margins = file.find("//w:pgMar")[0].attrib
    letter = kind != "refer"
    assert margins[f"{W}header"] == ("1701" if letter else "4082")
    assert margins[f"{W}footer"] == ("1134" if letter else "1419")


def test_lines_of_579_twips_and_characters_squeezed_by_five(file: File) -> None:
    assert file.style("Normal", "w:pPr/w:spacing/@w:line") == "579"
    assert file.style("Normal", "w:pPr/w:spacing/@w:lineRule") == "exact"
    assert file.style("Normal", "w:rPr/w:spacing/@w:val") == "-5"
    assert file.style("Normal", "w:rPr/w:sz/@w:val") == "32"
    assert file.style("GwBody", "w:pPr/w:ind/@w:firstLine") == "630"
    assert file.style("GwBody", "w:pPr/w:ind/@w:firstLineChars") == "200"


@pytest.mark.parametrize(
    "identity, font, size",
    [
        ("Normal", "仿宋", "32"),
        ("GwTitle", "方正小标宋简体", "44"),
        ("GwMark", "方正小标宋简体", "84"),
        ("GwHeading1", "黑体", None),
        ("GwHeading2", "楷体", None),
        ("GwHeading3", "仿宋", None),
        ("GwHead1", "黑体", None),
        ("GwCopies", "仿宋", "28"),
        ("GwPage", "宋体", "28"),
        ("GwCell", "仿宋", "24"),
    ],
)
def test_fonts_and_sizes(file: File, identity: str, font: str, size: str | None) -> None:
    assert file.style(identity, "w:rPr/w:rFonts/@w:eastAsia") == font
    if size:
        assert file.style(identity, "w:rPr/w:sz/@w:val") == size


def test_no_theme_font_no_bold_and_an_east_asian_font_in_every_font(file: File) -> None:
    for name in ("word/styles.xml", "word/document.xml", "word/settings.xml"):
        root = file.xml(name)
        assert not root.xpath("//w:b | //w:bCs", namespaces=NS)
        for fonts in root.iter(f"{W}rFonts"):
            assert not [key for key in fonts.attrib if "Theme" in key]
            assert {f"{W}ascii", f"{W}hAnsi", f"{W}eastAsia", f"{W}cs"} <= set(fonts.attrib)


def test_every_style_used_is_there(file: File) -> None:
    known = set(file.styles.xpath("w:style/@w:styleId", namespaces=NS))
    for name in file.parts:
        if name.startswith("word/") and name.endswith(".xml"):
            root = file.xml(name)
            used = root.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val", namespaces=NS)
            assert set(used) <= known


def test_page_numbers_stand_outside_on_odd_and_even_pages(file: File, kind: str) -> None:
    feet: dict[str, etree._Element] = {}
    links = etree.fromstring(file.parts["word/_rels/document.xml.rels"], PARSER)
    targets = {link.get("Id"): link.get("Target") for link in links}
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    for reference in file.find("//w:footerReference"):
        feet[reference.get(f"{W}type")] = file.xml(f"word/{targets[reference.get(relation)]}")
    assert set(feet) == {"default", "even", "first"}
    for place, side in (("default", "right"), ("even", "left")):
        assert "".join(feet[place].itertext()) == "—  PAGE 1 —"
        assert feet[place].xpath("//w:jc/@w:val", namespaces=NS) == [side]
        assert feet[place].xpath(f"//w:ind/@w:{side}", namespaces=NS) == ["280"]
    assert bool(feet["first"].xpath("//w:instrText", namespaces=NS)) == (kind == "refer")
    assert file.find("//w:titlePg")
    assert file.xml("word/settings.xml").find(f"{W}evenAndOddHeaders") is not None


def test_a_letter_has_its_mark_and_red_double_lines_on_the_first_page(
    file: File, paper: Paper
) -> None:
    head = file.xml("word/header1.xml")
    document = paper.format == "文件"
    assert "".join(head.itertext()) == paper.issuer + ("文件" if document else "")
    lines = [
        element.get(f"{W}val")
        for name in file.parts
        if name.startswith(("word/header", "word/footer"))
        for element in file.xml(name).iter(f"{W}bottom")
    ]
    assert lines == ([] if document else ["thinThickSmallGap", "thickThinSmallGap"])


def test_the_text_of_the_file_is_the_text_of_the_paper(file: File, paper: Paper) -> None:
    assert all_texts(file) == list(texts(paper))


@pytest.mark.parametrize("name", list(Letter))
def test_placeholders_are_highlighted_and_the_text_is_equal_without_facts(name: str) -> None:
    empty = render(name, {}, (carried("templates"),))
    file = File(docx_bytes(empty))
    assert all_texts(file) == list(texts(empty))
    marked = [shown(r) for r in file.find("//w:r[w:rPr/w:highlight/@w:val='yellow']")]
    plain = [shown(r) for r in file.find("//w:r[not(w:rPr/w:highlight)]")]
    assert list(dict.fromkeys(text[4:-1] for text in marked))
    assert set(empty.missing) == {text[4:-1] for text in marked}
    assert not [text for text in plain if "待补" in text]


def test_no_traces_no_macros_nothing_external(file: File, paper: Paper) -> None:
    everything = b"".join(file.parts.values())
    for trace in (b"python-docx", b"Microsoft Macintosh", b"2013-12", b"ja-JP", b"@mark@"):
        assert trace not in everything
    assert not [name for name in file.parts if "vba" in name or "embed" in name or "thumb" in name]
    for name, content in file.parts.items():
        assert b"<!DOCTYPE" not in content
        if name.endswith(".rels"):
            assert b"External" not in content
    core = file.parts["docProps/core.xml"].decode()
    assert f"<dc:title>{paper.title}<" in core
    assert f"<dc:creator>{paper.issuer}<" in core


def test_every_part_is_declared_and_every_relation_leads_somewhere(file: File) -> None:
    types = file.xml("[Content_Types].xml")
    declared = {node.get("PartName", "").lstrip("/") for node in types}
    assert next(iter(file.parts)) == "[Content_Types].xml"
    assert {name for name in declared if name} <= set(file.parts)
    for link in etree.fromstring(file.parts["word/_rels/document.xml.rels"], PARSER):
        assert f"word/{link.get('Target')}" in file.parts


def test_python_docx_reads_the_file(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "函.docx"
    path.write_bytes(docx_bytes(paper))
    assert [p.text for p in Document(str(path)).paragraphs if p.style.name == "公文标题"] == [
        paper.title
    ]


def test_the_same_paper_gives_the_same_bytes(paper: Paper) -> None:
    assert docx_bytes(paper) == docx_bytes(paper)


def test_a_table_has_widths_for_word_and_for_wps() -> None:
    file = File(docx_bytes(paper_of("transfer")))
    grid = [int(node.get(f"{W}w")) for node in file.find("//w:tblGrid/w:gridCol")]
    assert sum(grid) == 11906 - 1474 - 1588
    assert len(grid) == 5
    cells = [int(node.get(f"{W}w")) for node in file.find("//w:tr[1]/w:tc/w:tcPr/w:tcW")]
    assert cells == grid
    assert len(file.find("//w:tr[1]/w:trPr/w:tblHeader")) == 1


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


def test_other_shapes_of_a_paper(kind: str) -> None:
    base = paper_of(kind)
    for changed in (
        replace(base, format="普通", number="", attachments=("一件",), copies="", contact=""),
        replace(base, format="文件", issuer_signer="", number="", copies="丙局", contact=""),
        replace(
            base, format="信函", body=(Table((("甲", "乙"), ("丙" * 90, "丁"))),), issuer="长" * 40
        ),
    ):
        assert all_texts(File(docx_bytes(changed))) == list(texts(changed))


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
