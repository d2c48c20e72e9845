"""Writing out what the headings of a list are taken for, as a map to be edited."""

from pathlib import Path

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.decode import open_rows
from yicheng_coord.intake.header import find_header
from yicheng_coord.intake.mapping import Map, guess_as_toml, load_map
from yicheng_coord.intake.plan import missing_fields
from yicheng_coord.services.imports import ImportOrder


class MapExistsError(RefusedError):
    """--write-map where a map already is."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"已经有了：{path}，没有改动。", "用另一个文件名。")


def write_map(order: ImportOrder, path: Path) -> Path:
    """Write out what the headings of the (first) list are taken for, as a map to be edited.

    Raises:
        MapExistsError: something is there already; a map that was worked on is not overwritten.
        RefusedError: the file is no list.

    """
    sheet_map = load_map(order.map_file) if order.map_file else Map()
    first = order.paths[0]
    table = open_rows(first, order.encoding or sheet_map.encoding, order.sheet or sheet_map.sheet)
    header = find_header(table.rows(), sheet_map)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(guess_as_toml(header, missing_fields(header), first.stem))
    except FileExistsError:
        raise MapExistsError(path) from None
    return path
