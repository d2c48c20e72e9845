"""The answer of a recording command: what was recorded, met and started, and what comes next."""

from yicheng_coord.policy.events import EVENTS
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.duty_words import (
    against_original,
    assumed_note,
    days_in_words,
    label,
)
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.show.duties import due_day, owed_by
from yicheng_coord.show.output import hint, say, write_json
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import DutyStatus, RecordFormat


def show_recorded(recorded: Recorded, form: RecordFormat) -> None:
    """Write the answer as text or JSON; warnings go to stderr too."""
    if form is RecordFormat.JSON:
        write_json(recorded.as_json())
    else:
        for line in _lines(recorded):
            say(harmless(line))
        if recorded.next_step:
            say(f"下一步：{recorded.next_step}")
    for warning in recorded.warnings:
        hint(f"注意：{harmless(warning)}")


def _lines(recorded: Recorded) -> list[str]:
    met = {duty.ref for duty in recorded.met}
    started = [duty for duty in recorded.started if duty.ref not in met]
    return [
        recorded.headline,
        *(f"  完成　{label(duty)}（{_how_met(duty)}）" for duty in recorded.met),
        *(f"  新增　{_how_started(duty)}" for duty in started),
        *(f"  变动　{how_moved(duty, old)}" for duty, old in recorded.moved),
        *(f"  恢复　{_how_started(duty)}" for duty in recorded.reopened),
        *(
            f"  终止　{duty.ref} {label(duty)}（{duty.row['cancel_reason']}）"
            for duty in recorded.ended
        ),
        *(f"  {note}" for note in recorded.notes),
    ]


def _how_met(duty: Duty) -> str:
    if duty.due_on is None:
        return f"{duty.ref}，及时，用 {duty.age_days} 个工作日"
    if duty.status is DutyStatus.MET_LATE:
        soft = "超过一般时限" if duty.rule.is_soft else "超期"
        soft += "（暂计）" if duty.is_assumed else ""
        late = days_in_words(duty, -(duty.days_left or 0))
        return f"{duty.ref}，应于 {due_day(duty)}，{soft} {late}{against_original(duty)}"
    return f"{duty.ref}，应于 {due_day(duty)}，未超期{against_original(duty)}"


def _how_started(duty: Duty) -> str:
    note = assumed_note(duty)
    when = "及时办理" if duty.due_on is None else f"应于 {_due(duty)}"
    provisional = "，暂定" if duty.is_provisional else ""
    return f"{duty.ref} {label(duty)}　{owed_by(duty)}　{when}{provisional}" + (
        f"（{note}）" if note else ""
    )


def _due(duty: Duty) -> str:
    return f"{duty.due_at:%Y-%m-%d %H:%M}" if duty.due_at else f"{duty.due_on}"


def how_moved(duty: Duty, old: str | None) -> str:
    """Say from which day a duty is counted now, and what it was due on before."""
    met = f"，已于 {duty.met_on} 完成" if duty.met_on else ""
    was = "日期不变" if old == duty.row["due_on"] else f"原 {old}"
    start = EVENTS[duty.row["start_event"]].short
    extended_by = duty.row["extended_by"]
    met = f"，含延长 {extended_by} 个工作日{met}" if extended_by else met
    when = f"应于 {_due(duty)}" if duty.due_on else "及时办理"
    return (
        f"{duty.ref} {label(duty)}　{owed_by(duty)}　{when}"
        f"（按{start}日 {duty.row['started_on']} 计，{was}{met}）"
    )
