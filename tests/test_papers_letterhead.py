"""An office's own Word file: filled in the sandbox, refused where it could run or call out."""

import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from word_file import NS, File, shown

from yicheng_coord.papers.figures import STANDARD
from yicheng_coord.papers.letterhead import Letterhead
from yicheng_coord.papers.paper import Paper, Paragraph, texts
from yicheng_coord.papers.parser import parse
from yicheng_coord.papers.source import render
from yicheng_coord.papers.word_package import LetterheadError
from yicheng_coord.paths import carried

HERE = Path(__file__).parent
FACTS = json.loads((HERE / "golden" / "facts.json").read_text("utf-8"))
WHOLE = ("{{ 标志 }}", "{{ 发文字号 }}", "{{p 全文 }}")
MAIN = "word/document.xml"

Make = Callable[..., Path]


def paper_of(kind: str = "transfer", **changes: object) -> Paper:
    return render(kind, FACTS | changes, (carried("templates"),))


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a letterhead with so many paragraphs, by another hand than ours."""

    def made(*lines: str, head: str = "", name: str = "信头.docx") -> Path:
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.sections[0].header.paragraphs[0].text = head
        document.core_properties.author = "王某"
        document.save(str(tmp_path / name))
        return tmp_path / name

    return made


def repacked(path: Path, **parts: bytes | None) -> Path:
    """Put parts into a file; `__` stands for a slash, None takes one out."""
    named = {name.replace("__", "/"): content for name, content in parts.items()}
    return rewritten(path, named)


def rewritten(path: Path, parts: dict[str, bytes | None]) -> Path:
    with zipfile.ZipFile(path) as source:
        kept = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (kept | parts).items():
            if content is not None:
                package.writestr(name, content)
    return path


def changed(path: Path, part: str, old: str, new: str) -> Path:
    with zipfile.ZipFile(path) as source:
        text = source.read(part).decode()
    assert old in text
    return rewritten(path, {part: text.replace(old, new, 1).encode()})


def filled(path: Path, paper: Paper | None = None) -> File:
    return File(Letterhead.read(path).filled(paper or paper_of(), STANDARD))


def test_all_from_the_title_on_stands_where_the_letterhead_wants_it(make: Make) -> None:
    paper = paper_of()
    file = filled(make(*WHOLE), paper)
    assert file.all_texts() == [paper.issuer, *texts(paper)]


@pytest.mark.parametrize("name", ["document", "minutes", "plain", "letter"])
def test_papers_of_every_format_can_stand_on_a_letterhead(
    make: Make, name: str, tmp_path: Path
) -> None:
    paper = parse(name, (HERE / "sources" / f"{name}.txt").read_text("utf-8"))
    content = Letterhead.read(make("{{p 全文 }}")).filled(paper, STANDARD)
    wanted = list(texts(paper))
    assert File(content).all_texts() == wanted[wanted.index(paper.title) :]
    path = tmp_path / "filled.docx"
    path.write_bytes(content)
    ours = [
        one for one in OpenXmlValidator().validate(path).errors if "stylesWith" not in one.part_uri
    ]
    assert [one.description for one in ours] == []


def test_a_clerk_can_place_the_parts_one_by_one(make: Make) -> None:
    path = make(
        "{{ 标题 }}", "{{ 主送 }}：", "{{p 正文 }}", "{%p for 件 in 附件 %}", "附件：{{ 件 }}",
        "{%p endfor %}", "{{ 署名 }}", "{{ 日期 }}", head="{{ 发文机关 }}",
    )  # fmt: skip
    paper = paper_of()
    file = filled(path, paper)
    shown_texts = file.all_texts()
    assert shown_texts[:2] == [paper.title, f"{paper.addressee}："]
    assert shown_texts[-5:] == [
        *(f"附件：{one}" for one in paper.attachments), paper.signatory, paper.date
    ]  # fmt: skip
    heads = ["".join(head.itertext()) for head in file.stories("header").values()]
    assert paper.issuer in heads


def test_what_is_missing_is_highlighted_on_a_letterhead_too(make: Make) -> None:
    file = filled(make(*WHOLE), paper_of(letter_number=None, place=None))
    marked = [shown(run) for run in file.find("//w:r[w:rPr/w:highlight]")]
    assert "【待补：发文字号】" in marked
    assert "【待补：地点】" in marked


@pytest.mark.parametrize(
    "text",
    ["甲 & 乙 <丙>", "{{ 7*7 }}", "{% for %}", "{_{ 甲 }_}", "{_% x %_}", "<w:p/>", '"&quot;'],
)
def test_data_is_text_on_a_letterhead(make: Make, text: str) -> None:
    paper = replace(paper_of(), title=text, body=(Paragraph("text", text),))
    file = filled(make("{{ 标题 }}", "{{p 全文 }}"), paper)
    assert file.all_texts().count(text) == 3


def test_the_clerk_s_own_text_and_layout_stay(make: Make) -> None:
    file = filled(make("某某局制", *WHOLE))
    assert file.all_texts()[0] == "某某局制"
    assert file.find("//w:pgSz")[0].get(f"{{{NS['w']}}}w") == "12240"


def test_nothing_tells_of_who_made_the_letterhead_or_of_now(make: Make) -> None:
    path = make(*WHOLE)
    first = Letterhead.read(path).filled(paper_of(), STANDARD)
    assert first == Letterhead.read(path).filled(paper_of(), STANDARD)
    core = File(first).parts["docProps/core.xml"].decode()
    assert "王某" not in core
    assert "python-docx" not in core
    assert "<dc:title>涉嫌违法案件移交函<" in core


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}", "{{ 标题.__class__ }}", "{{ 标题.upper() }}",
        "{{ 标题|attr('__class__') }}", "{{ lipsum() }}", "{{ range(9) }}", "{{ 'a' * 999999999 }}",
        "{{ cycler }}{{ cycler() }}", "{{ self.__init__ }}", "{{ '%s'|format(标题) }}",
        "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{{ 标题|safe }}", "{{ a b }}",
        "{% if 标题 %}", "{% set x = 标题 ~ 标题 %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}",
        "{% for a in 标题 %}" * 12 + "长" + "{% endfor %}" * 12,
    ],
)  # fmt: skip
def test_a_hostile_tag_in_a_letterhead_is_refused(make: Make, tag: str) -> None:
    letterhead = Letterhead.read(make(tag, "{{p 全文 }}"))
    with pytest.raises(LetterheadError, match=r"信头文件 信头\.docx 不能用：") as error:
        letterhead.filled(replace(paper_of(), title="长" * 40), STANDARD)
    assert error.value.exit_code == 1


def test_a_tag_in_the_properties_runs_in_the_same_sandbox(make: Make) -> None:
    path = changed(make(*WHOLE), "docProps/core.xml", "王某", "{{ 标题.__class__ }}")
    with pytest.raises(LetterheadError):
        filled(path)


def test_tags_that_cross_a_table_are_refused_not_mended(make: Make) -> None:
    path = make("{% if 附注 %}")
    document = Document(str(path))
    document.add_table(1, 1).cell(0, 0).text = "{% endif %}"
    document.add_paragraph("{{p 全文 }}")
    document.save(str(path))
    with pytest.raises(LetterheadError, match="跨段落或表格"):
        filled(path)


@pytest.mark.parametrize("lines", [("某某局",), ("{{ 标题 }}",), ("{{ 全文 }} 在一行里",)])
def test_a_letterhead_without_a_place_for_the_text_is_refused(
    make: Make, lines: tuple[str, ...]
) -> None:
    with pytest.raises(LetterheadError):
        filled(make(*lines))


def external(kind: str, target: str) -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{base}/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    ).encode()


@pytest.mark.parametrize(
    "parts, why",
    [
        ({"word/vbaProject.bin": b"x"}, "带有宏"),
        ({"word/activeX/activeX1.xml": b"<x/>"}, "带有宏"),
        ({"word/embeddings/a.bin": b"x"}, "带有宏"),
        ({"word/_rels/settings.xml.rels": external("attachedTemplate", "http://x/t.dotm")}, "外部"),
        ({"word/_rels/header1.xml.rels": external("image", "file://server/x.png")}, "外部"),
        ({"word/a.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "实体"),
        ({"word/a.xml": "<a>甲</a>".encode("utf-16")}, "UTF-8"),
        ({"word/b.xml": b'<a><w:instrText> INCLUDETEXT "c:\\\\x" </w:instrText></a>'}, "域"),
        (
            {
                "word/b.xml": b"<a><w:instrText>INC</w:instrText><w:instrText>LUDETEXT x</w:instrText></a>"
            },
            "域",
        ),
        ({"word/b.xml": b'<w:fldSimple w:instr=" DDEAUTO c:x "/>'}, "域"),
        ({"../x.xml": b"<a/>"}, "文件名不正常"),
        ({"word\\x.xml": b"<a/>"}, "文件名不正常"),
        ({"word/media/a.bin": b"\0" * 3_000_000}, "过大"),
        ({"word/a.xml": b"<a>" + b"x" * 1_100_000 + b"</a>"}, "过大"),
        ({"word/a.xml": f"<a>{os.urandom(600_000).hex()}</a>".encode()}, "过大"),
        ({"[Content_Types].xml": b"<Types/>"}, "不是 .docx"),
        ({f"word/{n}.txt": b"" for n in range(600)}, "过多"),
    ],
)
def test_a_file_that_could_run_call_out_or_burst_is_refused(
    make: Make, parts: dict[str, bytes | None], why: str
) -> None:
    path = rewritten(make(*WHOLE), parts)
    with pytest.raises(LetterheadError, match=why):
        Letterhead.read(path)


def test_a_link_that_a_reader_may_follow_is_let_in(make: Make) -> None:
    link = external("hyperlink", "http://x/")
    Letterhead.read(rewritten(make(*WHOLE), {"word/_rels/footer9.xml.rels": link}))


@pytest.mark.parametrize(
    "text",
    [
        "}}" * 2000 + "{{" * 2000,
        "{{" * 3000,
        "{{ 甲",
        "{{ {% }} %}",
        "{{ " + "甲" * 3000 + " }}",
        "{{ 标题 }}" * 600,
    ],
)
def test_braces_that_would_be_searched_for_ever_are_refused_at_once(make: Make, text: str) -> None:
    with pytest.raises(LetterheadError, match=r"\{\{|过长"):
        Letterhead.read(make(text, "{{p 全文 }}"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", "甲".encode()])
def test_what_is_no_word_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(content)
    with pytest.raises(LetterheadError, match=r"不是 \.docx 文件"):
        Letterhead.read(path)


def test_a_huge_file_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    with path.open("wb") as file:
        file.truncate(40_000_000)
    with pytest.raises(LetterheadError, match="过大"):
        Letterhead.read(path)


def test_a_field_that_links_a_reader_is_let_in(make: Make) -> None:
    field = b'<a><w:instrText> HYPERLINK "http://x/" </w:instrText></a>'
    Letterhead.read(rewritten(make(*WHOLE), {"word/b.xml": field}))


def test_two_parts_of_one_name_are_refused(make: Make) -> None:
    path = make(*WHOLE)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as package:
        package.writestr(MAIN, b"<a/>")
    with pytest.raises(LetterheadError, match="重名"):
        Letterhead.read(path)


def test_a_part_that_is_larger_than_it_says_is_refused(make: Make) -> None:
    path = rewritten(make(*WHOLE), {"word/a.xml": b"<a>" + b"x" * 5000 + b"</a>"})
    content = path.read_bytes()
    size = (5007).to_bytes(4, "little")
    assert size in content
    path.write_bytes(content.replace(size, (7).to_bytes(4, "little")))
    with pytest.raises(LetterheadError):
        Letterhead.read(path)


# --- the command line -----------------------------------------------------------------------------


@pytest.fixture
def case(coord, add_case) -> str:
    made: str = add_case()
    coord.ok("transfer", "send", made, "--to", "zfj", "--on", "2026-11-05")
    return made


def test_the_command_fills_the_office_s_letterhead(coord, case, make: Make, tmp_path) -> None:
    path = make(*WHOLE)
    out = tmp_path / "文书"
    coord.ok("letter", "transfer", case, "--letterhead", str(path), "--out", str(out))
    (file,) = out.iterdir()
    assert file.suffix == ".docx"
    found = File(file.read_bytes()).all_texts()
    assert "涉嫌违法案件移交函" in found
    assert found[0] == "峄城区自然资源局"


@pytest.mark.parametrize("medium", ["txt", "source"])
def test_a_letterhead_is_for_word_files(coord, case, make: Make, medium: str) -> None:
    line = ("letter", "transfer", case, "--letterhead", str(make(*WHOLE)), "--as", medium)
    assert "只用于 Word" in coord.refused(*line, code=2)


def test_a_bad_letterhead_is_refused_before_a_number_is_given(coord, case, tmp_path) -> None:
    coord.ok("number", "set", "zrj", "峄自然资移〔2026〕1号")
    line = ["letter", "transfer", case, "--number", "auto", "--out", str(tmp_path / "o")]
    told = coord.refused(*line, "--letterhead", str(tmp_path / "无.docx"))
    assert "没有这个文件" in told
    assert coord.json("number", "list") == []
    assert not (tmp_path / "o").exists()
