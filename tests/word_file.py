"""What a Word file is read for, as XML and not through python-docx, which skips text boxes."""

import io
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from yicheng_coord.papers.figures import STANDARD, Layout
from yicheng_coord.papers.paper import Paper, mark, texts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PARSER = etree.XMLParser(resolve_entities=False)
_TRACES = (b"python-docx", b"Microsoft Macintosh", b"2013-12", b"ja-JP", b"@mark@", b"rsid")


class File:
    """A Word file as {part: XML}."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert package.testzip() is None
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.main = self.xml("word/document.xml")
        self.styles = self.xml("word/styles.xml")

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name], _PARSER)

    def find(self, path: str) -> list[etree._Element]:
        return self.main.xpath(path, namespaces=NS)

    def style(self, identity: str, path: str) -> str:
        found = self.styles.xpath(f"w:style[@w:styleId='{identity}']/{path}", namespaces=NS)
        assert len(found) == 1, (identity, path)
        return str(found[0])

    def stories(self, kind: str) -> dict[str, etree._Element]:
        """Headers or footers by the pages that they stand on."""
        links = self.xml("word/_rels/document.xml.rels")
        targets = {link.get("Id"): link.get("Target") for link in links}
        return {
            one.get(f"{W}type"): self.xml(f"word/{targets[one.get(_RELATION)]}")
            for one in self.find(f"//w:{kind}Reference")
        }

    def all_texts(self) -> list[str]:
        """The texts of the main part in their order, text boxes where they are anchored."""
        lines = [shown(paragraph) for paragraph in self.main.iter(f"{W}p")]
        return [part for line in lines for part in line.split("\t") if part]


def shown(element: etree._Element) -> str:
    """The text of a paragraph, or of a run; not of what is anchored in it."""
    return "".join(
        "\t" if node.tag == f"{W}tab" else node.text or ""
        for node in element.iter(f"{W}t", f"{W}tab")
        if node.getparent().tag == f"{W}r" and _owner(node, element.tag) is element
    )


def _owner(node: etree._Element, tag: str) -> etree._Element | None:
    return next(node.iterancestors(tag), None)


def changed(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A copy of a file with one part changed: it must be another than before."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w") as package,
    ):
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                after = change(text.decode())
                assert after.encode() != text
                text = after.encode()
            package.writestr(name, text)
    return target.getvalue()


def findings(content: bytes, paper: Paper, layout: Layout = STANDARD) -> list[str]:
    """Say what is wrong with the Word file of a paper."""
    file = File(content)
    return [
        *_page_findings(file, paper, layout),
        *_font_findings(file, layout),
        *_number_findings(file, paper),
        *_text_findings(file, paper),
        *_package_findings(file),
    ]


def _page_findings(file: File, paper: Paper, layout: Layout) -> Iterator[str]:
    profile, is_letter = layout.profile, paper.format == "信函"
    wanted = {
        "pgSz": {"w": "11906", "h": "16838"},
        "pgMar": {
            "top": str(profile.top), "right": "1474", "bottom": str(profile.bottom),
            "left": "1588", "header": "1671" if is_letter else "851",
            "footer": "1134" if is_letter else "1419", "gutter": "0",
        },
        "docGrid": {"type": "lines", "linePitch": str(profile.line)},
    }  # fmt: skip
    for name, figures in wanted.items():
        found = [{k.removeprefix(W): v for k, v in one.items()} for one in file.find(f"//w:{name}")]
        if found != [figures]:
            yield f"{name}: {found}"
    normal = file.styles.xpath("w:style[@w:styleId='Normal']", namespaces=NS)[0]
    spacing = normal.xpath("w:pPr/w:spacing", namespaces=NS)[0]
    if (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) != (str(profile.line), "exact"):
        yield "line pitch"
    if normal.xpath("w:rPr/w:spacing/@w:val", namespaces=NS) != ["-5"]:
        yield "characters are not squeezed"


def _font_findings(file: File, layout: Layout) -> Iterator[str]:
    for name, content in file.parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            yield from _named_font_findings(name, etree.fromstring(content, _PARSER))
    yield from _role_findings(file, layout)


def _named_font_findings(name: str, root: etree._Element) -> Iterator[str]:
    if root.xpath("//w:b | //w:bCs", namespaces=NS):
        yield f"{name}: bold"
    for named in root.iter(f"{W}rFonts"):
        if [key for key in named.attrib if "Theme" in key]:
            yield f"{name}: theme font"
        if not {f"{W}ascii", f"{W}hAnsi", f"{W}eastAsia", f"{W}cs"} <= set(named.attrib):
            yield f"{name}: a font is not named for every script"


def _role_findings(file: File, layout: Layout) -> Iterator[str]:
    fonts = layout.fonts
    roles = {
        "Normal": fonts.fangsong, "GwTitle": fonts.xiaobiaosong, "GwMark": fonts.xiaobiaosong,
        "GwHeading1": fonts.heiti, "GwHead1": fonts.heiti, "GwHeading2": fonts.kaiti,
        "GwHead2": fonts.kaiti, "GwHeading3": fonts.fangsong, "GwCopies": fonts.fangsong,
        "GwPage": fonts.songti, "GwAnnex": fonts.heiti, "GwCellHead": fonts.heiti,
    }  # fmt: skip
    for style, font in roles.items():
        if file.style(style, "w:rPr/w:rFonts/@w:eastAsia") != font:
            yield f"font of {style}"
    sizes = {"Normal": "32", "GwTitle": "44", "GwCopies": "28", "GwPrinted": "28", "GwPage": "28"}
    for style, size in sizes.items():
        if file.style(style, "w:rPr/w:sz/@w:val") != size:
            yield f"size of {style}"


def _number_findings(file: File, paper: Paper) -> Iterator[str]:
    """Page numbers, odd ones right and even ones left; none on the first page of a 信函."""
    feet = file.stories("footer")
    if set(feet) != {"default", "even"} | ({"first"} if paper.format == "信函" else set()):
        yield f"footers: {sorted(feet)}"
        return
    for place, side in (("default", "right"), ("even", "left")):
        foot = feet[place]
        if "".join(foot.itertext()) != "—  PAGE 1 —":
            yield f"page number of {place} pages"
        if foot.xpath("//w:jc/@w:val", namespaces=NS) != [side]:
            yield f"side of the number of {place} pages"
        if foot.xpath(f"//w:ind/@w:{side}", namespaces=NS) != ["280"]:
            yield f"indent of the number of {place} pages"
    if "first" in feet and feet["first"].xpath("//w:instrText", namespaces=NS):
        yield "page number on the first page"
    if file.xml("word/settings.xml").find(f"{W}evenAndOddHeaders") is None:
        yield "odd and even pages are alike"
    if bool(file.find("//w:titlePg")) != ("first" in feet):
        yield "titlePg"


def _text_findings(file: File, paper: Paper) -> Iterator[str]:
    if file.all_texts() != list(texts(paper)):
        yield f"text: {file.all_texts()}"
    heads = ["".join(head.itertext()) for head in file.stories("header").values()]
    if heads != ([mark(paper)] if paper.format == "信函" else []):
        yield f"letterhead: {heads}"
    marked = [shown(run) for run in file.find("//w:r[w:rPr/w:highlight/@w:val='yellow']")]
    plain = [shown(run) for run in file.find("//w:r[not(w:rPr/w:highlight)]")]
    if set(paper.missing) != {text[4:-1] for text in marked} | _missing_in_letterhead(paper):
        yield f"highlighted: {marked}"
    if [text for text in plain if "【待补" in text]:
        yield "a placeholder is not highlighted"


def _missing_in_letterhead(paper: Paper) -> set[str]:
    return {name for name in paper.missing if f"【待补：{name}】" in mark(paper)}


def _package_findings(file: File) -> Iterator[str]:
    known = set(file.styles.xpath("w:style/@w:styleId", namespaces=NS))
    for name, content in file.parts.items():
        yield from (f"{name}: {trace!r}" for trace in _TRACES if trace in content)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            yield f"{name}: entities"
        if name.endswith(".rels") and b"External" in content:
            yield f"{name}: external"
        if "vba" in name or "embed" in name or "thumb" in name:
            yield name
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(content, _PARSER)
            used = root.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val", namespaces=NS)
            yield from (f"{name}: no style {one}" for one in set(used) - known)
    for link in file.xml("word/_rels/document.xml.rels"):
        if f"word/{link.get('Target')}" not in file.parts:
            yield f"{link.get('Target')} is not there"
    if next(iter(file.parts)) != "[Content_Types].xml":
        yield "content types are not first"
