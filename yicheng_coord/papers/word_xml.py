"""The paragraphs and tables of the main part, as OOXML text (quicker than objects, same result)."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from yicheng_coord.papers import word_figures as fig
from yicheng_coord.papers.layout import signature
from yicheng_coord.papers.paper import (
    Paper,
    Paragraph,
    Table,
    addressee_line,
    attachment_lines,
    contact_line,
    copies_line,
    signer_line,
)
from yicheng_coord.papers.width import PAGE, width
from yicheng_coord.papers.word_styles import fonts

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Word takes these for Latin and LibreOffice for what stands before them, unless told otherwise.
_SEGMENT = re.compile("(【待补：[^】]*】)|([“”‘’—…·×]+)")
_BLANK = "<w:p/>"
_KEEP = "<w:keepNext/>"
_KEPT_BLANK = f"<w:p><w:pPr>{_KEEP}</w:pPr></w:p>"
_FONTS = {"GwHead1": fig.HEITI, "GwHead2": fig.KAITI, "GwTitle": fig.XIAOBIAOSONG}
_STYLES = {"text": "GwBody"} | {f"level{n}": f"GwHeading{n}" for n in range(1, 5)}
_HEADS = {f"level{n}": f"GwHead{n}" for n in range(1, 5)}
_NARROW = 8  # columns; a table's column of no more is centred
_WIDEST = 40


def xml_text(text: str) -> str:
    """Escape; what XML cannot hold is shown as text.harmless does."""
    shown = _ILLEGAL.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return escape(shown, {'"': "&quot;"})


def main_part(paper: Paper) -> str:
    """All paragraphs and tables of a paper in their order."""
    return "".join([*_top(paper), *_body(paper), *_bottom(paper)])


def _top(paper: Paper) -> Iterator[str]:
    signer = signer_line(paper)
    if paper.format == "文件" or signer:
        yield _paragraph("GwNumberUp", _runs(paper.number) + _signer(signer))
    elif paper.number:
        yield _paragraph("GwNumber", _runs(paper.number))
    yield _BLANK * 2
    yield _paragraph("GwTitle", _runs(paper.title, font=fig.XIAOBIAOSONG))
    yield _BLANK
    yield _paragraph("GwAddressee", _runs(addressee_line(paper)))


def _signer(line: str) -> str:
    """签发人： in 仿宋, the name in 楷体, at the right."""
    if not line:
        return ""
    title, colon, name = line.partition("：")
    return "<w:r><w:tab/></w:r>" + _runs(title + colon) + _runs(name, "GwHead2", fig.KAITI)


def _body(paper: Paper) -> Iterator[str]:
    """Keep the last paragraph on the page of the signature, unless 附件 stands between."""
    last = len(paper.body) - 1
    for place, block in enumerate(paper.body):
        keep = _KEEP if place == last and not paper.attachments else ""
        yield _table(block) if isinstance(block, Table) else _body_paragraph(block, keep)


def _body_paragraph(block: Paragraph, keep: str) -> str:
    """Lend only the first sentence the heading's font, where text follows it."""
    heading = block.heading
    if not heading or heading == block.text:
        style = _STYLES[block.role]
        font = _FONTS.get(_HEADS.get(block.role, ""))
        return _paragraph(style, _runs(block.text, font=font), keep)
    head = _HEADS[block.role]
    rest = block.text[len(heading) :]
    return _paragraph("GwBody", _runs(heading, head, _FONTS.get(head)) + _runs(rest), keep)


def _bottom(paper: Paper) -> Iterator[str]:
    """From 附件 to 抄送; the end of the letter stays together."""
    yield from _attachments(attachment_lines(paper))
    yield _KEPT_BLANK * 2
    yield from _signed(paper)
    copies = copies_line(paper)
    if contact_line(paper):
        yield _paragraph("GwBody", _runs(contact_line(paper)), _KEEP if copies else "")
    if copies:
        yield _paragraph("GwCopies", _runs(copies))


def _attachments(lines: tuple[str, ...]) -> Iterator[str]:
    if not lines:
        return
    yield _BLANK
    first = "GwAttachmentFirst" if len(lines) > 1 else "GwAttachment"
    for place, line in enumerate(lines):
        keep = _KEEP if place == len(lines) - 1 else ""
        yield _paragraph("GwAttachmentNext" if place else first, _runs(line), keep)


def _signed(paper: Paper) -> Iterator[str]:
    """Centre the signatory over the date, which ends where its style says."""
    wide = width(paper.signatory)
    left, _ = signature(wide, width(paper.date) + 1)  # digits stand a little apart from 年月日
    right = max(PAGE - left - wide, 0) * fig.CHARACTER // 2
    keep = _KEEP if paper.contact or paper.copies else ""
    yield _paragraph("GwSignature", _runs(paper.signatory), f'{_KEEP}<w:ind w:right="{right}"/>')
    yield _paragraph("GwSignature", _runs(paper.date), keep)


def _paragraph(style: str, runs: str, ppr: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{ppr}</w:pPr>{runs}</w:p>'


def _runs(text: str, style: str = "", font: str | None = None) -> str:
    """Split a text where quotes or a placeholder need properties of their own."""
    runs, start = [], 0
    for match in _SEGMENT.finditer(text):
        runs.append(_run(text[start : match.start()], style))
        own = "" if match[1] else fonts(font or fig.FANGSONG, font or fig.FANGSONG, "eastAsia")
        marked = '<w:highlight w:val="yellow"/>' if match[1] else ""
        runs.append(_run(match.group(), style, own + marked))
        start = match.end()
    runs.append(_run(text[start:], style))
    return "".join(runs)


def _run(text: str, style: str, own: str = "") -> str:
    if not text:
        return ""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    rpr = f"<w:rPr>{named}{own}</w:rPr>" if named or own else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{xml_text(text)}</w:t></w:r>'


def _table(table: Table) -> str:
    """WPS reads gridCol, Word tcW: both are given. The head is repeated on each page."""
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    centred = [
        all(width(cell) <= _NARROW for cell in cells) for cells in zip(*table.rows, strict=True)
    ]
    rows = (_row(row, widths, centred, is_head=not place) for place, row in enumerate(table.rows))
    return f"<w:tbl>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    f'<w:tblPr><w:tblW w:w="{fig.TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
    f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
)


def _widths(table: Table) -> list[int]:
    """Share the text's width by what stands in the columns."""
    wanted = [min(max(map(width, cells)), _WIDEST) + 4 for cells in zip(*table.rows, strict=True)]
    widths = [fig.TEXT_WIDTH * want // sum(wanted) for want in wanted]
    widths[-1] += fig.TEXT_WIDTH - sum(widths)
    return widths


def _row(row: tuple[str, ...], widths: list[int], centred: list[bool], *, is_head: bool) -> str:
    repeated = "<w:tblHeader/>" if is_head else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + _cell(text, is_head=is_head, is_centred=middle)
        + "</w:tc>"
        for text, wide, middle in zip(row, widths, centred, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(text: str, *, is_head: bool, is_centred: bool) -> str:
    if is_head:
        return _paragraph("GwCellHead", _runs(text, font=fig.HEITI))
    return _paragraph("GwCell", _runs(text), '<w:jc w:val="center"/>' if is_centred else "")
