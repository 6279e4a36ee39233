"""Finds a quote in a copy, exactly, and compares what an observation says with what its quote states.

In: the words of an evidence (W3C TextQuoteSelector: exact, prefix, suffix) and the text of a copy. Out: a `Match`, or
a list of `Difference`s. Before comparing, spaces, quotation marks, dashes, hyphens and soft hyphens are written one
way, and nothing else: never case, a digit, a sign, a decimal mark or a unit. No fuzzy match ever passes; a quote that
begins or ends inside a number, a range, a scale ("1.6" of "1.6 million") or a word is not found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from advokit.ledger import Observation, Qualifier
from advokit.numbers import Lexicon, StatedNumber, base_language, guess_language, lexicon, noun_class, read_numbers

Status = Literal["found", "not-found", "ambiguous", "no-copy"]

#: The most that an ellipsis may leave out, in characters: about a page. Beyond it, two passages would be spliced.
MAX_GAP = 3000
#: How far around a match the copy is read for numbers that the quote cuts.
_AROUND = 70
_MOST_PLACES = 200

_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u180e"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\ufe58\ufe63\uff0d\u05be\u30a0"
_QUOTES = '"“”„‟«»‹›‘’‚‛ʼʻ`´＂＇「」『』〝〞〟'
_SAME: dict[int, str | None] = {
    **{ord(sign): None for sign in _INVISIBLE},
    **{ord(sign): "-" for sign in _HYPHENS},
    **{ord(sign): "'" for sign in _QUOTES},
}
_SIGN = re.compile(r"(?<![^\s(\['])[-\u2212](?=[.,]?\d)")
_SPACE = re.compile(r"\s+")
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|…|\.{3,})\s*")
_LAST, _FIRST = re.compile(r"[^\w]+$"), re.compile(r"^[^\w]+")
_CURRENCY = "$€£₴¥₽"


def normalise(text: str) -> str:
    """Write spaces, quotation marks, dashes, hyphens and soft hyphens one way, and nothing else."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = _SPACE.sub(" ", text.translate(_SAME)).strip()
    return _SIGN.sub("\u2212", text)


@dataclass(frozen=True)
class CopyText:
    """The text of one copy, normalised, with the language in which its numbers are read."""

    text: str
    language: str

    @classmethod
    def of(cls, text: str, language: str | None = None) -> CopyText:
        """Normalise a copy; its language is guessed where the ledger does not name it."""
        plain = normalise(text)
        return cls(plain, language or guess_language(plain))


@dataclass(frozen=True)
class Match:
    """Whether and where the words of a quote stand in a copy; spans are places in `CopyText.text`."""

    status: Status
    spans: tuple[tuple[int, int], ...] = ()
    message: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Difference:
    """One thing that an observation says and its quote does not."""

    field: str
    message: str
    hint: str = ""


def find(quote: str, copy: CopyText, prefix: str | None = None, suffix: str | None = None) -> Match:
    """Find a quote in a copy; `prefix` and `suffix` decide between occurrences."""
    whole = normalise(quote)
    parts = [part for part in (part.strip() for part in _ELLIPSIS.split(whole)) if part]
    places = list(_places(whole, copy)) if whole else []
    if not places and parts and parts != [whole]:
        places = list(_ordered(parts, copy))
    if not places:
        return _nowhere(parts, copy)
    # words decide: whether "According to Ukraine" was noted with its comma does not matter
    ahead = _LAST.sub("", normalise(prefix)) if prefix else ""
    behind = _FIRST.sub("", normalise(suffix)) if suffix else ""
    fitting = [
        (start, end)
        for start, end in places
        if (not ahead or _LAST.sub("", copy.text[max(0, start - len(ahead) - 40) : start]).endswith(ahead))
        and (not behind or _FIRST.sub("", copy.text[end : end + len(behind) + 40]).startswith(behind))
    ]
    if not fitting:
        return Match(
            "not-found",
            message="the words of the quote stand in the copy, but not between this 'prefix' and 'suffix'",
            hint="Take the words right before and right after the quote from the copy.",
        )
    if len(fitting) > 1:
        return Match(
            "ambiguous",
            tuple(fitting),
            f"the quote stands {len(fitting)} times in the copy",
            "Add 'prefix' (the words right before) or 'suffix' (the words right after), or quote more words.",
        )
    return Match("found", tuple(fitting))


