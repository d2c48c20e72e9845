"""The manual says what the program does: its examples run, its commands exist, and all of them."""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from console_examples import run_examples

from yicheng_coord.cli.contents import CONTENTS
from yicheng_coord.paths import carried, policy_folder
from yicheng_coord.policy.coverage import read_claims
from yicheng_coord.policy.pack import load

_ROOT = Path(__file__).parent.parent
MANUAL = _ROOT / "docs" / "manual.zh-CN.md"

# Commands that answer for a part of the Opinion and are still to come, by section of the text.
LATER: dict[str, str] = {}


def _commands() -> Iterator[str]:
    """Yield every command of the command line, as it is typed after `coord`."""
    for name, entry in CONTENTS.items():
        if entry.function:
            yield name
            continue
        group = import_module(f"yicheng_coord.cli.{entry.module}").app
        yield from (f"{name} {command.name}" for command in group.registered_commands)


def test_the_manual_s_examples_print_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_examples(MANUAL, tmp_path, monkeypatch) > 60


def test_every_command_stands_in_the_manual_s_list() -> None:
    listed = re.findall(r"^\| `coord ([a-z -]+)` \|", MANUAL.read_text("utf-8"), re.MULTILINE)
    assert listed == list(dict.fromkeys(listed)), "a command is listed once"
    assert set(listed) == set(_commands())


def test_the_manual_types_no_command_that_does_not_exist() -> None:
    commands = set(_commands())
    typed = re.findall(r"\bcoord ([a-z]+)(?: ([a-z][a-z-]*))?", MANUAL.read_text("utf-8"))
    strange = {
        f"{first} {second}".strip()
        for first, second in typed
        if first not in commands and f"{first} {second}" not in commands and second
    }
    assert strange == {"transfer sned"}  # the one that shows what a slip of the pen gets


def test_the_map_in_the_manual_is_the_one_that_is_shipped() -> None:
    shown = re.search(r"^```toml\n(.*?)^```$", MANUAL.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert shown is not None
    assert shown.group(1) == (carried("examples") / "map-12345.toml").read_text("utf-8")


def test_links_within_the_manual_lead_somewhere() -> None:
    text = MANUAL.read_text("utf-8")
    headings = set(re.findall(r"^## (.+)$", text, re.MULTILINE))
    assert set(re.findall(r"\]\(#(.+?)\)", text)) == headings


def test_every_command_that_answers_for_the_opinion_exists_or_is_to_come() -> None:
    claims = read_claims(load(policy_folder()))
    claiming = {
        claim.by.removeprefix("command:coord ")
        for claim in claims
        if claim.by.startswith("command:")
    }
    commands = set(_commands())
    assert claiming - commands == set(LATER)


def test_the_shipped_roster_is_the_annex_s() -> None:
    annex = "".join((policy_folder() / "opinion.txt").read_text("utf-8").split())
    heading, *roster = (carried("examples") / "roster.csv").read_text("utf-8-sig").splitlines()
    assert heading == "角色,姓名,职务,单位"
    units = load(policy_folder()).units
    for _, name, post, unit in (line.split(",") for line in roster):
        assert name + post in annex
        assert units.find(unit), unit
    assert [line.partition(",")[0] for line in roster] == ["组长", *["成员"] * 17, "办公室主任"]


def test_every_dependency_has_its_reason_and_no_other_is_named() -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    text = (_ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("## A reason for each dependency")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    named = re.findall(r"`([a-z0-9-]+)[^`]*`", "".join(cells))
    assert sorted(named) == sorted(re.split(r"[<>=]", name)[0] for name in wanted)
