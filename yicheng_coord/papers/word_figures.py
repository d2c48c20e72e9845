"""GB/T 9704-2012 in twips (1 mm = 56.7) and half-points: page, lines, sizes, fonts."""

# Page: A4; 天头 37, 订口 28; 版心 156 × 225 mm.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, RIGHT, BOTTOM, LEFT = 2098, 1474, 1984, 1588
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT

# 22 lines a page: 580 gives 21. 28 characters a line: 16 pt each is too wide, so -0.25 pt.
LINE = 579
SQUEEZE = -5
CHARACTER = 315  # one 3号 character, squeezed

# Half-points.
SIZE_TITLE = 44
SIZE_BODY = 32
SIZE_SMALL = 28  # 版记, 页码
SIZE_CELL = 24
SIZE_MARK = 84  # 初号, for a name that fits

RED = "FF0000"
FANGSONG = "仿宋"
KAITI = "楷体"
HEITI = "黑体"
SONGTI = "宋体"
XIAOBIAOSONG = "方正小标宋简体"
LATIN = "Times New Roman"
# What a machine may have instead, by its own name.
OTHER_NAMES = {
    FANGSONG: "仿宋_GB2312",
    KAITI: "楷体_GB2312",
    HEITI: "SimHei",
    SONGTI: "SimSun",
    XIAOBIAOSONG: "方正小标宋_GBK",
}

# Where the header and the footer begin, from the edge of the paper.
FOOTER = 1419  # the dash of the page number comes to 28 mm above the edge
LETTER_HEADER = 1701  # 信函: the mark, 30 mm below the edge
LETTER_FOOTER = 1134  # 信函: the lower red line, 20 mm above the edge
LETTER_LIFT = 285  # raises the page number from there to its place
LETTER_OUT = (-454, -340)  # 信函: the lines are 170 mm, wider than the text
LETTER_GAP = 274  # 7/8 of a 3号 character below the upper line
DOCUMENT_HEADER = 4082  # 文件: the mark, 35 mm below the upper edge of the text
