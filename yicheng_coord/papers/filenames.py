"""File names from case data, safe on Windows and wherever else the file is taken."""

import re
import unicodedata

from yicheng_coord.text import harmless

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_RESERVED = re.compile(
    r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(COM|LPT)[0-9¹²³]) *", re.IGNORECASE
)
_CHARACTERS = 100
_BYTES = 200
_UNNAMED = "未命名"


def safe_name(text: str, suffix: str) -> str:
    """Return `<text><suffix>` as a name of a file in its folder, never a path out of it.

    Args:
        text: anything: 峄移〔2026〕3号 移交函.
        suffix: as the program says it: `.docx`.

    """
    stem = _trimmed(_cut(_trimmed(_clean(text)), suffix)) or _UNNAMED
    if _RESERVED.fullmatch(stem.partition(".")[0]):  # what was cut may have hidden it
        stem = _trimmed(_cut(f"_{stem}", suffix))
    return stem + suffix


def _clean(text: str) -> str:
    """One line without the characters that Windows refuses; an unseen one shows as uXXXX."""
    shown = _NONCHARACTERS.sub("_", harmless(unicodedata.normalize("NFC", text)))
    return _FORBIDDEN.sub("_", shown)


def _trimmed(stem: str) -> str:
    """Cut what Windows drops at the end, and what hides a file or looks like an option."""
    return stem.strip().rstrip(" .　").lstrip(" .-~　")


def _cut(stem: str, suffix: str) -> str:
    """Cut at whole characters."""
    short = stem[: _CHARACTERS - len(suffix)]
    return short.encode()[: _BYTES - len(suffix.encode())].decode(errors="ignore")