def _nowhere(parts: list[str], copy: CopyText) -> Match:
    if not parts:
        return Match("not-found", message="the quote has no words", hint="Quote the exact words of the source.")
    if all(part in copy.text for part in parts):
        reason = next((cut for part in parts for cut in _cuts(part, copy)), "")
        if reason:
            return Match(
                "not-found",
                message=f"the quote cuts {reason} of the copy in two",
                hint="Quote the whole number with its sign, scale and unit, and whole words.",
            )
        return Match(
            "not-found",
            message="the parts of the quote do not follow one another in this order in the copy",
            hint=f"'…' keeps the order and leaves out {MAX_GAP:,} characters at most.",
        )
    return Match(
        "not-found",
        message="these words do not stand in the copy",
        hint="Take them from the copy letter by letter; figures, signs and bounds count, spaces do not.",
    )


def _raw(part: str, text: str) -> Iterator[int]:
    start = text.find(part)
    for _ in range(_MOST_PLACES):
        if start < 0:
            return
        yield start
        start = text.find(part, start + 1)


def _cuts(part: str, copy: CopyText) -> Iterator[str]:
    for start in _raw(part, copy.text):
        reason = cut(copy, start, start + len(part))
        if not reason:
            return
        yield reason


def _places(part: str, copy: CopyText) -> Iterator[tuple[int, int]]:
    """Find a stretch of words without ellipsis."""
    for start in _raw(part, copy.text):
        end = start + len(part)
        if not cut(copy, start, end):
            yield start, end


def _ordered(parts: list[str], copy: CopyText) -> Iterator[tuple[int, int]]:
    """Find the parts around ellipses, each after the one before; of two that end alike, the shorter counts."""
    found = [list(_places(part, copy)) for part in parts]
    ends: dict[int, int] = {}
    for start, end in found[0]:
        here = end
        for places in found[1:]:
            following = next((place for place in places if here <= place[0] <= here + MAX_GAP), None)
            if following is None:
                break
            here = following[1]
        else:
            ends[here] = max(start, ends.get(here, start))
    yield from ((start, end) for end, start in sorted(ends.items()))


def cut(copy: CopyText, start: int, end: int) -> str:
    """Say what a span cuts in two ("a number", "a word", …); nothing where its ends stand free."""
    text = copy.text
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    if re.match(r"[.,]?\d", text[start : start + 2]):
        reason = _cut_before(before, text[start:end])
        if reason:
            return reason
    if text[end - 1].isdigit():
        reason = _cut_after(text[max(0, end - 24) : end], after)
        if reason:
            return reason
    if _inside_word(before[-1:], text[start]) or _inside_word(text[end - 1], after[:1]):
        return "a word"
    if text[start].isalpha() and re.search(r"(?:^|[\s'(])(?:non|anti|un|не|nie|nicht)-$", before, re.IGNORECASE):
        return "a word"
    if base_language(copy.language) == "uk" and (
        _joined(before, text[start : start + 1]) or _joined(text[max(0, end - 2) : end], after[:1])
    ):
        return "a word"
    return _cut_stated(copy, start, end)


def _joined(before: str, after: str) -> bool:
    """Tell whether an apostrophe holds two letters together, as in "п'ять"."""
    return bool(re.search(r"[^\W\d_]'$", before)) and after.isalpha()


def _cut_before(before: str, quote: str) -> str:
    """Say what the digits at the beginning of a quote are cut from."""
    if re.search(r"\d[.,'·٫٬:/]?$|(?:^|[\s('])[.,]$", before):
        return "a number"
    if re.search(r"(?<![\d.,])\d{1,3}(?: \d{3})* $", before) and re.match(r"\d{3}(?!\d)", quote):
        return "a number"
    if re.search(r"\d ?-$", before):
        return "a range"
    if re.search(r"(?:[\u2212+±~≈∼<>≤≥⩽⩾]|(?:^|[\s(])-) ?$", before):
        return "a sign"
    return "an amount of money" if re.search(rf"[{re.escape(_CURRENCY)}] ?$", before) else ""


def _cut_after(quote: str, after: str) -> str:
    """Say what the digits at the end of a quote are cut from."""
    if re.match(r"\d|[.,'·٫٬:/]\d", after):
        return "a number"
    if re.match(r" \d{3}(?!\d)", after) and re.search(r"(?<![\d.,])\d{1,3}(?: \d{3})*$", quote):
        return "a number"
    if re.match(r"-\d", after):
        return "a range"
    return "a unit" if re.match(r" ?[%‰]|[+°]| ?[€₴](?!\d)|[$£](?!\d)", after) else ""


def _inside_word(one: str, two: str) -> bool:
    if not (one and two) or not (one.isalnum() and (two.isalnum() or unicodedata.category(two)[0] == "M")):
        return False
    return not (_continuous(one) or _continuous(two))


@lru_cache(maxsize=4096)
def _continuous(letter: str) -> bool:
    """Tell whether a letter belongs to a script that sets no spaces between words."""
    return unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"))


