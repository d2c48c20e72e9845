"""What the shell is told when TAB is pressed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Desk

from yicheng_coord.cli.contents import CONTENTS


def bash(line: str, **settings: str) -> list[str]:
    """Press TAB in bash at the end of a line; return the choices."""
    words = line.split(" ")
    environment = {
        "_COORD_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    return [choice for choice in _answer(environment | settings).splitlines() if choice]


def zsh(line: str, **settings: str) -> str:
    """Press TAB in zsh at the end of a line; return what zsh will evaluate."""
    return _answer({"_COORD_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line} | settings)


def _answer(settings: dict[str, str]) -> str:
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "yicheng_coord"],
        env=os.environ | {"COORD_TODAY": "2026-11-23"} | settings,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert result.stderr == ""
    return result.stdout


@pytest.fixture
def desk(coord: Desk) -> Desk:
    for title in ("堆场占用耕地", "河道采砂"):
        coord.ok("case", "add", "--title", title, "--found-by", "zrj", "--found-on", "11-02")
    return coord


def test_commands() -> None:
    assert bash("coord ") == list(CONTENTS)
    assert bash("coord o") == ["overdue"]
    assert bash("coord case de") == ["determine", "decide"]
    assert '"overdue":"超期事项，最早到期的在前。"' in zsh("coord ")


def test_options() -> None:
    assert "--competent" in bash("coord case add --")
    assert '"--help":"显示本帮助。"' in zsh("coord overdue --")
    assert bash("coord case list --status ac") == ["accepted"]
    assert bash("coord overdue -f ") == ["table", "json", "csv"]


@pytest.mark.parametrize(
    "line",
    [
        "coord overdue --unit z",
        "coord pending --unit z",
        "coord case add --found-by z",
        "coord case add --competent z",
        "coord case determine 1 --competent z",
        "coord case list --unit z",
        "coord case decide 1 --copy-to z",
        "coord case decide 1 --execution-by z",
        "coord transfer send 1 --to z",
        "coord transfer assign 1 --to z",
        "coord transfer list --unit z",
        "coord unit show z",
    ],
)
def test_units(line: str) -> None:
    assert set(bash(line)) >= {"zfj", "zrj", "zjj"}
    assert '"zfj":"区综合行政执法局"' in zsh(line)


def test_units_by_a_part_of_their_name() -> None:
    assert bash("coord overdue --unit 住") == ["住建局"]
    assert bash("coord overdue --unit 区住") == ["区住建局"]


@pytest.mark.parametrize("line", ["coord overdue --rule transfer.f", "coord rules show transfer.f"])
def test_rules(line: str) -> None:
    assert bash(line) == ["transfer.feedback"]
    assert '"transfer.feedback":"反馈移送意见"' in zsh(line)


CASE_LINES = [
    *(f"coord case {word} " for word in ("show", "determine", "inquiry", "material", "close")),
    *(f"coord transfer {word} " for word in ("send", "receive", "accept", "decline", "show")),
    "coord pending --case ",
    "coord letter transfer ",
]


@pytest.mark.parametrize("line", CASE_LINES)
def test_cases(desk: Desk, line: str) -> None:
    assert bash(line) == ["2026-0002", "2026-0001"]
    assert zsh(f"{line}2026-0001").startswith('_arguments \'*: :(("2026-0001":"堆场占用耕地"')
    assert desk.database.exists()


MATTERS = [
    "info log --kind superior --title 某某通知 --from zrj",
    "info log --kind approval --title 某某许可 --from zjj --secrecy commercial",
    "hazard add --title 某某气站 --kind 安全 --to gaj",
    "dispute open --between zfj --between zrj --subject 某某职责",
    "action plan --by zfj --unit zrj --title 某河检查",
]


@pytest.fixture
def matters(coord: Desk) -> Desk:
    for line in MATTERS:
        coord.ok(*line.split())
    return coord


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("coord info show ", ["I2", "I1"]),
        ("coord info share I1", ["I1"]),
        ("coord hazard told ", ["H1"]),
        ("coord dispute settle Q", ["Q1"]),
        ("coord action finish A", ["A1"]),
        ("coord history I", ["I2", "I1"]),
        ("coord correct H", ["H1"]),
        ("coord hazard show Q", []),
    ],
)
def test_matters(matters: Desk, line: str, choices: list[str]) -> None:
    assert bash(line) == choices
    assert matters.database.exists()


def test_a_marked_matter_is_offered_without_its_title(matters: Desk) -> None:
    answer = zsh("coord info show ")
    assert '"I1":"某某通知"' in answer
    assert "某某许可" not in answer
    assert '"I2"' in answer
    assert matters.database.exists()


def test_cases_of_the_database_that_the_line_names(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    desk.ok("--db", str(other), "init")
    assert bash(f"coord --db {other} case show ") == []
    assert bash(f"coord --db={desk.database} case show ", COORD_DB=str(other))
    spaced = tmp_path / "a b.db"
    desk.database.rename(spaced)
    assert '"2026-0001"' in zsh(f"coord --db '{spaced}' case show ")


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\x00garbage"])
def test_a_database_that_cannot_be_used_gives_no_choices(desk: Desk, content: bytes | None) -> None:
    desk.database.unlink()
    if content is not None:
        desk.database.write_bytes(content)
    assert bash("coord case show ") == []


def test_an_open_quote_is_no_mistake(desk: Desk) -> None:
    assert bash("coord case show '2026-0001") == ["2026-0001"]
    assert desk.database.exists()


@pytest.mark.parametrize(
    "title",
    [
        "$(touch pwned)",
        r"\$(touch pwned)",
        "`touch pwned`",
        r"\`touch pwned\`",
        "'; touch pwned; '",
        '"; touch pwned; "',
        "a) ; touch pwned #",
        "[red]x[/] [/]",
        "\x1b[31m\r\n行",
        "!!;:\\",
    ],
)
def test_a_title_is_nothing_that_a_shell_could_obey(coord: Desk, title: str) -> None:
    """Zsh evaluates the answer, and evaluates the choices in it once more."""
    coord.ok("case", "add", "--title", title, "--found-by", "zrj", "--found-on", "11-02")
    answer = zsh("coord case show ")
    said = answer.partition('"2026-0001":"')[2].partition("\"))'")[0]
    assert answer.strip() == f'_arguments \'*: :(("2026-0001":"{said}"))\''
    assert all(sign.isalnum() or sign == " " for sign in said)


def test_the_scripts_are_shown(coord: Desk) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "yicheng_coord", "--show-completion", "bash"],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
        check=True,
    )
    assert "_COORD_COMPLETE=complete_bash" in result.stdout
    assert coord.database.exists()


def test_the_shell_is_set_up_and_told_so_in_chinese(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "yicheng_coord", "--install-completion", "bash"],
        capture_output=True,
        encoding="utf-8",
        env=os.environ
        | {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
        check=True,
    )
    assert "自动补全已装入" in result.stdout
    assert "重新打开终端后生效" in result.stdout
    assert "ompletion" not in result.stdout.replace(".bash_completions", "")
    assert "coord" in (tmp_path / ".bash_completions" / "coord.sh").read_text("utf-8")


def test_leftovers_of_completion_do_not_change_a_command(desk: Desk) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "yicheng_coord", "overdue"],
        capture_output=True,
        encoding="utf-8",
        env=os.environ
        | {"_COORD_COMPLETE": "", "_TYPER_COMPLETE_ARGS": "coord case", "COMP_WORDS": "coord case"},
        check=True,
    )
    assert result.stdout
    assert desk.database.exists()
