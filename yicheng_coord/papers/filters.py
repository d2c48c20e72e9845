"""What a template may do with a fact: `{{ decision.text|sentence }}`. Nothing else is offered.

A filter on a missing fact gives its placeholder, never nothing and never 0.
"""

import re
from collections.abc import Callable, Iterable, Sized

from jinja2.runtime import Undefined

from yicheng_coord.papers.budget import joined
from yicheng_coord.papers.facts import label
from yicheng_coord.papers.marks import gap, is_ordinal

_GAP = re.compile("【待补：([^】]*)】")
_STOPS = ("。", "！", "？", "…", "”")


def default(value: object, other: object = "") -> object:
    """`{{ phone|default("无") }}`."""
    return other if isinstance(value, Undefined) else value


def join(values: object, between: str = "、") -> object:
    """甲、乙."""
    if isinstance(values, Undefined):
        return values
    return joined([str(value) for value in _list(values)], between)


def length(values: object) -> object:
    """How many; of a text, how long."""
    if isinstance(values, Undefined):
        return values
    return len(values) if isinstance(values, Sized) else 0


def first(values: object) -> object:
    """Return the first of a list."""
    return values if isinstance(values, Undefined) else _list(values)[0]


def last(values: object) -> object:
    """Return the last of a list."""
    return values if isinstance(values, Undefined) else _list(values)[-1]


def where(values: Iterable[object], name: str, wanted: object) -> list[object]:
    """`{{ materials|where("kind", "证据") }}`: those of a list whose part is so."""
    return [item for item in values if isinstance(item, dict) and item.get(name) == wanted]


def total(values: object, name: str) -> object:
    """`{{ materials|total("pages") }}`: the sum; missing where one is missing."""
    if isinstance(values, Undefined):
        return values
    numbers = [item.get(name) if isinstance(item, dict) else None for item in _list(values)]
    known = [number for number in numbers if isinstance(number, int)]
    return sum(known) if len(known) == len(numbers) else gap(label(name))


def sentence(value: object) -> str:
    """Close a text with 。 unless it is closed."""
    text = str(value).rstrip(" 　.；;，,")
    return text if text.endswith(_STOPS) else f"{text}。"


def as_case(value: object) -> str:
    """甲违法占地 → 甲违法占地一案; what ends in 案 stays."""
    text = str(value)
    return text if text.endswith("案") else f"{text}一案"


def missing(value: object) -> str:
    """`{{ "签发人"|missing }}`: a placeholder for what the program does not know."""
    return gap(str(value))


class Ordinal(str):
    """The number of a heading, as the standard writes it; put out as if the template wrote it."""

    __slots__ = ()


def ordinal(value: object) -> str:
    """`{{ line.ordinal|ordinal }}`: 一、 gives its line that level; anything else is mere text."""
    text = str(value)
    return Ordinal(text) if is_ordinal(text) else text


def with_gaps(value: object) -> object:
    """`{{ line.text|with_gaps }}`: a 【待补：…】 within a text of the office's own is one too."""
    return value if isinstance(value, Undefined) else _GAP.sub(lambda one: gap(one[1]), str(value))


def trim(value: object) -> str:
    """Cut spaces off both ends."""
    return str(value).strip()


def _list(values: object) -> list[object]:
    if not isinstance(values, list):
        raise TypeError("这个过滤器只用于列表")
    return values


FILTERS: dict[str, Callable[..., object]] = {
    made.__name__: made
    for made in (
        default, join, length, first, last, where, total, sentence, as_case, missing, trim,
        ordinal, with_gaps,
    )
}  # fmt: skip
