"""The meetings of the morning sheet: what is next, what is today, what nobody recorded."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from yicheng_coord.queries.today import UNRECORDED, MorningSheet
from yicheng_coord.text import harmless


def meetings_in_words(sheet: MorningSheet) -> Iterator[str]:
    """Yield the last block of the sheet; nothing is left out that waits for a record."""
    first, *others = [_ahead(sheet, one) for one in sheet.meetings] or ["尚未登记"]
    yield f"五、下次联席会议　{first}"
    for other in others:
        yield f"　　　　　　　　　{other}"
    if not sheet.unrecorded:
        return
    yield f"　　{UNRECORDED}　{len(sheet.unrecorded)} 次"
    for one in sheet.unrecorded:
        ref = one["ref"]
        yield f"  {_named(one)}"
        yield f"    召开：coord meeting hold {ref}"
        yield f"    改期：coord meeting move {ref} --at 时刻　取消：coord meeting cancel {ref} --reason 理由"


def _ahead(sheet: MorningSheet, one: dict[str, Any]) -> str:
    days = {sheet.today: "今天　", sheet.today + timedelta(days=1): "明天　"}
    when = next((word for day, word in days.items() if one["at"].startswith(f"{day}")), "")
    return f"{when}{_named(one)}"


def _named(one: dict[str, Any]) -> str:
    return harmless("　".join((one["ref"], one["at"], one["title"], one["place"])))
