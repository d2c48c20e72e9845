"""A list that `coord export` wrote: its cases have our numbers, and nothing in it needs cleaning."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yicheng_coord.intake.fields import field_of, folded_heading, says_nothing
from yicheng_coord.masking import MASKS, Mask, extra_mask, is_left_by
from yicheng_coord.queries.sheets import NUMBER, ORIGIN, OUR_HEADINGS, VIEW_ONLY

_BESIDE = "原表·"
_ADDED_QUOTE = re.compile("'+[=+\\-@\\t\\r]")

UNREAD = "遮盖过的内容没有读入"
ONLY_SHOWN = "多程移送、多次决定的案件，移送和决定各列没有读入；完整的转移用 json"


class Ours(NamedTuple):
    """What our own list says of a row beside the fields: our number, and the list's source."""

    number: str
    origin: str


@dataclass(frozen=True, slots=True)
class OurPlan:
    """Where these columns stand, and what may have masked which column."""

    number: int
    origin: int
    view_only: int
    masks: Mapping[int, Mask]

    def whole(self, raw: list[str], warnings: list[str]) -> list[str]:
        """Return the cells as they were in the register; what was masked says nothing."""
        cells = [cell[1:] if _ADDED_QUOTE.match(cell) else cell for cell in raw]
        masked = [
            index
            for index, mask in self.masks.items()
            if index < len(cells) and is_left_by(mask, cells[index])
        ]
        for index in masked:
            cells[index] = ""
        if masked:
            warnings.append(UNREAD)
        return cells

    def ours(self, cells: list[str]) -> Ours:
        """Return what identifies the case of a row."""
        return Ours(cells[self.number], cells[self.origin])


def heading_beside(heading: str) -> str:
    """Return how our list calls a column that was kept beside the fields: 备注, 原表·接收单位.

    A name that means something here is marked, so that it is kept beside them again.
    """
    means_something = (
        heading in OUR_HEADINGS
        or heading.startswith((_BESIDE, "'"))
        or not folded_heading(heading)
        or says_nothing(heading)
        or field_of(heading) is not None
    )
    return _BESIDE + heading if means_something else heading


def is_beside(heading: str) -> bool:
    """Whether a heading of our list bears that mark."""
    return heading.startswith(_BESIDE)


def own_heading(heading: str) -> str:
    """Return the name that a column of our list had where it came from."""
    return heading.removeprefix(_BESIDE)


def our_plan(
    headings: list[str], columns: dict[int, str | None], extras: Sequence[tuple[int, str]]
) -> OurPlan:
    """Settle the columns of our own list."""
    places = {
        name: headings.index(name) if name in headings else -1
        for name in (NUMBER, ORIGIN, VIEW_ONLY)
    }
    fields = {index: MASKS[field] for index, field in columns.items() if field and field in MASKS}
    return OurPlan(
        number=places[NUMBER],
        origin=places[ORIGIN],
        view_only=places[VIEW_ONLY],
        masks=fields | {index: extra_mask(heading) for index, heading in extras},
    )
