"""Where things lie; the demonstration; units and rules as they are shown."""

import shutil
from pathlib import Path

import pytest

from yicheng_coord import paths
from yicheng_coord.cli import main
from yicheng_coord.policy.pack import load


def test_where_names_the_database_the_rules_and_the_templates(coord):
    places = {place["what"]: place["path"] for place in coord.json("where")}
    assert places["数据库"] == str(coord.database)
    assert Path(places["规则"], "opinion.toml").is_file()
    assert Path(places["模板"], "transfer.j2").is_file()


def test_the_demonstration_runs_to_its_end_and_leaves_nothing(capsys, monkeypatch, tmp_path):
    monkeypatch.delenv("COORD_DB")
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    out = capsys.readouterr().out
    for part in (
        "cases-gb18030.csv\t10\t10\t0",
        "已移送：2026-0013",
        "D13",
        "涉嫌违法案件移交函",
        "今日工作",
    ):
        assert part in out
    assert list(tmp_path.iterdir()) == []


def test_a_demonstration_that_goes_wrong_says_at_which_line(monkeypatch, tmp_path, capsys):
    (tmp_path / "demo.txt").write_text("$ coord case show 1\n", "utf-8")
    monkeypatch.setattr(paths, "carried", lambda _folder: tmp_path)
    assert main(["demo"]) == 1
    assert "coord case show 1" in capsys.readouterr().err


def test_the_default_database_is_made_by_the_first_command(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("COORD_DB")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert main(["overdue"]) == 0
    made = list(tmp_path.rglob("coord.db"))
    assert len(made) == 1
    assert made[0].stat().st_mode & 0o077 == 0
    assert main(["overdue"]) == 0
    capsys.readouterr()


def test_a_database_that_is_there_is_not_made_again(coord):
    before = coord.database.read_bytes()
    assert "已经有了" in coord.refused("init")
    assert coord.database.read_bytes() == before


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_units_are_listed_and_shown(coord, form):
    listed = coord.ok("unit", "list", "-f", form).out
    shown = coord.ok("unit", "show", "公安分局", "-f", form).out
    assert "枣庄市公安局峄城分局" in listed
    assert "枣庄市公安局峄城分局" in shown


def test_an_unknown_unit_is_refused_with_the_nearest_names(coord):
    assert "区城乡水务局" in coord.refused("unit", "show", "水务局河道所")


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_rules_are_listed_and_shown_with_their_sentence(coord, form):
    assert "transfer.send" in coord.ok("rules", "list", "-f", form).out
    assert (
        "应当在三日内移送有管辖权的单位"
        in coord.ok("rules", "show", "transfer.send", "-f", form).out
    )


def test_an_unknown_rule_is_refused(coord):
    assert "没有这条规则" in coord.refused("rules", "show", "transfer.sned")
    assert "没有这条规则" in coord.refused("overdue", "--rule", "transfer.sned")


def test_the_shipped_pack_has_nothing_wrong_with_it(coord):
    result = coord.ok("rules", "check")
    assert (result.out, result.err) == ("", "")
    assert coord.json("rules", "check") == []


def test_the_offices_own_pack_is_used_and_checked(coord, tmp_path, monkeypatch):
    pack = tmp_path / "pack"
    shutil.copytree(
        paths.policy_folder(), pack, ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )
    text = (pack / "opinion.toml").read_text("utf-8")
    (pack / "opinion.toml").write_text(
        text.replace("要在三日内反馈意见", "要在四日内反馈意见"), "utf-8"
    )
    monkeypatch.setenv("COORD_POLICY", str(pack))
    result = coord("rules", "check")
    assert result.code == 1
    assert "四日内" in result.out
    monkeypatch.setenv("COORD_POLICY", str(tmp_path / "none"))
    assert "规则包" in coord.refused("overdue")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("prompt_days = 3", 'prompt_days = "3"'),
        ("days = 3", 'days = "3"'),
        ("days = 3", "days = -3"),
    ],
)
def test_a_pack_whose_days_are_none_is_refused_in_a_sentence(coord, own_pack, before, after):
    text = own_pack.read_text("utf-8")
    assert before in text
    own_pack.write_text(text.replace(before, after, 1), "utf-8")
    assert "不是天数" in coord.refused("overdue")
    assert "不是天数" in coord.refused("rules", "check")


