"""版记 at the foot of the last page: a text box that ends where the text of a full page does.

A floating table or a frame would be nearer to what a clerk makes by hand; LibreOffice 7 puts the
one in the flow of the text and draws no border of the other.
"""

from math import ceil

from yicheng_coord.papers import figures as fig
from yicheng_coord.papers.paper import Paper, copies_lines, imprint
from yicheng_coord.papers.signature import measure
from yicheng_coord.papers.word_runs import TAB, Runs, paragraph

_EMU = 635  # a twip
_WIDE = fig.TEXT_WIDTH * _EMU
_TAIL_LINE = 20  # twips of the empty paragraph that has to follow a table
_TAIL = paragraph("GwTail", "")
_THICK, _THIN = 8, 6  # eighths of a point: 0.35 and 0.25 mm
_ROW_ROOM = 60  # twips above and below the lines of a row
_ROW_RULE = 16  # twips of a row's line
# 字 of a line, and of those that stand under the first unit's name: rather too few, since a box
# that is too low hides what it holds, and one that is too high only keeps the text away.
_FIRST = fig.TEXT_WIDTH / fig.SMALL_CHARACTER - 3
_NEXT = _FIRST - 3

_BOX = (
    '<w:p><w:pPr><w:pStyle w:val="GwTail"/></w:pPr><w:r><mc:AlternateContent>'
    '<mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0"'
    ' simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1"'
    ' allowOverlap="0"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin">'
    '<wp:align>center</wp:align></wp:positionH><wp:positionV relativeFrom="page">'
    '<wp:posOffset>{top}</wp:posOffset></wp:positionV><wp:extent cx="{wide}" cy="{high}"/>'
    '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
    '<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData'
    ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{inside}"
    '</w:txbxContent></wps:txbx><wps:bodyPr rot="0" vert="horz" wrap="square" lIns="0" tIns="0"'
    ' rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData>'
    "</a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
)


def imprint_part(paper: Paper, runs: Runs) -> str:
    """Make the last paragraph, to which 版记 is anchored; nothing where there is none."""
    copies, printed = copies_lines(paper), imprint(paper)
    if not copies and not printed:
        return ""
    inside, high = _rows(copies, printed, runs, is_ruled=paper.format != "信函")
    top = fig.FOOT + _TAIL_LINE - high
    return _BOX.format(wide=_WIDE, high=high * _EMU, top=top * _EMU, inside=inside + _TAIL)


def _rows(
    copies: tuple[str, ...], printed: tuple[str, ...], runs: Runs, *, is_ruled: bool
) -> tuple[str, int]:
    """Return the rows of 版记 and how high they are, in twips."""
    rows, high = [], _TAIL_LINE
    if copies:
        rows.append(
            "".join(paragraph("GwCopies", runs.of(line), _hanging(line)) for line in copies)
        )
        high += sum(map(_lines, copies)) * fig.IMPRINT_LINE + _ROW_ROOM + _ROW_RULE
    if printed:
        rows.append(paragraph("GwPrinted", TAB.join(map(runs.of, printed))))
        high += fig.IMPRINT_LINE + _ROW_ROOM + _ROW_RULE
    return _table(rows, is_ruled=is_ruled), high


def _hanging(line: str) -> str:
    """Who is named begins behind the colon, in the lines that follow too."""
    label = len(line.partition("：")[0]) + 1
    small = fig.SMALL_CHARACTER
    left, hanging = (label + 1) * small, label * small
    return f'<w:ind w:left="{left}" w:right="{small}" w:hanging="{hanging}"/>'


def _lines(copies: str) -> int:
    return 1 + max(ceil((measure(copies) - _FIRST) / _NEXT), 0)


def _table(rows: list[str], *, is_ruled: bool) -> str:
    """Rule it above, between and below; a 信函 has no lines."""
    edges = {"top": _THICK, "bottom": _THICK, "insideH": _THIN} if is_ruled else {}
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'
        for edge, size in edges.items()
    )
    margins = (
        f'<w:tblCellMar><w:top w:w="{_ROW_ROOM // 2}" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        f'<w:bottom w:w="{_ROW_ROOM // 2}" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar>"
    )
    cells = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{fig.TEXT_WIDTH}"'
        f' w:type="dxa"/></w:tcPr>{row}</w:tc></w:tr>'
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{fig.TEXT_WIDTH}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{fig.TEXT_WIDTH}"/></w:tblGrid>{cells}</w:tbl>'
    )