def _cut_stated(copy: CopyText, start: int, end: int) -> str:
    """Read the numbers around both ends, in digits and words, and say whether one of them is cut."""
    stretches = [(start, end)] if end - start < 3 * _AROUND else [(start, start), (end, end)]
    for stretch in stretches:
        for number, low, high in _numbers_around(copy, *stretch):
            if (low < start < high or low < end < high) and number.form not in {"date", "code"}:
                return "a range" if number.low is not None else "a number"
    return ""


def _numbers_around(copy: CopyText, start: int, end: int) -> Iterator[tuple[StatedNumber, int, int]]:
    """Read the numbers of a stretch of the copy, with their places in it."""
    first, last = max(0, start - _AROUND), min(len(copy.text), end + _AROUND)
    if first:  # do not begin or end inside a word
        first = copy.text.find(" ", first, start) + 1 or start
    if last < len(copy.text):
        space = copy.text.rfind(" ", end, last)
        last = space if space > 0 else last
    for number in read(copy.text[first:last], copy.language):
        yield number, number.start + first, number.end + first


@lru_cache(maxsize=1024)
def read(text: str, language: str) -> tuple[StatedNumber, ...]:
    """Read the numbers of a short text; kept, because several rules ask for the same ones."""
    return read_numbers(text, language)


# What the quote states ---------------------------------------------------------------------------------------------

_NAMES: dict[Qualifier, str] = {
    "exact": "an exact number",
    "at_least": "at least",
    "more_than": "more than",
    "about": "about",
    "nearly": "nearly",
    "up_to": "up to",
    "fewer_than": "fewer than",
}
_COUNTS = frozenset({"digits", "words", "article"})
#: Classes that one count may name either way: who votes is counted by votes.
_ALIKE = (frozenset({"vote", "voter"}), frozenset({"vote", "state"}), frozenset({"person", "voter"}))
#: Nouns that name how a thing was written down; "19,546 cases of deported children" may still count children.
_CARRIERS = frozenset({"case"})
#: Classes that no count of something unknown to the tables can be.
_MEASURES = frozenset({"percent", "money", "length", "time"})


def quote_language(declared: str | None, quote: str, copy: CopyText | None = None) -> str:
    """Give the language in which the numbers of a quote are read."""
    if not declared:
        return copy.language if copy else guess_language(normalise(quote))
    cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in quote)
    latin = any(letter.isalpha() and letter < "\u0250" for letter in quote)
    expects = declared.partition("-")[0] in {"uk", "ru", "bg", "be", "sr", "mk"}
    wrong_script = (expects and latin and not cyrillic) or (not expects and cyrillic and not latin)
    return guess_language(normalise(quote)) if wrong_script else declared


def differences(
    quote: str,
    language: str,
    observation: Observation,
    units: Mapping[str, Mapping[Any, str]],
    *,
    confirmed: bool = False,
) -> list[Difference]:
    """Compare value, bound, unit and qualifier of an observation with what its quote states.

    `units` are the figure's plural forms per language. `confirmed` says that another quote of the same observation
    states all of it, so that here "1,205 cases" is enough. A derived observation states its own value.
    """
    if observation.method == "derived":
        return []
    text = normalise(quote)
    words = lexicon(language)
    own = _Unit.of(units, words, carriers=confirmed)
    stated_numbers = read(text, language)
    numbers = [
        number
        for number in stated_numbers
        if number.form in _COUNTS or (number.form == "ordinal" and own.named(text, number, words))
    ]  # "the 41st country to join"
    wanted = [number for number in numbers if _same(number, observation)]
    if not wanted and not (own.words | own.kinds) - {"time"}:  # a figure that counts nothing may be a year
        wanted = [
            number
            for number in stated_numbers
            if number.form == "date" and len(number.text) == 4 and _same(number, observation)
        ]
    if not wanted:
        return [_no_value(numbers, observation)]
    counted = [(number, own.clash(text, number, words)) for number in wanted]
    fitting = [number for number, clash in counted if not clash]
    if not fitting:
        return [
            Difference(
                "unit",
                f"the quote states {wanted[0].text} of something else than the unit of the figure",
                "Quote the words that count this unit, or give the figure the unit that the source counts.",
            )
        ]
    if not words.qualifies or any(observation.qualifier in number.accepts for number in fitting):
        return []
    stated = fitting[0].qualifier
    return [
        Difference(
            "qualifier",
            f"the quote states {_NAMES[stated]}{'' if stated == 'exact' else ' ' + fitting[0].text}"
            f" and the observation says '{observation.qualifier}'",
            f"Write 'qualifier: {stated}', or quote the words that state the bound.",
        )
    ]


