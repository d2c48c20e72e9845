"""What an export wrote."""

from typing import TYPE_CHECKING

from yicheng_coord.queries.labels import table_label
from yicheng_coord.show.output import hint, say, write_json
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import RecordFormat

if TYPE_CHECKING:
    from pathlib import Path

    from yicheng_coord.vocabulary import Exported


def show_export(
    path: "Path",
    what: "Exported",
    counts: dict[str, int],
    *,
    is_masked: bool,
    voided: int,
    form: RecordFormat,
) -> None:
    """Say which file holds how much, and whether it is masked."""
    if form is RecordFormat.JSON:
        answer = {"file": str(path), "what": what.value, "rows": counts, "masked": is_masked}
        write_json(answer | {"voided_left_out": voided})
        return
    held = "、".join(f"{table_label(name)} {count} 行" for name, count in counts.items() if count)
    say(harmless(f"已导出：{path}（{held or '没有内容'}）"))
    if voided:
        hint(f"已作废的 {voided} 件没有写入；要连同它们，写成 json。")
    if is_masked:
        hint("证件号码、电话、举报人已遮盖；要完整的，加 --no-mask（会记入操作记录）。")
    else:
        hint("文件里有完整的证件号码、电话、举报人，请妥善保管；已记入操作记录。")
