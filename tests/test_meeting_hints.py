"""What refusals of `meeting`, `topic` and `resolution` tell to type does what they say, 一."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Desk

PLAN = ("meeting", "plan", "--place", "会议室", "--at")
ADD = ("topic", "add", "--by", "zrj", "--title")
RESOLVE = ("resolution", "add", "--kind", "议定", "--text", "建立台账", "--owner", "zjj", "--due")
TODAY = "2026-12-21"
DAYS = ("2026-11-19", "2026-12-16", "2026-12-19", "2027-01-15")
"""Of which one fits where a hint says 日期."""
_COMMAND = re.compile(r"coord (?:[a-z-]+ )(?:(?!；|。|，| 或 |）)[^\n])*")
_MISSING = {
    "decide": ("--text", "同意"),
    "resolution add": ("--kind", "议定", "--text", "事项", "--owner", "zjj", "--due", "2027-01-15"),
}
"""What is asked for on a terminal where a hint leaves it out."""


def commands_in(told: str) -> Iterator[list[str]]:
    """Yield the command lines that a refusal tells to type."""
    for match in _COMMAND.finditer(told):
        yield shlex.split(match.group().strip())[1:]


@pytest.fixture
def desk(coord: Desk, tmp_path: Path) -> Desk:
    """M1 held with T1 approved, T2 decided and T3 rejected; M2 signed; M3 fixed; M4 cancelled;
    M5 over and not recorded; M6 special. T4 waits for approval, T5 is approved for none."""
    coord.ok(*PLAN, "2026-12-18 09:00", "--on", "2026-11-02")
    coord.today = "2026-11-23"
    coord.ok("meeting", "solicit", "M1")
    for title in ("甲", "乙", "丙"):
        coord.ok(*ADD, title, "--on", "2026-11-16")
    coord.ok("topic", "approve", "T1", "T2", "--on", "2026-11-18")
    coord.ok("topic", "reject", "T3", "--reason", "属日常工作", "--on", "2026-11-18")
    coord.ok("meeting", "circulate", "M1")
    coord.today = TODAY
    coord.ok("meeting", "attend", "M1", "--unit", "zrj", "--name", "张某")
    coord.ok("meeting", "hold", "M1")
    coord.ok("topic", "decide", "T2", "--text", "同意")
    coord.ok(*PLAN, "2026-09-16", "--on", "2026-09-01")
    coord.ok("meeting", "hold", "M2")
    coord.ok("meeting", "sign", "M2")
    coord.ok(*PLAN, "2027-01-15 14:00", "--on", "2026-12-01")
    coord.ok("meeting", "solicit", "M3", "--on", "2026-12-18")
    coord.ok(*PLAN, "2027-02-15")
    coord.ok("meeting", "cancel", "M4", "--reason", "甲")
    coord.ok(*PLAN, "2026-12-16 14:00", "--on", "2026-12-01")
    coord.ok(*PLAN, "2026-12-20", "--kind", "special", "--on", "2026-12-01")
    coord.ok(*ADD, "丁", "--meeting", "M3", "--on", "2026-12-02")
    coord.ok(*ADD, "戊", "--meeting", "M3", "--on", "2026-12-02")
    coord.ok("topic", "approve", "T5", "--special")
    coord.ok(*RESOLVE, "2027-01-15", "--meeting", "M1")
    coord.ok(*RESOLVE, "2027-01-15", "--on", "2026-12-10")
    coord.ok("resolution", "done", "S2")
    (tmp_path / "更正.txt").write_text("更正后的纪要", "utf-8")
    (tmp_path / "坏.txt").write_bytes(b"\x00\x01")
    (tmp_path / "签到.csv").write_text("单位,姓名\n区自然资源局,张某\n", "utf-8")
    return coord


REFUSED = [
    ("meeting", "solicit", "M3"),
    ("meeting", "solicit", "M1"),
    ("meeting", "move", "M1", "--at", "2027-01-01"),
    ("meeting", "cancel", "M2", "--reason", "甲"),
    ("meeting", "move", "M4", "--at", "2027-02-16"),
    ("meeting", "circulate", "M3"),
    ("meeting", "circulate", "M2"),
    ("meeting", "invite", "M2", "fy"),
    ("meeting", "attend", "M2", "--unit", "zjj", "--name", "李某"),
    ("meeting", "attend", "M1", "--unit", "fy", "--name", "赵某"),
    ("meeting", "attend", "M5", "--unit", "jcy", "--name", "赵某"),
    ("meeting", "attend", "M1", "--from", "{folder}/签到.csv"),
    ("meeting", "hold", "M1"),
    ("meeting", "hold", "M5", "--on", "2026-12-17"),
    ("meeting", "hold", "M5", "--on", "2026-12-21"),
    ("meeting", "hold", "M3", "--on", "2026-12-18"),
    ("meeting", "hold", "M5", "--not-reached", "T4"),
    ("meeting", "sign", "M1"),
    ("meeting", "sign", "M2"),
    ("meeting", "sign", "M5"),
    ("meeting", "sign", "M1", "--file", "{folder}/坏.txt"),
    ("meeting", "distribute", "M1"),
    ("meeting", "distribute", "M5"),
    ("meeting", "amend", "M1", "--file", "{folder}/更正.txt", "--reason", "甲"),
    ("meeting", "amend", "M5", "--file", "{folder}/更正.txt", "--reason", "甲"),
    ("topic", "add", "--by", "zrj", "--title", "己", "--meeting", "M1"),
    ("topic", "add", "--by", "zrj", "--title", "己", "--meeting", "M5"),
    ("topic", "approve", "T1"),
    ("topic", "approve", "T4", "T3"),
    ("topic", "approve", "T5"),
    ("topic", "reject", "T2", "--reason", "甲"),
    ("topic", "decide", "T2", "--text", "同意"),
    ("topic", "decide", "T3", "--text", "同意"),
    ("topic", "decide", "T4", "--text", "同意"),
    ("topic", "decide", "T5", "--text", "同意"),
    ("topic", "carry", "T2"),
    ("topic", "carry", "T4"),
    (*RESOLVE, "2026-12-17", "--meeting", "M1"),
    (*RESOLVE, "2027-01-15", "--topic", "T3"),
    (*RESOLVE, "2027-01-15", "--topic", "T4"),
    (*RESOLVE, "2027-01-15", "--topic", "T5"),
    (*RESOLVE, "2027-01-15", "--topic", "T1", "--meeting", "M2"),
    (*RESOLVE, "2027-01-15", "--meeting", "M5"),
    ("resolution", "done", "S2"),
    ("resolution", "progress", "S2", "--note", "甲"),
    ("letter", "minutes", "M5"),
    ("correct", "M5", "held", "--on", "2026-12-16", "--reason", "甲"),
    ("correct", "T2", "decided", "--on", "2026-12-16", "--reason", "甲"),
]
"""Each is refused, and tells a command."""


def typed(words: list[str], folder: Path, day: str) -> list[str]:
    """Fill in what a hint leaves to people, as one would who reads it."""
    said = {"日期": day, "改期日期": "2026-12-15", "理由": "看错", "结果": "同意",
            "事项": "建立台账", "单位": "zjj", "更正.txt": str(folder / "更正.txt"), "会议": "M1",
            "文件": str(folder / "新.txt"), "时刻": "2027-01-20", "地点": "会议室",
            "议题": "庚"}  # fmt: skip
    line = [said.get(word, word) for word in words]
    for name, more in _MISSING.items():
        if name in " ".join(line) and more[0] not in line:
            line += more
    return [*line, "--yes"] if line[0] == "undo" else line


def complaint(desk: Desk, folder: Path, line: tuple[str, ...]) -> str:
    """Type what is refused, then what that tells to type; return what does not work."""
    told = desk.refused(*(word.format(folder=folder) for word in line))
    if "不写 --meeting" in told:
        return attempt(desk, [*line[: line.index("--meeting")]])
    found = [*commands_in(told)]
    if not found or "…" in told.splitlines()[-1]:
        return f"no command in: {told}"
    return "".join(
        min((attempt(desk, typed(words, folder, day)) for day in DAYS), key=len) for words in found
    )


def attempt(desk: Desk, line: list[str]) -> str:
    """Type it; what it recorded is taken back."""
    count = len(desk.json("history"))
    result = desk(*line)
    if len(desk.json("history")) > count:
        desk.ok("undo", "--yes")
    return "" if result.code == 0 else f"{shlex.join(line)}: {result.err}"


def test_a_refusal_tells_what_works_when_it_is_typed(desk: Desk, tmp_path: Path) -> None:
    complaints = {line: complaint(desk, tmp_path, line) for line in REFUSED}
    assert "\n".join(filter(None, complaints.values())) == ""


def test_undo_of_a_topic_approved_twice_names_that_operation_and_not_the_newest(
    desk: Desk,
) -> None:
    told = desk.refused("topic", "approve", "T5")
    (undo,) = [one for one in commands_in(told) if one[0] == "undo"]
    desk.ok(*undo, "--yes")
    assert desk.json("topic", "show", "T5")["status"] == "added"
    assert desk.json("resolution", "show", "S2")["status"] == "done"


def test_a_second_call_names_the_fact_to_be_corrected(desk: Desk) -> None:
    told = desk.refused("meeting", "solicit", "M3")
    assert "coord correct M3 solicited --on 日期 --reason 理由" in told


def test_a_meeting_is_not_held_before_its_hour_where_the_hour_is_known(coord: Desk) -> None:
    coord.ok(*PLAN, "2026-12-18 14:00")
    told = coord.refused("meeting", "hold", "M1", today="2026-12-18 09:00")
    assert (
        "不能登记召开：M1 定于 2026-12-18 14:00，现在是 09:00（峄政办发〔2022〕1号 一（四）1）"
        in told
    )
    (move,) = commands_in(told)
    coord.ok("meeting", "hold", "M1", today="2026-12-18 14:00")
    coord.ok("undo", "--yes", today="2026-12-18 14:00")
    coord.ok("meeting", "hold", "M1", today="2026-12-18")
    coord.ok("undo", "--yes", today="2026-12-18 14:00")
    coord.ok(*move, today="2026-12-18 09:00")
    coord.ok("meeting", "hold", "M1", today="2026-12-18 09:05")


def test_a_meeting_held_on_another_day_is_moved_with_its_hour(desk: Desk) -> None:
    told = desk.refused("meeting", "hold", "M5", "--on", "2026-12-17")
    assert 'coord meeting move M5 --at "2026-12-17 14:00" --on 改期日期' in told
    assert "（峄政办发〔2022〕1号 一（四）1）" in told
    told = desk.refused("meeting", "hold", "M5", "--on", "2026-12-21")
    assert told.endswith('coord meeting move M5 --at "2026-12-21 14:00"\n')
    assert "尚未发生" in desk.refused("meeting", "hold", "M5", "--on", "2026-12-22")


def test_a_topic_that_waits_is_told_of_the_meeting_that_takes_it_up(coord: Desk) -> None:
    coord.ok(*PLAN, "2026-11-23")
    coord.ok(*ADD, "甲")
    coord.ok(*ADD, "乙")
    coord.ok("topic", "approve", "T1")
    coord.ok("meeting", "hold", "M1", "--not-reached", "T1", "--not-reached", "T2")
    coord.ok("topic", "approve", "T2", "--special")
    for topic in ("T1", "T2"):
        told = coord.refused("topic", "decide", topic, "--text", "同意")
        (plan,) = commands_in(told)
        coord.ok(*typed(plan, Path(), "2026-12-18"))
        assert coord.json("topic", "show", topic)["meeting"] is not None
        coord.ok("undo", "--yes")


@pytest.mark.parametrize("is_afterwards", [False, True])
def test_the_next_step_leads_from_the_day_fixed_to_the_minutes_distributed(
    coord: Desk, tmp_path: Path, *, is_afterwards: bool
) -> None:
    days = {"hold": "2026-12-18", "decide": "2026-12-18"}
    step = coord.json(*PLAN, "2026-12-18 09:00", "--on", "2026-11-23")["next_step"]
    coord.ok(*ADD, "甲", today="2026-11-24")
    if is_afterwards:
        coord.today = "2026-12-21"
        step = coord.json("meeting", "show", "M1")["next_step"]
    taken = []
    while step:
        *papers, next_one = commands_in(step)
        for paper in papers:
            if paper[0] == "letter":
                coord.ok(*(str(tmp_path) if word == "目录" else word for word in paper))
        words = typed(next_one, tmp_path, "2026-12-01")
        taken.append(" ".join(words[:2]))
        if words[1] == "circulate":
            approve = ("topic", "approve", "T1", "--on", "2026-12-01")
            coord.ok(*approve, today=max(coord.today, "2026-12-01"))
        coord.today = max(coord.today, days.get(words[1], coord.today), "2026-12-01")
        step = coord.json(*words)["next_step"]
        assert len(taken) < 10, taken
    assert taken == ["meeting solicit", "meeting circulate", "meeting hold", "topic decide",
                     "meeting sign", "meeting distribute"]  # fmt: skip
    coord.checked_of_duties()


def test_a_topic_approved_after_its_meetings_day_is_not_said_to_be_sent_before_it(
    coord: Desk,
) -> None:
    coord.ok(*PLAN, "2026-11-20", "--on", "2026-11-02")
    coord.ok(*ADD, "甲", "--on", "2026-11-16")
    coord.today = "2026-11-23"
    answer = coord.json("topic", "approve", "T1")
    assert answer["next_step"] == "会后登记召开：coord meeting hold M1"
    assert coord.json("meeting", "hold", "M1")["recorded"]["carried"] == ["T1"]
