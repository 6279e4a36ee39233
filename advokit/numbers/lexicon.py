"""The words with which languages state numbers: number words, scales, qualifiers, units, by language.

In: a language tag. Out: a `Lexicon`. Number words come from num2words (its tables turned round, every case where it
knows cases), separators and month names from CLDR (Babel), the rest from the tables below. A language without
a table of its own still has its CLDR separators, its months and what num2words knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from babel import Locale, UnknownLocaleError
from num2words import CONVERTER_CLASSES, num2words

from advokit.ledger import Qualifier
from advokit.numbers.tables import TABLES, Table

#: A letter or a soft hyphen; in some languages an apostrophe between letters is part of the word.
_LETTER = r"(?:[^\W\d_]|\u00ad)"
APOSTROPHES = "'’ʼ‘`"

Words = tuple[str, ...]
V = TypeVar("V")


@dataclass(frozen=True)
class Lexicon:
    """What one language says numbers with; all words in small letters, one tuple a phrase."""

    language: str
    decimal: str
    group: str
    word: re.Pattern[str]
    small: Mapping[Words, Decimal]
    """Phrases for 0 to 999, and for halves such as "anderthalb"."""
    basic: Mapping[str, str]
    """Inflected forms of number words, each with the form that `small` holds."""
    scales: Mapping[str, Decimal]
    short_scales: Mapping[str, Decimal]
    """Abbreviations that count only after digits: "m", "тис"."""
    bare_scales: frozenset[str]
    """Scales that stand for themselves once: "тисяча" is 1,000, but "million" alone is no number."""
    articles: frozenset[str]
    """Words for one that are mostly articles: "ein", "une", "a" before a scale."""
    ordinals: Mapping[str, tuple[Words, ...]]
    """By their first word."""
    indefinite: frozenset[str]
    approximate: Mapping[str, Decimal]
    """Words that say "about" and a number in one: "centaine"."""
    joiners: frozenset[str]
    """Words inside a number: "and", "et"."""
    half_after: frozenset[Words]
    before: Mapping[Words, tuple[Qualifier, ...]]
    after: Mapping[str, tuple[tuple[Words, tuple[Qualifier, ...]], ...]]
    """By their first word, the longest first."""
    motion: re.Pattern[str] | None
    """The word before "до" or "do" that makes it a direction and no bound."""
    fractions: re.Pattern[str]
    """What makes the number before it a share: "two thirds"."""
    ratio: frozenset[str]
    """What makes the numbers around it a share: "one in five"."""
    topic: re.Pattern[str] | None
    """The word before "about" or "über" that may make it a preposition and no bound: "information about 43 camps"."""
    topical: frozenset[str]
    between: frozenset[str]
    between_and: frozenset[str]
    ranges: frozenset[str]
    change: frozenset[str]
    """Verbs that make "from 43 to 165" a change and no range."""
    months: frozenset[str]
    year_before: frozenset[str]
    year_after: frozenset[str]
    ordinal_suffix: frozenset[str]
    nouns: Mapping[str, re.Pattern[str]]
    """What is counted, by class; each pattern matches a whole word."""
    stops: frozenset[str]
    """Words that end the search for what a number counts."""
    starters: frozenset[str]
    """Every word with which a number can begin; all others are passed over quickly."""
    longest: int
    qualifies: bool
    """Whether the qualifiers of this language are known."""


def split(phrase: str, word: re.Pattern[str]) -> Words:
    """Cut a phrase into its words, in small letters, with one kind of apostrophe."""
    return tuple(fold(found) for found in word.findall(phrase))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Bring a word into the form in which the tables hold it."""
    text = text.replace("\u00ad", "").lower()
    for mark in APOSTROPHES[1:]:
        text = text.replace(mark, "'")
    return text


