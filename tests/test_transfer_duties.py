"""What a transfer starts and meets, 二（二）: the invariants below the state table."""

from typing import Any

import pytest
from conftest import AddCase, Desk
from dump import dump


def _refer(coord: Desk, case: str) -> None:
    """Sent on Monday the 2nd, declined and referred on the 4th."""
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-02")
    coord.ok("transfer", "decline", case, "--reason", "不属于本单位管辖", "--on", "2026-11-04")
    coord.ok("transfer", "refer", case, "--on", "2026-11-04")


def _rules(coord: Desk, case: str) -> dict[str, Any]:
    duties = coord.json("case", "show", case)["open_duties"]
    return {duty["rule"]: duty for duty in duties}


# ---- transfer.send ----


def test_a_determination_starts_three_working_days_from_its_own_day(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    duty = coord.duty("transfer.send", case)
    assert (duty["started_on"], duty["due_on"], duty["assumed_start"]) == (
        "2026-11-04",
        "2026-11-09",
        False,
    )
    assert (duty["owed_by"], duty["owed_to"], duty["subject"]) == ("zrj", "zjj", "case")


def test_without_the_day_of_the_determination_the_finding_stands_in(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj")
    duty = coord.duty("transfer.send", case)
    assert (duty["started_on"], duty["due_on"], duty["assumed_start"]) == (
        "2026-11-02",
        "2026-11-05",
        True,
    )
    answer = coord.json("case", "determine", case, "--competent", "zjj", "--on", "2026-11-04")
    assert [moved["due_on_before"] for moved in answer["moved"]] == ["2026-11-05"]
    moved = coord.duty("transfer.send", case)
    assert (moved["due_on"], moved["assumed_start"]) == ("2026-11-09", False)
    assert moved["original_due_on"] == "2026-11-05"


def test_a_case_of_the_finders_own_starts_no_clock(coord: Desk, add_case: AddCase) -> None:
    assert set(_rules(coord, add_case("--competent", "zrj"))) == {"transfer.inquiry"}
    assert set(_rules(coord, add_case(title="另一件"))) == {"transfer.inquiry"}


def test_sending_without_a_determination_starts_and_meets_the_duty_at_once(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    answer = coord.json("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    started = {duty["rule"]: duty for duty in answer["started"]}
    (met,) = answer["met"]
    assert set(started) == {"transfer.send", "transfer.feedback"}
    assert met == started["transfer.send"]
    assert (met["started_on"], met["due_on"], met["assumed_start"]) == (
        "2026-11-02",
        "2026-11-05",
        True,
    )
    assert (met["status"], met["met_on"], met["days_left"]) == ("met_late", "2026-11-09", -2)
    assert met["owed_to"] == "zjj"


def test_sending_in_time_meets_the_duty(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    (met,) = coord.json("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")["met"]
    assert (met["rule"], met["status"], met["days_left"]) == ("transfer.send", "met", 0)


@pytest.mark.parametrize("on", ["2026-11-10", "2026-11-16", "2026-11-23"])
def test_a_late_transfer_is_recorded_and_kept_as_late(
    coord: Desk, add_case: AddCase, on: str
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    result = coord.ok("transfer", "send", case, "--to", "zjj", "--on", on)
    days = {"2026-11-10": 1, "2026-11-16": 5, "2026-11-23": 10}[on]
    assert f"超期 {days} 个工作日" in result.out
    duty = coord.duty("transfer.send", case)
    assert (duty["status"], duty["met_on"], duty["days_left"]) == ("met_late", on, -days)


def test_another_unit_than_the_determined_one_needs_a_new_determination(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    before = dump(coord)
    sentence = coord.refused("transfer", "send", case, "--to", "swj")
    assert "已认定由区住建局管辖" in sentence
    assert f"coord case determine {case} --competent swj" in sentence
    assert dump(coord) == before
    coord.ok("case", "determine", case, "--competent", "swj")
    coord.ok("transfer", "send", case, "--to", "swj")


def test_a_new_determination_does_not_restart_the_clock(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    result = coord.ok("case", "determine", case, "--competent", "swj", "--on", "2026-11-09")
    assert "移送时限仍自该日起算" in result.out
    duty = coord.duty("transfer.send", case)
    assert (duty["started_on"], duty["due_on"], duty["owed_to"]) == (
        "2026-11-04",
        "2026-11-09",
        "swj",
    )


def test_determining_the_finder_itself_ends_the_duty_to_send(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    answer = coord.json("case", "determine", case, "--competent", "zrj", "--on", "2026-11-05")
    assert [duty["status"] for duty in answer["ended"]] == ["cancelled"]
    assert coord.duty("transfer.send", case)["status"] == "cancelled"


@pytest.mark.parametrize(
    "to, words",
    [
        ("zrj", "不能移送给自己"),
        ("qzf", "有管辖权的行政机关"),
        ("fy", "移送公安机关"),
        ("jcy", "六（二）"),
    ],
)
def test_nobody_sends_to_itself_or_to_those_who_do_not_punish(
    coord: Desk, add_case: AddCase, to: str, words: str
) -> None:
    case = add_case()
    before = dump(coord)
    assert words in coord.refused("transfer", "send", case, "--to", to)
    if to != "zrj":
        assert "不能认定" in coord.refused("case", "determine", case, "--competent", to)
    assert dump(coord) == before


def test_the_police_as_an_administrative_organ_may_be_competent(
    coord: Desk, add_case: AddCase
) -> None:
    coord.ok("transfer", "send", add_case(), "--to", "gaj")


# ---- urgency ----


def test_an_urgent_case_is_to_be_sent_on_the_day_itself(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--urgent", "--competent", "zjj", "--determined-on", "2026-11-07")
    duty = coord.duty("transfer.send", case)
    assert (duty["due_on"], duty["urgent"]) == ("2026-11-07", True)  # a Saturday, not rolled
    assert duty["due_on_other_reading"] is None


def test_urgency_changes_the_sending_only(coord: Desk, add_case: AddCase) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--urgent", "--on", "2026-11-03")
    send, feedback = (coord.duty(f"transfer.{name}", case) for name in ("send", "feedback"))
    assert (send["due_on"], send["urgent"], send["days_left"]) == ("2026-11-02", True, -1)
    assert (feedback["due_on"], feedback["urgent"]) == ("2026-11-06", False)


@pytest.mark.parametrize(
    "urgent_from, due_on",
    [
        ("2026-11-02", "2026-11-04"),  # before the determination: due on its day
        ("2026-11-06", "2026-11-06"),
        ("2026-11-08", "2026-11-08"),  # a Sunday
        ("2026-11-12", "2026-11-09"),  # too late to hurry it: the three days were over
    ],
)
def test_urgent_from_a_later_day_is_due_on_that_day(
    coord: Desk, add_case: AddCase, urgent_from: str, due_on: str
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    coord.ok(
        *("transfer", "send", case, "--to", "zjj", "--on", "2026-11-12"),
        *("--urgent-from", urgent_from),
    )
    assert coord.duty("transfer.send", case)["due_on"] == due_on
    assert coord.json("case", "show", case)["urgent"]


def test_a_case_cannot_become_urgent_after_it_was_sent(coord: Desk, add_case: AddCase) -> None:
    sentence = coord.refused(
        *("transfer", "send", add_case(), "--to", "zjj", "--on", "2026-11-12"),
        *("--urgent-from", "2026-11-13"),
    )
    assert "转为紧急的日期 2026-11-13 晚于发出日期 2026-11-12" in sentence


# ---- feedback, receipt ----


def test_the_answer_is_counted_from_the_receipt(coord: Desk, add_case: AddCase) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    first = coord.duty("transfer.feedback", case)
    assert (first["started_on"], first["due_on"], first["assumed_start"]) == (
        "2026-11-09",
        "2026-11-12",
        True,
    )
    answer = coord.json("transfer", "receive", case, "--on", "2026-11-11", "--by", "王某")
    (moved,) = answer["moved"]
    assert (moved["due_on_before"], moved["due_on"]) == ("2026-11-12", "2026-11-16")
    second = coord.duty("transfer.feedback", case)
    assert (second["started_on"], second["assumed_start"]) == ("2026-11-11", False)
    assert (second["original_due_on"], second["owed_by"], second["owed_to"]) == (
        "2026-11-12",
        "zjj",
        "zrj",
    )
    assert [one["due_on"] for one in second["earlier"]] == ["2026-11-12"]
    assert coord.json("transfer", "show", case)[0]["received_by"] == "王某"


@pytest.mark.parametrize(
    "answer", [("accept",), ("decline", "--reason", "不属于本单位管辖")], ids=["accept", "decline"]
)
def test_a_receipt_that_comes_after_the_answer_counts_the_met_duty_anew(
    coord: Desk, add_case: AddCase, answer: tuple[str, ...]
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    coord.ok("transfer", answer[0], case, *answer[1:], "--on", "2026-11-16")
    before = coord.duty("transfer.feedback", case)
    assert (before["status"], before["days_left"], before["assumed_start"]) == (
        "met_late",
        -2,
        True,
    )
    coord.ok("transfer", "receive", case, "--on", "2026-11-11")
    after = coord.duty("transfer.feedback", case)
    assert (after["status"], after["due_on"], after["met_on"]) == (
        "met",
        "2026-11-16",
        "2026-11-16",
    )
    assert (after["assumed_start"], after["original_due_on"]) == (False, "2026-11-12")
    assert [one["due_on"] for one in after["earlier"]] == ["2026-11-12"]


def test_a_receipt_on_the_day_sent_moves_nothing_but_ends_the_stand_in(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    result = coord.ok("transfer", "receive", case, "--on", "2026-11-09")
    assert "日期不变" in result.out
    duty = coord.duty("transfer.feedback", case)
    assert (duty["due_on"], duty["assumed_start"], duty["earlier"]) == ("2026-11-12", False, [])


def test_accepting_without_a_receipt_stays_counted_from_the_stand_in(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    coord.ok("transfer", "accept", case, "--on", "2026-11-12")
    duty = coord.duty("transfer.feedback", case)
    assert (duty["status"], duty["assumed_start"]) == ("met", True)


@pytest.mark.parametrize(
    "on, words", [("2026-11-08", "早于发出日期"), ("2026-11-13", "晚于反馈日期")]
)
def test_a_receipt_lies_between_the_sending_and_the_answer(
    coord: Desk, add_case: AddCase, on: str, words: str
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    coord.ok("transfer", "accept", case, "--on", "2026-11-12")
    before = dump(coord)
    assert words in coord.refused("transfer", "receive", case, "--on", on)
    assert dump(coord) == before


def test_an_overdue_stand_in_is_shown_as_such_and_counted_apart(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    result = coord.ok("overdue")
    assert "7 个工作日（暂计）" in result.out
    assert "暂计 1 项" in result.err
    assert "（暂计）" in coord.ok("explain", coord.duty("transfer.feedback", case)["id"]).out


@pytest.mark.parametrize("reason", [(), ("--reason", ""), ("--reason", "  　")])
def test_a_decline_needs_its_reason(
    coord: Desk, add_case: AddCase, reason: tuple[str, ...]
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    before = dump(coord)
    sentence = coord.refused("transfer", "decline", case, *reason)
    assert "无正当理由，不得拒绝接受" in sentence
    assert "二（二）2" in sentence
    assert "--reason" in sentence
    assert dump(coord) == before


def test_a_decline_starts_the_duty_to_refer_which_has_no_days(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    coord.ok("transfer", "decline", case, "--reason", "不属于本单位管辖", "--on", "2026-11-10")
    duty = coord.duty("transfer.refer", case)
    assert (duty["owed_by"], duty["owed_to"], duty["due_on"]) == ("zjj", "qzf", None)
    assert duty["status"] == "ageing"
    coord.ok("transfer", "refer", case, "--on", "2026-11-20")
    assert coord.duty("transfer.refer", case)["status"] == "met"


# ---- withdrawal ----


def test_a_withdrawn_case_is_registered_again_and_may_be_sent_again(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-04")
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-05")
    answer = coord.json(
        *("transfer", "withdraw", case, "--reason", "材料有误", "--on", "2026-11-06")
    )
    assert [duty["rule"] for duty in answer["ended"]] == ["transfer.feedback"]
    shown = coord.json("case", "show", case)
    assert (shown["status"], shown["holder"]) == ("registered", "zrj")
    again = _rules(coord, case)["transfer.send"]
    assert (again["status"], again["due_on"]) == (
        "overdue",
        "2026-11-09",
    )  # the clock never stopped
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-09")
    legs = coord.json("transfer", "show", case)
    assert [(leg["leg"], leg["withdrawn_on"]) for leg in legs] == [(1, "2026-11-06"), (2, None)]
    assert coord.duty("transfer.send", case)["status"] == "met"


def test_a_case_sent_without_a_determination_is_still_to_be_sent_once_withdrawn(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-05")
    coord.ok("transfer", "withdraw", case, "--reason", "材料有误", "--on", "2026-11-06")
    reopened = coord.duty("transfer.send", case)
    assert (reopened["status"], reopened["met_on"]) == ("overdue", None)
    assert (reopened["due_on"], reopened["owed_to"]) == ("2026-11-05", "zjj")
    coord.ok("transfer", "send", case, "--to", "swj", "--on", "2026-11-06")
    duty = coord.duty("transfer.send", case)
    assert (duty["status"], duty["met_on"], duty["owed_to"]) == ("met_late", "2026-11-06", "swj")
    assert duty["cancelled_on"] is None


def test_a_case_is_not_sent_again_before_it_was_withdrawn(coord: Desk, add_case: AddCase) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-05")
    coord.ok("transfer", "withdraw", case, "--reason", "材料有误", "--on", "2026-11-10")
    sentence = coord.refused("transfer", "send", case, "--to", "swj", "--on", "2026-11-09")
    assert "早于前次撤回日期 2026-11-10" in sentence


@pytest.mark.parametrize("reason", ["", " "])
def test_a_withdrawal_needs_its_reason(coord: Desk, add_case: AddCase, reason: str) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj")
    assert "撤回理由" in coord.refused("transfer", "withdraw", case, "--reason", reason)


# ---- assignment by 区政府 ----


def test_an_assigned_unit_answers_to_the_first_sender_from_the_day_assigned(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    _refer(coord, case)
    answer = coord.json(
        *("transfer", "assign", case, "--to", "swj", "--on", "2026-11-09"),
        *("--document", "测试〔2026〕1号"),
    )
    (feedback,) = answer["started"]
    assert (feedback["rule"], feedback["subject"]) == ("transfer.feedback", "leg:2")
    assert (feedback["owed_by"], feedback["owed_to"]) == ("swj", "zrj")
    assert (feedback["started_on"], feedback["due_on"], feedback["assumed_start"]) == (
        "2026-11-09",
        "2026-11-12",
        True,
    )
    coord.ok("transfer", "receive", case, "--on", "2026-11-10")
    (met,) = coord.json("transfer", "accept", case, "--on", "2026-11-13")["met"]
    assert (met["subject"], met["status"], met["due_on"]) == ("leg:2", "met", "2026-11-13")
    second = coord.json("transfer", "show", case)[1]
    assert (second["document"], second["assigned_on"], second["sent_on"]) == (
        "测试〔2026〕1号",
        "2026-11-09",
        None,
    )


def test_the_result_is_owed_to_the_first_sender_and_never_to_the_decliner(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    _refer(coord, case)
    coord.ok("transfer", "assign", case, "--to", "swj", "--on", "2026-11-09")
    coord.ok("transfer", "accept", case, "--on", "2026-11-10")
    coord.ok("case", "decide", case, "--outcome", "不予处罚", "--on", "2026-11-16")
    result = coord.duty("transfer.result", case)
    assert (result["owed_by"], result["owed_to"], result["due_on"]) == ("swj", "zrj", "2026-11-19")


def test_a_case_given_back_to_its_first_sender_owes_neither_answer_nor_result(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    _refer(coord, case)
    answer = coord.json("transfer", "assign", case, "--to", "zrj", "--on", "2026-11-09")
    assert answer["started"] == []
    assert answer["next_step"].endswith(f"coord transfer accept {case}")
    coord.ok("transfer", "accept", case, "--on", "2026-11-10")
    assert coord.json("case", "show", case)["holder"] == "zrj"
    decided = coord.json("case", "decide", case, "--outcome", "处罚", "--on", "2026-11-16")
    assert decided["started"] == []
    assert "没有原移送单位" in coord.refused("transfer", "notify", case)
    coord.ok("case", "close", case)


def test_a_decliner_whom_the_government_names_has_the_case_at_once(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    _refer(coord, case)
    answer = coord.json("transfer", "assign", case, "--to", "zjj", "--on", "2026-11-09")
    assert answer["started"] == []
    shown = coord.json("case", "show", case)
    assert (shown["status"], shown["holder"]) == ("accepted", "zjj")
    assert [leg["answer"] for leg in shown["transfers"]] == ["declined", "accepted"]
    coord.ok("case", "decide", case, "--outcome", "处罚", "--on", "2026-11-16")
    assert coord.duty("transfer.result", case)["owed_to"] == "zrj"


def test_a_newer_document_replaces_the_assignment_and_ends_its_answer(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    _refer(coord, case)
    coord.ok("transfer", "assign", case, "--to", "swj", "--on", "2026-11-09")
    answer = coord.json("transfer", "assign", case, "--to", "lyz", "--on", "2026-11-11")
    (ended,), (started,) = answer["ended"], answer["started"]
    assert (ended["owed_by"], ended["status"], ended["subject"]) == ("swj", "cancelled", "leg:2")
    assert (started["owed_by"], started["due_on"]) == ("lyz", "2026-11-16")
    legs = coord.json("transfer", "show", case)
    assert [leg["replaced_on"] for leg in legs] == ["2026-11-09", "2026-11-11", None]
    assert coord.json("case", "show", case)["holder"] == "lyz"


def test_a_newer_document_may_name_the_decliner_who_then_has_it_at_once(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    _refer(coord, case)
    coord.ok("transfer", "assign", case, "--to", "swj", "--on", "2026-11-09")
    coord.ok("transfer", "assign", case, "--to", "zjj", "--on", "2026-11-11")
    assert coord.json("case", "show", case)["status"] == "accepted"


@pytest.mark.parametrize("to", ["qzf", "fy", "jcy"])
def test_the_government_names_an_organ_that_can_punish(
    coord: Desk, add_case: AddCase, to: str
) -> None:
    case = add_case()
    _refer(coord, case)
    assert "有管辖权的行政机关" in coord.refused("transfer", "assign", case, "--to", to)


def test_an_assignment_is_not_older_than_what_it_replaces(coord: Desk, add_case: AddCase) -> None:
    case = add_case()
    _refer(coord, case)
    coord.refused("transfer", "assign", case, "--to", "swj", "--on", "2026-11-03")
    coord.ok("transfer", "assign", case, "--to", "swj", "--on", "2026-11-09")
    coord.refused("transfer", "assign", case, "--to", "lyz", "--on", "2026-11-08")


# ---- preliminary inquiry ----


def test_finding_starts_the_inquiry_which_has_no_days(coord: Desk, add_case: AddCase) -> None:
    case = add_case(found_on="2026-11-20")
    duty = coord.duty("transfer.inquiry", case)
    assert (duty["due_on"], duty["status"], duty["age_days"]) == (None, "open", 1)
    answer = coord.json("case", "inquiry", case, "--not-ongoing", "--text", "现场查看")
    assert [met["rule"] for met in answer["met"]] == ["transfer.inquiry"]
    assert answer["warnings"] == []


def test_an_act_in_progress_wants_measures(coord: Desk, add_case: AddCase) -> None:
    case = add_case()
    inquiry = ("case", "inquiry", case, "--ongoing", "--text", "仍在倾倒")
    assert "应当采取相关措施及时制止" in coord.json(*inquiry)["warnings"][0]
    assert coord.json(*inquiry, "--measures", "责令停止")["warnings"] == []
    assert "调查情况" in coord.refused("case", "inquiry", case, "--ongoing", "--text", " ")


def test_an_inquiry_is_no_longer_owed_once_the_case_is_accepted_but_may_be_recorded(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-05")
    coord.ok("transfer", "accept", case, "--on", "2026-11-06")
    assert coord.duty("transfer.inquiry", case)["status"] == "cancelled"
    coord.ok("case", "inquiry", case, "--not-ongoing", "--text", "现场查看", "--on", "2026-11-03")
    duty = coord.duty("transfer.inquiry", case)
    assert (duty["status"], duty["met_on"], duty["cancelled_on"]) == ("met", "2026-11-03", None)


# ---- lists of transfers ----


def test_the_list_of_transfers_shows_every_leg_and_narrows_by_unit(
    coord: Desk, add_case: AddCase
) -> None:
    first, second = add_case(), add_case(title="另一件")
    _refer(coord, first)
    coord.ok("transfer", "assign", first, "--to", "swj", "--on", "2026-11-09")
    coord.ok("transfer", "send", second, "--to", "lyz", "--on", "2026-11-09")
    coord.ok("transfer", "withdraw", second, "--reason", "材料有误")
    legs = coord.json("transfer", "list")
    assert [(leg["case"], leg["leg"], leg["to"]) for leg in legs] == [
        ("2026-0001", 1, "zjj"),
        ("2026-0001", 2, "swj"),
        ("2026-0002", 1, "lyz"),
    ]
    assert set(legs[0]) >= {
        *("leg", "from", "to", "sent_on", "received_on", "answered_on", "answer"),
        *("notified_on", "document"),
    }
    assert [leg["to"] for leg in coord.json("transfer", "list", "--unit", "榴园镇")] == ["lyz"]
    assert len(coord.json("transfer", "list", "--unit", "zrj")) == 3
    lines = coord.ok("transfer", "list").out.splitlines()
    assert "2026-11-04 不属于其管辖" in lines[1]
    assert "2026-11-23 撤回" in lines[3]
    assert coord.ok("transfer", "list", "--unit", "hbj").out == "没有移送。\n"
    assert coord.json("transfer", "list", "--unit", "hbj") == []


def test_a_number_of_the_letter_reason_and_basis_are_kept(coord: Desk, add_case: AddCase) -> None:
    case = add_case()
    coord.ok(
        *("transfer", "send", case, "--to", "zjj", "--number", "测试〔2026〕2号"),
        *("--reason", "属于住建", "--basis", "职责分工"),
    )
    assert coord.json("transfer", "show", case)[0]["number"] == "测试〔2026〕2号"


def test_naming_the_same_unit_again_without_a_newer_document_does_not_restart_its_days(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-05")
    coord.ok("transfer", "decline", case, "--reason", "不属于本单位管辖", "--on", "2026-11-06")
    coord.ok("transfer", "refer", case, "--on", "2026-11-06")
    coord.ok("transfer", "assign", case, "--to", "swj", "--on", "2026-11-09")
    assert "不能再次指定" in coord.refused("transfer", "assign", case, "--to", "swj")


def test_a_receipt_of_the_unit_that_declined_can_be_found_after_the_assignment(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-04")
    coord.ok("transfer", "decline", case, "--reason", "不属于本单位管辖", "--on", "2026-11-10")
    coord.ok("transfer", "refer", case, "--on", "2026-11-10")
    coord.ok("transfer", "assign", case, "--to", "swj", "--on", "2026-11-12")
    answer = coord.json("transfer", "receive", case, "--on", "2026-11-06")
    (moved,) = answer["moved"]
    assert (moved["owed_by"], moved["due_on_before"]) == ("zjj", "2026-11-09")
    assert (moved["due_on"], moved["status"]) == ("2026-11-11", "met")


def test_a_case_that_is_urgent_does_not_become_urgent_later(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--competent", "zfj", "--determined-on", "2026-11-17", "--urgent")
    coord.ok("transfer", "send", case, "--to", "zfj", "--urgent-from", "2026-11-23")
    duty = coord.duty("transfer.send", case)
    assert (duty["due_on"], duty["days_left"]) == ("2026-11-17", -6)
