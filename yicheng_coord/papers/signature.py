"""Where 署名 and 成文日期 stand, by the rules with and without a seal (GB/T 9704-2012, 7.3.5)."""

import re
from dataclasses import dataclass

from yicheng_coord.papers.width import width

LINE = 28.0  # 字 of a line
_SEALED_DATE = 4.0  # the date of a sealed paper ends so far from the edge
_UNSEALED = 2.0  # what is longest of an unsealed paper, likewise
_SHIFT = 2.0  # the date begins so far right of the signatory
_BOUNDARY = 0.25  # 字, set between a digit and a Chinese character
_BETWEEN = re.compile(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line begins and how wide it is, in 字."""

    left: float
    wide: float

    @property
    def right(self) -> float:
        """What is left free behind it."""
        return max(LINE - self.left - self.wide, 0.0)


def places(
    signatory: str, date: str, *, is_sealed: bool, boundary: float = _BOUNDARY
) -> tuple[Place, Place]:
    """Return the places of signatory and date.

    With a seal the date ends four 字 before the edge and the signatory is centred over it; without
    one the signatory ends two before it, and the date begins two right of the signatory; the date
    ends two before the edge where it is the longer. What is too long for that ends at the edge.

    Args:
        signatory: its text.
        date: its text.
        is_sealed: whether a seal is put on them.
        boundary: the room that is set between digits and Chinese, in 字; plain text has none.

    """
    wide, dated = measure(signatory, boundary), measure(date, boundary)
    if is_sealed:
        date_at = LINE - _SEALED_DATE - dated
        signatory_at = date_at + (dated - wide) / 2
    elif wide - dated >= _UNSEALED:
        signatory_at = max(LINE - _UNSEALED - wide, 0.0)
        date_at = signatory_at + _SHIFT
    else:
        date_at = LINE - _UNSEALED - dated
        signatory_at = date_at - _SHIFT
    return _kept(signatory_at, wide), _kept(date_at, dated)


def measure(text: str, boundary: float = _BOUNDARY) -> float:
    """Return a text's width in 字."""
    return width(text) / 2 + boundary * len(_BETWEEN.findall(text))


def _kept(left: float, wide: float) -> Place:
    """Keep a line on the page."""
    return Place(max(min(left, LINE - wide), 0.0), wide)