@pytest.fixture
def own_pack(tmp_path, monkeypatch):
    """A copy of the pack that COORD_POLICY points to; return its opinion.toml."""
    pack = tmp_path / "pack"
    ignored = shutil.ignore_patterns("*.py", "__pycache__")
    shutil.copytree(paths.policy_folder(), pack, ignore=ignored)
    monkeypatch.setenv("COORD_POLICY", str(pack))
    return pack / "opinion.toml"


def test_another_number_of_days_is_for_new_duties_only(coord, add_case, own_pack):
    add_case("--competent", "zfj", "--determined-on", "2026-11-18")
    before = coord.duty("transfer.send")
    text = own_pack.read_text("utf-8")
    start = text.index('id = "transfer.send"')
    changed = text[start:].replace("days = 3", "days = 5", 1)
    own_pack.write_text(text[:start] + changed, "utf-8")
    load.cache_clear()  # each command is a process of its own
    answer = coord.json("calendar", "set", "2026-12-20", "work", "--reason", "测试")
    assert answer["moved"] == []
    after = coord.duty("transfer.send")
    assert (before["due_on"], after["due_on"]) == ("2026-11-23", "2026-11-23")
    assert [day["n"] for day in after["days"] if day["counts"]] == [1, 2, 3]
    assert "3 个工作日" in coord.ok("explain", after["id"]).out
    case = add_case("--competent", "zfj", "--determined-on", "2026-11-18", title="另一件")
    assert coord.duty("transfer.send", case)["due_on"] == "2026-11-25"


def test_a_rule_that_was_taken_out_leaves_what_is_on_record(coord, add_case, own_pack):
    add_case("--competent", "zfj", "--determined-on", "2026-11-04")
    text = own_pack.read_text("utf-8")
    start = text.index('[[rule]]\nid = "transfer.send"')
    end = text.index("[[rule]]", start + 1)
    own_pack.write_text(text[:start] + text[end:], "utf-8")
    (duty,) = coord.json("overdue")
    assert (duty["rule"], duty["due_on"]) == ("transfer.send", "2026-11-09")
    for command in (("today",), ("pending",), ("explain", duty["id"]), ("case", "show", "1")):
        coord.ok(*command)


def test_what_was_counted_from_a_stand_in_by_a_rule_that_is_gone_is_still_explained(
    coord, add_case, own_pack
):
    add_case("--competent", "zfj")
    text = own_pack.read_text("utf-8")
    start = text.index('[[rule]]\nid = "transfer.send"')
    own_pack.write_text(text[:start] + text[text.index("[[rule]]", start + 1) :], "utf-8")
    (duty,) = coord.json("overdue")
    assert duty["assumed_start"]
    assert "暂按发现日计" in coord.ok("explain", duty["id"]).out


def test_the_footer_says_which_reading_the_pack_gives(coord, add_case, own_pack):
    text = own_pack.read_text("utf-8")
    start = text.index('id = "transfer.send"')
    changed = text[start:].replace('kind = "working"', 'kind = "calendar"', 1)
    own_pack.write_text(text[:start] + changed, "utf-8")
    add_case("--competent", "zfj", "--determined-on", "2026-11-04")
    footer = coord.ok("overdue").err
    assert "按自然日计" in footer
    assert "工作日" not in footer


def test_a_list_of_a_past_day_tells_what_was_so_on_that_day(coord, add_case):
    case = add_case("--competent", "zfj", "--determined-on", "2026-11-04")
    coord.ok("transfer", "send", case, "--to", "zfj", "--on", "2026-11-23")
    (duty,) = coord.json("overdue", today="2026-11-20")
    assert (duty["rule"], duty["days_left"], duty["met_on"]) == ("transfer.send", -9, None)
    assert [one["rule"] for one in coord.json("pending", today="2026-11-03")] == [
        "meeting.quarterly",
        "transfer.inquiry",
    ]
    assert coord.json("overdue") == []


def test_the_version_is_said(coord):
    assert coord.ok("--version").out.startswith("coord 0.")
