"""The units of the Opinion and those that it deals with: names, and how lists spell them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.text import folded, harmless
from yicheng_coord.vocabulary import UnitKind


class UnknownUnitError(RefusedError):
    """Nothing is called so; the nearest names are offered, none is guessed."""

    def __init__(self, text: str, nearest: list[str]) -> None:
        near = f"（相近：{'、'.join(nearest)}）" if nearest else ""
        super().__init__(f"没有这个单位：“{harmless(text)}”{near}。", "全部单位：coord unit list")


KIND_NAMES: dict[str, str] = {
    UnitKind.MEMBER: "成员单位",
    UnitKind.TOWN: "镇（街）",
    UnitKind.POLICE: "公安机关",
    UnitKind.GOVERNMENT: "区政府",
    UnitKind.OFFICE: "联席会议办公室",
    UnitKind.PARTY: "党委部门",
    UnitKind.COURT: "审判机关",
    UnitKind.PROCURATORATE: "检察机关",
    UnitKind.DEPARTMENT: "政府部门",
    UnitKind.COUNSEL: "法律顾问",
    UnitKind.APPRAISER: "鉴定机构",
}
_ENFORCING = frozenset({"member", "town", "police", "department"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit (单位).

    Attributes:
        code: `zjj`.
        name: as the Opinion writes it: 区住建局.
        full_name: for letters: 峄城区住房和城乡建设局.
        short_names, aliases: as lists write it.
        kind: member, town, government, police, court …
        is_member: one of the seventeen members of the joint meeting.
        closed_on: since when it is no more (撤销、合并); nothing new is recorded of it from then on.
        successor: the unit that took over its duties.

    """

    code: str
    name: str
    full_name: str
    kind: str
    is_member: bool = False
    short_names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""
    closed_on: date | None = None
    successor: str | None = None

    @property
    def may_be_competent(self) -> bool:
        """Whether cases can be transferred to it: it is an administrative organ that enforces."""
        return self.kind in _ENFORCING

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything that means this unit."""
        return (self.code, self.name, self.full_name, *self.short_names, *self.aliases)


@dataclass(frozen=True)
class Units:
    """All units, in the document's order.

    Attributes:
        all: as they are on one day.
        former: what units were called before that day → code; lists still write it.

    """

    all: tuple[Unit, ...]
    former: Mapping[str, str] = field(default_factory=dict)

    @property
    def present(self) -> tuple[Unit, ...]:
        """Those that are not closed."""
        return tuple(unit for unit in self.all if not unit.closed_on)

    @cached_property
    def _by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.all}

    @cached_property
    def _by_spelling(self) -> dict[str, Unit]:
        """A name that one unit gave up and another took means the other."""
        former = {name: self._by_code[code] for name, code in self.former.items()}
        return former | {folded(name): unit for unit in self.all for name in unit.spellings}

    @property
    def shared(self) -> dict[str, list[str]]:
        """Spellings that mean more than one unit, as they must not → the codes of these."""
        codes: dict[str, list[str]] = {}
        for unit in self.all:
            for spelling in dict.fromkeys(map(folded, unit.spellings)):  # its own twice is no harm
                codes.setdefault(spelling, []).append(unit.code)
        return {spelling: some for spelling, some in codes.items() if len(some) > 1}

    def get(self, code: str) -> Unit:
        """Return the unit of a stored code; one that the pack no longer has keeps its code."""
        return self._by_code.get(code) or Unit(code, code, code, "unknown")

    def answering_for(self, code: str) -> Unit | None:
        """Return who answers for what a unit owes: itself, or, once closed, its last successor.

        None where it was closed and nobody took over.
        """
        unit, seen = self.get(code), {code}
        while unit.closed_on:
            if unit.successor is None or unit.successor in seen:
                return None
            seen.add(unit.successor)
            unit = self.get(unit.successor)
        return unit

    def find(self, text: str) -> Unit | None:
        """Return the unit spelled exactly so (full-width forms, spaces and case aside)."""
        return self._by_spelling.get(folded(text))

    def named(self, text: str) -> Unit:
        """Return the unit spelled so.

        Raises:
            UnknownUnitError: nothing is called so.

        """
        unit = self.find(text)
        if unit is None:
            raise UnknownUnitError(text, self.nearest(text))
        return unit

    def nearest(self, text: str) -> list[str]:
        """Up to three names that look like the text."""
        import difflib  # only a refusal needs it

        wanted = folded(text)
        close = difflib.get_close_matches(wanted, self._by_spelling, n=6, cutoff=0.5)
        close += [name for name in self._by_spelling if wanted and wanted in name]
        return list(dict.fromkeys(self._by_spelling[name].name for name in close))[:3]


def units_from(raw: Mapping[str, Any]) -> Units:
    """Build the units of a `units.toml`."""
    return Units(tuple(_unit(row) for row in raw["unit"]))


def _unit(row: Mapping[str, Any]) -> Unit:
    fields = dict(row)
    return Unit(
        is_member=fields.pop("member", False),
        short_names=tuple(fields.pop("short_names", ())),
        aliases=tuple(fields.pop("aliases", ())),
        **fields,
    )
