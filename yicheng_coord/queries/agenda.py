"""The agenda: what earlier meetings resolved and is still open comes first, then the topics."""

from collections.abc import Sequence
from typing import Any

from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.resolutions import due_of, percent_of

REVIEW = "议定事项落实情况"


def agenda_json(
    topics: Sequence[MatterSheet], still_open: Sequence[MatterSheet]
) -> list[dict[str, Any]]:
    """Return the items of an agenda, numbered from 1; what is sent is kept as it is here."""
    review = [{"title": REVIEW, "resolutions": [*map(_open_json, still_open)]}]
    items = (review if still_open else []) + [*map(_topic_json, topics)]
    return [{"item": number} | item for number, item in enumerate(items, start=1)]


def _open_json(sheet: MatterSheet) -> dict[str, Any]:
    return {
        "ref": sheet.ref,
        "text": sheet.title,
        "owner": sheet.row["owner"],
        "due_on": due_of(sheet),
        "percent": percent_of(sheet),
    }


def _topic_json(sheet: MatterSheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "topic": sheet.ref,
        "by": sheet.row["owner"],
        "background": sheet.row["text"],
        "proposal": sheet.details.get("proposal"),
    }