def left_out(copy: CopyText, span: tuple[int, int], observation: Observation) -> Qualifier | None:
    """Give the bound that stands in the copy right beside the quote and that the quote leaves out."""
    for number, low, high in _numbers_around(copy, *span):
        outer_low, outer_high = low - (number.start - number.outer[0]), high + (number.outer[1] - number.end)
        outside = outer_low < span[0] or outer_high > span[1]
        inside = span[0] <= low and high <= span[1] and number.form in _COUNTS and _same(number, observation)
        bound = "exact" not in number.accepts
        if inside and outside and bound and observation.qualifier not in _within(copy, span, observation):
            return number.qualifier
    return None


def _within(copy: CopyText, span: tuple[int, int], observation: Observation) -> set[Qualifier]:
    """Give the bounds that the quote states itself."""
    return {
        kind
        for number in read_numbers(copy.text[span[0] : span[1]], copy.language)
        if _same(number, observation)
        for kind in number.accepts
        if kind != "exact"
    }


def _same(number: StatedNumber, observation: Observation) -> bool:
    if observation.value is not None:
        return number.value is not None and number.value == observation.value
    return number.low is not None and (number.low, number.high) == (observation.low, observation.high)


def _no_value(numbers: Iterable[StatedNumber], observation: Observation) -> Difference:
    value = observation.value if observation.value is not None else f"{observation.low} to {observation.high}"
    found = list(dict.fromkeys(f"'{number.text}'" for number in numbers))
    ranged = [number for number in numbers if number.low is not None and observation.value in {number.low, number.high}]
    if ranged and isinstance(value, Decimal):
        return Difference(
            "value",
            f"the quote states the range '{ranged[0].text}', not {value}",
            f"Give 'low: {ranged[0].low}' and 'high: {ranged[0].high}' instead of 'value'.",
        )
    stated = f"it states {', '.join(found[:4])}" if found else "it states no number"
    return Difference(
        "value", f"the quote does not state {value}; {stated}", "Mend the value, or quote the words that state it."
    )


@dataclass(frozen=True)
class _Unit:
    """The unit of a figure: its own words in the language of the quote, and the class of what it counts."""

    words: frozenset[str]
    kinds: frozenset[str]

    @classmethod
    def of(cls, units: Mapping[str, Mapping[Any, str]], words: Lexicon, *, carriers: bool = False) -> _Unit:
        """Read the unit out of its plural forms."""
        own: set[str] = set()
        kinds: set[str] = set()
        for language, forms in units.items():
            tongue = words if language == "und" else lexicon(language)
            for form in forms.values():
                parts = [part.lower() for part in tongue.word.findall(normalise(form))]
                kinds |= {kind for part in parts[-3:] if (kind := noun_class(part, tongue))}
                kinds |= {"percent"} if "%" in form else set()
                kinds |= {"money"} if any(sign in form for sign in _CURRENCY) else set()
                if tongue.language == words.language and parts:
                    own |= {parts[-1], parts[0]}
        grown = kinds | ({"child"} if "person" in kinds else set())  # a child is a person, and not the other way round
        for pair in _ALIKE:
            grown |= pair if pair & kinds else frozenset()
        return cls(frozenset(own), frozenset(grown) | (_CARRIERS if carriers and kinds else frozenset()))

    def named(self, text: str, number: StatedNumber, words: Lexicon) -> bool:
        """Tell whether the unit follows the number at once."""
        first = next(_following(text, number.end, words), "")
        return bool(first) and (first in self.words or noun_class(first, words) in self.kinds)

    def clash(self, text: str, number: StatedNumber, words: Lexicon) -> bool:
        """Tell whether the quote says that the number counts something else."""
        if not (self.words or self.kinds):
            return False
        sign = {"%": "percent", "‰": "percent"}.get(number.unit) or (
            "money" if number.unit and number.unit in _CURRENCY else ""
        )
        if sign:
            return sign not in self.kinds
        first = ""
        for word in _following(text, number.end, words):
            if word in self.words:
                return False
            kind = noun_class(word, words)
            if kind in self.kinds:
                return False
            if kind and not first:
                first = kind
                if kind not in _CARRIERS:
                    break
        if first in {"person", "voter", "state"} and "act" in self.kinds:
            # "warrants of arrest for two individuals"
            return not any(noun_class(word, words) == "act" for word in words.word.findall(text))
        return bool(first) and (bool(self.kinds) or first in _MEASURES)


def _following(text: str, end: int, words: Lexicon) -> Iterator[str]:
    """Give the words after a number as far as they can name what it counts."""
    here = end
    for _ in range(6):
        match = words.word.search(text, here)
        if match is None or re.search(r"[.,;:!?()\d]", text[here : match.start()]):
            return
        word = match[0].lower()
        if word in words.stops:
            return
        yield word
        here = match.end()
