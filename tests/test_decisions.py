"""处理决定: made, told to the first sender, copied, helped with; and the case closed."""

import pytest
from conftest import AddCase, Desk
from dump import dump


@pytest.fixture
def accepted(coord: Desk, add_case: AddCase) -> str:
    """A case that 区综合行政执法局 took over on Tuesday the 10th."""
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zfj", "--on", "2026-11-09")
    coord.ok("transfer", "accept", case, "--on", "2026-11-10")
    return case


def _decide(*options: str, outcome: str = "处罚", on: str = "2026-11-16") -> tuple[str, ...]:
    return ("case", "decide", "1", "--outcome", outcome, "--on", on, *options)


@pytest.mark.parametrize("outcome", ["处罚", "不予处罚", "撤案", "其他"])
@pytest.mark.usefixtures("accepted")
def test_every_decision_starts_three_working_days_to_tell_the_first_sender(
    coord: Desk, outcome: str
) -> None:
    answer = coord.json(*_decide(outcome=outcome))
    (result,) = [duty for duty in answer["started"] if duty["rule"] == "transfer.result"]
    assert (result["owed_by"], result["owed_to"]) == ("zfj", "zrj")
    assert (result["started_on"], result["due_on"]) == ("2026-11-16", "2026-11-19")
    assert answer["recorded"]["outcome"] == outcome


@pytest.mark.usefixtures("accepted")
def test_a_penalty_of_the_bureau_is_copied_to_the_first_sender_in_five_working_days(
    coord: Desk,
) -> None:
    answer = coord.json(*_decide())
    copies = [duty for duty in answer["started"] if duty["rule"] == "info.penalty"]
    assert [(duty["owed_by"], duty["owed_to"], duty["due_on"]) for duty in copies] == [
        ("zfj", "zrj", "2026-11-23")
    ]


@pytest.mark.usefixtures("accepted")
def test_a_penalty_is_copied_to_the_units_that_were_named(coord: Desk) -> None:
    answer = coord.json(
        *_decide("--copy-to", "hbj", "--copy-to", "区城乡水务局", "--copy-to", "hbj")
    )
    copies = [duty["owed_to"] for duty in answer["started"] if duty["rule"] == "info.penalty"]
    assert copies == ["hbj", "swj"]
    (decision,) = coord.json("case", "show", "1")["decisions"]
    assert decision["copies"] == [
        {"unit": "hbj", "done_on": None},
        {"unit": "swj", "done_on": None},
    ]


@pytest.mark.usefixtures("accepted")
def test_a_penalty_may_be_copied_to_no_one_with_the_reason(coord: Desk) -> None:
    answer = coord.json(*_decide("--no-copy", "--reason", "不涉及相关单位"))
    assert [duty["rule"] for duty in answer["started"]] == ["transfer.result"]
    (decision,) = coord.json("case", "show", "1")["decisions"]
    assert decision["no_copy_reason"] == "不涉及相关单位"


@pytest.mark.usefixtures("accepted")
def test_a_penalty_that_needs_help_starts_five_working_days_for_the_letter(coord: Desk) -> None:
    answer = coord.json(*_decide("--execution-by", "gaj", "--execution-by", "hbj"))
    letters = [duty for duty in answer["started"] if duty["rule"] == "request.execution"]
    assert [(duty["owed_by"], duty["owed_to"], duty["due_on"]) for duty in letters] == [
        ("zfj", "gaj", "2026-11-23"),
        ("zfj", "hbj", "2026-11-23"),
    ]


@pytest.mark.parametrize("outcome", ["不予处罚", "撤案", "其他"])
@pytest.mark.usefixtures("accepted")
def test_only_a_penalty_is_copied(coord: Desk, outcome: str) -> None:
    answer = coord.json(*_decide(outcome=outcome))
    assert [duty["rule"] for duty in answer["started"]] == ["transfer.result"]


def test_a_penalty_of_another_unit_is_copied_to_no_one(coord: Desk, add_case: AddCase) -> None:
    add_case()
    coord.ok("transfer", "send", "1", "--to", "zjj", "--on", "2026-11-09")
    coord.ok("transfer", "accept", "1", "--on", "2026-11-10")
    before = dump(coord)
    assert "三（四）" in coord.refused(*_decide("--copy-to", "hbj"))
    assert "三（四）" in coord.refused(*_decide("--no-copy", "--reason", "不涉及"))
    assert "四（三）" in coord.refused(*_decide("--execution-by", "hbj"))
    assert dump(coord) == before
    assert [duty["rule"] for duty in coord.json(*_decide())["started"]] == ["transfer.result"]


def test_a_case_of_the_bureaus_own_finding_is_copied_only_to_those_named(coord: Desk) -> None:
    coord.ok("case", "add", "--title", "占道", "--found-by", "zfj", "--found-on", "2026-11-02")
    answer = coord.json(*_decide("--copy-to", "hbj"))
    assert [(duty["rule"], duty["owed_to"]) for duty in answer["started"]] == [
        ("info.penalty", "hbj")
    ]
    assert answer["next_step"].endswith("coord case close 1")


