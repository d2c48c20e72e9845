"""Where templates run. They come from an office's own folder and are not trusted.

They may print facts, choose (`if`), repeat (`for`) and define macros. There are no globals and
no methods; every expression that is put out is marked as data; time and size are budgeted, by
counting what a template does, since a wall clock would make a letter depend on the machine.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import Context, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from yicheng_coord.papers.budget import OUTPUT_LIMIT, TooMuchError, budget, charge, joined
from yicheng_coord.papers.facts import Group, label
from yicheng_coord.papers.filters import FILTERS, Ordinal
from yicheng_coord.papers.marks import as_data, gap, plain_gaps
from yicheng_coord.papers.word_runs import xml_text
from yicheng_coord.text import harmless

_ROUND = 20  # what a round costs that writes nothing
SOURCE_LIMIT = 200_000  # characters of a template
_NUMBER_LIMIT = 10**15


class Missing(Undefined):
    """A fact that is not there: false, empty, and printed as its placeholder."""

    __slots__ = ()

    @property
    def path(self) -> str:
        """`decision.number`; 内容 for what has no name."""
        name = "" if self._undefined_name is None else str(self._undefined_name)
        group = self._undefined_obj
        return group.path_of(name) if isinstance(group, Group) else name

    def __str__(self) -> str:
        self._refuse_forbidden()
        return gap(label(self.path) or "内容")

    def __getattr__(self, name: str) -> "Missing":
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: object) -> "Missing":  # type: ignore[override]
        self._refuse_forbidden()
        parent = Group(self.path)
        return Missing(obj=parent, name=str(name))

    def __bool__(self) -> bool:
        self._refuse_forbidden()
        return False

    def _refuse_forbidden(self) -> None:
        """Raise where a forbidden attribute arrives here: it is no missing fact."""
        if self._undefined_exception is not UndefinedError:
            self._fail_with_undefined_error()


class _Sandbox(ImmutableSandboxedEnvironment):
    """See the module; each method closes one way out."""

    intercepted_binops = frozenset({"+", "-", "*", "**", "%", "/", "//"})

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Arithmetic is for numbers, and for `+` of texts; never a repeated text."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return joined([left, right])
        if operator == "**" or not (isinstance(left, int) and isinstance(right, int)):
            raise SecurityError(f"模板里不能这样用运算符 {operator}")
        result = super().call_binop(context, operator, left, right)
        if abs(result) > _NUMBER_LIMIT:
            raise SecurityError("数字过大")
        return result

    def call(self, context: Context, called: object, /, *args: object, **kwargs: object) -> object:
        """Macros may be called; no method, no function."""
        if not isinstance(called, Macro):
            raise SecurityError("模板里只能调用自己的宏")
        return super().call(context, called, *args, **kwargs)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        budgeted: nodes.Template = _Budgeting().visit(tree)
        return budgeted


_Repeated = nodes.Template | nodes.For | nodes.Macro | nodes.CallBlock


class _Budgeting(NodeTransformer):
    """Rewrites a template so that its joins and its rounds are counted."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """Make `[a, b]|_joined` of `a ~ b`."""
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes), "_joined", node)

    def _counted(self, node: _Repeated) -> nodes.Node:
        """Each round, call or inclusion costs what its body writes."""
        cost = _ROUND + sum(len(text.data) for text in node.find_all(nodes.TemplateData))
        self.generic_visit(node)
        tick = _filtered(nodes.Const(cost), "_tick", node)
        node.body.insert(0, nodes.ExprStmt(tick, lineno=node.lineno))
        return node

    visit_Template = visit_For = visit_Macro = visit_CallBlock = _counted  # noqa: N815


def _filtered(value: nodes.Expr, name: str, place: nodes.Node) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=place.lineno)


class _Loader(FileSystemLoader):
    """Reads templates; one that could carry marks of its own, or is huge, is refused."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        plain = source.removeprefix("\ufeff").replace("\r\n", "\n")
        if len(plain) > SOURCE_LIMIT:
            raise TemplateSyntaxError("模板过长", 1, template, path)
        for number, line in enumerate(plain.split("\n"), 1):
            unseen = set(line) - {"\t"} - set(harmless(line))
            if unseen:
                shown = "、".join(sorted(map(harmless, unseen)))
                raise TemplateSyntaxError(f"有看不见的字符（{shown}）", number, template, path)
        return plain, path, is_current


@lru_cache(maxsize=16)
def environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """Return the sandbox that reads templates of these folders; a changed file is read again."""
    made = _Sandbox(
        loader=_Loader([str(folder) for folder in folders]),
        undefined=Missing,
        finalize=_put_out,
    )
    made.globals.clear()
    made.filters = {**FILTERS, "_joined": _concatenated, "_tick": _tick}
    return made


@lru_cache(maxsize=1)
def letterhead_environment() -> ImmutableSandboxedEnvironment:
    """Return the sandbox for an office's Word file: the same, every value escaped for XML."""
    made = _Sandbox(undefined=Missing, finalize=_put_into_xml, autoescape=True)
    made.globals.clear()
    made.filters = {**FILTERS, "_joined": _concatenated, "_tick": _tick}
    return made


def run(folders: Sequence[Path], name: str, facts: Group) -> str:
    """Render a template to marked text.

    Raises:
        SecurityError: it did what it may not, or too much.
        Exception: whatever else a template can do wrong; the caller words it.

    """
    with budget():
        return _collected(environment(tuple(folders)).get_template(name).generate(facts))


def _collected(parts: Iterable[str]) -> str:
    kept, size = [], 0
    for part in parts:
        size += len(part)
        if size > OUTPUT_LIMIT:
            raise TooMuchError
        kept.append(part)
    return "".join(kept)


def _put_out(value: object) -> str:
    """Mark what an expression puts out as data (Jinja's `finalize`)."""
    if value is None:
        return as_data(gap("内容"))
    if isinstance(value, Ordinal):
        return str(value)
    text = ("是" if value else "否") if isinstance(value, bool) else str(value)
    charge(len(text))
    return as_data(text)


def _put_into_xml(value: object) -> object:
    """Show a value in a Word file: paragraphs of ours as they are, all else as text."""
    if isinstance(value, Markup):
        charge(len(value))
        return value
    text = plain_gaps("" if value is None else str(value))
    charge(len(text))
    return Markup(xml_text(text).replace("_", "&#95;"))  # noqa: S704 - escaped


def _concatenated(values: list[object]) -> str:
    return joined([str(value) for value in values])


@pass_context
def _tick(_context: Context, cost: int) -> str:
    charge(cost)
    return ""
