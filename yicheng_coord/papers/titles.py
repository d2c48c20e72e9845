"""Titles of several lines: even ones, broken where a reader would pause (GB/T 9704-2012, 7.3.1)."""

import re
from functools import lru_cache
from itertools import combinations, pairwise

LINE = 20  # characters of 2号 that fit
_MOST = 3  # lines
_SHORTEST = 3  # characters of a line
_BOUND = re.compile(
    r"《[^》]*》|（[^）]*）|〔[^〕]*〕|“[^”]*”|【[^】]*】|[0-9]+年第[一二三四]季度"
    r"|(?:[0-9]+年)?[0-9]+月(?:[0-9]+日)?|[0-9]+年|[0-9A-Za-z.\-]+"
)
_BAD_START = "的和与及、，。：；》”）〕案"
_BAD_END = "《“（〔"
# Where a title of this field pauses: after who or where, before what.
_PAUSE = re.compile(r"(?<=公司|街道)|(?<=[局镇村的》])|(?=涉嫌|未经|未取得|擅自|非法|违法|管辖)")
_WITHIN, _BAD, _LINE_MORE, _PAUSED = 50, 30, 12, -6


@lru_cache(maxsize=64)
def title_lines(title: str) -> tuple[str, ...]:
    """Break a title that is longer than a line.

    No line breaks within 《》, before 的 or 和, or leaves one or two characters alone; a title of
    more than three lines is left to Word.
    """
    least = -(-len(title) // LINE)
    if least <= 1 or least > _MOST:
        return (title,)
    costs = _costs(title)
    choices = (
        chosen
        for count in range(least, min(least + 1, _MOST) + 1)
        for chosen in combinations(range(_SHORTEST, len(title) - _SHORTEST + 1), count - 1)
    )
    best = min(choices, key=lambda chosen: _cost(costs, (0, *chosen, len(title))))
    return tuple(title[start:end] for start, end in pairwise((0, *best, len(title))))


def _costs(title: str) -> list[int]:
    """Say how ill a break before each character would be."""
    costs = [
        _BAD * (after in _BAD_START or before in _BAD_END)
        for before, after in pairwise(f"　{title}")
    ]
    for found in _BOUND.finditer(title):
        for place in range(found.start() + 1, found.end()):
            costs[place] += _WITHIN
    for found in _PAUSE.finditer(title):
        if found.start() < len(title):
            costs[found.start()] += _PAUSED
    return costs


def _cost(costs: list[int], edges: tuple[int, ...]) -> int:
    lengths = [end - start for start, end in pairwise(edges)]
    too_long = 1000 * sum(length > LINE for length in lengths)
    uneven = max(lengths) - min(lengths)
    return too_long + uneven + _LINE_MORE * len(lengths) + sum(costs[one] for one in edges[1:-1])
