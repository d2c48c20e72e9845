"""What a Word file from outside may hold: text, pictures and styles; nothing that runs or calls out."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from yicheng_coord.errors import RefusedError
from yicheng_coord.text import harmless

_ENTRIES = 500
_BYTES = 30_000_000  # of all parts, unpacked
_XML_BYTES = 1_000_000  # of a part that is read as a template
_RATIO, _SMALL = 100, 1_000_000
_TAGS, _TAG_LENGTH = 500, 2000
_MAIN = b"wordprocessingml.document.main+xml"
_ACTIVE = re.compile(r"vbaProject|vbaData|activeX|/embeddings/|afchunk", re.IGNORECASE)
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_FIELD = re.compile(rb"INCLUDETEXT|INCLUDEPICTURE|DDE|DATABASE|MACROBUTTON|(?<!HYPER)LINK")
_INSTRUCTIONS = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
_XML_TAG = re.compile(r"<[^>]*>")
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_ENCRYPTED = 1


class LetterheadError(RefusedError):
    """The file cannot be used as a letterhead."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"信头文件 {harmless(path.name)} 不能用：{harmless(why)}。",
            "在 Word 里另存为不带宏的 .docx；写法见手册“信头”。",
        )


def read_letterhead(path: Path) -> bytes:
    """Read a Word file that is to be filled.

    Raises:
        LetterheadError: it is no plain Word file, is too large, or holds what could run or call out.

    """
    try:
        if path.stat().st_size > _BYTES:
            raise LetterheadError(path, "过大")
        content = path.read_bytes()
        with zipfile.ZipFile(path) as package:
            for why in _reasons(package):
                raise LetterheadError(path, why)
    except FileNotFoundError:
        raise LetterheadError(path, "没有这个文件") from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, KeyError):
        raise LetterheadError(path, "不是 .docx 文件") from None
    return content


def _reasons(package: zipfile.ZipFile) -> Iterator[str]:
    """Say why not; sizes before anything is unpacked."""
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > _ENTRIES or len(set(names)) < len(names):
        yield "里面的文件过多，或有重名"
    if sum(entry.file_size for entry in entries) > _BYTES or any(map(_is_bomb, entries)):
        yield "解开后过大"
    if any(map(_is_odd, names)) or any(entry.flag_bits & _ENCRYPTED for entry in entries):
        yield "加密，或里面的文件名不正常"
    if any(_ACTIVE.search(name) for name in names):
        yield "带有宏、控件或嵌入的文件"
    if _MAIN not in _unpacked(package, "[Content_Types].xml"):
        yield "不是 .docx 文档"
    for name in names:
        if name.endswith((".xml", ".rels")):
            yield from _xml_reasons(name, _unpacked(package, name))


def _unpacked(package: zipfile.ZipFile, name: str) -> bytes:
    """Read a part; what it says of its size may be a lie."""
    with package.open(name) as part:
        return part.read(_BYTES)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    large = entry.file_size > _SMALL
    return large and entry.file_size > _RATIO * max(entry.compress_size, 1)


def _is_odd(name: str) -> bool:
    return "\\" in name or ":" in name or name.startswith("/") or ".." in PurePosixPath(name).parts


def _xml_reasons(name: str, content: bytes) -> Iterator[str]:
    if len(content) > _XML_BYTES and not name.startswith("word/theme"):
        yield f"{name} 过大"
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield f"{name} 里有实体定义"
    if any(b"/hyperlink" not in one for one in _EXTERNAL.findall(content)):
        yield "引用了外部的模板、图片或对象"
    # Word splits an instruction over runs as it likes.
    if _FIELD.search(b"".join(one for found in _INSTRUCTIONS.findall(content) for one in found)):
        yield "有引用外部内容的域"
    if name.startswith("word/") and (why := _unpaired(content)):
        yield why


def _unpaired(content: bytes) -> str:
    """Say what is wrong with the braces, or nothing.

    They pair and are short, since docxtpl searches for them back and forth.
    """
    try:
        text = _XML_TAG.sub("", content.decode())
    except UnicodeDecodeError:
        return "有不是 UTF-8 的部分"
    open_at, wanted, count = 0, "", 0
    for found in _BRACES.finditer(text):
        brace, count = found.group(), count + 1
        if (wanted and brace != wanted) or (not wanted and brace not in _CLOSING):
            return f"{{{{ }}}} 或 {{% %}} 没有成对（{text[open_at : found.end()][:30]}）"
        if wanted and found.end() - open_at > _TAG_LENGTH:
            return "一对 {{ }} 里的内容过长"
        open_at, wanted = found.start(), "" if wanted else _CLOSING[brace]
    return "{{ }} 没有成对，或者过多" if wanted or count > 2 * _TAGS else ""
