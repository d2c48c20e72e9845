"""Styles, settings and fonts of the Word file, as OOXML. Order of children matters there."""

from yicheng_coord.papers import figures as fig
from yicheng_coord.papers.figures import Fonts, Layout
from yicheng_coord.papers.word_runs import name_fonts, xml_text

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def size(half_points: int) -> str:
    """Give a size for every script."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def exact(line: int, before: int = 0, after: int = 0) -> str:
    """Fix the line pitch: nothing but this keeps 22 lines a page."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def _style(kind: str, identity: str, name: str, inside: str, based: str = "Normal") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    default = "" if based else ' w:default="1"'
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{identity}"><w:name w:val="{name}"/>'
        f"{on}<w:qFormat/>{inside}</w:style>"
    )


def _paragraph(identity: str, name: str, ppr: str, rpr: str = "", based: str = "Normal") -> str:
    runs = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return _style("paragraph", identity, name, f"<w:pPr>{ppr}</w:pPr>{runs}", based)


_KEEP = "<w:keepNext/>"
_FREE = '<w:snapToGrid w:val="0"/>'
_CENTRE = '<w:jc w:val="center"/>'
_INDENT = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * fig.CHARACTER}"/>'
_RULE = (
    f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="{fig.RULE_GAP}" w:color="{fig.RED}"/>'
    "</w:pBdr>"
)
_NO_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def styles(layout: Layout) -> str:
    """`word/styles.xml`; the ids are used by the parts of the text."""
    made = (
        *_foundations(layout),
        *_top_styles(layout),
        *_text_styles(layout),
        *_bottom_styles(layout),
    )
    return f"<w:styles {_W}>{''.join(made)}</w:styles>"


