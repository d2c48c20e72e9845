"""The policy pack: `opinion.toml`, `opinion.txt`, `units.toml`, `statutory.toml` of one folder."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from yicheng_coord.errors import RefusedError, reason_of
from yicheng_coord.policy.intervals import Interval
from yicheng_coord.policy.rules import Extension, Rule
from yicheng_coord.policy.units import Units, units_from
from yicheng_coord.vocabulary import Kind, Roll


class PolicyPackError(RefusedError):
    """The pack cannot be read."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"规则包读不出来：{folder}：{why}。",
            "检查 COORD_POLICY 所指的文件夹：coord rules check",
        )


class UnknownRuleError(RefusedError):
    """No rule of that id stands in the pack."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"没有这条规则：{rule}。", "全部规则：coord rules list")


@dataclass(frozen=True)
class Policy:
    """The Opinion as this office reads it.

    Attributes:
        number, title: of the document: 峄政办发〔2022〕1号.
        versions: every rule row in the document's order; one id may have several editions.
        prompt_days: working days after which a 及时 duty is 久未办理.
        supervise_days: working days from a 催办函 until a 督办通知 may follow it.
        units: the units that it speaks of.

    """

    folder: Path
    number: str
    title: str
    versions: tuple[Rule, ...]
    prompt_days: int
    supervise_days: int
    units: Units

    @cached_property
    def _by_id(self) -> dict[str, tuple[Rule, ...]]:
        found: dict[str, tuple[Rule, ...]] = {}
        for rule in sorted(self.versions, key=lambda rule: rule.since):
            found[rule.id] = (*found.get(rule.id, ()), rule)
        return found

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The newest edition of each rule, in the document's order."""
        return tuple(rule for rule in self.versions if self._by_id[rule.id][-1] is rule)

    def rule(self, rule_id: str, *, on: date | None = None, version: str = "") -> Rule:
        """Return the rule as in force on a day (default: the newest), or one stored version.

        Raises:
            UnknownRuleError: the pack has no such rule.

        """
        editions = self._by_id.get(rule_id)
        if not editions:
            raise UnknownRuleError(rule_id)
        if version:
            return next((one for one in editions if one.version == version), editions[-1])
        if on is None:
            return editions[-1]
        return next((one for one in reversed(editions) if one.since <= on), editions[0])

    def has(self, rule_id: str) -> bool:
        """Whether the office goes by that rule: one that it does not is taken out of the pack."""
        return rule_id in self._by_id

    def with_interval(self, on: date) -> Iterator[tuple[Rule, Interval]]:
        """Yield the rules in force on a day that the office set an interval for."""
        for rule_id in self._by_id:
            rule = self.rule(rule_id, on=on)
            if rule.interval and rule.since <= on:
                yield rule, rule.interval

    def counted_as(
        self, rule_id: str, version: str, kind: Kind, days: int | None, roll: Roll
    ) -> Rule:
        """Return a rule as a stored duty was counted by it, whatever the pack says of it now.

        A rule that was taken out of the pack keeps its id as its name: what was owed by it stays
        on record.
        """
        try:
            rule = self.rule(rule_id, version=version)
        except UnknownRuleError:
            return Rule(rule_id, rule_id, "", "", "规则已停用", kind, date.min, version, days, roll)
        if (rule.kind, rule.days, rule.roll) == (kind, days, roll):
            return rule
        return replace(rule, kind=kind, days=days, roll=roll)

    def statutory(self) -> Mapping[date, str]:
        """Read the statutory rest days of years whose notice may not be out, by date."""
        return {day["date"]: day["name"] for day in _read(self.folder / "statutory.toml")["day"]}

    @cached_property
    def text(self) -> str:
        """The whole governing document."""
        return (self.folder / "opinion.txt").read_text("utf-8")


@cache
def load(folder: Path) -> Policy:
    """Read a policy pack.

    Raises:
        PolicyPackError: a file is missing or is not what it should be.

    """
    raw = _read(folder / "opinion.toml")
    try:
        head = raw["opinion"]
        return Policy(
            folder=folder,
            number=head["number"],
            title=head["title"],
            prompt_days=_whole(head, "prompt_days"),
            supervise_days=_whole(head, "supervise_days"),
            versions=tuple(_rule(row, head) for row in raw["rule"]),
            units=units_from(_read(folder / "units.toml")),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise PolicyPackError(folder, f"缺少或写错：{wrong}") from wrong


def _whole(row: Mapping[str, Any], key: str) -> int:
    """Read a number of days: a whole one, not below nought.

    Raises:
        TypeError: it is something else.

    """
    value = row[key]
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"{row.get('id', 'opinion')} 的 {key} 不是天数：{value}")
    return value


def _rule(row: dict[str, Any], head: Mapping[str, Any]) -> Rule:
    fields = dict(row)
    extension = fields.pop("extension", None)
    if "days" in row:
        _whole(row, "days")
    return Rule(
        kind=Kind(fields.pop("kind")),
        roll=Roll(fields.pop("roll", "none")),
        is_soft=fields.pop("soft", False),
        urgent=Kind(urgent) if (urgent := fields.pop("urgent", None)) else None,
        stand_ins=tuple(fields.pop("stand_ins", ())),
        met_by=tuple(fields.pop("met_by", ())),
        ended_by=tuple(fields.pop("ended_by", ())),
        extension=Extension(**extension) if extension is not None else None,
        interval=Interval(interval) if (interval := fields.pop("interval", None)) else None,
        source=fields.pop("source", head["number"]),
        since=fields.pop("since", head["since"]),
        version=fields.pop("version", head["version"]),
        **fields,
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as wrong:
        raise PolicyPackError(path.parent, f"{path.name}：{reason_of(wrong)}") from wrong
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise PolicyPackError(path.parent, f"{path.name}：{wrong}") from wrong
