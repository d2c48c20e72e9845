"""The materials of a case, 二（三）: what is there, what is missing, where files lie."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from yicheng_coord.store.files import stored_file
from yicheng_coord.vocabulary import MaterialKind

REQUIRED_MATERIALS = {
    MaterialKind.LETTER: "移交函",
    MaterialKind.SOURCE: "案源材料",
    MaterialKind.EVIDENCE: "初步证据材料",
}
"""二（三）1–3; 其他需要移交的材料 may be absent."""


def materials_of(connection: sqlite3.Connection, case_id: int) -> list[dict[str, Any]]:
    """Return the materials of a case: kind, title, copies, pages, and of a file what it is."""
    sql = (
        "SELECT kind, title, copies, pages, listed_on, file_name, file_size, file_hash "
        "FROM material WHERE case_id = ? ORDER BY id"
    )
    return [dict(row) for row in connection.execute(sql, (case_id,))]


def material_gaps(materials: list[dict[str, Any]], *, has_letter: bool = False) -> list[str]:
    """Return the kinds of 二（三） that are still missing."""
    held = {material["kind"] for material in materials}
    if has_letter:
        held.add(MaterialKind.LETTER)
    return [name for kind, name in REQUIRED_MATERIALS.items() if kind not in held]


def located(material: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Add `file_path`; None where there is no file, or it is gone."""
    content_hash = material["file_hash"]
    path = stored_file(folder, content_hash) if content_hash else None
    return material | {"file_path": str(path) if path else None}


REFERRAL_MATERIALS: dict[str, tuple[MaterialKind, ...]] = {
    "移送书": (MaterialKind.CRIME_LETTER,),
    "调查报告": (MaterialKind.CRIME_REPORT,),
    "涉案物品清单": (MaterialKind.GOODS,),
    "检验报告或鉴定结论": (MaterialKind.APPRAISAL,),
    "其他有关材料": (MaterialKind.SOURCE, MaterialKind.EVIDENCE, MaterialKind.OTHER),
}
"""The five that go to the police, 国务院令第310号 第六条."""
HELD, MISSING, NOT_CONCERNED = "有", "缺", "不涉及"


def referral_materials(
    materials: list[dict[str, Any]], not_concerned: Sequence[str]
) -> dict[str, str]:
    """Return each of the five with how it stands: held, missing, or marked 不涉及; never left out."""
    held = {material["kind"] for material in materials}
    return {
        name: HELD if held & {*kinds} else NOT_CONCERNED if name in not_concerned else MISSING
        for name, kinds in REFERRAL_MATERIALS.items()
    }
