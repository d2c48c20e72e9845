"""Single cells: their text, what is cleaned off it, and the words that mean a value."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from yicheng_coord.text import folded
from yicheng_coord.vocabulary import Source

if TYPE_CHECKING:
    from yicheng_coord.intake.decode import Cell

V = TypeVar("V")

_MOST_REMEMBERED = 20_000
_LARGEST_WHOLE = 1e18
EXACT_DIGITS_BELOW = 1e15  # a float keeps fifteen digits
_LONGEST_EXAMPLE = 40

BETWEEN = "\x1f"  # counts as white space, so that a row of blanks is blank as a whole
_SUSPECT = re.compile(
    "[\x00-\x1e\x85\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\ufffd_'?锟]"
)
LOST = re.compile("\ufffd|\\?\\?|锟斤拷")
_UNCLEAN = re.compile("[\u00a0\u3000\u200b-\u200f\u2060\ufeff\x00\r_']")
# A joiner before an emoji is part of that emoji.
_ZERO_WIDTH = re.compile(
    "[\u200b\u200c\u200e\u200f\u2060\ufeff]|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_CARRIAGE = re.compile("_x000D_", re.IGNORECASE)
_CR = re.compile("\r\n?")
_FORMULA_SAFE = re.compile("'[=+\\-@\t\r]")

_NOTHING = frozenset({"-", "--", "—", "——", "/", "\\", "无", "null", "none", "nan", "n/a"})
_LONGEST_NOTHING = 4

# Looked for in this order: 巡查移送 is a transfer.
_SOURCES = (
    (Source.TRANSFER, "移送 移交"),
    (Source.ORDER, "交办 督办 转办 批示"),
    (Source.REPORT, "举报 投诉 信访 12345 12315 热线 来电 来信 留言 反映"),
    (Source.INSPECTION, "检查 巡查 巡逻 抽查 监督员 采集员 网格 监测"),
)
_YES = frozenset(
    {"是", "紧急", "加急", "特急", "急", "急件", "特急件", "1", "true", "yes", "y", "√", "✓"}
)
_NO = frozenset(
    {"否", "不", "不紧急", "非紧急", "普通", "一般", "平件", "正常", "0", "false", "no", "n", "×"}
)


class Reason(NamedTuple):
    """Why a row is not taken: 发现日期无法识别, the cell, and what it may have meant."""

    text: str
    example: str = ""
    near: str = ""


Value = str | date | bool | None
Read = Value | Reason


class Memo(dict[str, V]):
    """What a cell means, worked out once for each spelling; forgets all when it grows too large."""

    def __init__(self, learn: Callable[[str], V]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, text: str) -> V:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        value = self[text] = self._learn(text)
        return value


def is_nothing(text: str) -> bool:
    """Whether the cell says that there is nothing to say: -, 无, null."""
    return len(text) <= _LONGEST_NOTHING and text.casefold() in _NOTHING


def plain_text(cell: "Cell") -> str:
    """Return a cell as its text; whole numbers without .0, days without 00:00:00."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if _is_whole(cell) else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _is_whole(number: float) -> bool:
    return number.is_integer() and abs(number) < _LARGEST_WHOLE


def needs_cleaning(joined: str) -> bool:
    """Whether any cell of a row, joined by BETWEEN, may differ from its cleaned text.

    One look at the whole row is a third of the work of looking at every cell.
    """
    if _SUSPECT.search(joined):
        return True
    return " " in joined and (
        f" {BETWEEN}" in joined or f"{BETWEEN} " in joined or " " in (joined[0], joined[-1])
    )


def cleaned_text(cell: str, counts: Counter[str]) -> str:
    """Return the cell without what spreadsheets leave in texts, each kind counted.

    The `'` that keeps a CSV cell from being a formula goes; inner spaces and line breaks stay.
    """
    if not _UNCLEAN.search(cell):
        return cell.strip()
    if _FORMULA_SAFE.match(cell):
        cell = cell[1:]
    for kind, pattern, by in (
        ("_x000D_", _CARRIAGE, ""),
        ("零宽字符", _ZERO_WIDTH, ""),
        ("回车换行", _CR, "\n"),
    ):
        cell, times = pattern.subn(by, cell)
        if times:
            counts[kind] += times
    for kind, character, instead in (("不换行空格", "\u00a0", " "), ("空字符", "\0", "")):
        if times := cell.count(character):
            counts[kind] += times
            cell = cell.replace(character, instead)
    text = cell.strip()
    if times := cell.count("\u3000") - text.count("\u3000"):
        counts["全角空格"] += times
    return text


def heading_text(cell: "Cell") -> str:
    """Return a heading on one line."""
    return "".join(cleaned_text(plain_text(cell), Counter()).splitlines()).strip()


def source_of(text: str) -> str:
    """Return the word of `vocabulary.Source` that a list's own word stands for."""
    plain = folded(text)
    for source, words in _SOURCES:
        if any(word in plain for word in words.split()):
            return source.value
    return Source.OTHER.value


def urgency_of(text: str) -> bool | None:
    """Whether the word says 紧急; None where it says neither."""
    plain = folded(text)
    return True if plain in _YES else False if plain in _NO else None


def shown(cell: str) -> str:
    """Return a cell as an example in a sentence: its beginning."""
    return cell if len(cell) <= _LONGEST_EXAMPLE else cell[:_LONGEST_EXAMPLE] + "…"
