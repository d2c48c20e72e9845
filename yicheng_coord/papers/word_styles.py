"""Styles, settings and fonts of the Word file, as OOXML. Order of children matters there."""

from yicheng_coord.papers import word_figures as fig

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def fonts(east_asian: str, latin: str = fig.LATIN, hint: str = "") -> str:
    """Name a font for every script, so that no theme font steps in."""
    eastern = f' w:hint="{hint}"' if hint else ""
    return (
        f'<w:rFonts{eastern} w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east_asian}"'
        f' w:cs="{latin}"/>'
    )


def size(half_points: int) -> str:
    """Give a size for every script."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def exact(line: int, before: int = 0, after: int = 0) -> str:
    """Fix the line pitch: nothing but this keeps 22 lines a page."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def _font(east_asian: str, half_points: int, colour: str = "") -> str:
    red = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{fonts(east_asian)}{red}<w:spacing w:val="0"/>{size(half_points)}'


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
_RULE = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="{fig.RED}"/></w:pBdr>'
_SIGNER_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{fig.TEXT_WIDTH - fig.CHARACTER}"/></w:tabs>'

_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(fig.FANGSONG)}{size(fig.SIZE_BODY)}"
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
)
_NORMAL = _style(
    "paragraph",
    "Normal",
    "Normal",
    '<w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/>'
    f'{exact(fig.LINE)}<w:jc w:val="both"/></w:pPr>'
    f'<w:rPr>{fonts(fig.FANGSONG)}<w:spacing w:val="{fig.SQUEEZE}"/>{size(fig.SIZE_BODY)}</w:rPr>',
    based="",
)
_NO_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _heading(level: int, name: str, font: str) -> str:
    """Make a heading: never bold, its font tells its level."""
    return _paragraph(
        f"GwHeading{level}",
        name,
        f'{_KEEP}<w:outlineLvl w:val="{level - 1}"/>',
        fonts(font),
        "GwBody",
    )


def _inside(level: int, name: str, font: str) -> str:
    """Give the heading's font to the first sentence of a paragraph."""
    return (
        f'<w:style w:type="character" w:styleId="GwHead{level}"><w:name w:val="{name}"/>'
        f"<w:qFormat/><w:rPr>{fonts(font)}</w:rPr></w:style>"
    )


def styles() -> str:
    """`word/styles.xml`; the ids are used in `word_xml.py`."""
    one = fig.CHARACTER
    made = (
        _DEFAULTS,
        _NORMAL,
        _NO_TABLE,
        _paragraph("GwMark", "公文发文机关标志", f"{_FREE}{_CENTRE}",
                   _font(fig.XIAOBIAOSONG, fig.SIZE_MARK, fig.RED)),
        _paragraph("GwNumber", "公文发文字号", '<w:jc w:val="right"/>'),
        _paragraph("GwNumberUp", "公文上行文字号",
                   f'{_RULE}{_SIGNER_TAB}<w:ind w:firstLine="{one}"/><w:jc w:val="left"/>'),
        _paragraph("GwTitle", "公文标题", f"{_KEEP}{exact(600)}{_CENTRE}",
                   _font(fig.XIAOBIAOSONG, fig.SIZE_TITLE)),
        _paragraph("GwAddressee", "公文主送机关", _KEEP),
        _paragraph("GwBody", "公文正文", _INDENT),
        _heading(1, "公文一级标题", fig.HEITI),
        _heading(2, "公文二级标题", fig.KAITI),
        _heading(3, "公文三级标题", fig.FANGSONG),
        _heading(4, "公文四级标题", fig.FANGSONG),
        _inside(1, "公文一级标题字", fig.HEITI),
        _inside(2, "公文二级标题字", fig.KAITI),
        _inside(3, "公文三级标题字", fig.FANGSONG),
        _inside(4, "公文四级标题字", fig.FANGSONG),
        _paragraph("GwAttachment", "公文附件说明",
                   f'<w:ind w:left="{5 * one}" w:hanging="{3 * one}"/>'),
        _paragraph("GwAttachmentFirst", "公文附件说明首项",
                   f'<w:ind w:left="{6 * one}" w:hanging="{4 * one}"/>'),
        _paragraph("GwAttachmentNext", "公文附件说明次项",
                   f'<w:ind w:left="{6 * one}" w:hanging="{one}"/>'),
        _paragraph("GwSignature", "公文署名和日期",
                   f'<w:keepLines/><w:ind w:right="{4 * one}"/><w:jc w:val="right"/>'),
        _paragraph("GwCopies", "公文版记",
                   f'{_FREE}{exact(460, before=120)}'
                   '<w:ind w:left="1120" w:right="280" w:hanging="840"/>',
                   _font(fig.FANGSONG, fig.SIZE_SMALL)),
        _paragraph("GwCell", "公文表格",
                   f'{_FREE}<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'
                   '<w:jc w:val="left"/>', _font(fig.FANGSONG, fig.SIZE_CELL)),
        _paragraph("GwCellHead", "公文表头", _CENTRE, fonts(fig.HEITI), "GwCell"),
        _paragraph("GwPage", "公文页码", f"{_FREE}{exact(280)}",
                   fonts(fig.SONGTI, fig.SONGTI) + f'<w:spacing w:val="0"/>{size(fig.SIZE_SMALL)}'),
    )  # fmt: skip
    return f"<w:styles {_W}>{''.join(made)}</w:styles>"


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


def font_table() -> str:
    """`word/fontTable.xml`: names only, nothing embedded, and what may stand in."""
    chinese = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in fig.OTHER_NAMES.items()
    )
    latin = (
        f'<w:font w:name="{fig.LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )
    return f"<w:fonts {_W}>{latin}{chinese}</w:fonts>"
