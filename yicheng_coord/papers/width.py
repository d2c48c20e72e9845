"""How wide a text stands where a Chinese character is two columns."""

import unicodedata

PAGE = 56  # 28 字


def width(text: str) -> int:
    """Columns of a text; quotes and dashes (“”—…) are as wide as a character, as in print."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def spaces(columns: int) -> str:
    """Return that much room, in full-width spaces as far as they go."""
    return "　" * (columns // 2) + " " * (columns % 2)
