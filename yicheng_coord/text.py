"""Text from data is data: what could steer a terminal or forge a line is shown, never obeyed."""

import re
import unicodedata

# C0/C1 controls, line and paragraph separators, bidi overrides and isolates, zero-width marks.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
    r"|[\ud800-\udfff]"
)
_SHOWN = {"\n": " ", "\r": " ", "\t": " ", "\v": " ", "\f": " ", "\u2028": " ", "\u2029": " "}


def harmless(value: str) -> str:
    r"""Return one line that no terminal obeys.

    Line breaks and tabs become a space; any other control, bidi or zero-width character becomes
    `\uXXXX`, so that it is seen. The stored text stays as it is.
    """
    return _UNSAFE.sub(_show, value)


def _show(match: re.Match[str]) -> str:
    character = match.group()
    return _SHOWN.get(character, f"\\u{ord(character):04x}")


def harmless_lines(value: str) -> str:
    """Return the same for text of several lines: its line breaks stay."""
    return "\n".join(harmless(line) for line in value.splitlines())


def folded(value: str) -> str:
    """Fold what people type in many ways: full-width forms, spaces, zero-width marks, case."""
    plain = unicodedata.normalize("NFKC", value)
    return "".join(c for c in plain if not c.isspace() and not _UNSAFE.match(c)).casefold()


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_QUOTED_FORMULA = re.compile("'+[=+\\-@\t\r]")


def formula_safe(value: str) -> str:
    """Put a `'` before what a spreadsheet would run; the importer takes exactly that one off."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def formula_safe_again(value: str) -> str:
    """The same, and of a text that bears such a `'` already another, so that all come back."""
    return f"'{value}" if _QUOTED_FORMULA.match(value) else formula_safe(value)
