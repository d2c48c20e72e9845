"""What was chased, or would be: the letters or where they are, and what is left and why."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from yicheng_coord.papers.layout import as_text
from yicheng_coord.papers.sent import Sent
from yicheng_coord.papers.written import Written
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.duty_words import REMINDED, label
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.reminders import ReminderSheet, Verdict
from yicheng_coord.show.duties import case_in_words, due_day, lateness
from yicheng_coord.show.letters import show_letters, show_numbers
from yicheng_coord.show.output import hint, say, write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Format, Letter, Medium, RecordFormat

_SHOWN = 8
_NUMBER = "发文字号"
_Row = tuple[ReminderSheet, Duty]


def show_sent(sent: Sent, written: Sequence[Written], medium: Medium, form: RecordFormat) -> None:
    """Write the letters, or the names of their files; what was recorded, and what is left."""
    if form is RecordFormat.JSON:
        write_json(_as_json(sent, written))
        return
    recorded = sent.recorded
    if recorded is None:
        say("没有现在要催办的事项。")
    else:
        has_files = any(one.files for one in written)
        (say if has_files else hint)(f"{recorded.headline}（P{recorded.operation}）")
        show_letters(written, medium)
        show_numbers(sent.numbers, recorded.operation)
        hint(f"下一步：{recorded.next_step}")
    _show_left(sent.left)


def show_trial(sent: Sent, form: RecordFormat) -> None:
    """Write what would be chased; nothing was recorded."""
    if form is RecordFormat.JSON:
        write_json(_as_json(sent, sent.papers))
        return
    rows = [(letter, duty) for letter in sent.letters for duty in letter.duties]
    columns: tuple[Column[_Row], ...] = (
        Column("文书", lambda row: REMINDED[row[0].level]),
        Column("编号", lambda row: row[1].ref),
        Column("责任单位", _asked_of),
        Column("事项", lambda row: label(row[1])),
        Column("超期", lambda row: lateness(row[1])),
        Column("应办日期", lambda row: due_day(row[1]), lambda row: row[1].row["due_on"], drop=1),
        Column("案件", lambda row: case_in_words(row[1]), drop=2, folds=True),
    )
    listing = Listing(
        rows=rows,
        columns=columns,
        as_json=str,
        title="将催办（没有登记）",
        footer=f"共 {len(rows)} 项，{len(sent.letters)} 份文书。没有登记；去掉 --dry-run 即登记。",
        empty="没有现在要催办的事项。",
    )
    show(listing, Format.TABLE)
    _show_left(sent.left)


def _asked_of(row: _Row) -> str:
    """The unit that the letter goes to, and whose it was, if that unit is no more."""
    letter, duty = row
    return duty.reading.unit_name(letter.unit) + letter.taken_over(duty)


def _show_left(left: Sequence[Verdict]) -> None:
    """Say of what is overdue and not chased now why not; the same reason once."""
    for why, some in groupby(sorted(left, key=lambda one: one.why), key=lambda one: one.why):
        refs = [one.duty.ref for one in some]
        more = f"等 {len(refs)} 项" if len(refs) > _SHOWN else ""
        hint(f"这次不催：{'、'.join(refs[:_SHOWN])}{more}：{why}")


def _as_json(sent: Sent, written: Sequence[Written]) -> dict[str, Any]:
    """The answer of a recording command, without a number where nothing was recorded."""
    recorded = sent.recorded or Recorded(0, {"type": "reminder", "ref": None, "letters": []}, "")
    answer = recorded.as_json()
    answer["operation"] = recorded.operation or None
    answer["papers"] = [
        _paper(letter, paper) for letter, paper in zip(sent.letters, written, strict=True)
    ]
    answer["left"] = [{"duty": one.duty.ref, "why": one.why} for one in sent.left]
    return answer


def _paper(letter: ReminderSheet, one: Written) -> dict[str, Any]:
    paper = one.paper
    return {
        "kind": Letter.CHASE.value,
        "title": paper.title,
        "unit": letter.unit,
        "level": letter.level,
        "on": letter.on.isoformat(),
        "duties": [duty.ref for duty in letter.duties],
        "number": None if _NUMBER in paper.missing else harmless(paper.number),
        "missing": list(paper.missing),
        "files": [str(file) for file in one.files],
        "text": None if one.files else as_text(paper),
    }
