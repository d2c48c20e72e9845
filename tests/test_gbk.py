"""A console of code page 936 shows everything that the program itself says."""

import ast
from pathlib import Path

import pytest

import yicheng_coord
from yicheng_coord.paths import carried

PACKAGE = Path(yicheng_coord.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))


def texts(path):
    tree = ast.parse(path.read_text("utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documented
        ):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_programs_own_sentences_are_gbk(path):
    for line, text in texts(path):
        is_sentence = text.replace("\n", "").isprintable()  # not a set of signs to look for
        if is_sentence and any("\u4e00" <= sign <= "\u9fff" for sign in text):
            try:
                text.replace("\ufffd", "").encode("gbk")  # looked for, never said
            except UnicodeEncodeError as wrong:
                pytest.fail(f"{path.name}:{line}: {wrong}")


@pytest.mark.parametrize(
    "path",
    [*sorted(carried("templates").glob("*.j2")), *sorted((PACKAGE / "policy").glob("*.toml"))],
    ids=lambda path: path.name,
)
def test_templates_and_rules_are_gbk(path):
    path.read_text("utf-8").encode("gbk")
