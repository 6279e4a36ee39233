"""Expressions in texts: `{{ figure("returned") }}` and its kin, in Jinja2's sandbox.

In: Markdown with expressions. Out: Markdown in which each expression is a token (`pieces.py`). An unknown name is a
problem with its line and column and the nearest known name; everything a text needs comes from here, nothing else is
reachable.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from advokit.compose.blocks import BlockError
from advokit.compose.figures import WordingError, Writer, piece
from advokit.compose.pieces import Piece, Pieces, citation_mark, text_piece
from advokit.dates import PartialDate
from advokit.ledger import Observation
from advokit.problems import CheckError, Problem, hint_for
from advokit.yamlfile import YamlFile

#: The forms in which `figure` prints.
FORMS = ("value", "count", "statement", "as_of", "counted_by", "label", "number", "series", "range", "contested")


#: Most characters that one expression may print.
MAX_PRINTED = 20_000


class MarkdownSource(str):
    """Markdown of the campaign's own, which an expression hands on as Markdown."""

    __slots__ = ()


class ExpressionError(Exception):
    """An expression asks for something that is not there."""

    def __init__(self, rule: str, message: str, hint: str, name: str) -> None:
        """Keep the rule, the sentence, the hint and the name that was asked for."""
        super().__init__(rule, message, hint, name)
        self.rule, self.message, self.hint, self.name = rule, message, hint, name


@dataclass(frozen=True)
class Fields:
    """Values that a text may print as `{{ recipient.name }}`; an unknown one is a problem."""

    kind: str
    values: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        """Give a value by its name."""
        values = object.__getattribute__(self, "values")
        if name.startswith("_") or name not in values:
            raise ExpressionError("unknown-field", f"'{self.kind}' has no '{name}'",
                                  hint_for(name, values, "field"), name)
        return values[name]


