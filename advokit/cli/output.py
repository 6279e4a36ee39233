"""What the commands print: tables in colour on a terminal, plain text in a pipe, JSON where a program asks for it.

In: values. Out: text on standard output; problems and progress on standard error. Control characters never reach a
terminal, whatever a file held.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from typing import Any, TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from advokit.problems import Problem, one_line


def clean(text: object) -> str:
    """Take control characters out, so that no file can steer the terminal; no-break spaces are no such thing."""
    return "".join(character if character.isprintable() or character in "\n\t\N{SOFT HYPHEN}"
                   or unicodedata.category(character) == "Zs" else "�" for character in str(text))


def printable(*streams: TextIO) -> None:
    """Let streams of a narrow encoding (LANG=C in a pipe) show `?` for what they lack, instead of failing."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper) and not _is_unicode(stream):
            stream.reconfigure(errors="replace")


def _is_unicode(stream: TextIO) -> bool:
    return (getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")


def console(*, stderr: bool = False) -> Console:
    """Make a console for the stream as it is now."""
    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def print_json(data: Any) -> None:
    """Print JSON, readable where the stream knows every letter, else in ASCII with escapes."""
    sys.stdout.write(json.dumps(data, ensure_ascii=not _is_unicode(sys.stdout), indent=1) + "\n")


def problems_json(problems: Iterable[Problem]) -> dict[str, Any]:
    """Give problems as the design's JSON."""
    return {"problems": [asdict(problem) for problem in problems]}


def print_problems(problems: Iterable[Problem], *, stderr: bool = True) -> None:
    """Print problems, each with its hint on the next line."""
    screen = console(stderr=stderr)
    for problem in problems:
        if not screen.is_terminal:
            screen.print(Text(clean(problem)))
            continue
        place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
        message, hint = one_line(problem.message), one_line(problem.hint)
        colour = "red" if problem.severity == "error" else "yellow"
        screen.print(f"[bold]{escape(clean(place))}[/]: [bold {colour}]{problem.severity}[/]"
                     f"[{colour}]\\[{escape(problem.rule)}][/]: {escape(clean(message))}")
        if hint:
            screen.print(f"    [dim]{escape(clean(hint))}[/]")


def summary(problems: Sequence[Problem]) -> str:
    """Count errors and warnings in words."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    return f"{count(errors, 'error')}, {count(warnings, 'warning')}"


def count(number: int, word: str) -> str:
    """Write a number with its noun."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "",
                right: frozenset[str] = frozenset()) -> None:
    """Print a table: drawn on a terminal, tab-separated with a line of headings in a pipe."""
    screen = console()
    if not screen.is_terminal:
        lines = ["\t".join(headings)] + ["\t".join(re.sub(r"[\t\n]", " ", clean(cell)) for cell in row) for row in rows]
        sys.stdout.write("\n".join(lines) + "\n")
        return
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else escape(clean(cell)) for cell in row))
    Console(highlight=False).print(table)


def print_line(text: str = "", *, stderr: bool = False) -> None:
    """Print a line of plain text."""
    console(stderr=stderr).print(Text(clean(text)))


@contextmanager
def progress(quiet: bool) -> Iterator[Progress | None]:
    """Show progress on standard error, where it is a terminal and the command may speak."""
    screen = Console(stderr=True)
    if quiet or not screen.is_terminal:
        yield None
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
                  TimeRemainingColumn(), console=screen, transient=True) as bar:
        yield bar
