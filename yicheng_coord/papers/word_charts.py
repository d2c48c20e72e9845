"""Charts of the main part: bars made of shaded cells.

A native chart part would want a workbook inside, looks otherwise in Word, WPS and LibreOffice, and
sets its text in fonts of its own; a picture would want something that draws. Shaded cells are text
of the paper: the same everywhere, in print too, and a clerk can edit them.
"""

from yicheng_coord.papers import figures as fig
from yicheng_coord.papers.paper import Bar, Chart
from yicheng_coord.papers.width import width
from yicheng_coord.papers.word_runs import KEEP, Runs, paragraph

_STEPS = 50  # of a whole bar; Word takes 63 columns
_FULL, _EMPTY = "1F4E79", "DDDDDD"  # a third as bright as the other, so that grey print tells them
_SIGN = fig.SIZE_CELL * 5  # twips of half a character of a cell
_ROOM = 240  # twips left and right of the texts
_HIGH = 400  # twips of a bar with what is free around it
_WIDEST = 22  # columns of a text; a longer one is folded
_GAP = "".join(
    f'<w:{edge} w:val="single" w:sz="48" w:space="0" w:color="FFFFFF"/>'
    for edge in ("top", "bottom")
)
_BARE = '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
_TABLE = (
    f'<w:tblPr><w:tblW w:w="{fig.TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
    '<w:tblLayout w:type="fixed"/></w:tblPr>'
)


def chart_part(chart: Chart, runs: Runs, *, is_kept: bool = False) -> str:
    """Make a chart; its bars stay on one page.

    Args:
        chart: its bars.
        runs: makes their texts.
        is_kept: whether its last bar stays on the page of what follows.

    """
    label, caption = (
        _wide(texts) for texts in zip(*((b.label, b.caption) for b in chart.rows), strict=True)
    )
    step = (fig.TEXT_WIDTH - label - caption) // _STEPS
    label = fig.TEXT_WIDTH - caption - step * _STEPS
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in (label, *[step] * _STEPS, caption))
    last = len(chart.rows) - 1
    rows = (
        _row(bar, runs, (label, step, caption), KEEP if is_kept or place < last else "")
        for place, bar in enumerate(chart.rows)
    )
    return f"<w:tbl>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _wide(texts: tuple[str, ...]) -> int:
    return min(max(map(width, texts)), _WIDEST) * _SIGN + _ROOM


def _row(bar: Bar, runs: Runs, widths: tuple[int, int, int], keep: str) -> str:
    label, step, caption = widths
    full = max(bar.percent * _STEPS // 100, 1 if bar.percent else 0)
    parts = ((full, _FULL), (_STEPS - full, _EMPTY))
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_HIGH}"/></w:trPr>'
        f"{_text(runs.of(bar.label), label, keep)}"
        f"{''.join(_shaded(count, step, colour, keep) for count, colour in parts if count)}"
        f"{_text(runs.of(bar.caption), caption, keep)}</w:tr>"
    )


def _text(made: str, wide: int, keep: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph('GwCell', made, keep)}</w:tc>"
    )


def _shaded(count: int, step: int, colour: str, keep: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{count * step}" w:type="dxa"/><w:gridSpan w:val="{count}"/>'
        f'<w:tcBorders>{_GAP}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'
        f"{_BARE}</w:tcPr>{paragraph('GwCell', '', keep)}</w:tc>"
    )