@dataclass
class Scope:
    """What the expressions of one document can reach, and the pieces that they print."""

    writer: Writer
    blocks: Callable[[str, tuple[str, ...]], str]
    passage: Callable[[str], str | None]
    passages: tuple[str, ...]
    fields: Mapping[str, Any]
    pieces: Pieces = field(default_factory=Pieces)

    def names(self) -> dict[str, Any]:
        """List the names that a text can use."""
        return {"figure": self.figure, "claim": self.claim, "cite": self.cite, "literal": literal, "date": self.date,
                "chart": self.chart, "series": self.series, "how_many": self.how_many, "asks": self.asks,
                "record": self.record, "replies": self.replies, "text": self.text, **self.fields}

    def observation(self, name: str) -> Observation:
        """Find an observation by its own id, or the current one of a figure."""
        ledger = self.writer.ledger
        if name in ledger.figures:
            current = ledger.figures[name].current
            if current is None:
                raise ExpressionError("withheld-figure", f"every observation of '{name}' is withheld or retired",
                                      "Print another figure, or tell of it in words with a claim.", name)
            return current
        if name in ledger.observations:
            return ledger.observations[name][1]
        known = [*ledger.figures, *ledger.observations]
        raise ExpressionError("unknown-figure", f"the ledger has no figure '{name}'",
                              hint_for(name, known, "figure"), name)

    def figure(self, name: str, form: str = "value") -> Piece:
        """Print a figure; see FORMS."""
        if form not in FORMS:
            raise ExpressionError("unknown-form", f"a figure has no form '{form}'", hint_for(form, FORMS, "form"), form)
        if form in {"series", "contested"}:
            return self._block(form, self._figures((name,)))
        item, write = self.observation(name), self.writer
        marks = write.citations(item.evidence)
        if form == "range":
            return self._range(name)
        html = {
            "value": lambda: write.value(item) + marks, "count": lambda: write.count(item) + marks,
            "statement": lambda: write.statement(item), "as_of": lambda: write.as_of(item),
            "counted_by": lambda: write.counter(item),
            "label": lambda: escape(write.label(write.ledger.observations[item.id][0])),
            "number": lambda: write.data(item, write.number(item.number), "number") + marks,
        }[form]()
        return piece(html)

    def _range(self, name: str) -> Piece:
        figure = self.writer.ledger.figures.get(name)
        items = sorted(figure.printable, key=lambda item: item.low or item.number) if figure else []
        if len(items) < 2:
            raise ExpressionError("unknown-figure", f"'{name}' has no two counts between which a range could lie",
                                  "Print its value, or name a figure with several observations.", name)
        low, high = items[0], max(items, key=lambda item: item.high or item.number)
        ends = [self.writer.data(low, self.writer.number(low.low or low.number), "range"),
                self.writer.data(high, self.writer.number(high.number), "range")]
        marks = self.writer.citations((*low.evidence, *high.evidence))
        return piece(self.writer.tongue.say("{low} to {high}", low=ends[0], high=ends[1]) + marks)

    def _figures(self, names: tuple[str, ...]) -> tuple[str, ...]:
        ledger = self.writer.ledger
        for name in names:
            if name not in ledger.figures and name not in ledger.observations:
                self.observation(name)
        return names

    def _block(self, kind: str, items: tuple[str, ...]) -> Piece:
        try:
            return piece(self.blocks(kind, items), block=True)
        except BlockError as error:
            raise ExpressionError(error.rule, error.message, error.hint, items[0] if items else kind) from None

    def claim(self, name: str) -> Piece:
        """Print the sentence of a claim."""
        claims = self.writer.ledger.claims
        if name not in claims:
            raise ExpressionError("unknown-claim", f"the ledger has no claim '{name}'",
                                  hint_for(name, claims, "claim"), name)
        return piece(self.writer.claim(name, claims[name]))

    def cite(self, source: str, via: str | None = None) -> Piece:
        """Cite a source, with the relay in which it was read."""
        for name in (source, via):
            if name is not None and name not in self.writer.ledger.sources:
                raise ExpressionError("unknown-source", f"the ledger has no source '{name}'",
                                      hint_for(name, self.writer.ledger.sources, "source"), name)
        return Piece(citation_mark(source, via), "")

    def date(self, text: str) -> Piece:
        """Print a date in words."""
        try:
            return piece(self.writer.date(PartialDate.parse(text)))
        except ValueError as error:
            raise ExpressionError("invalid-value", str(error), "", text) from None

    def chart(self, name: str) -> Piece:
        """Print the chart of one consistent series."""
        return self._block("chart", self._figures((name,)))

    def series(self, name: str) -> Piece:
        """Print every observation of a figure."""
        return self._block("series", self._figures((name,)))

    def how_many(self, *names: str) -> Piece:
        """Print the table "who counts, how many, as of, what it counts, what it leaves out"."""
        return self._block("how_many", self._figures(names))

    def asks(self) -> Piece:
        """Print the asks of the edition."""
        return self._block("asks", ())

    def record(self) -> Piece:
        """Print what this country's government and parliament have done."""
        return self._block("record", ())

    def replies(self, *names: str) -> Piece:
        """Print the replies on record."""
        return self._block("replies", names)

    def text(self, name: str) -> MarkdownSource:
        """Hand on a passage of the edition, its own expressions evaluated."""
        passage = self.passage(name)
        if passage is None:
            raise ExpressionError("missing-text", f"the edition has no passage '{name}' under 'texts'",
                                  hint_for(name, self.passages, "passage"), name)
        return MarkdownSource(passage)

    def finalize(self, value: Any) -> str:
        """Turn what an expression gave into a token; Markdown of the campaign passes."""
        if isinstance(value, MarkdownSource):
            return str(value)
        if isinstance(value, Piece):
            return self.pieces.token(value)
        if isinstance(value, Undefined):
            return str(value)
        if value is None or callable(value):
            raise ExpressionError("no-value", "this expression gives nothing that could be printed",
                                  "Call a function with its brackets, as in {{ asks() }}.", "")
        if not isinstance(value, str | int | float | Decimal):
            raise ExpressionError("no-value", "this expression gives a list, not something that could be printed",
                                  'Print one thing at a time, as in {{ figure("…") }}.', "")
        text = str(value)
        if len(text) > MAX_PRINTED:
            raise ExpressionError("too-long", f"this expression gives {len(text):,} characters; {MAX_PRINTED:,} is the"
                                  " most that is printed", "Look for a number that multiplies.", "")
        return self.pieces.token(text_piece(text))


