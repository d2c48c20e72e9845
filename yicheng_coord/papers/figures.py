"""GB/T 9704-2012 in twips (1 mm = 56.7) and half-points: page, lines, sizes, fonts."""

from dataclasses import dataclass, field
from enum import StrEnum

# Page: A4; 订口 28; 版心 156 mm wide.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
RIGHT, LEFT = 1474, 1588
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT

# 28 characters a line: 16 pt each is too wide, so -0.25 pt.
SQUEEZE = -5
CHARACTER = 315  # one 3号 character, squeezed
SMALL_CHARACTER = 280  # one 4号 character

# Half-points.
SIZE_TITLE = 44
SIZE_BODY = 32
SIZE_SMALL = 28  # 版记, 页码
SIZE_CELL = 24
SIZE_MARK = 84  # 初号, for a name that fits

RED = "FF0000"

# Where things stand from the edge of the paper; the same in both profiles.
FOOT = 14853  # the lower edge of the text's ink, 262 mm: the last line of 版记
FOOTER = 1419  # the dash of the page number comes to 28 mm above the edge
MARK = 4037  # 文件, 纪要: the mark, whose ink begins 72 mm below the edge
LETTER_HEADER = 1671  # 信函: the mark, 30 mm below the edge
LETTER_FOOTER = 1134  # 信函: the lower red line, 20 mm above the edge
LETTER_LIFT = 285  # raises the page number from there to its place
LETTER_OUT = (-454, -340)  # 信函: the lines are 170 mm, wider than the text
LETTER_GAP = 63  # 信函: the number's upper edge comes to 4.84 mm below the upper line
TITLE_LINE = 600
HAND_ROW = 567  # a row with an empty cell, 10 mm: room for a signature by hand
IMPRINT_LINE = 460  # 版记
RULE_GAP = 7  # points from the line of the number to the red line: 4 mm from its characters


class ProfileName(StrEnum):
    """Which of the two national standards gives the margins."""

    GBT9704 = "gbt9704"
    GBT33476 = "gbt33476"


@dataclass(frozen=True, slots=True)
class Profile:
    """Margins and the pitch of lines, 22 of which fill the page.

    GB/T 9704 (paper) measures to the ink: 37 and 35 mm. GB/T 33476.2 (word processors) takes off
    the half leading that these set above the first line. 580 twips would give 21 lines of the first.
    """

    top: int
    bottom: int
    line: int


PROFILES = {
    ProfileName.GBT9704: Profile(top=2098, bottom=1984, line=579),
    ProfileName.GBT33476: Profile(top=1960, bottom=1847, line=589),
}


@dataclass(frozen=True, slots=True)
class Fonts:
    """The font of each role; named in the file, never embedded."""

    fangsong: str = "仿宋"
    kaiti: str = "楷体"
    heiti: str = "黑体"
    songti: str = "宋体"
    xiaobiaosong: str = "方正小标宋简体"
    latin: str = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Layout:
    """How an office's papers are laid out."""

    profile: Profile = PROFILES[ProfileName.GBT9704]
    fonts: Fonts = field(default_factory=Fonts)


STANDARD = Layout()
# What a machine may have instead of a font, by its own name.
OTHER_NAMES = {
    "仿宋": "仿宋_GB2312",
    "楷体": "楷体_GB2312",
    "黑体": "SimHei",
    "宋体": "SimSun",
    "方正小标宋简体": "方正小标宋_GBK",
}
