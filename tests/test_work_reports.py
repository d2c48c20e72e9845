"""`coord report`: 一（三）1, the units report their work to the office, each interval that it set."""

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from conftest import Desk

from yicheng_coord.paths import policy_folder

MEMBERS = 17


@pytest.fixture
def quarterly(coord: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The office's own pack asks for a report each quarter."""
    pack = tmp_path / "规则"
    copytree(policy_folder(), pack)
    rules = pack / "opinion.toml"
    row = 'id = "work.report"\n'
    text = rules.read_text("utf-8")
    assert row in text
    rules.write_text(text.replace(row, f'{row}interval = "quarter"\n'), "utf-8")
    monkeypatch.setenv("COORD_POLICY", str(pack))
    return coord


def owed(coord: Desk, **day: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = coord.json("pending", "--rule", "work.report", **day)
    return found


def test_the_shipped_pack_asks_for_none_and_what_comes_is_kept(coord: Desk) -> None:
    coord.ok("today")
    assert owed(coord) == []
    answer = coord.json("report", "receive", "区自然资源局", "--note", "专报", "--on", "2026-11-20")
    assert answer["recorded"] == {
        "type": "work_report", "ref": "W1", "unit": "zrj", "title": "区自然资源局工作开展情况",
        "received_on": "2026-11-20",
    }  # fmt: skip
    assert (answer["met"], answer["started"]) == ([], [])
    (listed,) = coord.json("report", "list")
    assert (listed["note"], listed["begun_on"]) == ("专报", None)
    coord.checked()


def test_every_member_the_bureau_too_owes_the_office_one_from_the_interval_s_first_day(
    quarterly: Desk,
) -> None:
    quarterly.ok("today")
    found = owed(quarterly)
    assert len({one["owed_by"] for one in found}) == len(found) == MEMBERS
    assert "zfj" in {one["owed_by"] for one in found}
    assert {(one["owed_to"], one["started_on"], one["due_on"]) for one in found} == {
        ("lxb", "2026-10-01", None)
    }
    assert {one["matter_title"] for one in found} == {"2026年第4季度工作开展情况"}
    quarterly.checked()


def test_a_report_that_comes_meets_what_its_unit_owes(quarterly: Desk) -> None:
    answer = quarterly.json("report", "receive", "zrj", "--on", "2026-11-20")
    (met,) = answer["met"]
    assert (met["rule"], met["owed_by"], met["met_on"]) == ("work.report", "zrj", "2026-11-20")
    assert answer["recorded"]["title"] == "2026年第4季度工作开展情况"
    assert len(owed(quarterly)) == MEMBERS - 1
    (row,) = quarterly.json("report", "list", "--unit", "zrj")
    assert row["received_on"] == "2026-11-20"
    assert "未报送" in quarterly.ok("report", "list").out
    quarterly.checked()


def test_what_pending_says_to_type_is_what_meets_it(quarterly: Desk) -> None:
    quarterly.ok("today")
    ref = next(one["ref"] for one in quarterly.json("report", "list") if one["unit"] == "zjj")
    answer = quarterly.json("report", "receive", ref.lower())
    assert answer["recorded"]["ref"] == ref
    assert f"{ref} 已于 2026-11-23 登记收到工作开展情况" in quarterly.refused(
        "report", "receive", ref
    )


def test_which_of_several_quarters_it_is_must_be_said(quarterly: Desk) -> None:
    quarterly.ok("today")
    quarterly.ok("today", today="2027-01-04")
    text = quarterly.refused("report", "receive", "zrj", today="2027-01-04")
    assert "区自然资源局有几期没有报送" in text
    assert "2026年第4季度工作开展情况" in text
    assert "2027年第1季度工作开展情况" in text
    first = quarterly.json("report", "list", "--unit", "zrj")[0]["ref"]
    quarterly.ok("report", "receive", first, today="2027-01-04")
    answer = quarterly.json("report", "receive", "zrj", today="2027-01-04")
    assert answer["recorded"]["title"] == "2027年第1季度工作开展情况"
    assert answer["met"][0]["started_on"] == "2027-01-01"
    quarterly.checked()


def test_a_report_of_its_own_name_leaves_the_quarter_s_open(quarterly: Desk) -> None:
    answer = quarterly.json("report", "receive", "zrj", "--title", "专项行动小结")
    assert answer["met"] == []
    assert len(owed(quarterly)) == MEMBERS


@pytest.mark.parametrize(
    "options, code, sentence",
    [
        (("lxb",), 1, "联席会议办公室不是成员单位"),
        (("czj",), 1, "一（三）1"),
        (("某某局",), 1, "某某局"),
        (("W9",), 1, "没有这项工作开展情况：“W9”"),
        (("I1",), 1, "没有这项工作开展情况"),
        (("zrj", "--on", "2026-11-24"), 1, "尚未发生"),
        (("zrj", "--note", "机密★1年"), 1, "国家秘密"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(
    coord: Desk, options: tuple[str, ...], code: int, sentence: str
) -> None:
    assert sentence in coord.refused("report", "receive", *options, code=code)
    assert coord.json("report", "list") == []
    assert {one["command"] for one in coord.json("history")} <= {""}, "what time began, and no more"


def test_a_receipt_can_be_put_right_undone_and_done_again(quarterly: Desk) -> None:
    ref = quarterly.json("report", "receive", "zrj")["recorded"]["ref"]
    quarterly.ok("correct", ref, "received", "--on", "2026-11-19", "--reason", "记错")
    (row,) = quarterly.json("report", "list", "--unit", "zrj")
    assert row["received_on"] == "2026-11-19"
    assert "早于" in quarterly.refused(
        "correct", ref, "received", "--on", "2026-09-30", "--reason", "错"
    )
    quarterly.ok("undo", "--yes")
    quarterly.ok("undo", "--yes", quarterly.json("history")[1]["ref"])
    assert len(owed(quarterly)) == MEMBERS
    assert len(quarterly.json("history", ref)) == 5
    quarterly.checked()


def test_reports_that_came_are_counted_in_a_brief(quarterly: Desk) -> None:
    quarterly.ok("report", "receive", "zrj", "--on", "2026-11-20")
    quarterly.ok("report", "receive", "zjj", "--on", "2026-11-21")
    text = quarterly.ok("brief", "--from", "2026-11-20", "--to", "2026-11-20").out
    assert "收到各单位工作开展情况1件" in text
