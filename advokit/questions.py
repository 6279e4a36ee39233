"""A person is asked, one question at a time: what a question is, and the way through many of them, back and forth.

In: a function that lists the questions that apply to the answers so far, one that asks, one that says. Out: checked
answers by the question's key. Nothing here knows a terminal, a language or what is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

Answers = dict[str, str]
#: What goes back a question, and what explains it.
BACK, HELP = "<", "?"


@dataclass(frozen=True)
class Wrong:
    """Why an answer cannot stay."""

    message: str
    hint: str = ""


Check = Callable[[str, Answers], Wrong | None]
Offers = Callable[[str, Answers], Sequence[tuple[str, str]]]


def fine(_answer: str, _given: Answers) -> Wrong | None:
    """Accept any answer."""
    return None


@dataclass(frozen=True)
class Question:
    """One question."""

    key: str
    text: str
    help: str
    check: Check = fine
    choices: tuple[str, ...] = ()
    default: Callable[[Answers], str] = lambda _given: ""
    note: Callable[[str, Answers], str] = lambda _answer, _given: ""
    """What a person is told about an answer that stays."""
    offers: Offers = lambda _answer, _given: ()
    """What an answer may mean, each with the words that show it: one is taken, of several one is chosen."""
    many_lines: bool = False
    """Whether the answer may have several lines; an empty one ends it."""


@dataclass
class Dialogue:
    """Questions in their order, with a way back."""

    questions: Callable[[Answers], Iterable[Question]]
    ask: Callable[[Question, str], str]
    say: Callable[[str], None]
    given: Answers = field(default_factory=dict)

    def run(self, only: frozenset[str] = frozenset()) -> None:
        """Ask every question that has no checked answer yet, or those of `only` again."""
        done: list[str] = []
        wanted = set(only)
        while (question := self._next(wanted)) is not None:
            answer = self.ask(question, self.given.get(question.key) or question.default(self.given))
            if answer == BACK:
                if done:
                    wanted.add(done.pop())
                    self.given.pop(question.key, None)
                continue
            if answer == HELP:
                self.say(f"  {question.help}")
                continue
            wrong = question.check(answer, self.given)
            wanted.discard(question.key)
            if wrong:
                self.say(f"  ✗ {wrong.message}")
                if wrong.hint:
                    self.say(f"    {wrong.hint}")
                self.given.pop(question.key, None)
                continue
            self.given[question.key] = answer
            done.append(question.key)
            note = question.note(answer, self.given)
            if note:
                self.say(f"  ✓ {note}")

    def _next(self, wanted: set[str]) -> Question | None:
        return next((item for item in self.questions(self.given)
                     if item.key in wanted or item.key not in self.given
                     or item.check(self.given[item.key], self.given)), None)