def literal(text: str) -> Piece:
    """Mark a number that is no figure: an article of law, a street number."""
    return Piece(f'<span class="literal">{escape(str(text))}</span>', str(text))


def environment(scope: Scope) -> ImmutableSandboxedEnvironment:
    """Make the sandbox in which the expressions of one document run."""
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, finalize=scope.finalize)
    made.globals.clear()
    made.globals.update(scope.names())
    return made


def expand(source: str, path: str, scope: Scope, ledger_file: YamlFile, *, line: int = 0) -> str:
    """Evaluate the expressions of one text; raises CheckError with the place of the mistake.

    `line` is added to line numbers, for passages that stand inside a YAML file.
    """
    try:
        text = environment(scope).from_string(source).render()
    except TemplateSyntaxError as error:
        raise CheckError([Problem(path, error.lineno + line, 1, "error", "template-syntax",
                                  f"the expression cannot be read: {error.message}",
                                  "An expression opens with {{ and closes with }}.")]) from None
    except WordingError as error:
        raise CheckError([ledger_file.problem(error.path, error.rule, error.message, error.hint)]) from None
    except ExpressionError as error:
        at, column = _place(error, source, error.name)
        raise CheckError([Problem(path, at + line, column, "error", error.rule, error.message, error.hint)]) from None
    except (TemplateError, SecurityError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError,
            RecursionError, MemoryError) as error:
        raise CheckError([_unexpected(error, source, path, scope, line)]) from None
    return text


def _unexpected(error: Exception, source: str, path: str, scope: Scope, line: int) -> Problem:
    at, column = _place(error, source, "")
    if isinstance(error, UndefinedError):
        name = next(iter(re.findall(r"'([^']+)' is undefined", str(error))), "")
        at, column = _place(error, source, name)
        message = f"'{name}' is no name that a text can use" if name else f"this expression fails: {error}"
        return Problem(path, at + line, column, "error", "unknown-name", message,
                       hint_for(name, scope.names(), "name") if name else "")
    if isinstance(error, SecurityError):
        return Problem(path, at + line, column, "error", "unsafe-expression",
                       "this expression reaches for something that texts may not use",
                       "Texts print figures, claims and fields; nothing else is open to them.")
    if isinstance(error, TypeError) and "no loader" in str(error):
        return Problem(path, at + line, column, "error", "unsafe-expression",
                       "a text cannot include, import or extend another file",
                       'A passage of the edition prints by {{ text("…") }}; pages are made of templates/.')
    return Problem(path, at + line, column, "error", "bad-expression", f"this expression fails: {_say(error)}",
                   "Look at the names and the quotation marks in it.")


def _say(error: Exception) -> str:
    text = re.sub(r"^Scope\.|advokit\.[\w.]+", "", str(error)).strip() or type(error).__name__
    return re.sub(r"\s+", " ", text)[:200]


def _place(error: BaseException, source: str, name: str) -> tuple[int, int]:
    """Find the line of the source that failed, and the column of the name in it."""
    lines = [frame.lineno or 1 for frame in _frames(error) if frame.filename == "<template>"]
    at = lines[-1] if lines else 1
    rows = source.split("\n")
    column = rows[at - 1].find(name) + 1 if name and at <= len(rows) else 0
    if name and not column:
        found = next(((number, row.find(name) + 1) for number, row in enumerate(rows, 1) if name in row), None)
        at, column = found or (at, 0)
    return at, max(column, 1)


def _frames(error: BaseException) -> Iterator[traceback.FrameSummary]:
    yield from traceback.extract_tb(error.__traceback__)


__all__ = ["CheckError", "ExpressionError", "Fields", "MarkdownSource", "Scope", "environment", "expand"]
