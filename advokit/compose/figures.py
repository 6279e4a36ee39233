"""Figures and claims in text: an observation → its localised value, its statement, its marks.

In: the ledger and the tongue of an edition. Out: inline HTML whose marks (`data.figure`, `span.counter`, `time`) later
stages read back. A qualifier belongs to its number and is always printed with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from advokit.compose.pieces import Piece, citation_mark, plain
from advokit.dates import PartialDate
from advokit.fields import in_language
from advokit.language import Tongue, spacing
from advokit.ledger import Claim, Evidence, Ledger, Observation

_PLACEHOLDER = re.compile(r"\{(\w*)\}")

_QUALIFIERS = {
    "at_least": "at least {value}", "more_than": "more than {value}", "about": "about {value}",
    "nearly": "nearly {value}", "up_to": "up to {value}", "fewer_than": "fewer than {value}",
}


class WordingError(Exception):
    """The ledger lacks words in this language, or a wording has an unknown placeholder."""

    def __init__(self, rule: str, path: tuple[str | int, ...], message: str, hint: str = "") -> None:
        """Keep what is wrong and the key path in the ledger where."""
        super().__init__(rule, path, message, hint)
        self.rule, self.path, self.message, self.hint = rule, path, message, hint


@dataclass(frozen=True)
class Writer:
    """Writes the figures and claims of one ledger in one tongue."""

    ledger: Ledger
    tongue: Tongue
    today: dt.date
    """The date of the document."""

    def stale(self, item: Observation) -> int:
        """Give the days after which a count is stale, where it is older on the date of the document, else 0."""
        limit = self.ledger.figures[self.ledger.observations[item.id][0]].stale_after
        return limit.days if limit and self.today - item.as_of.last > limit else 0

    def doubt(self, item: Observation) -> str | None:
        """Say in a few words what speaks against a count: disputed, not renewed for long."""
        words = [self.tongue.say("disputed")] if item.status == "disputed" or item.disputes else []
        if days := self.stale(item):
            words.append(self.tongue.say("older than {days} days", days=str(days)))
        return ", ".join(words) or None

    def path(self, observation: Observation) -> tuple[str | int, ...]:
        """Give the key path of an observation in the ledger's file."""
        figure = self.ledger.observations[observation.id][0]
        return ("figures", figure, "observations", self.ledger.figures[figure].observations.index(observation))

    def localized(self, text: dict[str, str], path: tuple[str | int, ...], what: str) -> str:
        """Pick a text in the edition's language; raises WordingError where it is missing."""
        found = in_language(text, self.tongue.language)
        if found is None:
            raise WordingError("missing-text", path, f"{what} has no text in '{self.tongue.language}'",
                               f"Write it under '{self.tongue.language}', as in: {next(iter(text.values()), '')[:60]}")
        return spacing(self.tongue.language, self.tongue.country)(found)

    def number(self, value: Decimal) -> str:
        """Write a bare number."""
        return self.tongue.number(value)

    def value_text(self, item: Observation) -> str:
        """Write the value with its qualifier, or the range."""
        if item.value is None and item.low is not None and item.high is not None:
            return self.tongue.say("{low} to {high}", low=self.number(item.low), high=self.number(item.high))
        text = self.number(item.number)
        return self.tongue.say(_QUALIFIERS[item.qualifier], value=text) if item.qualifier in _QUALIFIERS else text

    def value(self, item: Observation, form: str = "value") -> str:
        """Write the value as the mark that every printed figure has."""
        return self.data(item, self.value_text(item), form)

    def data(self, item: Observation, text: str, form: str) -> str:
        """Mark a text as the printed form of an observation."""
        figure = self.ledger.observations[item.id][0]
        return (f'<data class="figure" value="{item.machine_value}" data-figure="{figure}"'
                f' data-observation="{item.id}" data-form="{form}">{escape(text, quote=False)}</data>')

    def unit(self, item: Observation) -> str:
        """Give the unit in the plural form that the value wants."""
        name = self.ledger.observations[item.id][0]
        forms = self.ledger.figures[name].unit
        found = forms.get(self.tongue.language) or forms.get(self.tongue.language.partition("-")[0])
        if found is None:
            if not forms:
                return ""
            raise WordingError("missing-text", ("figures", name, "unit"),
                               f"the unit of '{name}' has no forms in '{self.tongue.language}'",
                               f"Write '{self.tongue.language}: [singular, plural]'.")
        return self.tongue.plural({str(key): text for key, text in found.items()}, item.number)

    def count(self, item: Observation) -> str:
        """Write the value with its unit."""
        unit = self.unit(item)
        return f"{self.value(item, 'count')} {escape(unit)}".strip()

    def date(self, date: PartialDate, observation: str = "") -> str:
        """Write a date as a typed field."""
        return self._time(date, self.tongue.date(date), observation)

    def as_of(self, item: Observation) -> str:
        """Write "as of" and the date."""
        return self._time(item.as_of, self.tongue.as_of(item.as_of), item.id)

    def _time(self, date: PartialDate, text: str, observation: str) -> str:
        mark = f' data-observation="{observation}"' if observation else ""
        return f'<time datetime="{str(date).rstrip("~")}"{mark}>{escape(text)}</time>'

    def counter(self, item: Observation, *, genitive: bool = False, start: bool = False) -> str:
        """Write who counted, as a typed field; with a capital at the `start` of a cell or line."""
        organization = self.ledger.organizations.get(item.counted_by)
        names = self.ledger.counter_name(item.counted_by)
        path: tuple[str | int, ...] = (*self.path(item), "counted_by")
        if organization:
            path = ("organizations", item.counted_by, "name")
            if genitive and organization.genitive and in_language(organization.genitive, self.tongue.language):
                names = organization.genitive
        text = self.localized(names, path, f"the name of '{item.counted_by}'")
        text = text[:1].upper() + text[1:] if start else text
        return f'<span class="field counter" data-observation="{item.id}">{escape(text)}</span>'

    def citations(self, evidence: tuple[Evidence, ...]) -> str:
        """Write the marks of the citations of some evidence, each source once."""
        return "".join(citation_mark(source, via) for source, via in
                       dict.fromkeys((item.source, item.via) for item in evidence))

    def label(self, figure: str) -> str:
        """Give the label of a figure."""
        label = self.ledger.figures[figure].label
        return self.localized(label, ("figures", figure, "label"), f"the label of '{figure}'")

    def statement(self, item: Observation) -> str:
        """Write the whole attributed sentence, with its citation where the language puts it."""
        wording = item.wording.get(self.tongue.language)
        wording = spacing(self.tongue.language, self.tongue.country)(wording) if wording else None
        path = (*self.path(item), "wording", self.tongue.language)
        if wording is None:
            wording = self.tongue.say("{value} {unit} ({counted_by}, {as_of_phrase})", value="{value}", unit="{unit}",
                                      counted_by="{counted_by}", as_of_phrase="{as_of_phrase}")
        fill: dict[str, Callable[[], str]] = {
            "value": lambda: self.value(item, "statement"), "unit": lambda: escape(self.unit(item)),
            "as_of": lambda: self.date(item.as_of, item.id), "as_of_phrase": lambda: self.as_of(item),
            "counted_by": lambda: self.counter(item), "counted_by_genitive": lambda: self.counter(item, genitive=True),
            "scope": lambda: escape(self.localized(item.scope or {}, path, "the scope")),
        }
        names = set(_PLACEHOLDER.findall(wording))
        if unknown := sorted(names - fill.keys()):
            raise WordingError("unknown-placeholder", path, f"the wording has the unknown placeholder {{{unknown[0]}}}",
                               f"Known: {', '.join('{' + name + '}' for name in fill)}.")
        if loose := re.search(r"[^\s{}]*[{}]\S*", _PLACEHOLDER.sub("", wording)):
            raise WordingError("unknown-placeholder", path, f"a brace makes no placeholder: {loose[0]}",
                               f"Known: {', '.join('{' + name + '}' for name in fill)}.")
        if "value" not in names:
            raise WordingError("unknown-placeholder", path, "the wording does not print the value",
                               "Write {value} where the number stands.")
        html = _PLACEHOLDER.sub(lambda match: fill[match[1]](), escape(wording, quote=False))
        sentence = self.cited(_capital(html), self.citations(item.evidence))
        return f'<span class="statement" data-observation="{item.id}">{sentence}</span>'

    def cited(self, html: str, marks: str) -> str:
        """Put citation marks after a sentence, or before its last mark where the language has it so."""
        if self.tongue.language in {"fr", "pl", "uk", "es", "it", "cs"} and (match := re.search(r"[.…!?]+$", html)):
            return f"{html[:match.start()]}{marks}{match[0]}"
        return html + marks

    def claim(self, name: str, item: Claim, *, cite: bool = True) -> str:
        """Write the sentence of a claim, with its citation."""
        path = ("claims", name, "statement", self.tongue.language)
        text = escape(self.localized(item.statement, path[:3], f"the claim '{name}'"), quote=False)
        for placeholder in _PLACEHOLDER.findall(text):
            if placeholder != "as_of" or item.as_of is None:
                raise WordingError("unknown-placeholder", path, f"the statement has the placeholder {{{placeholder}}}",
                                   "A claim knows {as_of} only, the date of the act, in the form of each country.")
        if item.as_of:
            text = text.replace("{as_of}", self.date(item.as_of))
        marks = self.citations(item.evidence) if cite else ""
        return f'<span class="claim" data-claim="{name}">{self.cited(text, marks)}</span>'


def _capital(html: str) -> str:
    """Begin a sentence with a capital where it begins with a letter."""
    return html[:1].upper() + html[1:] if html[:1].isalpha() else html


def piece(html: str, *, block: bool = False) -> Piece:
    """Make a piece of HTML; its text is what remains without marks."""
    return Piece(html, plain(html), block)
