"""The policy pack as people read it: rules, units, findings."""

from collections.abc import Sequence
from typing import Any

from yicheng_coord.policy.coverage import Finding
from yicheng_coord.policy.events import EVENTS, ROLES
from yicheng_coord.policy.intervals import Interval
from yicheng_coord.policy.pack import Policy
from yicheng_coord.policy.rules import Rule
from yicheng_coord.show.output import say, write_fields, write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format, Kind, Roll

_KINDS = {
    Kind.WORKING: "{} 个工作日",
    Kind.CALENDAR: "{} 日（自然日）",
    Kind.CALENDAR_BACK: "前 {} 日（倒推）",
    Kind.WORKING_BACK: "前 {} 个工作日",
    Kind.IMMEDIATE: "立即",
    Kind.HOURS: "{} 小时",
    Kind.MONTHS: "{} 个月",
    Kind.DATE: "指定日期",
    Kind.QUARTER: "季度末",
    Kind.PROMPT: "及时",
    Kind.WINDOW: "{} 日内可行使",
}


_INTERVALS = {Interval.MONTH: "每月一项", Interval.QUARTER: "每季度一项"}


def limit_in_words(rule: Rule) -> str:
    """3 个工作日；一般应；紧急立即."""
    if not rule.starts:
        return "" if rule.kind is Kind.PROMPT else _KINDS[rule.kind].format(rule.days)
    words = _KINDS[rule.kind].format(rule.days)
    soft = "，一般应" if rule.is_soft else ""
    urgent = "，紧急立即" if rule.urgent else ""
    return words + soft + urgent


def rule_json(rule: Rule) -> dict[str, Any]:
    """The stable keys of a rule."""
    extension = rule.extension
    return {
        "id": rule.id,
        "version": rule.version,
        "duty": rule.label,
        "clause": rule.clause,
        "quote": rule.quote,
        "source": rule.source,
        "kind": rule.kind.value,
        "days": rule.days,
        "roll": rule.roll.value,
        "soft": rule.is_soft,
        "urgent": rule.urgent.value if rule.urgent else None,
        "who": rule.who,
        "to": rule.to,
        "starts": rule.starts,
        "stand_ins": list(rule.stand_ins),
        "met_by": list(rule.met_by),
        "ended_by": list(rule.ended_by),
        "extension": {"max_days": extension.max_days, "told_before_due": extension.told_before_due}
        if extension
        else None,
        "interval": rule.interval.value if rule.interval else None,
        "reading": rule.reading,
        "since": rule.since.isoformat(),
    }


def show_rules(policy: Policy, form: Format) -> None:
    """Write all rules in the document's order."""
    show(
        Listing(
            rows=policy.rules,
            columns=(
                Column("规则", lambda rule: rule.id),
                Column("条款", lambda rule: rule.clause, drop=1),
                Column("时限", limit_in_words),
                Column("事项", lambda rule: rule.label, drop=2),
                Column("责任", lambda rule: ROLES.get(rule.who, ""), drop=3),
                Column("出处", lambda rule: rule.source, drop=4),
            ),
            more=(Column("原文", lambda rule: rule.quote),),
            as_json=rule_json,
            title=f"{policy.number}　{policy.title}",
            footer=f"共 {len(policy.rules)} 条。原文与解读：coord rules show 规则",
            empty="规则包里没有规则。",
        ),
        form,
    )


def show_rule(policy: Policy, rule: Rule, form: Format) -> None:
    """Write one rule with its sentence."""
    if form is Format.JSON:
        write_json(rule_json(rule))
        return

    def events(names: Sequence[str]) -> str:
        return "、".join(EVENTS[name].label for name in names if name in EVENTS)

    lines = [
        ("", f"{rule.id} {rule.label}"),
        ("依据", f"{policy.number} {rule.clause}：“{rule.quote}”"),
        ("出处", rule.source if rule.source != policy.number else ""),
        ("时限", limit_in_words(rule)),
        ("顺延", {Roll.FORWARD: "遇休息日顺延", Roll.BACK: "遇休息日提前"}.get(rule.roll, "")),
        ("责任", f"{ROLES.get(rule.who, '')} → {ROLES.get(rule.to, '')}".strip(" →")),
        ("起算", events((rule.starts,))),
        ("暂计", events(rule.stand_ins)),
        ("完成", events(rule.met_by)),
        ("终止", events(rule.ended_by)),
        ("延长", _extension(rule)),
        ("周期", _INTERVALS[rule.interval] if rule.interval else ""),
        ("解读", rule.reading),
        ("施行", f"{rule.since} 起，版本 {rule.version}"),
    ]
    shown = [(label, text) for label, text in lines if text]
    if form is Format.CSV:
        write_fields(shown)
        return
    for label, text in shown:
        say(f"{label}　{text}" if label else text)


def _extension(rule: Rule) -> str:
    if rule.extension is None:
        return ""
    days = rule.extension.max_days
    cap = f"合计不超过 {days} 日" if days else "不限天数"
    return cap + ("，须在应办日期前告知" if rule.extension.told_before_due else "")


def show_findings(findings: Sequence[Finding], form: Format) -> None:
    """Write what is wrong with a pack; nothing at all when nothing is."""
    if not findings and form is Format.TABLE:
        return
    show(
        Listing(
            rows=findings,
            columns=(
                Column("问题", lambda finding: finding.what, folds=True),
                Column("位置", lambda finding: finding.where),
                Column("处理", lambda finding: finding.hint, folds=True),
            ),
            as_json=lambda one: {"what": one.what, "where": one.where, "hint": one.hint},
            title="规则包有问题",
            footer=f"共 {len(findings)} 处。",
            empty="",
        ),
        form,
    )
