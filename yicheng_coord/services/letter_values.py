"""How a paper says a day, and a unit."""

from collections.abc import Iterable
from datetime import date, datetime

from yicheng_coord.dates import in_chinese
from yicheng_coord.policy.matters import DELEGATES
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.duties import Duty


def day_value(text: str | None) -> str | None:
    """2026-11-23 → 2026年11月23日."""
    return in_chinese(date.fromisoformat(text)) if text else None


def moment_value(text: str | None) -> str | None:
    """2026-11-23T15:05:00 → 2026年11月23日15时05分; of a day alone, the day."""
    if text is None or "T" not in text:
        return day_value(text)
    at = datetime.fromisoformat(text)
    return f"{in_chinese(at.date())}{at.hour}时{at.minute:02}分"


def unit_value(units: Units, code: str | None) -> dict[str, str] | None:
    """Return the names of a unit."""
    if code is None:
        return None
    unit = units.get(code)
    return {"name": unit.name, "full_name": unit.full_name}


def names_of(units: Units, codes: Iterable[str]) -> list[str]:
    """Return the full names of units."""
    return [units.get(code).full_name for code in codes]


def short_names(units: Units, codes: Iterable[str]) -> list[str]:
    """Return the names as lists and tables print them, of units or of 人大代表, 政协委员."""
    return [DELEGATES.get(code) or units.get(code).name for code in codes]


def is_certain(duty: Duty) -> bool:
    """Whether its due day may be printed: no printed date may be a guess."""
    return not duty.is_provisional and not duty.is_assumed
