"""四（二）, the letters of 四（三）, 七（一）: asked, received, extended, answered; the clocks of each."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import AddCase, Desk
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.duties import Engine
from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.extensions import Told
from yicheng_coord.policy.matters import Happened, MatterFacts
from yicheng_coord.policy.pack import load
from yicheng_coord.policy.workdays import Workdays

LAW = ("--articles", "某某条例第一条", "--standard", "一千元以上五千元以下")


def send(coord: Desk, kind: str, *options: str, to: str = "zrj", **words: Any) -> dict[str, Any]:
    line = ("request", "send", "--kind", kind, "--to", to, "--question", "堆场是否占用耕地")
    answer: dict[str, Any] = coord.json(*line, *options, **words)
    return answer


def asked(coord: Desk, kind: str, *options: str, to: str = "zrj") -> None:
    """Send a request on 2026-11-05, received on 2026-11-06: five working days end on 11-13."""
    send(coord, kind, *options, "--on", "2026-11-05", to=to)
    coord.ok("request", "receive", "R1", "--on", "2026-11-06")


def of_request(coord: Desk, rule: str) -> dict[str, Any]:
    """Return the sheet of the one open duty of a rule that the request R1 has."""
    owed = coord.json("request", "show", "R1")["open_duties"]
    (ref,) = [one["id"] for one in owed if one["rule"] == rule]
    found: dict[str, Any] = coord.json("explain", ref)
    return found


# --- the five days of an opinion and an appraisal ---------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "rule", "to", "soft"),
    [
        ("opinion", "request.opinion", "zrj", False),
        ("appraisal", "request.appraisal", "jdjg", True),
    ],
)
def test_five_working_days_run_from_the_receipt(
    coord: Desk, kind: str, rule: str, to: str, soft: bool
) -> None:
    (sent,) = send(coord, kind, "--on", "2026-11-05", to=to)["started"]
    assert (sent["rule"], sent["owed_by"], sent["owed_to"]) == (rule, to, "zfj")
    assert (sent["assumed_start"], sent["due_on"], sent["soft"]) == (True, "2026-11-12", soft)
    (moved,) = coord.json("request", "receive", "R1", "--on", "2026-11-06")["moved"]
    assert (moved["assumed_start"], moved["due_on"]) == (False, "2026-11-13")
    answer = coord.json("request", "reply", "R1", *LAW, "--on", "2026-11-13")
    assert [(one["rule"], one["status"]) for one in answer["met"]] == [(rule, "met")]
    assert coord.owed() == []
    assert coord("check", "--only", "duties", "-f", "json").json == []


def test_a_late_opinion_is_recorded_and_stays_late(coord: Desk) -> None:
    asked(coord, "opinion")
    assert [one["days_left"] for one in coord.json("overdue")] == [-6]
    (met,) = coord.json("request", "reply", "R1", *LAW, "--on", "2026-11-16")["met"]
    assert (met["status"], met["days_left"]) == ("met_late", -1)


def test_an_appraisal_may_be_a_conclusion_alone(coord: Desk) -> None:
    asked(coord, "appraisal", to="jdjg")
    coord.ok("request", "reply", "R1", "--text", "鉴定结论：占用耕地二亩", "--on", "2026-11-10")
    (party,) = coord.json("request", "show", "R1")["to"]
    assert (party["answered_on"], party["text"]) == ("2026-11-10", "鉴定结论：占用耕地二亩")


def test_each_unit_that_is_asked_has_its_own_five_days(coord: Desk) -> None:
    send(coord, "opinion", "--to", "zjj", "--on", "2026-11-05")
    coord.ok("request", "receive", "R1", "--unit", "zjj", "--on", "2026-11-09")
    due = {one["owed_by"]: one["due_on"] for one in coord.owed()}
    assert due == {"zrj": "2026-11-12", "zjj": "2026-11-16"}
    answer = coord.json("request", "receive", "R1", "--on", "2026-11-06")
    assert answer["recorded"]["units"] == ["zrj"]
    assert "区自然资源局、区住建局" in coord.refused("request", "reply", "R1", *LAW, code=2)
    answer = coord.json("request", "reply", "R1", *LAW, "--unit", "zjj", "--on", "2026-11-10")
    assert answer["next_step"].startswith("出具书面咨询意见：coord request reply R1 --articles")
    coord.ok("request", "reply", "R1", *LAW, "--on", "2026-11-10")
    assert coord.owed() == []


def test_five_days_over_a_year_whose_notice_is_not_out_are_provisional(coord: Desk) -> None:
    answer = send(coord, "opinion", "--on", "2026-12-28", today="2026-12-28")
    assert answer["started"][0]["provisional"]
    assert "暂定" in answer["warnings"][0]


def test_an_urgent_appraisal_asks_for_somebody_on_site_beside_the_five_days(coord: Desk) -> None:
    started = send(coord, "appraisal", "--urgent", "--on", "2026-11-16", to="hbj")["started"]
    assert {(one["rule"], one["due_on"]) for one in started} == {
        ("request.appraisal", "2026-11-23"),
        ("request.on_site", None),
    }
    coord.ok("request", "receive", "R1", "--on", "2026-11-16")
    (met,) = coord.json("request", "on-site", "R1", "--on", "2026-11-17")["met"]
    assert (met["rule"], met["met_on"]) == ("request.on_site", "2026-11-17")
    assert [one["rule"] for one in coord.owed()] == ["request.appraisal"]
    assert coord.json("request", "show", "R1")["to"][0]["attended_on"] == "2026-11-17"


def test_nobody_on_site_is_ageing_and_never_overdue(coord: Desk) -> None:
    send(coord, "appraisal", "--urgent", "--on", "2026-11-05", to="hbj")
    assert [one["rule"] for one in coord.json("overdue")] == ["request.appraisal"]
    assert "request.on_site" in [one["rule"] for one in coord.json("today")["ageing"]]


# --- the two laws of extension ----------------------------------------------------------------------


def extend(coord: Desk, days: int, told_on: str, *options: str) -> dict[str, Any]:
    line = ("request", "extend", "R1", "--days", str(days), "--reason", "情况复杂")
    answer: dict[str, Any] = coord.json(*line, "--told-on", told_on, *options)
    return answer


def test_an_opinion_is_extended_by_ten_working_days_in_all(coord: Desk) -> None:
    asked(coord, "opinion")
    (moved,) = extend(coord, 6, "2026-11-12")["moved"]
    assert (moved["due_on"], moved["original_due_on"]) == ("2026-11-23", "2026-11-13")
    told = coord.refused("request", "extend", "R1", "--days", "5", "--reason", "再延长")
    assert "不得超过 10 个工作日，此前已延长 6 个，再延长 5 个就超过了" in told
    assert "四（二）2" in told
    assert "还可以延长 4 个" in told
    (moved,) = extend(coord, 4, "2026-11-19")["moved"]
    assert (moved["due_on"], moved["original_due_on"]) == ("2026-11-27", "2026-11-13")
    assert "不得超过 10 个工作日" in coord.refused(
        "request", "extend", "R1", "--days", "1", "--reason", "再延长"
    )
    assert "不得超过 10 个工作日" in coord.refused(
        "request", "extend", "R1", "--days", "11", "--reason", "一次"
    )


def test_the_lateness_of_an_extended_opinion_is_told_against_both_days(coord: Desk) -> None:
    asked(coord, "opinion")
    extend(coord, 2, "2026-11-12")
    (late,) = coord.json("overdue")
    assert (late["due_on"], late["days_left"]) == ("2026-11-17", -4)
    assert (late["original_due_on"], late["days_left_originally"]) == ("2026-11-13", -6)
    assert "4 个工作日（按原日期超 6）" in coord.ok("overdue").out
    answer = coord.ok("request", "reply", "R1", *LAW, "--on", "2026-11-18")
    assert "超期 1 个工作日（按原日期超 3）" in answer.out


def test_an_answer_within_the_extension_is_in_time_and_late_by_the_first_day(coord: Desk) -> None:
    asked(coord, "opinion")
    extend(coord, 5, "2026-11-12")
    assert "今日" not in coord.ok("pending", today="2026-11-17").out
    assert "还有 3 个工作日（按原日期超 2）" in coord.ok("pending", today="2026-11-17").out
    answer = coord.ok("request", "reply", "R1", *LAW, "--on", "2026-11-18")
    assert "未超期（按原日期超 3）" in answer.out


def test_an_appraisal_is_extended_without_a_cap_when_it_is_told_in_advance(coord: Desk) -> None:
    asked(coord, "appraisal", to="jdjg")
    (moved,) = extend(coord, 40, "2026-11-12")["moved"]
    assert moved["original_due_on"] == "2026-11-13"
    assert moved["due_on"] > "2027-01-01"


@pytest.mark.parametrize(
    ("told_on", "holds", "due_on"),
    [
        ("2026-11-12", True, "2026-11-20"),
        ("2026-11-13", True, "2026-11-20"),  # 事先: on its last day the time is still running
        ("2026-11-14", False, "2026-11-13"),
        ("2026-11-16", False, "2026-11-13"),
    ],
)
def test_what_is_told_after_the_due_day_is_recorded_and_still_late(
    coord: Desk, told_on: str, holds: bool, due_on: str
) -> None:
    asked(coord, "appraisal", to="jdjg")
    answer = extend(coord, 5, told_on)
    assert (answer["recorded"]["holds"], answer["recorded"]["due_on"]) == (holds, due_on)
    assert bool(answer["warnings"]) is not holds
    duty = of_request(coord, "request.appraisal")
    assert (duty["due_on"], duty["status"]) == (due_on, "overdue")
    (told,) = duty["extensions"]
    assert (told["told_on"], told["days"], told["holds"]) == (told_on, 5, holds)
    assert (told["due_on_before"], told["due_on"]) == ("2026-11-13", due_on)
    assert duty["days"][-1]["date"] == due_on
    assert coord("check", "--only", "duties", "-f", "json").json == []


def test_a_second_extension_is_told_before_the_day_that_the_first_moved_to(coord: Desk) -> None:
    asked(coord, "appraisal", to="jdjg")
    extend(coord, 2, "2026-11-12")
    assert extend(coord, 3, "2026-11-16")["recorded"]["due_on"] == "2026-11-20"
    assert not extend(coord, 3, "2026-11-23")["recorded"]["holds"]


def test_a_receipt_put_right_counts_the_extension_and_the_first_day_anew(coord: Desk) -> None:
    asked(coord, "appraisal", to="jdjg")
    assert not extend(coord, 5, "2026-11-16")["recorded"]["holds"]
    answer = coord.json("correct", "R1", "received", "--on", "2026-11-09", "--reason", "回执")
    (moved,) = answer["moved"]
    assert (moved["original_due_on"], moved["due_on"]) == ("2026-11-16", "2026-11-23")
    (told,) = of_request(coord, "request.appraisal")["extensions"]
    assert told["holds"]
    coord.ok("correct", "R1", "extended", "--on", "2026-11-17", "--reason", "记错")
    assert of_request(coord, "request.appraisal")["due_on"] == "2026-11-16"
    assert coord("check", "--only", "duties", "-f", "json").json == []


def test_a_rest_day_set_later_may_make_an_extension_told_in_time(coord: Desk) -> None:
    asked(coord, "appraisal", to="jdjg")
    assert not extend(coord, 5, "2026-11-16")["recorded"]["holds"]
    coord.ok("calendar", "set", "2026-11-12", "rest", "--reason", "停电")
    duty = of_request(coord, "request.appraisal")
    assert (duty["extensions"][0]["holds"], duty["due_on"]) == (True, "2026-11-23")
    assert coord("check", "--only", "duties", "-f", "json").json == []


def test_explain_tells_of_the_extension(coord: Desk) -> None:
    asked(coord, "opinion")
    extend(coord, 3, "2026-11-12")
    ref = of_request(coord, "request.opinion")["id"]
    out = coord.ok("explain", ref).out
    assert "方式　5 个工作日，延长 3 个" in out
    assert (
        "延长　2026-11-12 告知延长 3 个工作日（情况复杂），应办日期 2026-11-13 → 2026-11-18" in out
    )
    assert "2026-11-18\t周三\t班\t8\t应办日期" in out


_ENGINE = Engine(load(policy_folder()), Workdays())
_RECEIVED = date(2026, 3, 2)
_TOLD = st.builds(
    Told,
    days=st.integers(1, 30),
    told_on=st.integers(0, 60).map(lambda days: _RECEIVED + timedelta(days=days)),
)


def _due(kind: str, told: Sequence[Told]) -> tuple[date, int]:
    facts = MatterFacts(
        "R1",
        kind,
        owner="zfj",
        parties=(("asked", "zrj"),),
        happened=(
            Happened("request.sent", _RECEIVED),
            Happened(f"{kind}.received", _RECEIVED, unit="zrj"),
        ),
        extensions=tuple(("zrj", one) for one in told),
    )
    (clock,) = _ENGINE.clocks(facts)
    on = _ENGINE.due(clock).on
    assert on is not None
    return on, clock.extended_by or 0


@given(st.lists(_TOLD, max_size=5))
def test_an_extension_never_hastens_and_an_opinion_s_never_exceeds_its_cap(
    told: list[Told],
) -> None:
    original, _ = _due("opinion", [])
    latest, _ = _due("opinion", [Told(10, _RECEIVED)])
    due_on, extended_by = _due("opinion", told)
    assert original <= due_on <= latest
    assert extended_by == min(10, sum(one.days for one in told))


@given(st.lists(_TOLD, max_size=5))
def test_an_appraisal_is_only_extended_by_what_was_told_in_time(told: list[Told]) -> None:
    original, _ = _due("appraisal", [])
    due_on, extended_by = _due("appraisal", told)
    assert due_on >= original
    if all(one.told_on > original for one in told):
        assert (due_on, extended_by) == (original, 0)
    if all(one.told_on <= original for one in told):
        assert extended_by == sum(one.days for one in told)


# --- what has no number of days ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "rule", "to", "owed_by", "owed_to"),
    [
        ("guidance", "request.guidance", "jdjg", "jdjg", "zfj"),
        ("counsel", "request.counsel", "flgw", "zfj", "flgw"),
        ("materials", "request.materials", "zjj", "zjj", "zfj"),
        ("assistance", "request.assistance", "gaj", "gaj", "zfj"),
    ],
)
def test_what_is_to_be_done_in_due_time_is_ageing_until_it_is_answered(
    coord: Desk, kind: str, rule: str, to: str, owed_by: str, owed_to: str
) -> None:
    (started,) = send(coord, kind, "--on", "2026-11-05", to=to)["started"]
    assert (started["rule"], started["owed_by"], started["owed_to"]) == (rule, owed_by, owed_to)
    assert started["due_on"] is None
    assert coord.json("overdue") == []
    assert [one["rule"] for one in coord.json("today")["ageing"]] == [rule]
    coord.ok("request", "receive", "R1", "--on", "2026-11-06")
    (met,) = coord.json("request", "reply", "R1", "--text", "已办", "--on", "2026-11-20")["met"]
    assert (met["rule"], met["status"]) == (rule, "met")


def test_material_may_be_refused_on_a_ground_of_law_only(coord: Desk) -> None:
    asked(coord, "materials", to="zjj")
    assert "四（二）3" in coord.refused("request", "refuse", "R1", "--ground", " ")
    (met,) = coord.json("request", "refuse", "R1", "--ground", "某某法第一条")["met"]
    assert met["rule"] == "request.materials"
    (party,) = coord.json("request", "show", "R1")["to"]
    assert (party["refused_on"], party["ground"]) == ("2026-11-23", "某某法第一条")
    assert "依法定事由不予提供" in coord.refused("request", "reply", "R1", "--text", "又给了")


def test_a_revocation_owes_its_letter_since_it_is_needed(coord: Desk, add_case: AddCase) -> None:
    add_case()
    answer = send(coord, "revocation", "--case", "1", "--needed-on", "2026-11-09", "--on",
                  "2026-11-12", to="zjj")  # fmt: skip
    assert [(one["rule"], one["age_days"]) for one in answer["met"]] == [("request.revocation", 3)]
    assert "request.revocation.handle" in [one["rule"] for one in answer["started"]]
    (warning,) = answer["warnings"]
    assert "须附案件有关材料" in warning
    coord.ok("case", "material", "1", "--kind", "证据", "--title", "照片")
    assert send(coord, "revocation", "--case", "1", to="zjj")["warnings"] == []
    coord.ok("request", "receive", "R1", "--on", "2026-11-13")
    answer = coord.json("request", "reply", "R1", "--text", "已撤销", "--on", "2026-11-20")
    assert [one["rule"] for one in answer["met"]] == ["request.revocation.handle"]


# --- 配合执行, 四（三） -----------------------------------------------------------------------------


@pytest.fixture
def punished(coord: Desk, add_case: AddCase) -> Desk:
    add_case("--competent", "zfj", "--determined-on", "2026-11-03")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-04")
    coord.ok("transfer", "accept", "1", "--on", "2026-11-05")
    coord.ok("case", "decide", "1", "--outcome", "处罚", "--no-copy", "--reason", "无", "--on",
             "2026-11-09", "--execution-by", "gaj", "--execution-by", "hbj")  # fmt: skip
    return coord


def execution(coord: Desk, to: str, *options: str) -> dict[str, Any]:
    line = ("request", "send", "--kind", "execution", "--case", "1", "--to", to)
    answer: dict[str, Any] = coord.json(*line, *options)
    return answer


def test_a_decision_that_needs_help_opens_a_request_and_its_five_days(punished: Desk) -> None:
    (request,) = punished.json("request", "list")
    assert (request["kind"], request["case"], request["sent_on"]) == (
        "execution", "2026-0001", None,
    )  # fmt: skip
    owed = [one for one in punished.json("pending") if one["rule"] == "request.execution"]
    assert [(one["owed_by"], one["owed_to"], one["due_on"]) for one in owed] == [
        ("zfj", "gaj", "2026-11-16"), ("zfj", "hbj", "2026-11-16"),
    ]  # fmt: skip
    sheet = punished.json("case", "show", "1")
    assert sheet["decisions"][0]["execution_by"] == [
        {"unit": "gaj", "done_on": None}, {"unit": "hbj", "done_on": None},
    ]  # fmt: skip
    assert [one["ref"] for one in sheet["requests"]] == ["R1"]


@pytest.mark.parametrize(("on", "status"), [("2026-11-16", "met"), ("2026-11-17", "met_late")])
def test_the_letter_meets_the_five_days_and_opens_the_handling(
    punished: Desk, on: str, status: str
) -> None:
    answer = execution(punished, "gaj", "--on", on)
    assert [(one["rule"], one["status"]) for one in answer["met"]] == [
        ("request.execution", status)
    ]
    (handle,) = answer["started"]
    assert (handle["rule"], handle["owed_by"], handle["owed_to"], handle["assumed_start"]) == (
        "request.execution.handle", "gaj", "zfj", True,
    )  # fmt: skip
    assert answer["recorded"]["ref"] == "R1"
    punished.ok("request", "receive", "R1", "--unit", "gaj", "--on", on)
    answer = punished.json("request", "reply", "R1", "--unit", "gaj", "--text", "已协助")
    assert [one["rule"] for one in answer["met"]] == ["request.execution.handle"]
    assert answer["next_step"].startswith(
        "函告配合执行：coord request send --kind execution --case 2026-0001 --to hbj"
    )
    decisions = punished.json("case", "show", "1")["decisions"]
    assert decisions[0]["execution_by"][0] == {"unit": "gaj", "done_on": on}


def test_a_unit_that_the_decision_did_not_name_counts_from_the_decision_too(
    punished: Desk,
) -> None:
    answer = execution(punished, "zjj", "--on", "2026-11-18")
    (met,) = answer["met"]
    assert (met["started_on"], met["due_on"], met["status"]) == (
        "2026-11-09", "2026-11-16", "met_late",
    )  # fmt: skip
    assert answer["recorded"]["ref"] == "R2"


def test_correcting_the_decision_moves_the_letter_s_five_days(punished: Desk) -> None:
    answer = punished.json("correct", "1", "decided", "--on", "2026-11-10", "--reason", "看错")
    moved = {one["owed_to"]: one["due_on"] for one in answer["moved"]}
    assert moved["gaj"] == moved["hbj"] == "2026-11-17"
    assert "应在案件中更正" in punished.refused(
        "correct", "R1", "decided", "--on", "2026-11-11", "--reason", "看错"
    )
    execution(punished, "gaj", "--on", "2026-11-11")
    before = punished.json("history")
    told = punished.refused("correct", "1", "decided", "--on", "2026-11-12", "--reason", "看错")
    assert "发出日期 2026-11-11 早于处罚决定日期 2026-11-12" in told
    assert punished.json("history") == before
    assert punished("check", "--only", "duties", "-f", "json").json == []


def test_a_void_case_owes_no_request_any_more(punished: Desk) -> None:
    send(punished, "opinion", "--case", "1", "--on", "2026-11-10")
    execution(punished, "gaj", "--on", "2026-11-11")
    punished.ok("case", "void", "1", "--reason", "误录")
    assert punished.owed() == []
    assert "已办结或作废" in punished.refused(
        "request", "send", "--kind", "opinion", "--to", "zrj", "--case", "1"
    )
    assert punished("check", "--only", "duties", "-f", "json").json == []


def test_a_letter_that_was_not_sent_is_not_received(punished: Desk) -> None:
    execution(punished, "gaj", "--on", "2026-11-11", "--secrecy", "commercial")
    before = punished.json("history")
    for line, why in (
        (("request", "receive", "R1", "--unit", "hbj"), "还没有函告区生态环境分局"),
        (("request", "reply", "R1", "--unit", "gaj"), "还没有登记区公安分局收到"),
        (("request", "send", "--kind", "execution", "--case", "1", "--to", "gaj"), "已于"),
    ):
        assert why in punished.refused(*line), line
    assert punished.json("history") == before
    answer = punished.json("request", "receive", "R1", "--on", "2026-11-12")
    assert answer["recorded"]["units"] == ["gaj"]
    assert punished.json("request", "list")[0]["title"] == "（商业秘密）"


def test_urgent_is_no_limit_of_anything_but_an_appraisal(coord: Desk) -> None:
    answer = send(coord, "materials", "--urgent", "--on", "2026-11-20")
    assert [one["rule"] for one in answer["started"]] == ["request.materials"]
    assert "--urgent 只记在函上" in answer["warnings"][0]


def test_closing_tells_which_letters_are_still_owed(punished: Desk) -> None:
    punished.ok("transfer", "notify", "1", "--on", "2026-11-10")
    execution(punished, "gaj", "--on", "2026-11-11")
    assert "区生态环境分局" in punished.json("case", "close", "1")["warnings"][0]


def test_a_case_shows_its_requests_and_their_duties(coord: Desk, add_case: AddCase) -> None:
    add_case()
    asked(coord, "opinion", "--case", "1")
    assert "R1　书面征询　区自然资源局　2026-11-06 收到" in coord.ok("case", "show", "1").out
    rules = [one["rule"] for one in coord.json("pending", "--case", "1")]
    assert "request.opinion" in rules
    assert [one["ref"] for one in coord.json("request", "list", "--case", "1")] == ["R1"]
    assert coord.json("request", "list", "--unit", "hbj") == []
    assert coord.json("request", "list", "--kind", "materials") == []


# --- undo, secrecy, refusals ------------------------------------------------------------------------


def test_every_step_is_undone_and_done_again(coord: Desk) -> None:
    send(coord, "appraisal", "--urgent", "--on", "2026-11-05", to="hbj")
    states = [(coord.json("request", "list"), coord.json("pending"))]
    for line in (
        ("receive", "R1", "--on", "2026-11-06"),
        ("on-site", "R1", "--on", "2026-11-06"),
        ("extend", "R1", "--days", "5", "--reason", "检测时间长", "--told-on", "2026-11-10"),
        ("reply", "R1", "--text", "结论", "--on", "2026-11-18"),
    ):
        coord.ok("request", *line)
        states.append((coord.json("request", "list"), coord.json("pending")))
        coord.ok("undo", "--yes")
        assert (coord.json("request", "list"), coord.json("pending")) == states[-2], line
        coord.ok("undo", "--yes")
        assert (coord.json("request", "list"), coord.json("pending")) == states[-1], line
    assert coord("check", "-f", "json", "--only", "duties", "--only", "history_replay").json == []


def test_the_letter_of_a_decision_is_undone_with_it(punished: Desk) -> None:
    punished.ok("undo", "--yes")
    assert punished.json("request", "list") == []
    punished.ok("undo", "--yes")
    assert [one["ref"] for one in punished.json("request", "list")] == ["R1"]


def test_a_state_secret_is_refused_in_every_text(coord: Desk) -> None:
    asked(coord, "appraisal", to="hbj")
    before = coord.json("history")
    marked = "某某 机密★5年"
    for line in (
        ("send", "--kind", "opinion", "--to", "zrj", "--question", marked),
        ("send", "--kind", "opinion", "--to", "zrj", "--secrecy", "state"),
        ("reply", "R1", "--text", marked),
        ("reply", "R1", "--articles", marked, "--standard", "某"),
        ("extend", "R1", "--days", "2", "--reason", marked),
    ):
        assert "国家秘密不得录入" in coord.refused("request", *line), line
    assert coord.json("history") == before


def test_a_marked_request_is_masked_in_every_list(coord: Desk) -> None:
    asked(coord, "opinion", "--secrecy", "commercial", "--number", "峄执函〔2026〕×号")
    coord.ok("request", "reply", "R1", "--articles", "某甲条", "--standard", "某乙元", "--text",
             "某丙")  # fmt: skip
    send(coord, "opinion", "--secrecy", "privacy", "--on", "2026-11-05")
    secrets = ("堆场", "峄执函", "某甲条", "某乙元", "某丙")
    for line in (("request", "list"), ("request", "show", "R1"), ("overdue",), ("today",)):
        for form in ("table", "json", "csv"):
            out = coord.ok(*line, "-f", form).out
            assert not [one for one in secrets if one in out], line
    whole = coord.json("request", "show", "R1", "--no-mask")
    assert (whole["question"], whole["to"][0]["articles"]) == ("堆场是否占用耕地", "某甲条")
    assert coord.json("history")[-1]["summary"] == "查看未遮盖的内容：请求 R1"


def test_what_cannot_be_is_refused_and_changes_nothing(coord: Desk, add_case: AddCase) -> None:
    add_case()
    ask = ("request", "send", "--to", "zrj", "--kind")
    send(coord, "opinion", "--on", "2026-11-05")  # R1: not received
    send(coord, "opinion", "--on", "2026-11-05")  # R2: received
    coord.ok("request", "receive", "R2", "--on", "2026-11-06")
    send(coord, "opinion", "--on", "2026-11-05")  # R3: answered
    coord.ok("request", "receive", "R3", "--on", "2026-11-06")
    coord.ok("request", "reply", "R3", *LAW, "--on", "2026-11-10")
    send(coord, "materials", "--on", "2026-11-05")  # R4
    coord.ok("request", "receive", "R4", "--on", "2026-11-06")
    coord.ok("unit", "close", "mzj", "--reason", "合并", "--on", "2026-11-02")
    before = coord.json("history")
    extend_it = ("--days", "2", "--reason", "复杂")
    for line, code, why in (
        ((*ask, "opinion", "--to", "zfj"), 1, "不能请求自己"),
        ((*ask, "opinion", "--to", "mzj"), 1, "撤销"),
        ((*ask, "opinion", "--to", "没有的局"), 1, "没有这个单位"),
        ((*ask, "assistance"), 1, "七（一）"),
        ((*ask, "counsel"), 1, "法律顾问办公室"),
        ((*ask, "opinion", "--to", "jdjg"), 1, "只作认定、鉴定"),
        ((*ask, "execution"), 1, "四（三）"),
        ((*ask, "execution", "--case", "1"), 1, "没有区综合行政执法局的处罚决定"),
        ((*ask, "opinion", "--case", "7"), 1, "没有这个案件"),
        ((*ask, "opinion", "--case", "1", "--on", "2026-11-01"), 1, "早于发现日期"),
        ((*ask, "opinion", "--on", "2026-12-01"), 1, "尚未发生"),
        ((*ask, "opinion", "--needed-on", "2026-11-02"), 2, "--needed-on"),
        (
            (*ask, "revocation", "--needed-on", "2026-11-20", "--on", "2026-11-19"),
            1,
            "早于认为需要",
        ),
        ((*ask, "没有"), 2, "--kind"),
        (("request", "receive", "R1", "--on", "2026-11-04"), 1, "早于发出日期"),
        (("request", "receive", "R1", "--unit", "zjj"), 1, "与区住建局无关"),
        (("request", "receive", "R2"), 1, "已于 2026-11-06 登记"),
        (("request", "receive", "I1"), 1, "没有这项请求"),
        (("request", "reply", "R1", *LAW), 1, "还没有登记区自然资源局收到"),
        (("request", "reply", "R2"), 1, "须载明应该适用的法条"),
        (("request", "reply", "R2", "--articles", "第一条"), 1, "四（二）2"),
        (("request", "reply", "R2", "--text", "同意"), 1, "处罚标准"),
        (("request", "reply", "R2", *LAW, "--on", "2026-11-05"), 1, "早于收到日期"),
        (("request", "reply", "R3", *LAW), 1, "已于 2026-11-10 登记答复"),
        (("request", "extend", "R1", *extend_it), 1, "还没有登记区自然资源局收到"),
        (("request", "extend", "R3", *extend_it), 1, "已于 2026-11-10 登记答复"),
        (("request", "extend", "R4", *extend_it), 1, "没有以日计的时限"),
        (("request", "extend", "R2", "--days", "0", "--reason", "甲"), 2, "--days"),
        (("request", "extend", "R2", "--days", "2", "--reason", " "), 1, "不能为空"),
        (("request", "extend", "R2", *extend_it, "--told-on", "2026-11-05"), 1, "早于收到日期"),
        (("request", "on-site", "R2"), 1, "不是紧急的认定、鉴定"),
        (("request", "refuse", "R2", "--ground", "甲"), 1, "只有提供材料"),
        (("request", "refuse", "R3", "--ground", "甲"), 1, "只有提供材料"),
        (("request", "show", "R9"), 1, "没有这项请求"),
        (("correct", "R3", "received", "--on", "2026-11-11", "--reason", "甲"), 1, "早于收到日期"),
        (("correct", "R3", "attended", "--on", "2026-11-11", "--reason", "甲"), 1, "没有登记"),
        (("correct", "1", "attended", "--on", "2026-11-11", "--reason", "甲"), 1, "没有登记"),
    ):
        assert why in coord.refused(*line, code=code), line
    assert coord.json("history") == before
