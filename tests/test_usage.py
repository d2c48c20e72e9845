"""Help and usage errors: in Chinese, and with the way out."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import typer
from conftest import Desk
from soundness import count

from yicheng_coord.cli import main
from yicheng_coord.cli.contents import CONTENTS

NAMES = re.compile(
    r"(?<![a-z])--?[a-zA-Z-]+|\bcoord\b|COORD_[A-Z]+|Word|Excel|CSV|JSON|TOML|\b[A-Z]\b|[A-Z]{2,}…?|D57"
)
"""What stays English: names of options, variables, placeholders, file formats."""
CASE_ADD = ["case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "2026-11-02"]


def every_command() -> Iterator[tuple[str, ...]]:
    yield ()
    for name, entry in CONTENTS.items():
        yield (name,)
        if not entry.function:
            app = import_module(f"yicheng_coord.cli.{entry.module}").app
            yield from ((name, str(one.name)) for one in app.registered_commands)


COMMANDS = list(every_command())


# --- help -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_help_is_chinese(coord: Desk, words: tuple[str, ...]) -> None:
    text = coord.ok(*words, "--help").out
    assert text.startswith(f"用法：{' '.join(('coord', *words))}")
    assert "选项：" in text
    assert "显示本帮助。" in text
    choices = re.sub(r"<[\w|-]+>|\{[\w|-]+\}|\[默认：[\w-]+\]", "", text)
    names = re.compile("|".join(sorted({*CONTENTS, *_subcommands()}, key=len, reverse=True)))
    left = NAMES.sub("", names.sub("", choices))
    assert re.findall(r"[A-Za-z]{2,}", left.replace("rest|work", "")) == []


def _subcommands() -> set[str]:
    return {words[1] for words in COMMANDS if len(words) > 1}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_and_every_option_has_help(words: tuple[str, ...]) -> None:
    from yicheng_coord.cli import build

    command: Any = typer.main.get_command(build(words))
    for word in words:
        command = command.commands[word]
    assert re.search(r"[\u4e00-\u9fff]", command.help or "")
    for parameter in command.params:
        is_ours = parameter.name not in {"install_completion", "show_completion"}
        assert not is_ours or re.search(r"[\u4e00-\u9fff]", parameter.help), parameter.name


UNDATED = {
    "case edit", "duty restore", "undo", "unit edit",  # mend what was recorded
    "topic decide", "topic carry", "meeting attend",  # on the meeting's own day
    "enforce open", "calendar set",  # the days are the fact
    "import", "export", "backup", "restore", "calendar apply", "number set",  # no fact of a day
}  # fmt: skip


def test_every_command_that_records_a_fact_takes_its_day() -> None:
    from yicheng_coord.cli import build

    undated = set()
    for words in COMMANDS:
        command: Any = typer.main.get_command(build(words))
        for word in words:
            command = command.commands[word]
        options = {name: one for one in command.params for name in one.opts}
        is_recording = "--format" in options and "csv" not in options["--format"].type.choices
        if is_recording and "--on" not in options:
            undated.add(" ".join(words))
    assert undated == UNDATED


def test_the_short_form_and_no_words_at_all_show_the_same_help(coord: Desk) -> None:
    text = coord.ok("--help").out
    assert coord.ok("-h").out == text
    result = subprocess.run(
        [sys.executable, "-m", "yicheng_coord"], capture_output=True, text=True, check=True
    )
    assert result.stdout == text
    for name, entry in CONTENTS.items():
        assert re.search(rf"^  {name} +{re.escape(entry.help)}$", text, re.MULTILINE)


def test_a_group_alone_shows_what_it_has(coord: Desk) -> None:
    told = coord.refused("case", code=2)
    assert told == coord.ok("case", "--help").out


@pytest.mark.parametrize("width", ["40", "60", "80", "140"])
def test_help_is_chinese_at_any_width(
    coord: Desk, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    monkeypatch.setenv("TERMINAL_WIDTH", width)
    for words in COMMANDS:
        text = coord.ok(*words, "--help").out
        assert not re.search(r"Usage|Options|Arguments|Commands|Show|Install|required", text), words


def test_a_value_that_reads_like_the_option_for_help_is_a_value(coord: Desk) -> None:
    coord.ok("case", "add", "--title", "-h", "--found-by", "zrj", "--found-on", "2026-11-02")
    assert coord.json("case", "list", "--search", "-h")[0]["title"] == "-h"


def test_version(coord: Desk) -> None:
    assert re.fullmatch(r"coord \d+\.\d+\.\d+\n", coord.ok("--version").out)


def test_the_module_runs_as_the_script_does() -> None:
    line = [sys.executable, "-m", "yicheng_coord", "--version"]
    assert subprocess.run(line, capture_output=True, check=True).stdout.startswith(b"coord ")


# --- what cannot be read --------------------------------------------------------------------------

MISTAKES = {
    "case add": "缺少 --title（案件名称）。",
    "case add --title": "选项 --title 缺少值。",
    "case add --urgent=yes": "选项 --urgent 不带值。",
    "case add --titel x": "没有这个选项：--titel（相近：--title",
    "case list -x": "没有这个选项：-x。",
    "--dbb x today": "没有这个选项：--dbb（相近：--db）。",
    "cas": "没有这个命令：“cas”（相近：case）。",
    "overdu": "没有这个命令：“overdu”（相近：overdue）。",
    "case ad": "没有这个命令：“ad”（相近：add）。",
    "transfer sned 1": "没有这个命令：“sned”（相近：send",
    "frobnicate": "没有这个命令：“frobnicate”。",
    "case list --status foo": "--status 只能是：registered、sent、received、",
    "case list -f xml": "-f、--format 只能是：table、json、csv。",
    "case add -f csv": "-f、--format 只能是：table、json。",
    "case material 1 --kind 图 --title x": (
        "--kind 只能是：移交函、案源、证据、物品清单、移送书、调查报告、鉴定、其他。"
    ),
    "letter note 1": "KIND 只能是：transfer、receipt、feedback、refer、result、copy、execution、"
    "superior、appraisal、opinion、materials、revocation、assistance、reply、extension、hazard、"
    "hazard-report、dispute、dispute-report、action、police、crime、crime-approval、crime-review、"
    "crime-goods、urge、court、solicit、topics、notice、attendance、minutes、supervise、"
    "chase、circular、brief。",
    "calendar set 11-24 holiday --reason x": "rest|work 只能是：rest、work。",
    "today now": "多余的参数：now。",
    "case show": "缺少 CASE（案件编号",
    "transfer send 1": "缺少 --to（对方单位）。",
    "import": "缺少 FILE…（清单文件，可多个）。",
    "explain": "缺少 D…（时限事项编号",
    "case inquiry 1 --text x": "缺少 --ongoing（违法行为是否正在进行）。",
    "calendar count 2026-11-20 x": "N 须是整数，不能是“x”。",
    "calendar count 2026-11-20 1.5": "N 须是整数，不能是“1.5”。",
    "history --last 0": "--last 须不小于 1，不能是 0。",
    "calendar count 2026-11-20 100000": "N 须在 0 至 99999 之间，不能是 100000。",
    "pending --within -1": "--within 须在 0 至 999 之间，不能是 -1。",
    "pending --within ３x": "--within 须是整数，不能是“３x”。",
    "overdue --unit": "选项 --unit 缺少值。",
    "--db": "选项 --db 缺少值。",
    "--today 2026-02-30 today": "“2026-02-30”没有这一天。",
    "letter": "写明文种和案件",
}


@pytest.mark.parametrize(("line", "sentence"), MISTAKES.items(), ids=MISTAKES.keys())
def test_a_usage_error_is_told_in_chinese(coord: Desk, line: str, sentence: str) -> None:
    before = count(coord.database, "operation")
    result = coord(*line.split())
    assert result.code == 2, result.err
    assert result.out == ""
    assert result.err.startswith(sentence), result.err
    assert "Traceback" not in result.err
    assert not re.search(r"Error|Usage|Missing|Invalid|No such|Got|argument|option", result.err)
    assert count(coord.database, "operation") == before


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("case add", "case add"),
        ("case add --titel x", "case add"),
        ("case ad", "case"),
        ("case add --title", "case"),
        ("overdue --unit", "overdue"),
        ("frobnicate", ""),
        ("--db", ""),
    ],
)
def test_a_usage_error_says_where_help_is(coord: Desk, line: str, command: str) -> None:
    last = coord(*line.split()).err.splitlines()[-1]
    assert last == f"用法：{f'coord {command}'.strip()} --help"
    coord.ok(*command.split(), "--help")


def test_what_was_typed_is_said_harmless(coord: Desk) -> None:
    for line in (["\x1b[31mx"], ["today", "\x1b[2Jx"], ["case", "list", "--\x1b]0;t\x07", "x"]):
        assert "\x1b" not in coord.refused(*line, code=2)
    told = coord.refused("case", "show", "\x1b[31m1\u202e\r\n已办结")
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "\n已办结" not in told


@pytest.mark.parametrize("line", ["overdue --unit", "overdue --rule", "pending --case"])
def test_an_empty_filter_is_not_everything(coord: Desk, line: str) -> None:
    result = coord(*line.split(), "")
    assert result.code in {1, 2}
    assert result.out == ""


def test_options_before_the_command_do_not_hide_it(coord: Desk) -> None:
    database = str(coord.database)
    coord.ok("--db", database, "--operator", "张三", "today")
    coord.ok(f"--db={database}", "--operator=张三", "case", "list")


def test_an_interrupt_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("yicheng_coord.cli.usage.run", interrupted)
    assert main(["today"]) == 130
    assert capsys.readouterr().err == "已中断，没有改动。\n"


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (PermissionError(13, "Permission denied", "甲.csv"), 1, "文件无法读写：甲.csv（没有权限）"),
        (OSError(28, "No space left on device"), 1, "文件无法读写（磁盘已满）"),
        (OSError("odd"), 1, "文件无法读写（odd）"),
        (MemoryError(), 1, "内存不足"),
        (ValueError("bug"), 1, "程序出错：ValueError：bug"),
    ],
    ids=["rights", "room", "odd", "memory", "bug"],
)
def test_what_fails_below_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    code: int,
    sentence: str,
) -> None:
    def fails(*_: object) -> int:
        raise error

    monkeypatch.setattr("yicheng_coord.cli.usage.run", fails)
    assert main(["today"]) == code
    told = capsys.readouterr().err
    assert told.startswith(sentence)
    assert "Traceback" not in told
    monkeypatch.setenv("COORD_DEBUG", "1")
    with pytest.raises(type(error)):
        main(["today"])


# --- asked for on a terminal ----------------------------------------------------------------------


def test_missing_values_are_asked_for_on_a_terminal(coord: Desk) -> None:
    from pseudo_terminal import Terminal

    terminal = Terminal("case", "add")
    terminal.wait_for("案件名称:")
    terminal.type("")
    terminal.type("--堆场占用耕地")
    terminal.wait_for("单位：")
    assert "区综合行政执法局" in terminal.text
    terminal.wait_for("发现单位:")
    terminal.type("区自然资源局")
    terminal.wait_for("发现日期:")
    terminal.type("11-02")
    assert terminal.finish() == 0, terminal.text
    assert "已登记：2026-0001 --堆场占用耕地" in terminal.text
    assert coord.json("case", "show", "1")["found_on"] == "2026-11-02"


def test_choices_are_shown_and_asked_for_until_one_is_taken(coord: Desk) -> None:
    from pseudo_terminal import Terminal

    coord.ok(*CASE_ADD)
    terminal = Terminal("case", "material")
    terminal.wait_for("案件编号")
    terminal.type("1")
    terminal.wait_for("可选：移交函、案源、证据、物品清单、移送书、调查报告、鉴定、其他")
    asked = terminal.wait_for("类别，二（三）:")
    terminal.type("图")
    terminal.wait_for("类别，二（三）:", asked)
    terminal.type("证据")
    terminal.wait_for("材料名称:")
    terminal.type("照片")
    assert terminal.finish() == 0, terminal.text
    assert coord.json("case", "show", "1")["materials"][0]["kind"] == "证据"


def test_a_yes_or_no_is_asked_for_and_never_assumed(coord: Desk) -> None:
    from pseudo_terminal import Terminal

    coord.ok(*CASE_ADD)
    terminal = Terminal("case", "inquiry", "1", "--text", "现场")
    asked = terminal.wait_for("（是/否）:")
    terminal.type("")
    terminal.wait_for("（是/否）:", asked)
    terminal.type("否")
    assert terminal.finish() == 0, terminal.text
    assert coord.json("case", "show", "1")["inquiries"][0]["ongoing"] is False


@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_who_breaks_off_a_question_has_recorded_nothing(coord: Desk, key: bytes) -> None:
    from pseudo_terminal import Terminal

    terminal = Terminal("case", "add")
    terminal.wait_for("案件名称:")
    terminal.press(key)
    assert terminal.finish() == 130
    assert "已中断，没有改动。" in terminal.text
    assert "Traceback" not in terminal.text
    assert "Aborted" not in terminal.text
    assert count(coord.database, "operation") == 0


def test_nothing_is_asked_where_nobody_can_answer(coord: Desk) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "yicheng_coord", "case", "add"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=os.environ,
        timeout=30,
        check=False,
    )
    assert result.returncode == 2
    assert result.stderr.startswith("缺少 --title")
    assert coord.database.exists()
