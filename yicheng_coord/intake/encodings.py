"""In which encoding a text file is: BOM, else strict UTF-8, else GB18030; or as it was told."""

import codecs
from pathlib import Path

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.text import folded

CHUNK = 1 << 20
_LONGEST_LINE = 16 * CHUNK
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# GBK and GB2312 are parts of GB18030; what they call themselves, Excel never checks.
_NAMES = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "cp936": "gb18030",
    "ansi": "gb18030",
    "big5": "big5hkscs",
}


class UnknownEncodingError(InputError):
    """Nothing is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(f"不认识编码“{name}”。", f"可写：{'、'.join(_NAMES)}。")


class UndecodableError(RefusedError):
    """The bytes are no text in any encoding that comes into question."""

    def __init__(self, name: str, tried: str, line: int) -> None:
        super().__init__(
            f"“{name}”第 {line} 行的字节按 {tried} 都读不出文字，什么也没有导入。",
            "请另存为 UTF-8 的 CSV 或 xlsx，或用 --encoding 指明编码。",
        )


class LineTooLongError(RefusedError):
    """Sixteen megabytes without a line break are no list."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(f"“{name}”第 {line} 行太长，不像一份清单。", "请核对文件后重新导出。")


class NoMarkError(RefusedError):
    """UTF-16 without its mark, or no text at all."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”里有空字节，不是能认出的文本。",
            "若是没有 BOM 的 UTF-16，用 --encoding utf-16-le；否则请另存为 xlsx 或 CSV。",
        )


def encoding_of(path: Path, told: str | None = None) -> str:
    """Return the codec by which the whole file decodes; the file is read through once for each.

    Raises:
        RefusedError: it decodes by none; the line where the last try ended is named.
        UnknownEncodingError: the encoding told is none.

    """
    tries = (_codec(told),) if told else _candidates(path)
    failed_at = 1
    for codec in tries:
        line = _undecodable_line(path, codec)
        if line is None:
            return codec
        failed_at = max(failed_at, line)
    raise UndecodableError(path.name, "、".join(tries).replace("utf-8-sig", "utf-8"), failed_at)


def _codec(told: str) -> str:
    codec = _NAMES.get(folded(told).replace("_", "-"))
    if codec is None:
        raise UnknownEncodingError(told)
    return codec


def _candidates(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        head = file.read(CHUNK)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return (codec,)
    if b"\0" in head:
        raise NoMarkError(path.name)
    return ("utf-8", "gb18030")


def _undecodable_line(path: Path, codec: str) -> int | None:
    """Return the line on which decoding fails, None where it does not."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    since_break = 0
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                text = decoder.decode(chunk)
                since_break = 0 if "\n" in text or "\r" in text else since_break + len(chunk)
                if since_break > _LONGEST_LINE:
                    raise LineTooLongError(path.name, _line_at_end(path, codec))
            decoder.decode(b"", final=True)
        except UnicodeError:  # UTF-16 without a mark is no UnicodeDecodeError
            return _line_at_end(path, codec)
    return None


def _line_at_end(path: Path, codec: str) -> int:
    """Return the number of the last line that begins before decoding fails, or sixteen MB on."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    line, since_break = 1, 0
    with path.open("rb") as file:
        while (chunk := file.read(CHUNK)) and since_break <= _LONGEST_LINE:
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as wrong:
                return line + _breaks(wrong.object[: wrong.start].decode(codec, "ignore"))
            except UnicodeError:
                return line
            breaks = _breaks(text)
            since_break = 0 if breaks else since_break + len(chunk)
            line += breaks
    return line


def _breaks(text: str) -> int:
    """Count line breaks as the reader of records does: LF, CR LF, and CR alone."""
    if "\r" not in text:
        return text.count("\n")
    return text.count("\n") + text.count("\r") - text.count("\r\n")
