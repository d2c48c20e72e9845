"""An office's own Word file (信头), filled with a paper by docxtpl.

It names the parts of a paper as the head of the source text does: {{ 发文字号 }}, {{ 标题 }} …; and
{{p 全文 }}, a paragraph of its own, stands for all from the title to 版记, {{p 正文 }} for the text
alone. The same sandbox as for text templates, and every value escaped.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.text.run import Run
from docxtpl import DocxTemplate
from markupsafe import Markup

from yicheng_coord.papers.budget import budget
from yicheng_coord.papers.figures import Layout
from yicheng_coord.papers.paper import Paper, Paragraph, imprint, mark
from yicheng_coord.papers.sandbox import letterhead_environment
from yicheng_coord.papers.word import app_part, clock_free, core_part
from yicheng_coord.papers.word_body import below_mark, text_part
from yicheng_coord.papers.word_package import LetterheadError, read_letterhead
from yicheng_coord.papers.word_runs import BLANK, KEPT_BLANK, legal, paragraph
from yicheng_coord.papers.word_styles import styles

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHOLE, _TEXT = "全文", "正文"
_OWN_NORMAL = "GwNormal"  # the letterhead's Normal is not ours
_UNWANTED = ("custom-properties", "thumbnail", "customXml", "stylesWithEffects")
_NAMES = {
    "发文机关": "issuer", "发文字号": "number", "签发人": "issuer_signer", "紧急程度": "urgency",
    "标题": "title", "主送": "addressee", "署名": "signatory", "日期": "date", "联系人": "contact",
    "附注": "note", "抄送": "copies",
}  # fmt: skip
_SPACES = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
)


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl mends broken XML by dropping what does not fit: here it is refused."""

    def render_xml_part(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        xml: str = super().render_xml_part(*args, **kwargs)
        if any(len(node) for node in parse_xml(xml.encode()).iter(f"{_W}t")):
            raise ValueError(f"{_WHOLE}、{_TEXT}须单独成段，写作 {{{{p {_WHOLE} }}}}")
        return xml


@dataclass(frozen=True)
class Letterhead:
    """A Word file that was read and found harmless, to be filled again and again.

    Attributes:
        path: where it lies; for messages.
        content: its bytes.

    """

    path: Path
    content: bytes

    @classmethod
    def read(cls, path: Path) -> "Letterhead":
        """Read it.

        Raises:
            LetterheadError: it cannot be used.

        """
        return cls(path, read_letterhead(path))

    def filled(self, paper: Paper, layout: Layout) -> bytes:
        """Return the Word file of a paper on this letterhead.

        Raises:
            LetterheadError: its tags are wrong, or the text has no place in it.

        """
        template = _Template(io.BytesIO(self.content))
        try:
            with budget():
                template.render(_values(paper, layout), letterhead_environment(), autoescape=True)
            _add_styles(template, layout)
        except Exception as error:  # noqa: BLE001 - a template may fail in any way
            raise LetterheadError(self.path, _why(error)) from None
        if not _has_text(template, paper):
            raise LetterheadError(self.path, "里面没有单独一段的 {{p 全文 }} 或 {{p 正文 }}")
        _highlight_gaps(template)
        return _saved(template, paper)


def _why(error: Exception) -> str:
    if isinstance(error, SyntaxError):  # lxml's
        return "{% %} 跨段落或表格，填写后不成文档；段落前后用 {%p … %}"
    return getattr(error, "message", None) or str(error) or type(error).__name__


def _values(paper: Paper, layout: Layout) -> Mapping[str, object]:
    """Plain texts by the names of the head; the text itself as paragraphs with our styles."""
    texts = {name: getattr(paper, field) for name, field in _NAMES.items()}
    return {
        **texts,
        "标志": mark(paper),
        "附件": list(paper.attachments),
        "印发": "　".join(imprint(paper)),
        _WHOLE: Markup(_block(below_mark(paper, layout))),  # noqa: S704 - our own, escaped
        _TEXT: Markup(_block(text_part(paper, layout))),  # noqa: S704
    }


def _block(xml: str) -> str:
    """Make paragraphs independent of the letterhead's own styles and namespaces.

    docxtpl would turn `{_{` of a text into `{{`, so that its underscores are written as entities.
    """
    own = paragraph(_OWN_NORMAL, "")
    kept = own.replace("</w:pPr>", "<w:keepNext/></w:pPr>")
    named = xml.replace(KEPT_BLANK, kept).replace(BLANK, own)
    named = named.replace("<mc:AlternateContent>", _SPACES)
    return named.replace("{_", "{&#95;").replace("_}", "&#95;}").replace("%_", "%&#95;")


def _add_styles(template: DocxTemplate, layout: Layout) -> None:
    """Add the styles of papers; the letterhead's own stay."""
    there = template.docx.styles.element
    known = {style.get(f"{_W}styleId") for style in there.iter(f"{_W}style")}
    ours = styles(layout).replace('w:val="Normal"', f'w:val="{_OWN_NORMAL}"')
    ours = ours.replace('w:styleId="Normal"', f'w:styleId="{_OWN_NORMAL}"')
    for style in parse_xml(ours).iter(f"{_W}style"):
        style.attrib.pop(f"{_W}default", None)
        if style.get(f"{_W}styleId") not in known:
            there.append(style)


def _has_text(template: DocxTemplate, paper: Paper) -> bool:
    """Look for the text where it was to go; docxtpl says nothing of what is in no place."""
    shown = "".join(node.text or "" for node in template.docx.element.body.iter(f"{_W}t"))
    wanted = (one.text for one in paper.body if isinstance(one, Paragraph))
    return all(legal(text) in shown for text in wanted)


def _highlight_gaps(template: DocxTemplate) -> None:
    """Mark what is still to be filled in, in the letterhead's own runs too."""
    stories = (
        rel.target_part.element
        for rel in template.docx.part.rels.values()
        if rel.reltype.endswith(("/header", "/footer"))
    )
    for root in (template.docx.element, *stories):
        for run in root.iter(f"{_W}r"):
            if any("【待补：" in (node.text or "") for node in run.iterchildren(f"{_W}t")):
                Run(run, template.docx).font.highlight_color = WD_COLOR_INDEX.YELLOW


def _saved(template: DocxTemplate, paper: Paper) -> bytes:
    """Save it without what tells of whoever made the letterhead, or of now."""
    for rels in (template.docx.part.package.rels, template.docx.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_UNWANTED)]:
            rels.pop(key)
    target = io.BytesIO()
    template.docx.save(target)
    with zipfile.ZipFile(target) as saved:
        parts = {name: saved.read(name) for name in saved.namelist()}
    parts["docProps/core.xml"] = core_part(paper)
    if "docProps/app.xml" in parts:
        parts["docProps/app.xml"] = app_part()
    return clock_free(parts)
