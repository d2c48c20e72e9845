"""A list that `coord export` wrote: its cases have our numbers, and nothing in it needs cleaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yicheng_coord.queries.sheets import NUMBER, ORIGIN, VIEW_ONLY

_ADDED_QUOTE = re.compile("'+[=+\\-@\\t\\r]")
_MASKED = "***"
_MAY_BE_MASKED = ("party_id", "phone", "informant")

UNREAD = "遮盖过的内容没有读入"
ONLY_SHOWN = "多程移送、多次决定的案件，移送和决定各列没有读入；完整的转移用 json"


class Ours(NamedTuple):
    """What our own list says of a row beside the fields: our number, and the list's source."""

    number: str
    origin: str


@dataclass(frozen=True, slots=True)
class OurPlan:
    """Where these columns stand, and which may be masked."""

    number: int
    origin: int
    view_only: int
    may_be_masked: frozenset[int]

    def whole(self, raw: list[str], warnings: list[str]) -> list[str]:
        """Return the cells as they were in the register; what was masked says nothing."""
        cells = [cell[1:] if _ADDED_QUOTE.match(cell) else cell for cell in raw]
        masked = [i for i in self.may_be_masked if i < len(cells) and _MASKED in cells[i]]
        for index in masked:
            cells[index] = ""
        if masked:
            warnings.append(UNREAD)
        return cells

    def ours(self, cells: list[str]) -> Ours:
        """Return what identifies the case of a row."""
        return Ours(cells[self.number], cells[self.origin])


def our_plan(
    headings: list[str], columns: dict[int, str | None], extras: Sequence[tuple[int, str]]
) -> OurPlan | None:
    """Settle the columns of our own list; None where it is another's."""
    if NUMBER not in headings:
        return None
    fields = {index for index, field in columns.items() if field in _MAY_BE_MASKED}
    places = {
        name: headings.index(name) if name in headings else -1 for name in (ORIGIN, VIEW_ONLY)
    }
    return OurPlan(
        number=headings.index(NUMBER),
        origin=places[ORIGIN],
        view_only=places[VIEW_ONLY],
        may_be_masked=frozenset(fields | {index for index, _ in extras}),
    )
