"""三: information is logged, shared, handed over; each addressee has a clock of its own."""

from typing import Any

import pytest
from conftest import AddCase, Desk

LOG = ("info", "log", "--title", "某某许可", "--kind")


def log(coord: Desk, kind: str, sender: str, *options: str) -> dict[str, Any]:
    answer: dict[str, Any] = coord.json(*LOG, kind, "--from", sender, *options)
    return answer


def duties(coord: Desk) -> list[tuple[str, str, str, str | None, str]]:
    return [
        (one["rule"], one["owed_by"], one["owed_to"], one["due_on"], one["status"])
        for one in coord.owed()
    ]


# --- the clocks of 三（四） --------------------------------------------------------------------------


def test_an_approval_is_copied_within_five_working_days(coord: Desk) -> None:
    answer = log(coord, "approval", "lyzx", "--on", "2026-11-10")
    (duty,) = answer["started"]
    assert duty["rule"] == "info.approval"
    assert (duty["owed_by"], duty["owed_to"]) == ("lyzx", "zfj")
    assert (duty["due_on"], duty["soft"]) == ("2026-11-17", True)
    assert (duty["matter"], duty["matter_title"], duty["case"]) == ("I1", "某某许可", None)
    assert answer["recorded"]["category"] == 3
    assert answer["next_step"] == "抄送审批事项：coord info share I1"
    late = coord.json("info", "share", "I1")["met"]
    assert [(one["status"], one["days_left"]) for one in late] == [("met_late", -4)]


@pytest.mark.parametrize(
    ("kind", "sender", "to", "rule", "due_on"),
    [
        ("approval", "zjj", (), "info.approval", "2026-11-18"),
        ("superior", "zjj", (), "info.superior", "2026-11-18"),
    ],
)
def test_what_is_urgent_is_shared_at_once(
    coord: Desk, kind: str, sender: str, to: tuple[str, ...], rule: str, due_on: str
) -> None:
    answer = log(coord, kind, sender, "--urgent", "--on", "2026-11-18", *to)
    (duty,) = answer["started"]
    assert (duty["rule"], duty["due_on"], duty["urgent"]) == (rule, due_on, True)
    assert [one["rule"] for one in coord.json("overdue")] == [rule]


def test_each_addressee_of_a_penalty_has_its_own_duty(coord: Desk) -> None:
    log(coord, "penalty", "zfj", "--to", "zrj", "--to", "zjj", "--on", "2026-11-16")
    assert duties(coord) == [
        ("info.penalty", "zfj", "zrj", "2026-11-23", "due_today"),
        ("info.penalty", "zfj", "zjj", "2026-11-23", "due_today"),
    ]
    coord.ok("info", "share", "I1", "--to", "住建局", "--on", "2026-11-20")
    assert [one[2] for one in duties(coord)] == ["zrj"]
    (item,) = coord.json("info", "list")
    assert [(one["unit"], one["shared_on"]) for one in item["to"]] == [
        ("zrj", None),
        ("zjj", "2026-11-20"),
    ]
    coord.ok("info", "share", "I1")
    assert duties(coord) == []


def test_a_document_told_by_telephone_is_still_to_be_handed_over(coord: Desk) -> None:
    log(coord, "superior", "zrj", "--on", "2026-11-18")
    assert duties(coord) == [("info.superior", "zrj", "zfj", "2026-11-23", "due_today")]
    told = coord.json("info", "share", "I1", "--by", "电话", "--on", "2026-11-19")
    assert [one["rule"] for one in told["met"]] == ["info.superior"]
    assert [one["rule"] for one in told["started"]] == ["info.hand_over"]
    assert told["next_step"] == "移交上级文件：coord info hand-over I1"
    done = coord.json("info", "hand-over", "I1", "--on", "2026-11-20")
    assert [one["rule"] for one in done["met"]] == ["info.hand_over"]
    assert duties(coord) == []


def test_a_document_told_by_telephone_may_follow_in_writing(coord: Desk) -> None:
    log(coord, "superior", "zrj", "--on", "2026-11-18")
    coord.ok("info", "share", "I1", "--by", "口头", "--on", "2026-11-18")
    answer = coord.json("info", "share", "I1", "--by", "书面", "--on", "2026-11-19")
    assert [one["rule"] for one in answer["met"]] == ["info.hand_over"]


@pytest.mark.parametrize(
    ("kind", "sender", "to", "rule"),
    [
        ("policy", "sfj", (), "info.policy"),
        ("enforcement", "zfj", ("--to", "zrj"), "info.enforcement"),
    ],
)
def test_what_is_shared_in_due_time_has_no_due_day(
    coord: Desk, kind: str, sender: str, to: tuple[str, ...], rule: str
) -> None:
    log(coord, kind, sender, "--on", "2026-11-02", *to)
    (duty,) = coord.owed()
    assert (duty["rule"], duty["due_on"], duty["status"]) == (rule, None, "ageing")
    assert coord.json("overdue") == []
    assert coord.json("info", "share", "I1", "--by", "简报")["met"][0]["rule"] == rule