@pytest.mark.parametrize(
    "options, code",
    [
        (("--copy-to", "hbj", "--no-copy", "--reason", "x"), 1),
        (("--no-copy",), 1),
        (("--no-copy", "--reason", " "), 1),
        (("--reason", "x"), 2),
        (("--copy-to", "zfj"), 1),
        (("--execution-by", "zfj"), 1),
        (("--copy-to", "无此局"), 1),
    ],
)
@pytest.mark.usefixtures("accepted")
def test_addressees_that_contradict_themselves_are_refused(
    coord: Desk, options: tuple[str, ...], code: int
) -> None:
    before = dump(coord)
    coord.refused(*_decide(*options), code=code)
    assert dump(coord) == before


def test_a_case_of_another_unit_is_sent_and_not_decided(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-03")
    sentence = coord.refused(*_decide())
    assert "已认定由区住建局管辖，应当移送" in sentence
    assert "coord transfer send 1 --to zjj" in sentence


def test_a_case_of_the_finders_own_is_decided_without_telling_anyone(
    coord: Desk, add_case: AddCase
) -> None:
    add_case("--competent", "zrj", "--determined-on", "2026-11-04")
    assert "早于认定日期" in coord.refused(*_decide(on="2026-11-03"))
    answer = coord.json(*_decide(on="2026-11-04"))
    assert answer["started"] == []
    assert "没有原移送单位" in coord.refused("transfer", "notify", "1")
    coord.ok("case", "close", "1", "--on", "2026-11-04")
    assert coord.json("case", "show", "1")["closed_on"] == "2026-11-04"


# ---- told ----


@pytest.mark.parametrize(
    "on, status, days", [("2026-11-19", "met", 0), ("2026-11-23", "met_late", -2)]
)
@pytest.mark.usefixtures("accepted")
def test_telling_the_first_sender_meets_the_result_and_its_copy(
    coord: Desk, on: str, status: str, days: int
) -> None:
    coord.ok(*_decide())
    met = {duty["rule"]: duty for duty in coord.json("transfer", "notify", "1", "--on", on)["met"]}
    assert set(met) == {"transfer.result", "info.penalty"}
    assert (met["transfer.result"]["status"], met["transfer.result"]["days_left"]) == (status, days)
    assert met["info.penalty"]["status"] == "met"
    shown = coord.json("case", "show", "1")
    assert shown["decisions"][0]["notified_on"] == on
    assert shown["decisions"][0]["copies"] == [{"unit": "zrj", "done_on": on}]
    assert shown["transfers"][0]["notified_on"] == on


@pytest.mark.usefixtures("accepted")
def test_telling_the_first_sender_leaves_copies_to_others_open(coord: Desk) -> None:
    coord.ok(*_decide("--copy-to", "hbj"))
    answer = coord.json("transfer", "notify", "1")
    assert [duty["rule"] for duty in answer["met"]] == ["transfer.result"]
    result = coord.ok("case", "close", "1")
    assert "尚未完成：区生态环境分局" in result.err
    assert coord.duty("info.penalty")["status"] == "due_today"


# ---- closed ----


@pytest.mark.parametrize(
    "acts, missing",
    [
        ([], ["处理决定"]),
        (["send"], ["反馈意见", "处理决定", "书面通报原移送单位"]),
        (["send", "decline"], ["报请区人民政府决定", "指定", "受理", "处理决定", "书面通报"]),
        (["send", "decline", "refer"], ["指定", "受理", "处理决定", "书面通报"]),
        (["send", "decline", "refer", "assign"], ["受理", "处理决定", "书面通报"]),
        (["send", "accept"], ["处理决定", "书面通报原移送单位"]),
        (["send", "accept", "decide"], ["书面通报原移送单位"]),
    ],
)
def test_what_is_missing_for_closing_is_named_all_at_once(
    coord: Desk, add_case: AddCase, acts: list[str], missing: list[str]
) -> None:
    typed = {
        "send": ("transfer", "send", "1", "--to", "zjj"),
        "decline": ("transfer", "decline", "1", "--reason", "不属于本单位管辖"),
        "refer": ("transfer", "refer", "1"),
        "assign": ("transfer", "assign", "1", "--to", "swj"),
        "accept": ("transfer", "accept", "1"),
        "decide": ("case", "decide", "1", "--outcome", "处罚"),
    }
    add_case()
    for act in acts:
        coord.ok(*typed[act])
    sentence = coord.refused("case", "close", "1")
    assert sentence.startswith("不能办结：2026-0001 还缺：")
    places = [sentence.index(one) for one in missing]
    assert places == sorted(places)
    assert "coord case show 1" in sentence


def test_a_case_that_is_to_be_sent_is_not_closed(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zjj")
    assert "移送" in coord.refused("case", "close", "1")


@pytest.mark.usefixtures("accepted")
def test_a_closed_case_owes_nothing_that_was_told(coord: Desk) -> None:
    coord.ok(*_decide())
    coord.ok("transfer", "notify", "1", "--on", "2026-11-18")
    assert "早于通报日期" in coord.refused("case", "close", "1", "--on", "2026-11-17")
    answer = coord.json("case", "close", "1", "--on", "2026-11-18")
    assert answer["recorded"] == {
        "type": "closing",
        "ref": "2026-0001",
        "closed_on": "2026-11-18",
    }
    shown = coord.json("case", "show", "1")
    assert (shown["status"], shown["holder"], shown["open_duties"]) == ("closed", None, [])
