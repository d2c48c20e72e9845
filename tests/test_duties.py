"""The engine: which duties the facts of a case imply, and what a fact does to those on record."""

import json
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from conftest import AddCase, Desk
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.duties import Clock, Engine, Happening, Subject, subjects
from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.facts import CaseFacts, Leg, Verdict
from yicheng_coord.policy.pack import load
from yicheng_coord.policy.workdays import Workdays

DAY = date(2026, 11, 2)
ENGINE = Engine(load(policy_folder()), Workdays())


def _clocks(facts: CaseFacts) -> dict[tuple[str, str], Clock]:
    return {(clock.rule.id, clock.subject): clock for clock in ENGINE.clocks(facts)}


# ---- what facts imply ----


def test_a_case_just_found_owes_its_inquiry_only() -> None:
    assert set(_clocks(CaseFacts("zrj", DAY))) == {("transfer.inquiry", "case")}


def test_a_leg_without_a_receipt_is_counted_from_its_sending_or_its_assignment() -> None:
    sent = Leg(1, "zrj", "zjj", sent_on=DAY)
    named = Leg(2, "zrj", "swj", assigned_on=DAY)
    clocks = _clocks(CaseFacts("zrj", DAY, legs=(sent, named)))
    for leg, event in ((1, "transfer.sent"), (2, "transfer.assigned")):
        clock = clocks["transfer.feedback", f"leg:{leg}"]
        assert (clock.start_event, clock.assumed_start, clock.started_on) == (event, True, DAY)


def test_a_penalty_owes_result_copies_and_letters_each_on_its_own_subject() -> None:
    leg = Leg(1, "zrj", "zfj", sent_on=DAY, answered_on=DAY, answer="accepted")
    verdict = Verdict(
        1, "zfj", DAY, "处罚", copies=(("zrj", None), ("hbj", DAY)), executors=(("gaj", None),)
    )
    clocks = _clocks(CaseFacts("zrj", DAY, legs=(leg,), verdicts=(verdict,)))
    assert clocks["transfer.result", "decision:1"].owed_to == "zrj"
    assert clocks["info.penalty", "copy:1:zrj"].met_on is None
    assert clocks["info.penalty", "copy:1:hbj"].met_on == DAY
    assert clocks["request.execution", "execution:1:gaj"].owed_to == "gaj"


def test_nothing_is_owed_by_a_unit_to_itself() -> None:
    leg = Leg(1, "zrj", "zjj", sent_on=DAY, answered_on=DAY, answer="declined", referred_on=DAY)
    back = Leg(2, "zrj", "zrj", assigned_on=DAY)
    clocks = _clocks(CaseFacts("zrj", DAY, legs=(leg, back)))
    assert ("transfer.feedback", "leg:2") not in clocks


def test_a_void_case_owes_nothing_any_more() -> None:
    leg = Leg(1, "zrj", "zfj", sent_on=DAY, answered_on=DAY, answer="accepted")
    verdict = Verdict(1, "zfj", DAY, "处罚", copies=(("hbj", None),), executors=(("gaj", None),))
    facts = CaseFacts("zrj", DAY, competent="zfj", voided_on=DAY, legs=(leg,), verdicts=(verdict,))
    assert [
        clock for clock in ENGINE.clocks(facts) if not clock.met_on and not clock.ended_on
    ] == []


def test_every_subject_has_a_key_of_its_own() -> None:
    leg = Leg(1, "zrj", "zfj", sent_on=DAY)
    verdicts = (
        Verdict(1, "zfj", DAY, "撤案"),
        Verdict(2, "zfj", DAY, "处罚", copies=(("hbj", None),)),
    )
    keys = [one.key for one in subjects(CaseFacts("zrj", DAY, legs=(leg,), verdicts=verdicts))]
    assert keys == ["case", "leg:1", "decision:1", "decision:2", "copy:2:hbj"]


def test_a_limit_in_hours_is_counted_from_its_moment() -> None:
    approved = datetime(2026, 11, 20, 17, 30)
    roles = {"holder": "zfj", "police": "gaj"}
    events = {"crime.approved": Happening(approved.date(), approved)}
    (clock,) = [
        clock
        for clock in ENGINE.clocks_of(Subject("crime", roles, events))
        if clock.rule.id == "crime.send"
    ]
    due = ENGINE.due(clock)
    assert due.at == datetime(2026, 11, 21, 17, 30)
    assert due.on == date(2026, 11, 21)


def test_an_event_that_starts_several_rules_starts_each() -> None:
    events = {"hazard.found": Happening(DAY)}
    roles = {"bureau": "zfj", "government": "qzf", "addressee": "gaj"}
    rules = {clock.rule.id for clock in ENGINE.clocks_of(Subject("hazard", roles, events))}
    assert "hazard.report" in rules