def test_other_information_has_no_clock(coord: Desk) -> None:
    assert log(coord, "other", "zrj", "--to", "zfj", "--category", "4")["started"] == []
    coord.ok("info", "share", "I1", "--by", "平台")
    assert coord.json("info", "show", "I1")["category"] == 4


def test_dates_over_a_year_whose_notice_is_not_out_are_provisional(coord: Desk) -> None:
    answer = coord.json(*LOG, "approval", "--from", "zjj", "--on", "2026-12-28", today="2026-12-28")
    assert answer["started"][0]["provisional"]
    assert "暂定" in answer["warnings"][0]


# --- penalties of a case --------------------------------------------------------------------------


@pytest.fixture
def punished(coord: Desk, add_case: AddCase) -> Desk:
    add_case("--competent", "zfj", "--determined-on", "2026-11-03")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-04")
    coord.ok("transfer", "receive", "1", "--on", "2026-11-04")
    coord.ok("transfer", "accept", "1", "--on", "2026-11-05")
    coord.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-16",
             "--copy-to", "zrj", "--copy-to", "zjj")  # fmt: skip
    return coord


def test_a_penalty_starts_its_copies(punished: Desk) -> None:
    (item,) = punished.json("info", "list", "--kind", "penalty")
    assert (item["case"], item["from"], item["on"]) == ("2026-0001", "zfj", "2026-11-16")
    assert {(one["rule"], one["owed_to"], one["due_on"]) for one in punished.owed()} == {
        ("transfer.result", "zrj", "2026-11-19"),
        ("info.penalty", "zrj", "2026-11-23"),
        ("info.penalty", "zjj", "2026-11-23"),
    }
    of_case = punished.json("pending", "--case", "1")
    assert len(of_case) == 3


def test_a_copy_that_is_the_result_told_meets_both(punished: Desk) -> None:
    answer = punished.json("info", "share", "I1", "--on", "2026-11-18")
    assert sorted(one["rule"] for one in answer["met"]) == [
        "info.penalty", "info.penalty", "transfer.result",
    ]  # fmt: skip
    shown = punished.json("case", "show", "1")
    assert shown["status"] == "notified"
    assert shown["decisions"][0]["notified_on"] == "2026-11-18"
    assert shown["decisions"][0]["copies"] == [
        {"unit": "zrj", "done_on": "2026-11-18"}, {"unit": "zjj", "done_on": "2026-11-18"},
    ]  # fmt: skip


def test_a_copy_to_another_unit_tells_the_first_sender_nothing(punished: Desk) -> None:
    punished.ok("info", "share", "I1", "--to", "zjj", "--on", "2026-11-18")
    assert punished.json("case", "show", "1")["status"] == "decided"


def test_the_result_told_is_the_copy_of_the_first_sender(punished: Desk) -> None:
    answer = punished.json("transfer", "notify", "1", "--on", "2026-11-19")
    assert sorted(one["rule"] for one in answer["met"]) == ["info.penalty", "transfer.result"]
    assert [one["owed_to"] for one in punished.owed()] == ["zjj"]


def test_correcting_the_decision_moves_the_copies_too(punished: Desk) -> None:
    answer = punished.json("correct", "1", "decided", "--on", "2026-11-17", "--reason", "看错")
    moved = {(one["rule"], one["owed_to"]): one["due_on"] for one in answer["moved"]}
    assert moved == {
        ("transfer.result", "zrj"): "2026-11-20",
        ("info.penalty", "zrj"): "2026-11-24",
        ("info.penalty", "zjj"): "2026-11-24",
    }
    assert punished("check", "--only", "duties", "-f", "json").json == []


def test_a_void_case_owes_no_copies(punished: Desk) -> None:
    answer = punished.json("case", "void", "1", "--reason", "误录")
    assert sorted(one["rule"] for one in answer["ended"]) == [
        "info.penalty", "info.penalty", "transfer.result",
    ]  # fmt: skip


# --- mending --------------------------------------------------------------------------------------


def test_a_date_is_corrected_and_its_duty_counted_anew(coord: Desk) -> None:
    log(coord, "approval", "zjj", "--on", "2026-11-10")
    coord.ok("info", "share", "I1", "--on", "2026-11-18")
    moved = coord.json("correct", "I1", "made", "--on", "2026-11-12", "--reason", "看错")["moved"]
    assert [(one["due_on"], one["due_on_before"]) for one in moved] == [
        ("2026-11-19", "2026-11-17")
    ]
    told = coord.refused("correct", "I1", "shared", "--on", "2026-11-11", "--reason", "甲")
    assert "抄送日期 2026-11-11 早于审批日期 2026-11-12" in told
    coord.ok("correct", "i1", "shared", "--on", "2026-11-13", "--reason", "回执上的日期")
    assert coord.json("info", "show", "I1")["to"][0]["shared_on"] == "2026-11-13"
    assert "没有登记" in coord.refused(
        "correct", "I1", "told", "--on", "2026-11-13", "--reason", "甲"
    )