def base_language(language: str) -> str:
    """Give the first part of a language tag."""
    return language.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """Build the lexicon of a language (kept, because turning a table round takes some milliseconds)."""
    base = base_language(language)
    table = TABLES.get(base, Table())
    inner = rf"{_LETTER}+(?:[{APOSTROPHES}]{_LETTER}+)*" if table.apostrophe_in_words else rf"{_LETTER}+"
    word = re.compile(inner)
    decimal, group, months = _cldr(language, word)
    small = dict(_small(base, table, word))
    before = {split(phrase, word): tuple(kinds) for phrase, kinds in table.before.items()}
    after = sorted(
        ((split(phrase, word), (split(phrase, word), tuple(kinds))) for phrase, kinds in table.after.items()),
        key=lambda item: -len(item[0]),
    )
    scales = {name: Decimal(value) for value, names in table.scales.items() for name in names.split()}
    short = {name: Decimal(value) for value, names in table.short_scales.items() for name in names.split()}
    nouns = {kind: re.compile(rf"(?:{pattern})", re.IGNORECASE) for kind, pattern in table.nouns.items()}
    return Lexicon(
        language=base,
        decimal=decimal,
        group=group,
        word=word,
        small=small,
        basic={form: basic for basic, forms in table.inflected.items() for form in forms.split()},
        scales=scales,
        short_scales=short,
        bare_scales=frozenset(table.bare_scales.split()),
        articles=frozenset(table.articles.split()),
        ordinals=_by_first((phrase, phrase) for phrase in _ordinals(base, word)),
        indefinite=frozenset(table.indefinite.split()),
        approximate={name: Decimal(value) for value, name in table.approximate.items()},
        joiners=frozenset(table.joiners.split()),
        half_after=frozenset(split(phrase, word) for phrase in table.half_after),
        before=before,
        after=_by_first(after),
        motion=re.compile(table.motion) if table.motion else None,
        fractions=re.compile(table.fractions),
        ratio=frozenset(table.ratio.split()),
        topic=re.compile(table.topic) if table.topic else None,
        topical=frozenset(table.topical.split()),
        between=frozenset(table.between.split()),
        between_and=frozenset(table.between_and.split()),
        ranges=frozenset(table.ranges.split()),
        change=frozenset(table.change.split()),
        months=months,
        year_before=frozenset(table.year_before.split()),
        year_after=frozenset(table.year_after.split()),
        ordinal_suffix=frozenset(table.ordinal_suffix.split()),
        nouns=nouns,
        stops=frozenset(table.stops.split()),
        starters=_starters(table, small, _ordinals(base, word)),
        longest=max((len(phrase) for phrase in small), default=1),
        qualifies=bool(before),
    )


def _by_first(items: Iterable[tuple[Words, V]]) -> dict[str, tuple[V, ...]]:
    """Sort phrases into drawers by their first word."""
    drawers: dict[str, tuple[V, ...]] = {}
    for words, value in items:
        drawers[words[0]] = (*drawers.get(words[0], ()), value)
    return drawers


def _starters(table: Table, small: Mapping[Words, Decimal], ordinals: Iterable[Words]) -> frozenset[str]:
    known = {words[0] for words in (*small, *ordinals) if words}
    inflected = {form for basic, forms in table.inflected.items() if basic in known for form in forms.split()}
    scales = {name for names in table.scales.values() for name in names.split()}
    return frozenset(
        known | inflected | scales | {*table.articles.split(), *table.indefinite.split(), *table.bare_scales.split()}
    )


def _cldr(language: str, word: re.Pattern[str]) -> tuple[str, str, frozenset[str]]:
    """Give decimal mark, group mark and the names of the months."""
    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return ".", ",", frozenset()
    symbols = locale.number_symbols.get("latn") or locale.number_symbols.get(locale.default_numbering_system) or {}
    months = {
        fold(part)
        for use in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in locale.months[use][width].values()
        for part in word.findall(name)
        if len(part) > 1
    }
    return str(symbols.get("decimal", ".")), str(symbols.get("group", ",")), frozenset(months)


def _spoken(base: str, numbers: Iterable[int], **options: str) -> Iterator[tuple[str, int]]:
    if base not in CONVERTER_CLASSES:
        return
    for number in numbers:
        try:
            yield str(num2words(number, lang=base, **options)), number
        except (NotImplementedError, OverflowError, TypeError, ValueError, KeyError, IndexError):
            return


def _small(base: str, table: Table, word: re.Pattern[str]) -> Iterator[tuple[Words, Decimal]]:
    """Turn the number words round: every phrase for 0 to 999, in every case and gender that is known."""
    spoken = list(_spoken(base, range(1000)))
    for case in table.cases.split():
        for gender in ("m", "f", "n"):
            spoken += _spoken(base, range(1000), case=case, gender=gender)
    spoken += [(other, number) for phrase, number in spoken for other in _respelled(phrase, table)]
    joiners = set(table.joiners.split())
    for phrase, number in spoken:
        words = split(phrase, word)
        yield words, Decimal(number)
        if words and words[-1] in table.endings:  # "quatre-vingts", but "quatre-vingt mille"
            yield (*words[:-1], table.endings[words[-1]]), Decimal(number)
        if len(words) > 2:
            yield tuple(part for part in words if part not in joiners), Decimal(number)
    for phrase, value in table.extra.items():
        yield split(phrase, word), Decimal(value)


def _respelled(phrase: str, table: Table) -> Iterator[str]:
    """Give the spellings that num2words does not know, such as "fyrtio", which it says as "förtio"."""
    for said, written in table.respelled.items():
        if said in phrase:
            phrase = phrase.replace(said, written)
            yield phrase


def _ordinals(base: str, word: re.Pattern[str]) -> Iterator[Words]:
    for phrase, _ in _spoken(base, range(1, 101), to="ordinal"):
        for spelled in (phrase, *_respelled(phrase, TABLES.get(base, Table()))):
            yield split(spelled, word)
