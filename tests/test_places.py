"""Where things lie; the demonstration; units and rules as they are shown."""

from pathlib import Path

import pytest

from yicheng_coord import paths
from yicheng_coord.cli import main


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
    for part in ("新增 10", "已移送：2026-0013", "D13", "涉嫌违法案件移交函", "今日工作"):
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
    import shutil

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


def test_the_version_is_said(coord):
    assert coord.ok("--version").out.startswith("coord 0.")
