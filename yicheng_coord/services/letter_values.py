"""How a paper says a day, and a unit."""

from datetime import date, datetime

from yicheng_coord.dates import in_chinese
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


def is_certain(duty: Duty) -> bool:
    """Whether its due day may be printed: no printed date may be a guess."""
    return not duty.is_provisional and not duty.is_assumed