def test_of_several_addressees_the_one_named_is_corrected(coord: Desk) -> None:
    log(coord, "penalty", "zfj", "--to", "zrj", "--to", "zjj", "--on", "2026-11-10")
    coord.ok("info", "share", "I1", "--on", "2026-11-12")
    coord.ok("correct", "I1", "shared", "--unit", "zrj", "--on", "2026-11-11", "--reason", "甲")
    shared = {one["unit"]: one["shared_on"] for one in coord.json("info", "show", "I1")["to"]}
    assert shared == {"zrj": "2026-11-11", "zjj": "2026-11-12"}


def test_every_step_is_undone_and_done_again(coord: Desk) -> None:
    log(coord, "superior", "zrj", "--on", "2026-11-18")
    states = [coord.json("info", "list")]
    for line in (
        ("info", "share", "I1", "--by", "电话", "--on", "2026-11-19"),
        ("info", "hand-over", "I1", "--on", "2026-11-20"),
    ):
        coord.ok(*line)
        states.append(coord.json("info", "list"))
        coord.ok("undo", "--yes")
        assert coord.json("info", "list") == states[-2]
        coord.ok("undo", "--yes")
        assert coord.json("info", "list") == states[-1]
    assert coord("check", "-f", "json", "--only", "duties", "--only", "history_replay").json == []


# --- secrecy, 四（二）3 -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        ("--title", "某某文件", "--secrecy", "state"),
        ("--title", "关于某某的通知 机密★3年"),
        ("--title", "绝密 ☆ 某某"),
        ("--title", "秘密＊某某"),
    ],
)
def test_a_state_secret_is_refused_at_entry(coord: Desk, options: tuple[str, ...]) -> None:
    coord.ok("today")
    before = coord.json("history")
    told = coord.refused("info", "log", "--kind", "superior", "--from", "zrj", *options)
    assert "国家秘密不得录入" in told
    assert "四（二）3" in told
    assert coord.json("history") == before
    assert coord.json("info", "list") == []


@pytest.mark.parametrize(
    ("secrecy", "shown"), [("commercial", "商业秘密"), ("privacy", "个人隐私")]
)
def test_a_marked_item_is_masked_in_every_list(coord: Desk, secrecy: str, shown: str) -> None:
    log(coord, "approval", "zjj", "--secrecy", secrecy, "--number", "峄建许〔2026〕×号",
        "--on", "2026-11-10")  # fmt: skip
    for line in (("info", "list"), ("info", "show", "I1"), ("overdue",), ("pending",), ("today",)):
        for form in ("table", "json", "csv"):
            out = coord.ok(*line, "-f", form).out
            assert "某某许可" not in out, line
            assert "峄建许" not in out, line
    assert shown in coord.ok("overdue").out
    assert coord.json("info", "show", "I1", "--no-mask")["title"] == "某某许可"
    assert coord.json("history")[-1]["summary"] == "查看未遮盖的内容：信息 I1"


# --- refusals -------------------------------------------------------------------------------------


def test_what_cannot_be_is_refused_and_changes_nothing(coord: Desk) -> None:
    log(coord, "approval", "zjj", "--on", "2026-11-10")
    log(coord, "penalty", "zfj", "--to", "zrj", "--on", "2026-11-10")
    coord.ok("info", "share", "I2", "--on", "2026-11-12")
    before = coord.json("history")
    for line, code, why in (
        ((*LOG, "approval", "--from", "zfj"), 1, "由相关单位抄送区综合行政执法局"),
        ((*LOG, "approval", "--from", "zjj", "--to", "zrj"), 1, "抄送对象是区综合行政执法局"),
        ((*LOG, "penalty", "--from", "zrj", "--to", "zjj"), 1, "由区综合行政执法局"),
        ((*LOG, "penalty", "--from", "zfj"), 2, "--to"),
        ((*LOG, "penalty", "--from", "zfj", "--to", "zfj"), 1, "不能共享给自己"),
        ((*LOG, "penalty", "--from", "zfj", "--to", "zrj", "--urgent"), 1, "--urgent 只用于"),
        ((*LOG, "approval", "--from", "zjj", "--on", "2026-12-01"), 1, "尚未发生"),
        ((*LOG, "approval", "--from", "没有的局"), 1, "没有这个单位"),
        ((*LOG, "approval", "--from", "zjj", "--category", "8"), 2, "1 至 7"),
        (("info", "log", "--kind", "approval", "--title", " ", "--from", "zjj"), 1, "不能为空"),
        (("info", "share", "I1", "--by", "电话"), 1, "须书面抄送"),
        (("info", "share", "I1", "--to", "zrj"), 1, "与区自然资源局无关"),
        (("info", "share", "I1", "--on", "2026-11-09"), 1, "早于审批日期"),
        (("info", "share", "I2"), 1, "已于 2026-11-12 登记"),
        (("info", "share", "I9"), 1, "没有这项信息"),
        (("info", "share", "R1"), 1, "没有这项信息"),
        (("info", "hand-over", "I1"), 1, "没有电话或口头告知"),
        (("info", "show", "没有"), 1, "没有这项信息"),
    ):
        assert why in coord.refused(*line, code=code), line
    assert coord.json("history") == before