def _foundations(layout: Layout) -> tuple[str, ...]:
    fonts = layout.fonts
    body = name_fonts(fonts.fangsong, fonts.latin)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{body}{size(fig.SIZE_BODY)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    normal = _style(
        "paragraph",
        "Normal",
        "Normal",
        '<w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/>'
        f'{exact(layout.profile.line)}<w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{body}<w:spacing w:val="{fig.SQUEEZE}"/>{size(fig.SIZE_BODY)}</w:rPr>',
        based="",
    )
    return defaults, normal, _NO_TABLE


def _top_styles(layout: Layout) -> tuple[str, ...]:
    fonts, one = layout.fonts, fig.CHARACTER
    title = _font(fonts, fonts.xiaobiaosong, fig.SIZE_TITLE)
    return (
        _paragraph("GwMark", "公文发文机关标志", f"{_FREE}{_CENTRE}",
                   _font(fonts, fonts.xiaobiaosong, fig.SIZE_MARK, fig.RED)),
        _paragraph("GwUrgency", "公文紧急程度", "", name_fonts(fonts.heiti, fonts.latin)),
        _paragraph("GwNumber", "公文发文字号", _right_tab(0)),
        _paragraph("GwNumberCentred", "公文居中发文字号", _CENTRE),
        _paragraph("GwNumberDown", "公文红线上的发文字号", f"{_RULE}{_CENTRE}"),
        _paragraph("GwNumberUp", "公文上行文字号",
                   f'{_RULE}{_right_tab(one)}<w:ind w:firstLine="{one}"/><w:jc w:val="left"/>'),
        _paragraph("GwIssue", "公文纪要机关和日期",
                   f'{_RULE}{_right_tab(one)}<w:ind w:firstLine="{one}"/><w:jc w:val="left"/>'),
        _paragraph("GwTitle", "公文标题", f"{_KEEP}{_FREE}{exact(fig.TITLE_LINE)}{_CENTRE}", title),
        _paragraph("GwAddressee", "公文主送机关", _KEEP),
    )  # fmt: skip


def _text_styles(layout: Layout) -> tuple[str, ...]:
    fonts = layout.fonts
    levels = (
        ("一", fonts.heiti), ("二", fonts.kaiti), ("三", fonts.fangsong), ("四", fonts.fangsong),
    )  # fmt: skip
    return (
        _paragraph("GwBody", "公文正文", _INDENT),
        *(_heading(level, *named, fonts.latin) for level, named in enumerate(levels, 1)),
        *(_inside(level, *named, fonts.latin) for level, named in enumerate(levels, 1)),
        _paragraph("GwCell", "公文表格",
                   f'{_FREE}<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'
                   '<w:jc w:val="left"/>', _font(fonts, fonts.fangsong, fig.SIZE_CELL)),
        _paragraph("GwCellHead", "公文表头", _CENTRE, name_fonts(fonts.heiti, fonts.latin), "GwCell"),
    )  # fmt: skip


def _bottom_styles(layout: Layout) -> tuple[str, ...]:
    fonts, one, small = layout.fonts, fig.CHARACTER, fig.SMALL_CHARACTER
    imprint = _font(fonts, fonts.fangsong, fig.SIZE_SMALL)
    return (
        _paragraph("GwAttachment", "公文附件说明",
                   f'<w:ind w:left="{5 * one}" w:hanging="{3 * one}"/>'),
        _paragraph("GwAttachmentFirst", "公文附件说明首项",
                   f'<w:ind w:left="{6 * one}" w:hanging="{4 * one}"/>'),
        _paragraph("GwAttachmentNext", "公文附件说明次项",
                   f'<w:ind w:left="{6 * one}" w:hanging="{one}"/>'),
        _paragraph("GwAttendance", "公文出席人员",
                   f'<w:ind w:left="{5 * one}" w:hanging="{3 * one}"/>'),
        _paragraph("GwSignature", "公文署名和日期",
                   f'<w:keepLines/><w:ind w:right="{4 * one}"/><w:jc w:val="right"/>'),
        _paragraph("GwAnnex", "公文附件序号", "<w:keepNext/><w:pageBreakBefore/>",
                   name_fonts(fonts.heiti, fonts.latin)),
        _paragraph("GwTail", "公文版记位置", f"{_FREE}{exact(20)}", size(2)),
        _paragraph("GwCopies", "公文抄送",
                   f'{_FREE}{exact(fig.IMPRINT_LINE)}'
                   f'<w:ind w:left="{4 * small}" w:right="{small}" w:hanging="{3 * small}"/>',
                   imprint),
        _paragraph("GwPrinted", "公文印发机关和日期",
                   f"{_right_tab(small)}{_FREE}{exact(fig.IMPRINT_LINE)}"
                   f'<w:ind w:left="{small}" w:right="{small}"/><w:jc w:val="left"/>', imprint),
        _paragraph("GwPage", "公文页码", f"{_FREE}{exact(280)}",
                   name_fonts(fonts.songti, fonts.songti)
                   + f'<w:spacing w:val="0"/>{size(fig.SIZE_SMALL)}'),
    )  # fmt: skip


def _font(fonts: Fonts, east_asian: str, half_points: int, colour: str = "") -> str:
    red = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{name_fonts(east_asian, fonts.latin)}{red}<w:spacing w:val="0"/>{size(half_points)}'


def _right_tab(free: int) -> str:
    return f'<w:tabs><w:tab w:val="right" w:pos="{fig.TEXT_WIDTH - free}"/></w:tabs>'


def _heading(level: int, number: str, font: str, latin: str) -> str:
    """Make a heading: never bold, its font tells its level."""
    return _paragraph(
        f"GwHeading{level}",
        f"公文{number}级标题",
        f'{_KEEP}<w:outlineLvl w:val="{level - 1}"/>',
        name_fonts(font, latin),
        "GwBody",
    )


def _inside(level: int, number: str, font: str, latin: str) -> str:
    """Give the heading's font to the first sentence of a paragraph."""
    return (
        f'<w:style w:type="character" w:styleId="GwHead{level}">'
        f'<w:name w:val="公文{number}级标题字"/>'
        f"<w:qFormat/><w:rPr>{name_fonts(font, latin)}</w:rPr></w:style>"
    )


def settings() -> str:
    """`word/settings.xml`: odd and even pages differ; the layout is that of Word 2013 and later."""
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def font_table(fonts: Fonts) -> str:
    """`word/fontTable.xml`: names only, nothing embedded, and what may stand in."""
    named = (fonts.fangsong, fonts.kaiti, fonts.heiti, fonts.songti, fonts.xiaobiaosong)
    chinese = "".join(
        f'<w:font w:name="{xml_text(name)}">{_stand_in(name)}<w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name in dict.fromkeys(named)
        if name != fonts.latin
    )
    latin = (
        f'<w:font w:name="{xml_text(fonts.latin)}"><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return f"<w:fonts {_W}>{latin}{chinese}</w:fonts>"


def _stand_in(name: str) -> str:
    other = fig.OTHER_NAMES.get(name)
    return f'<w:altName w:val="{other}"/>' if other else ""
