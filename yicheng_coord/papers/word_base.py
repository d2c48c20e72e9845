"""The base document: made in code by python-docx once a process for each format, then cloned.

python-docx's own default is US Letter with Japanese theme fonts; of it only the package is kept.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _BaseHeaderFooter
from docx.shared import Twips

from yicheng_coord.papers import figures as fig
from yicheng_coord.papers.figures import Layout
from yicheng_coord.papers.word_styles import exact, font_table, settings, styles

MARK, MARK_SIZE, MARK_LINE = "@mark@", "99998", "31000"  # stand-ins, replaced in each letter
TITLE, AUTHOR = "@title@", "@author@"
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_UNWANTED = ("stylesWithEffects", "customXml", "thumbnail", "numbering", "webSettings")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ROOT = (
    f'{_XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:body>'
)
_TRACE = re.compile(r' w:rsid\w*="[^"]*"')  # of whoever made python-docx's default
_CORE = (
    f"{_XML}<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator><dc:language>zh-CN"
    "</dc:language></cp:coreProperties>"
)
_APP = (
    f"{_XML}<Properties"
    ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "</Properties>"
)


def core_xml() -> str:
    """Return `docProps/core.xml`, with stand-ins."""
    return _CORE


def app_xml() -> str:
    """Return `docProps/app.xml`."""
    return _APP


@dataclass(frozen=True)
class Base:
    """What every letter of a format shares.

    Attributes:
        fixed: parts that are the same in all letters, by name.
        filled: parts with stand-ins for the letter's own words.
        before, after: the main part around its paragraphs.

    """

    fixed: dict[str, bytes]
    filled: dict[str, str]
    before: str
    after: str


@lru_cache(maxsize=8)
def base_for(paper_format: str, layout: Layout) -> Base:
    """Return the base of a format; 信函 alone has a letterhead in its header."""
    document = Document()
    _drop_unwanted(document)
    _replace(document.styles.element, styles(layout))
    _replace(document.settings.element, settings())
    _lay_out(document, paper_format, layout)
    parts = _parts(document)
    _, _, section = parts.pop("word/document.xml").decode().partition("<w:sectPr")
    filled = {name: parts.pop(name).decode() for name in list(parts) if "header" in name}
    filled["docProps/core.xml"] = _CORE
    return Base(
        fixed=parts | {
            "word/fontTable.xml": (_XML + font_table(layout.fonts)).encode(),
            "docProps/app.xml": _APP.encode(),
        },
        filled=filled,
        before=_ROOT,
        after=_TRACE.sub("", f"<w:sectPr{section}"),
    )  # fmt: skip


def _drop_unwanted(document: Word) -> None:
    """Unlinked parts are not written."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_UNWANTED)]:
            rels.pop(key)


def _replace(element: BaseOxmlElement, xml: str) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))


def _parts(document: Word) -> dict[str, bytes]:
    """Save, and read back as {part: bytes}, [Content_Types].xml first as it must be."""
    target = io.BytesIO()
    document.save(target)
    with zipfile.ZipFile(target) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    del parts["docProps/core.xml"]
    return parts


def _lay_out(document: Word, paper_format: str, layout: Layout) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Twips(fig.PAGE_WIDTH), Twips(fig.PAGE_HEIGHT)
    profile = layout.profile
    section.top_margin, section.bottom_margin = Twips(profile.top), Twips(profile.bottom)
    section.left_margin, section.right_margin = Twips(fig.LEFT), Twips(fig.RIGHT)
    section.gutter, section.header_distance = Twips(0), Twips(851)
    section.footer_distance = Twips(fig.FOOTER)
    _set_grid(section, profile.line)
    lift = _as_letter(section) if paper_format == "信函" else 0
    _write(section.footer, [_page_number("right", lift)])
    _write(section.even_page_footer, [_page_number("left", lift)])


def _set_grid(section: Section, line: int) -> None:
    xml = section._sectPr  # noqa: SLF001 - python-docx has no grid
    for old in xml.xpath("w:docGrid"):
        xml.remove(old)
    xml.append(parse_xml(f'<w:docGrid {_NS} w:type="lines" w:linePitch="{line}"/>'))


def _as_letter(section: Section) -> int:
    """信函: mark and red lines on a first page without number; return the others' lift."""
    section.different_first_page_header_footer = True
    section.header_distance = Twips(fig.LETTER_HEADER)
    section.footer_distance = Twips(fig.LETTER_FOOTER)
    upper = _double_line("thickThinSmallGap", 10) + exact(int(MARK_LINE), after=fig.LETTER_GAP)
    _write(section.first_page_header, [_mark(upper + _outdent())])
    lower = _double_line("thinThickSmallGap", 0) + exact(20) + _outdent()
    line = f'<w:p {_NS}><w:pPr><w:pStyle w:val="GwPage"/>{lower}</w:pPr></w:p>'
    _write(section.first_page_footer, [line])
    return fig.LETTER_LIFT


def _double_line(value: str, space: int) -> str:
    return (
        f'<w:pBdr><w:bottom w:val="{value}" w:sz="24" w:space="{space}"'
        f' w:color="{fig.RED}"/></w:pBdr>'
    )


def _outdent() -> str:
    left, right = fig.LETTER_OUT
    return f'<w:ind w:left="{left}" w:right="{right}"/>'


def _mark(ppr: str) -> str:
    return (
        f'<w:p {_NS}><w:pPr><w:pStyle w:val="GwMark"/>{ppr}</w:pPr><w:r><w:rPr>'
        f'<w:sz w:val="{MARK_SIZE}"/><w:szCs w:val="{MARK_SIZE}"/></w:rPr>'
        f'<w:t xml:space="preserve">{MARK}</w:t></w:r></w:p>'
    )


def _page_number(side: str, lift: int) -> str:
    """— 1 —, one character from the outer edge."""
    field = "".join(
        f"<w:r>{inside}</w:r>"
        for inside in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'<w:p {_NS}><w:pPr><w:pStyle w:val="GwPage"/>{exact(280, after=lift)}'
        f'<w:ind w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>{field}</w:p>'
    )


def _write(story: _BaseHeaderFooter, paragraphs: Iterable[str]) -> None:
    """Put paragraphs in the place of a header's or footer's own."""
    story.is_linked_to_previous = False
    element = story._element  # noqa: SLF001 - raw paragraphs go into the part's root
    for child in list(element):
        element.remove(child)
    element.extend([parse_xml(xml) for xml in paragraphs])
