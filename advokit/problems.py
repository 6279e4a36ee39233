"""What can be wrong, and how a person is told: a place, a rule, one sentence, and how to mend it.

In: nothing. Out: the `Problem` value that every stage returns, and the exceptions that end a command, each with
its exit code. Nothing in advokit prints a traceback for something a person put into a file.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that `check` or a reader found.

    `line` and `column` count from 1; 0 means that the problem concerns the file as a whole.
    """

    path: str
    line: int
    column: int
    severity: Severity
    rule: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Give the form that terminals and editors understand: `path:line:column: error[rule]: message`."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        text = one_line(f"{place}: {self.severity}[{self.rule}]: {self.message}")
        return f"{text}\n    {one_line(self.hint)}" if self.hint else text


def one_line(text: str, longest: int = 600) -> str:
    """Put a text that may hold a stranger's words on one line of bearable length, so that it cannot pose as another."""
    text = re.sub(r"\s*[\n\r\x0b\x0c\x85\u2028\u2029]\s*", " ", text)
    return text if len(text) <= longest else f"{text[:longest]}…"


class AdvokitError(Exception):
    """A command cannot go on; carries every problem found so far, never only the first.

    One argument only, so that it survives pickling between worker processes.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, sorted by place."""
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """List the problems, one to a line."""
        return "\n".join(str(problem) for problem in self.problems)


class CheckError(AdvokitError):
    """Problems were found in texts that could be read (exit code 1)."""

    exit_code = 1


class UsageError(AdvokitError):
    """The command line asks for something that does not exist (exit code 2)."""

    exit_code = 2


class InputError(AdvokitError):
    """An input file cannot be read or is not valid (exit code 3)."""

    exit_code = 3


class OutputError(AdvokitError):
    """Some outputs could not be made; the others were delivered (exit code 4)."""

    exit_code = 4


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the known name most like `name`, or an empty string where none is near."""
    names = list(known)
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if not found:
        folded = {known_name.casefold(): known_name for known_name in names}
        match = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
        found = [folded[match[0]]] if match else []
    return found[0] if found else ""


def hint_for(name: str, known: Iterable[str], kind: str) -> str:
    """Write the hint for an unknown name: the nearest one, or the list of those that exist."""
    names = sorted(known)
    near = nearest(name, names)
    if near:
        return f"Did you mean '{near}'?"
    if not names:
        return f"There is no {kind} yet."
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"Known: {shown}."
