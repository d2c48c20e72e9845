"""What people type to narrow a list, resolved: units by any name, cases by any reference."""

from dataclasses import dataclass
from typing import Any

from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import case_row


@dataclass(frozen=True, slots=True)
class DutyFilter:
    """Which duties: of a unit that owes them, of a rule, of a case."""

    unit: str | None = None
    rule: str | None = None
    case_id: int | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """Return the conditions, to be put after others, and their values."""
        wanted = {"owed_by": self.unit, "rule": self.rule, "case_id": self.case_id}
        given = {column: value for column, value in wanted.items() if value is not None}
        return "".join(f" AND {column} = ?" for column in given), list(given.values())


def duty_filter(
    reading: Reading, *, unit: str | None = None, rule: str | None = None, case: str | None = None
) -> DutyFilter:
    """Resolve the filters of a list of duties.

    Raises:
        UnknownUnitError, UnknownRuleError, UnknownCaseError, AmbiguousCaseError: nothing, or
            more than one thing, is called so.

    """
    if rule is not None:
        reading.policy.rule(rule)
    return DutyFilter(
        unit=reading.units.named(unit).code if unit is not None else None,
        rule=rule,
        case_id=_case_id(reading, case) if case is not None else None,
    )


def _case_id(reading: Reading, ref: str) -> int:
    number: int = case_row(reading.connection, ref, reading.today.year)["id"]
    return number
