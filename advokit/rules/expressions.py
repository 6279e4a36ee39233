"""The expressions of a text as written, before anything is composed: what is printed, in which form, and where.

In: Markdown with Jinja2 expressions. Out: `Call`s in the order of the text, each with line and column. Nothing is
evaluated, so that texts in several languages can be compared and every unknown name of a text is found at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

_ENVIRONMENT = Environment(autoescape=False)  # noqa: S701 - parses only, renders nothing


@dataclass(frozen=True)
class Call:
    """One expression: a function of texts with its names, or a field such as `sender.own_words`."""

    function: str
    arguments: tuple[str, ...]
    line: int
    column: int

    @property
    def name(self) -> str:
        """The first name that it asks for."""
        return self.arguments[0] if self.arguments else ""

    @property
    def form(self) -> str:
        """For a figure: the form, or nothing where none is given."""
        return self.arguments[1] if self.function == "figure" and len(self.arguments) > 1 else ""

    @property
    def key(self) -> tuple[str, ...]:
        """What two languages must have in common; a marked number and a date may be worded as each language does."""
        if self.function in {"literal", "date"}:
            return ()
        return (
            (self.function, self.name, self.form or "value")
            if self.function == "figure"
            else (self.function, *self.arguments)
        )

    def __str__(self) -> str:
        """Write the expression as in a text."""
        if self.function in _FIELDS or "." in self.function:
            return "{{ " + self.function + " }}"
        quoted = ", ".join(f'"{argument}"' for argument in self.arguments)
        return "{{ " + f"{self.function}({quoted})" + " }}"


_FIELDS = frozenset({"ask", "country"})


@lru_cache(maxsize=512)
def calls(source: str) -> tuple[Call, ...]:
    """List the expressions of a text; nothing where they cannot be read, which composing reports."""
    if "{{" not in source and "{%" not in source:
        return ()
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError:
        return ()
    rows = source.split("\n")
    used: dict[tuple[int, str], int] = {}
    return tuple(_placed(node, rows, used) for node in _walk(tree))


def _walk(node: nodes.Node) -> Iterator[nodes.Call | nodes.Getattr | nodes.Name]:
    for child in node.iter_child_nodes():
        if (
            (isinstance(child, nodes.Call) and isinstance(child.node, nodes.Name))
            or (isinstance(child, nodes.Getattr) and isinstance(child.node, nodes.Name))
            or (isinstance(child, nodes.Name) and child.ctx == "load")
        ):
            yield child
        else:
            yield from _walk(child)


def _placed(node: nodes.Call | nodes.Getattr | nodes.Name, rows: list[str], used: dict[tuple[int, str], int]) -> Call:
    arguments: tuple[str, ...] = ()
    if isinstance(node, nodes.Call):
        function = node.node.name if isinstance(node.node, nodes.Name) else ""
        given = [*node.args, *(pair.value for pair in node.kwargs)]
        arguments = tuple(str(item.value) if isinstance(item, nodes.Const) else "…" for item in given)
    elif isinstance(node, nodes.Getattr):
        function = f"{node.node.name}.{node.attr}" if isinstance(node.node, nodes.Name) else node.attr
    else:
        function = node.name
    needle = arguments[0] if arguments and arguments[0] != "…" else function.partition(".")[0]
    row = rows[node.lineno - 1] if node.lineno <= len(rows) else ""
    start = used.get((node.lineno, needle), 0)
    column = max(row.find(needle, start), row.find(needle))
    used[node.lineno, needle] = column + 1 if column >= 0 else start
    return Call(function, arguments, node.lineno, max(column + 1, 1))
