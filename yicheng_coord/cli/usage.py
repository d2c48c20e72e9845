"""Reading the command line: help and usage errors in Chinese, and asking for what is missing."""

import contextlib
import io
import os
import re
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, cast

import typer

from yicheng_coord.cli import desk
from yicheng_coord.cli.contents import CONTENTS
from yicheng_coord.errors import InputError
from yicheng_coord.text import harmless_lines


class UnreadableTextError(InputError):
    """The terminal speaks another encoding than it says, or a file's name was written in one."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"不能识别的文字：“{text}”。", "检查终端的编码；文件名有乱码的，先给文件改名。"
        )


_GLOBAL_VALUES = frozenset({"--db", "--today", "--operator"})
_UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])  # it has no public name
_EXIT_USAGE = InputError.exit_code

_HELP_WORDS = (
    ("Usage: ", "用法："),
    ("<str>", "文字 "),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]..."),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("Commands:", "命令："),
    ("[required]", "[必填]"),
    ("; required]", "；必填]"),
    ("[default: ", "[默认："),
    ("[env var: ", "[环境变量："),
    ("Show this message and exit.", "显示本帮助。"),
    ("Install completion for the current shell.", "为当前命令行安装自动补全。"),
    (
        "Show completion for the current shell, to copy it or customize the installation.",
        "显示自动补全脚本。",
    ),
    ("completion installed in", "自动补全已装入"),
    ("Completion will take effect once you restart the terminal", "重新打开终端后生效。"),
)
_TOLD_IN_ENGLISH = frozenset({"-h", "--help", "--install-completion"})


def soften_streams() -> None:
    """What the console cannot show is replaced, never a crash (a GBK console, an old terminal)."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
        elif stream is None:  # closed by who called us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def drop_stdout() -> None:
    """The reader of our output is gone: nothing more is to be written, not even at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(sentence: str, hint: str = "") -> None:
    """Say on stderr what is wrong, and what to do."""
    with contextlib.suppress(BrokenPipeError):
        sys.stderr.write(f"{harmless_lines(sentence)}\n")
        if hint:
            sys.stderr.write(f"{harmless_lines(hint)}\n")


def first_word(arguments: Sequence[str]) -> str | None:
    """Return the command that was typed, also while the shell asks how to complete it."""
    if _is_completing():
        line = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS") or ""
        arguments = _words(line)[1:]
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in _GLOBAL_VALUES:
            skip = True
        elif not argument.startswith("-"):
            return argument
    return None


def _is_completing() -> bool:
    return bool(os.environ.get("_COORD_COMPLETE"))


def _words(line: str) -> list[str]:
    import shlex  # only a shell that completes needs it

    try:
        return shlex.split(line)
    except ValueError:  # a quote that is still open
        return line.split()


def run(app: typer.Typer, arguments: list[str]) -> int:
    """Run the app; a required value that is missing is asked for on a terminal.

    Raises:
        UnreadableTextError: bytes were typed that are no text.

    """
    for argument in arguments:
        if any("\ud800" <= sign <= "\udfff" for sign in argument):
            raise UnreadableTextError(argument)
    if _is_completing():  # Typer would load Rich, to take markup away that is not there
        sys.modules.setdefault("rich", cast("Any", None))
    if not arguments or _is_completing() or _TOLD_IN_ENGLISH.intersection(arguments):
        return _translated(app, arguments)
    while True:
        desk.typed[:] = arguments
        try:
            return int(app(arguments, prog_name="coord", standalone_mode=False) or 0)
        except _UsageError as error:
            if type(error).__name__ == "MissingParameter" and sys.stdin.isatty():
                arguments = [*arguments, *_asked(error)]
                continue
            return _refused(error, arguments)


def _translated(app: typer.Typer, arguments: list[str]) -> int:
    """Run what speaks English by itself, and say it in Chinese."""
    raw = io.BytesIO()
    status = 0
    with io.TextIOWrapper(raw, "utf-8", errors="surrogatepass", newline="") as stream:
        try:
            with contextlib.redirect_stdout(stream):
                status = int(app(arguments, prog_name="coord", standalone_mode=False) or 0)
        except _UsageError as error:
            if type(error).__name__ != "NoArgsIsHelpError":
                return _refused(error, arguments)
            stream.write(f"{error}\n")
        except SystemExit as end:  # how Typer ends when it has answered a shell
            status = int(end.code or 0)
        stream.flush()
        text = raw.getvalue().decode("utf-8", "surrogatepass")
    sys.stdout.write(_in_chinese(text))
    return status


def _in_chinese(text: str) -> str:
    """Put the words of the help that are not ours into Chinese, however its lines are broken."""
    for english, chinese in _HELP_WORDS:
        text = re.sub(re.escape(english).replace(r"\ ", r"\s+"), chinese, text)
    return text


def _refused(error: Any, arguments: Sequence[str]) -> int:  # noqa: ANN401 – has no public name
    if type(error).__name__ == "NoArgsIsHelpError":
        complain(_in_chinese(str(error)))
        return _EXIT_USAGE
    command = error.ctx.command_path if error.ctx else _command_typed(arguments)
    complain(_worded(error), f"用法：{command} --help")
    return _EXIT_USAGE


def _command_typed(arguments: Sequence[str]) -> str:
    word = first_word(arguments)
    return f"coord {word}" if word in CONTENTS else "coord"


def _worded(error: Any) -> str:  # noqa: ANN401
    """Word a usage error by its kind; its own English only where the kind is not known."""
    parameter = _parameter_name(error)
    match type(error).__name__:
        case "MissingParameter":
            return f"缺少 {parameter}{_meaning(error)}。"
        case "NoSuchOption":
            return f"没有这个选项：{error.option_name}{_near(error.possibilities)}。"
        case "BadOptionUsage" if "does not take" in error.message:
            return f"选项 {error.option_name} 不带值。"
        case "BadOptionUsage":
            return f"选项 {error.option_name} 缺少值。"
        case "BadParameter" if choices := _choices(error):
            return f"{parameter} 只能是：{'、'.join(choices)}。"
        case "BadParameter":
            return f"{parameter} {_bad_value(error)}"
    message: str = error.message
    if message.startswith("No such command"):
        wanted = message.split("'")[1] if "'" in message else ""
        return f"没有这个命令：“{wanted}”{_near(_near_commands(error, wanted))}。"
    if message.startswith("Got unexpected extra argument"):
        return f"多余的参数：{message.rpartition('(')[2].rstrip(').')}。"
    return message


def _meaning(error: Any) -> str:  # noqa: ANN401
    text = getattr(getattr(error, "param", None), "help", None) or ""
    return f"（{text.rstrip('。')}）" if text else ""


def _parameter_name(error: Any) -> str:  # noqa: ANN401
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "参数"
    if parameter.param_type_name == "argument":
        return str(parameter.human_readable_name or parameter.name)
    return "、".join(parameter.opts)


def _choices(error: Any) -> list[str]:  # noqa: ANN401
    parameter = getattr(error, "param", None)
    return [
        str(getattr(one, "value", one))
        for one in getattr(parameter and parameter.type, "choices", ())
    ]


def _bad_value(error: Any) -> str:  # noqa: ANN401
    message: str = error.message
    value = message.partition(" is not")[0].strip("'")
    if "is not a valid int" in message:
        return f"须是整数，不能是“{value}”。"
    if "is not in the range" in message:
        least, most = error.param.type.min, error.param.type.max
        if most is None:
            return f"须不小于 {least}，不能是 {value}。"
        return f"须在 {least} 至 {most} 之间，不能是 {value}。"
    return message


def _near(names: Sequence[str] | None) -> str:
    return f"（相近：{'、'.join(names)}）" if names else ""


def _near_commands(error: Any, wanted: str) -> list[str]:  # noqa: ANN401
    import difflib  # only a refusal needs it

    commands = getattr(getattr(error.ctx, "command", None), "commands", None) or CONTENTS
    return difflib.get_close_matches(wanted, list(commands), n=3, cutoff=0.5)


def _asked(error: Any) -> list[str]:  # noqa: ANN401
    """Ask for a missing value, and return it as it would have been typed."""
    parameter = error.param
    is_argument = parameter.param_type_name == "argument"
    label = getattr(parameter, "help", None) or _parameter_name(error)
    if choices := _choices(error):
        typer.echo(f"可选：{'、'.join(choices)}", err=True)
    if (parameter.metavar or "") == "UNIT":
        typer.echo(f"单位：{'、'.join(_unit_names())}", err=True)
    if getattr(parameter, "is_flag", False):
        yes, no = parameter.opts[0], parameter.secondary_opts[0]
        answers = {"是": yes, "y": yes, "否": no, "n": no}
        return [answers[_answer(f"{label.rstrip('。')}（是/否）", answers)]]
    value = _answer(label.rstrip("。"), choices)
    return [value] if is_argument else [f"{parameter.opts[0]}={value}"]


def _answer(question: str, choices: Collection[str]) -> str:
    """Ask until there is an answer; one of the choices, if there are any."""
    while True:
        value = str(typer.prompt(question, err=True, default="", show_default=False)).strip()
        if value in choices or (value and not choices):
            return value


def _unit_names() -> list[str]:
    from yicheng_coord.cli.options import present_units

    return [unit.name for unit in present_units(str(desk.Desk.current_database()))]