@given(st.integers(0, 30), st.integers(0, 30), st.booleans())
def test_urgency_never_gives_more_time(found: int, later: int, from_start: bool) -> None:
    start = DAY + timedelta(days=found)
    urgent_on = None if from_start else start + timedelta(days=later)
    plain = CaseFacts("zrj", start, competent="zjj", determined_on=start, disclaimed_on=start)
    hurried = CaseFacts(*("zrj", start, "zjj", start, start), urgent=True, urgent_on=urgent_on)
    due, due_urgent = (
        ENGINE.due(_clocks(facts)["transfer.send", "case"]).on for facts in (plain, hurried)
    )
    assert due is not None
    assert due_urgent is not None
    assert start <= due_urgent <= due


# ---- what a fact does to the duties on record ----


def _rows(coord: Desk, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(coord.database)) as connection:
        return connection.execute(sql).fetchall()


def test_the_status_is_derived_and_never_stored(coord: Desk) -> None:
    columns = {row[1] for row in _rows(coord, "PRAGMA table_info(duty)")}
    assert not columns & {"status", "days_left", "is_overdue"}


def test_a_duty_keeps_the_rule_and_its_version(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    assert _rows(coord, "SELECT rule, rule_version FROM duty ORDER BY id") == [
        ("meeting.quarterly", "2022-1"),
        ("meeting.quarterly", "2022-1"),
        ("transfer.inquiry", "2022-1"),
        ("transfer.send", "2022-1"),
    ]


def test_a_new_edition_of_a_rule_does_not_rewrite_old_cases(
    coord: Desk, add_case: AddCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    pack = tmp_path / "规则"
    copytree(policy_folder(), pack)
    rules = pack / "opinion.toml"
    text = rules.read_text("utf-8")
    old = text[text.index('[[rule]]\nid = "transfer.send"') :].split("\n\n")[0]
    new = old.replace("days = 3", "days = 1") + '\nsince = 2026-11-10\nversion = "2026-1"'
    assert new != old
    rules.write_text(text.replace(old, f"{old}\n\n{new}"), "utf-8")
    monkeypatch.setenv("COORD_POLICY", str(pack))
    coord.ok("case", "determine", case, "--competent", "zjj", "--on", "2026-11-16")
    running = coord.duty("transfer.send", case)
    assert (running["due_on"], running["rule_version"]) == ("2026-11-09", "2022-1")
    later = add_case("--competent", "zjj", "--determined-on", "2026-11-16")
    fresh = coord.duty("transfer.send", later)
    assert (fresh["due_on"], fresh["rule_version"]) == ("2026-11-17", "2026-1")
    calendar = ("calendar", "set", "2026-11-06", "rest", "--reason", "检修")
    (moved,) = coord.json(*calendar)["moved"]
    assert (moved["rule_version"], moved["due_on"]) == ("2022-1", "2026-11-10")


def test_every_operation_leaves_before_and_after_of_each_duty(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    coord.ok("transfer", "receive", case, "--on", "2026-11-11")
    changes = _rows(
        coord,
        "SELECT before, after FROM change WHERE table_name = 'duty' AND operation_id = 4",
    )
    ((before, after),) = changes
    assert json.loads(str(before))["due_on"] == "2026-11-12"
    assert json.loads(str(after))["due_on"] == "2026-11-16"


def test_a_fact_that_touches_no_duty_changes_none(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    answer = coord.json("case", "material", case, "--kind", "证据", "--title", "照片")
    assert [answer[key] for key in ("met", "started", "moved", "ended")] == [[], [], [], []]
    assert _rows(coord, "SELECT 1 FROM change WHERE table_name = 'duty' AND operation_id = 3") == []


def test_a_duty_that_is_owed_again_is_counted_by_the_calendar_of_now(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    coord.ok("calendar", "set", "2026-11-09", "rest", "--reason", "检修")
    answer = coord.json("transfer", "withdraw", case, "--reason", "有误", "--on", "2026-11-09")
    assert [duty["rule"] for duty in answer["reopened"]] == ["transfer.send"]
    (moved,) = answer["moved"]
    assert (moved["due_on_before"], moved["due_on"]) == ("2026-11-09", "2026-11-10")


def test_a_duty_that_is_owed_again_under_the_same_calendar_keeps_its_day(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    answer = coord.json("transfer", "withdraw", case, "--reason", "有误", "--on", "2026-11-09")
    assert ([duty["due_on"] for duty in answer["reopened"]], answer["moved"]) == (
        ["2026-11-05"],
        [],
    )


def test_of_a_duty_that_was_met_the_days_are_those_of_the_day_it_was_met(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-06")
    now, later = (
        coord.duty("transfer.send", case, today=day) for day in ("2026-11-23", "2027-03-01")
    )
    assert now == later
    assert (now["status"], now["days_left"], now["age_days"]) == ("met", 1, 2)
