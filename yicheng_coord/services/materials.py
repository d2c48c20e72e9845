"""The papers of a case file, 二（三）: listed, and kept where they are files."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yicheng_coord import paths
from yicheng_coord.errors import RefusedError
from yicheng_coord.queries.materials import material_gaps, materials_of
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.references import case_row
from yicheng_coord.services.cases import ClosedCaseError, EmptyTextError, check_open
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.files import KeptFile, keep_file
from yicheng_coord.store.models import CaseFile, Material


class ListedAlreadyError(RefusedError):
    """The same file stands in the list of this case, as the same thing."""

    def __init__(self, number: str, kind: str, title: str) -> None:
        super().__init__(
            f"{number} 已登记过这个文件：{kind}　{title}。", "另作一份材料的，换一个 --title。"
        )


class FileToKeep:
    """A file that is to be kept before the operation begins that lists it.

    Copying may take long, so no lock is held while it lasts; and a case that takes no material
    is refused before anything is copied.
    """

    def __init__(self, database: Path, path: Path, case: str) -> None:
        self._folder = paths.material_folder(database)
        self._path, self._case = path, case
        self.kept: KeptFile | None = None

    def prepare(self, reading: Reading) -> None:
        """Keep it.

        Raises:
            UnknownCaseError, AmbiguousCaseError, ClosedCaseError: nothing is copied.
            UnreadableFileError, UnkeptFileError: see `store.files.keep_file`.

        """
        case = case_row(reading.connection, self._case, reading.today.year)
        if case["closed_on"] or case["voided_on"]:
            raise ClosedCaseError(case["number"])
        self.kept = keep_file(self._folder, self._path)


@dataclass(frozen=True, slots=True)
class NewMaterial:
    """The facts of a paper.

    Attributes:
        kind: 移交函, 案源, 证据, 物品清单, 其他.
        title: what it is called.
        copies: how many of it.
        pages: of all copies together, if known.
        file: what it is as a file, kept already.

    """

    kind: str
    title: str
    copies: int = 1
    pages: int | None = None
    file: KeptFile | None = None

    @property
    def values(self) -> dict[str, Any]:
        """It as the columns of its row."""
        plain = {name: getattr(self, name) for name in ("kind", "title", "copies", "pages")}
        if self.file is None:
            return plain
        name, size = self.file.name, self.file.size
        return plain | {"file_hash": self.file.hash, "file_name": name, "file_size": size}


def add_material(register: Register, ref: str, new: NewMaterial, on: date) -> Recorded:
    """List a paper of the case file, 二（三）.

    Raises:
        ClosedCaseError, EmptyTextError, FutureFactError, OutOfOrderError: see there.
        ListedAlreadyError: this file is listed as the same thing.

    """
    case = register.case(ref)
    check_open(case)
    check_order("登记材料的日期", on, register.today, after=("发现日期", case.found_on))
    if not new.title.strip():
        raise EmptyTextError("材料名称")
    same = _same_file(register, case, new.file)
    if (new.kind, new.title) in same:
        raise ListedAlreadyError(case.number, new.kind, new.title)
    register.session.add(Material(case_id=case.id, listed_on=on, **new.values))
    file = f"（文件 {new.file.name}）" if new.file else ""
    return register.recorded(
        case,
        facts={"type": "material", "ref": case.number, **new.values},
        headline=f"已登记材料：{case.number} {new.kind}　{new.title} {new.copies} 份{file}",
        notes=materials_note(register, case),
        warnings=[f"本案已有同一个文件：{kind}　{title}" for kind, title in same],
    )


def _same_file(register: Register, case: CaseFile, file: KeptFile | None) -> list[tuple[str, str]]:
    if file is None:
        return []
    held = materials_of(register.reading.connection, case.id)
    return [(one["kind"], one["title"]) for one in held if one["file_hash"] == file.hash]


def materials_note(register: Register, case: CaseFile) -> list[str]:
    """Say which materials of 二（三） are held and which are missing; the letter is printed."""
    register.session.flush()
    materials = materials_of(register.reading.connection, case.id or 0)
    held = "、".join(
        _held(kind, [one for one in materials if one["kind"] == kind])
        for kind in dict.fromkeys(one["kind"] for one in materials)
    )
    gaps = material_gaps(materials, has_letter=True)
    missing = f"尚缺：{'、'.join(gaps)}" if gaps else "齐全"
    return [f"材料　{held}；{missing}" if held else f"材料　{missing}"]


def _held(kind: str, materials: list[dict[str, Any]]) -> str:
    """案源 2 份 3 页; the pages only if those of all are known."""
    copies = sum(one["copies"] for one in materials)
    pages = [one["pages"] for one in materials]
    return f"{kind} {copies} 份" + (f" {sum(pages)} 页" if all(pages) else "")
