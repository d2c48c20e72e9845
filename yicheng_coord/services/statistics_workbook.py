"""Statistics as an Excel workbook: numbers that can be summed, and charts drawn from them."""

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from yicheng_coord.errors import InputError
from yicheng_coord.papers.width import width
from yicheng_coord.queries.statistics import GROUPING_NAMES, Figure, Statistics, Tally, figures
from yicheng_coord.services.new_file import ExportExistsError, write_new
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Grouping

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_TABLE, _CHARTS = "统计", "图表"
_STACKED = 4  # 按期完成、逾期完成、未到期、超期 come first among the figures
_COLOURS = ("#2E7D32", "#F9A825", "#90A4AE", "#C62828")
_HEAD = 45  # points: three lines
_A4 = 9  # as Excel counts paper
_RATE_COLOUR = "#1565C0"
_WIDE, _TALL, _A_ROW = 760, 260, 24  # pixels


class NotAWorkbookNameError(InputError):
    """The ending says what a file is."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"--xlsx 的文件名“{harmless(path.name)}”不以 .xlsx 结尾。", "改成 统计.xlsx 那样。"
        )


def check_workbook(path: Path) -> None:
    """Refuse what cannot be, before anything is counted.

    Raises:
        NotAWorkbookNameError, ExportExistsError: what the sentence says.

    """
    if path.suffix.lower() != ".xlsx":
        raise NotAWorkbookNameError(path)
    if path.exists():
        raise ExportExistsError(path)


def write_statistics(path: Path, counted: Statistics) -> None:
    """Write a workbook that only its owner may read; never over another file.

    Raises:
        ExportExistsError, UnwritableExportError: nothing was written.

    """
    write_new(path, lambda file: _write(file, counted))


def _write(file: IO[bytes], counted: Statistics) -> None:
    from xlsxwriter import Workbook

    with Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        columns = figures()
        _write_table(book, counted, columns)
        if counted.tallies:
            _draw_charts(book, counted, columns)


def _write_table(book: "Workbook", counted: Statistics, columns: list[Figure]) -> None:
    sheet = book.add_worksheet(_TABLE)
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    plain = [book.add_format({}), book.add_format({"num_format": "0.0%"})]
    bold = [
        book.add_format({"bold": True, "top": 1}),
        book.add_format({"bold": True, "top": 1, "num_format": "0.0%"}),
    ]
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    _fit_page(sheet)
    names = [tally.name for tally in counted.tallies]
    sheet.set_column(0, 0, max(map(width, [*names, "合计"])) + 2)
    sheet.set_column(1, len(columns), 10)
    sheet.set_row(0, _HEAD)
    for place, heading in enumerate(
        [GROUPING_NAMES[counted.by], *(one.heading for one in columns)]
    ):
        sheet.write_string(0, place, heading, head)
    for row, tally in enumerate(counted.tallies, 1):
        _write_row(sheet, row, tally, columns, plain)
    if counted.tallies:
        _write_row(sheet, len(counted.tallies) + 1, counted.total, columns, bold)


def _fit_page(sheet: Any) -> None:  # noqa: ANN401 – untyped library
    """Printed on A4, one page wide."""
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _write_row(
    sheet: Any,  # noqa: ANN401 – untyped library
    row: int,
    tally: Tally,
    columns: list[Figure],
    styles: list[Any],
) -> None:
    sheet.write_string(row, 0, tally.name, styles[0])
    for place, figure in enumerate(columns, 1):
        value = figure.value(tally)
        if value is None:
            sheet.write_blank(row, place, None, styles[0])
        else:
            sheet.write_number(row, place, value, styles[figure.is_rate])


def _draw_charts(book: "Workbook", counted: Statistics, columns: list[Figure]) -> None:
    """Months go from left to right, names from top to bottom, where there is room for them."""
    sheet = book.add_worksheet(_CHARTS)
    _fit_page(sheet)
    rate = 1 + next(place for place, figure in enumerate(columns) if figure.is_rate)
    when = f"（{counted.period_in_words}，截至 {counted.today}）"
    drawn = [
        ("办理情况" + when, "stacked", list(enumerate(_COLOURS[:_STACKED], 1))),
        ("按期率" + when, None, [(rate, _RATE_COLOUR)]),
    ]
    tall = _TALL + _A_ROW * len(counted.tallies) * (counted.by is not Grouping.MONTH)
    for place, (title, subtype, series) in enumerate(drawn):
        kind = "column" if counted.by is Grouping.MONTH else "bar"
        chart = book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})
        for column, colour in series:
            chart.add_series(_series(column, len(counted.tallies), colour))
        chart.set_title({"name": title, "name_font": {"size": 12}})
        _set_axes(chart, is_bar=kind == "bar", is_rate=subtype is None)
        chart.set_size({"width": _WIDE, "height": tall})
        sheet.insert_chart(0, 0, chart, {"y_offset": place * (tall + _A_ROW)})


def _series(column: int, count: int, colour: str) -> dict[str, Any]:
    return {
        "name": [_TABLE, 0, column],
        "categories": [_TABLE, 1, 0, count, 0],
        "values": [_TABLE, 1, column, count, column],
        "fill": {"color": colour},
        "gap": 60,
    }


def _set_axes(chart: Any, *, is_bar: bool, is_rate: bool) -> None:  # noqa: ANN401 – untyped library
    """Names that go down are reversed in Excel, and take the numbers to the top unless told."""
    values = {"min": 0, "max": 1, "num_format": "0%"} if is_rate else {"min": 0, "num_format": "0"}
    if is_bar:
        chart.set_y_axis({"reverse": True, "crossing": "max"})
        chart.set_x_axis(values)
    else:
        chart.set_y_axis(values)
    chart.set_legend({"none": True} if is_rate else {"position": "bottom"})
