"""Finds every number in a text and says what the text states: value or range, bound, and what is counted.

In: text and its language. Out: `StatedNumber`s in order, each with its exact span. Digits are read in the language's
local form (CLDR: `1.859` is 1859 in German and 1.859 in English), words by the tables of `lexicon`. What cannot be
read as one number for certain (`9,54` in English, `11.12.2025`) is found, but has no value.

text2num was tried and refused: it hands back changed text without spans, and knows neither Polish nor Ukrainian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from advokit.ledger import Qualifier
from advokit.numbers.lexicon import APOSTROPHES, Lexicon, Words, base_language, fold, lexicon
from advokit.numbers.tables import TABLES

Form = Literal["digits", "words", "article", "ordinal", "date", "code", "indefinite", "ratio"]

SPACES = " \u00a0\u2007\u2009\u200a\u202f"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
CURRENCIES = "$€£₴¥₽"
_DIGITS = re.compile(rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,٬٫·]\d+|[’']\d{{3}}(?!\d))*")
_SYMBOLS: dict[str, tuple[Qualifier, ...]] = {
    "~": ("about",),
    "≈": ("about",),
    "±": ("about",),
    "∼": ("about",),
    ">": ("more_than",),
    "≥": ("at_least",),
    "⩾": ("at_least",),
    "<": ("fewer_than",),
    "≤": ("up_to",),
    "⩽": ("up_to",),
}
_GLUE = re.compile(rf"(?:[{SPACES}\s]+|[{HYPHENS}])?")
_JOINT = re.compile(rf"(?:[{SPACES}\s]+|[{HYPHENS}{APOSTROPHES}])?")
_LEAD = re.compile(rf"[\s\"'“”„«»‘’(\[{CURRENCIES}~≈±∼>≥<≤⩾⩽+]*")
_DASHED = re.compile(rf"\s*[{HYPHENS}]\s*")
#: Languages that write numbers as one word.
_THOUSANDS = {"de": "tausend", "nl": "duizend", "it": "mila", "sv": "tusen"}
_ABBREVIATED = frozenset({"c", "ca", "ок", "ok", "approx", "бл", "прибл", "env"})


@dataclass(frozen=True)
class StatedNumber:
    """One number as a text states it; `start` and `end` are its span, scale word included, bound excluded."""

    start: int
    end: int
    text: str
    form: Form
    value: Decimal | None
    """The number; None for a range, for "thousands", and for digits that cannot be read for certain."""
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: Qualifier = "exact"
    """The bound that the text states."""
    accepts: tuple[Qualifier, ...] = ("exact",)
    """Every bound that these words may fairly be called."""
    outer: tuple[int, int] = (0, 0)
    """The span together with the words of its bound."""
    unit: str = ""
    """The sign or word that stands right after it (or the currency before it)."""


class _Token(NamedTuple):
    digits: bool
    start: int
    end: int
    text: str
    low: str


@dataclass(frozen=True)
class _Element:
    """A number before ranges, bounds and dates are looked at; tokens `first` to `last`."""

    first: int
    last: int
    start: int
    end: int
    form: Form
    value: Decimal | None
    scale: Decimal = Decimal(1)
    about: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    plain: str = ""
    """The digits as written, for telling years from counts."""


def read_numbers(text: str, language: str) -> tuple[StatedNumber, ...]:
    """Find every number of a text, in digits and in words."""
    return tuple(_Reader(text, lexicon(language)).numbers())


class _Reader:
    """Reads one text; holds its tokens."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self.text = text
        self.words = words
        self.tokens = tuple(_tokens(text, words))
        self.compounds = words.language in _THOUSANDS

    def gap(self, index: int) -> str:
        """Give what stands between a token and the next."""
        if not 0 <= index < len(self.tokens) - 1:
            return "\n"
        return self.text[self.tokens[index].end : self.tokens[index + 1].start]

    def low(self, index: int) -> str:
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def numbers(self) -> Iterator[StatedNumber]:
        elements = list(self.ranges(list(self.combined())))
        dated, shares = self.dates(elements), self.shares(elements)
        for element in elements:
            yield self.state(replace(element, form="ratio") if element.first in shares else element, dated)

    # Elements: one number each -------------------------------------------------------------------------------

    def elements(self) -> Iterator[_Element]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if not token.digits and token.low not in self.words.starters and not self.compounds:
                index += 1
                continue
            found = self.in_digits(index) if token.digits else self.in_words(index)
            if found:
                yield found
                index = found.last + 1
            else:
                index += 1

    def in_digits(self, index: int) -> _Element | None:
        token = self.tokens[index]
        start = token.start
        before = self.text[start - 1 : start]
        lead = self.text[start - 2 : start - 1] if start > 1 else ""
        nxt, glue = self.low(index + 1), self.gap(index)
        scaled = self.is_scale(nxt) and bool(_GLUE.fullmatch(glue)) and not self.tokens[index + 1].digits
        value = _value(token.text, self.words, scaled=scaled)
        form: Form = "digits"
        if before.isalpha() or (before in HYPHENS and before and lead.isupper()):
            form = "code"
        elif before and before in HYPHENS + "+" and not (lead.isalnum() or lead in {")", "]", "%"}):
            start -= 1
            value = -value if value is not None and before != "+" else value
        if re.match(r"[:/]\d", self.text[token.end : token.end + 2]) or re.search(
            r"\d[:/]$", self.text[: token.start][-2:]
        ):
            form = "code"
        if glue in {"", *HYPHENS} and nxt in self.words.ordinal_suffix and not self.tokens[index + 1].digits:
            return _Element(index, index + 1, start, self.tokens[index + 1].end, "ordinal", value)
        element = _Element(index, index, start, token.end, form, value, plain=token.text)
        return self.scale(element, short=True) if form == "digits" else element

    def is_scale(self, low: str) -> bool:
        return low in self.words.scales or low in self.words.short_scales

    def scale(self, element: _Element, *, short: bool = False) -> _Element:
        """Multiply by the scale words that follow: "hundred thousand", "млн"."""
        while element.value is not None and _GLUE.fullmatch(self.gap(element.last)):
            low = self.low(element.last + 1)
            size = self.words.scales.get(low) or (self.words.short_scales.get(low) if short else None)
            if size is None or size <= element.scale or (size < 1000 and element.form == "digits" and size == 100):
                break
            last = element.last + 1
            element = replace(
                element, last=last, end=self.tokens[last].end, value=element.value * size, scale=element.scale * size
            )
        return self.half(element)

    def half(self, element: _Element) -> _Element:
        for phrase in self.words.half_after:
            if element.scale > 1 and element.value is not None and self.stands(element.last + 1, phrase):
                last = element.last + len(phrase)
                return replace(element, last=last, end=self.tokens[last].end, value=element.value + element.scale / 2)
        return element

    def stands(self, index: int, phrase: Words) -> bool:
        """Tell whether a phrase stands at a token."""
        if index + len(phrase) > len(self.tokens) or index < 0:
            return False
        return all(
            self.tokens[index + step].low == part and (step == 0 or _JOINT.fullmatch(self.gap(index + step - 1)))
            for step, part in enumerate(phrase)
        )

    def phrase(self, index: int) -> tuple[int, Decimal] | None:
        """Find the longest number phrase below a thousand: its number of words and its value."""
        words: list[str] = []
        best: tuple[int, Decimal] | None = None
        for step in range(self.words.longest):
            here = index + step
            if (
                here >= len(self.tokens)
                or self.tokens[here].digits
                or (step and not (_GLUE.fullmatch(self.gap(here - 1)) and self.gap(here - 1)))
            ):
                break
            words.append(self.tokens[here].low)
            value = self.words.small.get(tuple(words))
            if value is None:
                value = self.words.small.get(tuple(self.words.basic.get(word, word) for word in words))
            if value is None and step == 0:
                value = _compound(words[0], self.words)
            if value is not None:
                best = (step + 1, value)
        return best

    def in_words(self, index: int) -> _Element | None:
        token = self.tokens[index]
        if token.low in {"cent", "cento", "ciento", "cien"} and self.percent(index):
            return None
        found = self.phrase(index)
        ordinal = next(
            (
                phrase
                for phrase in self.words.ordinals.get(token.low, ())
                if self.stands(index, phrase) and len(phrase) > (found[0] if found else 0)
            ),
            None,
        )
        if ordinal:
            last = index + len(ordinal) - 1
            return _Element(index, last, token.start, self.tokens[last].end, "ordinal", None)
        nxt = self.low(index + 1) if _GLUE.fullmatch(self.gap(index)) else ""
        if token.low in self.words.articles and nxt in self.words.approximate:
            return self.about(index, index + 1, nxt)
        if token.low in self.words.articles and nxt in self.words.scales:
            return self.scale(_Element(index, index, token.start, token.end, "words", Decimal(1)))
        if found:
            return self.worded(index, *found)
        if token.low in self.words.bare_scales:
            size = self.words.scales[token.low]
            return self.scale(_Element(index, index, token.start, token.end, "words", size, size))
        if token.low in self.words.indefinite or token.low in self.words.scales:
            return self.indefinite(index)
        return None

    def percent(self, index: int) -> bool:
        """Tell whether a hundred is the second half of "pour cent", "per cento", "por ciento"."""
        before = self.tokens[index - 2] if index > 1 and self.low(index - 1) in {"pour", "per", "por"} else None
        return bool(before and (before.digits or (before.low,) in self.words.small))

    def about(self, first: int, last: int, name: str) -> _Element:
        start, end = self.tokens[first].start, self.tokens[last].end
        return _Element(first, last, start, end, "words", self.words.approximate[name], about=True)

    def worded(self, index: int, length: int, value: Decimal) -> _Element | None:
        last = index + length - 1
        start, end, low = self.tokens[index].start, self.tokens[last].end, self.tokens[index].low
        thousands = _THOUSANDS.get(self.words.language)  # "nittontusen femhundra": the rest follows apart
        scale = Decimal(1000 if thousands and value >= 1000 and low.endswith(thousands) else 1)
        element = self.scale(_Element(index, last, start, end, "words", value, scale))
        if element.last == last and value % 1:
            return None  # "half" and "anderthalb" count only before a scale
        if element.last == last and length == 1 and low in self.words.articles:
            return replace(element, form="article")
        return element

    def indefinite(self, index: int) -> _Element:
        """Read "tens of thousands": a number that nobody gave."""
        last = index
        while True:
            step = 2 if self.low(last + 1) in {"of", "de", "von", "di", "d"} else 1
            low = self.low(last + step)
            if not (low in self.words.indefinite or low in self.words.scales) or not _GLUE.fullmatch(self.gap(last)):
                break
            last += step
        return _Element(index, last, self.tokens[index].start, self.tokens[last].end, "indefinite", None)

    def combined(self) -> Iterator[_Element]:
        """Add up what belongs together: "one thousand, eight hundred and fifty-nine", "19 тисяч 546"."""
        held: _Element | None = None
        for element in self.elements():
            if held and (joined := self.joined(held, element)):
                held = joined
                continue
            if held:
                yield held
            held = element
        if held:
            yield held

    def joined(self, one: _Element, two: _Element) -> _Element | None:
        if one.value is None or two.value is None or one.scale <= 1 or not 0 < two.value < one.scale:
            return None
        if (
            one.form not in {"digits", "words"}
            or two.form not in {"digits", "words", "article"}
            or one.about
            or two.about
        ):
            return None
        between = self.text[one.end : two.start]
        worded = one.form == "words" and two.form != "digits"
        joiner = fold(between.strip()) in self.words.joiners and two.first == one.last + 2 and one.scale <= 1000
        comma = between == ", " and worded and two.value >= 100 and self.words.language == "en"
        if two.form == "digits" and (one.value % one.scale or not re.fullmatch(r"\d{3}", two.plain)):
            return None  # "19 тисяч 546", but not "1.6 million 43"
        if not (
            comma
            or (joiner and worded and two.value < 100)
            or (_GLUE.fullmatch(between) and between.strip() == "" and between)
        ):
            return None
        return replace(one, last=two.last, end=two.end, value=one.value + two.value, scale=two.scale)

    # Ranges ----------------------------------------------------------------------------------------------------

    def ranges(self, elements: list[_Element]) -> Iterator[_Element]:
        index = 0
        while index < len(elements):
            found = None
            if index + 1 < len(elements):
                found = self.range(elements[index], elements[index + 1])
            yield found or elements[index]
            index += 2 if found else 1

    def range(self, one: _Element, two: _Element) -> _Element | None:
        """Join two numbers with "–", "to", "between … and" into a range."""
        kinds = {"digits", "words", "article"}
        if one.value is None or two.value is None or one.form not in kinds or two.form not in kinds:
            return None
        low = one.value
        if one.scale == 1 and two.scale > 1 and low < two.value / two.scale:
            low *= two.scale
        elif (
            one.form == two.form == "words"
            and low < 10
            and two.value >= 100
            and two.value < 1000
            and two.value % 100 == 0
        ):
            low *= 100  # "between two and three hundred"
        between = self.text[one.end : two.start]
        if two.start > 0 and self.text[two.start] in HYPHENS and two.value < 0:
            between, two = between + self.text[two.start], replace(two, value=-two.value)
        if two.value is None or not self.connected(one, two, between) or low >= two.value:
            return None
        return replace(
            two,
            first=one.first,
            start=one.start,
            value=None,
            low=low,
            high=two.value,
            form=("words" if one.form == "article" else one.form),
            about=one.about,
            plain="",
        )

    def connected(self, one: _Element, two: _Element, between: str) -> bool:
        if _DASHED.fullmatch(between):
            after = self.text[two.end : two.end + 2]
            chain = bool(re.match(rf"[{HYPHENS}]\d", after)) or bool(
                re.search(rf"\d[{HYPHENS}]$", self.text[: one.start][-2:])
            )
            return not chain and not (between != between.strip() and _yearlike(one))
        word = fold(between.strip())
        if not between[:1].isspace() or two.first != one.last + 2:
            return False
        before = [self.low(step) for step in range(max(0, one.first - 7), one.first)]
        if word in self.words.between_and and before[-1:] and set(before[-3:]) & self.words.between:
            return True
        return word in self.words.ranges and not set(before) & self.words.change

    # What stands around a number -------------------------------------------------------------------------------

    def dates(self, elements: list[_Element]) -> set[int]:
        """Find the numbers that are days and years: "October 18, 2023", "у 2023 році"."""
        dated: set[int] = set()
        for order, element in enumerate(elements):
            if element.form != "digits" or element.scale != 1:
                continue
            before, after = self.low(element.first - 1), self.low(element.last + 1)
            gap_before, gap_after = self.gap(element.first - 1), self.gap(element.last)
            top = element.value if element.value is not None else element.high
            day = top is not None and 0 < top <= 31 and top % 1 == 0
            if (
                (day and self.month_follows(element) and re.fullmatch(r"[.º°]?(?:\s+|\s*[-‑])", gap_after))
                or (day and before in self.words.months and re.fullmatch(r"\.?\s+", gap_before))
                or (_yearlike(element) and self.year(element, before, after, gap_before, dated, elements[:order]))
            ):
                dated.add(element.first)
        return dated

    def month_follows(self, element: _Element) -> bool:
        """Tell whether a month stands after a number, also with a small word between them: "9 de diciembre"."""
        after = self.low(element.last + 1)
        return (self.low(element.last + 2) if after in {"of", "de"} else after) in self.words.months

    def shares(self, elements: list[_Element]) -> set[int]:
        """Find the numbers that state a share and no count: "two thirds", "one in five"."""
        found: set[int] = set()
        for order, element in enumerate(elements):
            value = element.value
            if value is None or not 0 < value <= 10 or element.scale != 1:
                continue
            after = self.low(element.last + 1)
            if after and _GLUE.fullmatch(self.gap(element.last)) and self.words.fractions.fullmatch(after):
                found.add(element.first)
            follows = elements[order + 1] if order + 1 < len(elements) else None
            if (
                follows
                and (
                    (follows.first == element.last + 2 and after in self.words.ratio)
                    or (follows.first == element.last + 3 and self.parted_ratio(element.last + 1))
                )
                and (follows.value is not None and value < follows.value <= 100)
            ):
                found |= {element.first, follows.first}
        return found

    def parted_ratio(self, index: int) -> bool:
        """Tell whether two words make a ratio: "een op de vijf", "uno de cada cinco"."""
        first, second = self.low(index), self.low(index + 1)
        return (first in self.words.ratio and second == "de") or (first == "de" and second in self.words.ratio)

    def year(
        self, element: _Element, before: str, after: str, gap: str, dated: set[int], earlier: list[_Element]
    ) -> bool:
        if before in self.words.months or after in self.words.year_after:
            return True
        if (
            earlier
            and earlier[-1].first in dated
            and earlier[-1].last == element.first - 1
            and re.fullmatch(r",?\s+", gap)
        ):
            return True
        follows = (
            noun_class(self.tokens[element.last + 1].text, self.words)
            if element.last + 1 < len(self.tokens) and self.gap(element.last).isspace()
            else ""
        )
        return before in self.words.year_before and gap.isspace() and follows in {"", "time"}

    def state(self, element: _Element, dated: set[int]) -> StatedNumber:
        """Add bound and unit to an element."""
        form: Form = "date" if element.first in dated else element.form
        start, end = element.start, element.end
        kinds: tuple[Qualifier, ...] = ()
        outer_start, outer_end = start, end
        if form in {"digits", "words", "article", "indefinite"}:
            before, outer_start = self.bound_before(element)
            after, outer_end = self.bound_after(element)
            kinds = before + after + (("about",) if element.about else ())
        accepts = tuple(dict.fromkeys(kinds)) or ("exact",)
        value = element.value
        value = value.to_integral_value() if value is not None and value == value.to_integral_value() else value
        return StatedNumber(
            start,
            end,
            self.text[start:end],
            form,
            value,
            element.low,
            element.high,
            accepts[0],
            accepts,
            (outer_start, outer_end),
            self.unit(element),
        )

    def bound_before(self, element: _Element) -> tuple[tuple[Qualifier, ...], int]:
        """Read the bound before a number, walking back over "the", "only" and stacked bounds."""
        groups: list[tuple[Qualifier, ...]] = []
        here, start = element.first, element.start
        left = self.tokens[here - 1].end if here else 0
        signs = re.search(rf"[{''.join(_SYMBOLS)}][{''.join(_SYMBOLS)}{SPACES}{CURRENCIES}]*$", self.text[left:start])
        if signs:
            groups = [_SYMBOLS[sign] for sign in signs[0] if sign in _SYMBOLS]
            start = left + signs.start()
        while here > 0:
            gap = self.text[self.tokens[here - 1].end : start]
            dotted = gap[:1] == "." and self.tokens[here - 1].low in _ABBREVIATED
            if not _LEAD.fullmatch(gap[1:] if dotted else gap) or not (gap or signs or here == element.first):
                break
            length = self.longest_before(here)
            if not length:
                break
            found = self.words.before[tuple(token.low for token in self.tokens[here - length : here])]
            if found != ("exact",):
                loose = self.topical(here, length) or (
                    length == 1 and here < element.first and self.low(here - 1) in self.words.topical
                )
                groups.append((*found, "exact") if loose else found)
                start = self.tokens[here - length].start
            here -= length
            start = min(start, self.tokens[here].start)
        firm = any("exact" not in group for group in groups)  # of stacked bounds, the one that binds counts
        return tuple(kind for group in groups for kind in group if not (firm and kind == "exact")), start

    def longest_before(self, here: int) -> int:
        for length in range(min(6, here), 0, -1):
            first = here - length
            words = tuple(token.low for token in self.tokens[first:here])
            if words not in self.words.before or not self.stands(first, words):
                continue
            moved = self.words.motion and self.words.motion.fullmatch(self.low(first - 1))
            if not (length == 1 and moved and words[0] in self.words.ranges):
                return length
        return 0

    def topical(self, here: int, length: int) -> bool:
        """Tell whether "about" may belong to the word before it: "information about 43 camps"."""
        before = self.low(here - length - 1)
        return bool(
            length == 1
            and self.low(here - 1) in self.words.topical
            and self.words.topic
            and self.words.topic.fullmatch(before)
        )

    def bound_after(self, element: _Element) -> tuple[tuple[Qualifier, ...], int]:
        """Read the bound after a number: "43 camps or more", "20,000+"."""
        if self.text[element.end : element.end + 1] == "+":
            return ("more_than", "at_least"), element.end + 1
        if not self.words.after:
            return (), element.end
        for here in range(element.last + 1, min(element.last + 4, len(self.tokens))):
            gap = self.gap(here - 1)
            if self.tokens[here].digits or not (gap.isspace() or gap in HYPHENS):
                break
            for phrase, kinds in self.words.after.get(self.tokens[here].low, ()):
                end = here + len(phrase)
                if not self.stands(here, phrase) or (len(phrase) == 1 and here > element.last + 1):
                    continue
                if phrase == ("plus",) and gap not in HYPHENS:
                    continue
                if (
                    end < len(self.tokens)
                    and (self.tokens[end].digits or self.phrase(end))
                    and self.gap(end - 1).isspace()
                ):
                    continue
                return kinds, self.tokens[end - 1].end
        return (), element.end

    def unit(self, element: _Element) -> str:
        before = self.text[max(0, element.start - 2) : element.start].rstrip(SPACES)
        if before[-1:] and before[-1:] in CURRENCIES:
            return before[-1]
        after = re.match(rf"[{SPACES}]?([%‰{CURRENCIES}])(?!\d)", self.text[element.end : element.end + 3])
        if after:
            return after[1]
        if element.last + 1 < len(self.tokens) and (_GLUE.fullmatch(self.gap(element.last))):
            return self.tokens[element.last + 1].text
        return ""


def _tokens(text: str, words: Lexicon) -> Iterator[_Token]:
    pattern = _pattern(words.word.pattern)
    for match in pattern.finditer(text):
        if match.lastgroup == "n":
            yield _Token(True, match.start(), match.end(), match[0], "")
        else:
            yield _Token(False, match.start(), match.end(), match[0], fold(match[0]))


@lru_cache(maxsize=8)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<n>{_DIGITS.pattern})|(?P<w>{word})")


def _yearlike(element: _Element) -> bool:
    return len(element.plain) == 4 and element.value is not None and 1900 <= element.value < 2100


def _value(raw: str, words: Lexicon, *, scaled: bool) -> Decimal | None:
    """Read digits in local form; None where they are no single number for certain."""
    text = raw
    for space in SPACES[1:]:
        text = text.replace(space, " ")
    text = text.replace("’", "'").replace("٬", ",").replace("٫", ".")
    decimal, group = words.decimal, words.group
    marks = [sign for sign in text if not sign.isdigit()]
    if not marks:
        return Decimal(text)
    if "'" in marks or " " in marks:
        whole = re.fullmatch(r"\d{1,3}(?:[ ']\d{3})+(?:[.,](\d+))?", text)
        if not whole or len({sign for sign in marks if sign in " '"}) != 1:
            return None
        if marks[-1] in ".," and len(whole[1]) == 3 and marks[-1] != decimal:
            return None
        return Decimal(re.sub(r"[ ']", "", text).replace(",", "."))
    if len(set(marks)) == 2 and re.fullmatch(r"\d{1,3}(?:([.,])\d{3})+(?!\1)[.,]\d+", text):
        return Decimal(text.replace(marks[0], "").replace(marks[-1], ".")) if marks[-1] == decimal else None
    grouped = len(set(marks)) == 1 and bool(re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", text))
    if len(marks) > 1:
        return Decimal(re.sub(r"\D", "", text)) if grouped and (marks[0] != decimal) else None
    return _one_mark(text, marks[0], decimal, group, grouped=grouped, scaled=scaled)


def _one_mark(text: str, mark: str, decimal: str, group: str, *, grouped: bool, scaled: bool) -> Decimal | None:
    """Read digits with one mark in them, "1.859" or "1,6"."""
    as_decimal = Decimal(text.replace(mark, "."))
    if mark == decimal:
        return as_decimal
    spaced = group.isspace() or group in SPACES or group in "’'"
    if grouped and (mark == group or (spaced and not scaled)):
        return Decimal(text.replace(mark, ""))
    # "1.6 млн" and "1.6 Millionen": the foreign decimal mark, which no group of three can be
    return as_decimal if not grouped and (scaled or spaced) and mark == "." else None


def _compound(word: str, words: Lexicon) -> Decimal | None:
    """Read numbers written as one word: "neunzehntausendfünfhundertsechsundvierzig"."""
    word = word.replace("dreissig", "dreißig").replace("ettusen", "etttusen")
    thousands = _THOUSANDS.get(words.language)
    if not thousands or len(word) < 4:
        return None

    def below(part: str, empty: int) -> Decimal | None:
        if not part:
            return Decimal(empty)
        part = part.removeprefix("und") if words.language == "de" else part  # "milleundici" keeps its eleven
        hundred = {"de": "ein", "nl": "een"}.get(words.language, "") + part
        return words.small.get(
            (part,), words.small.get((hundred,)) if part.startswith(("hundert", "honderd")) else None
        )

    for sign in (thousands, "mille"):
        head, found, tail = word.partition(sign)
        if found and (sign == thousands or words.language == "it"):
            high, low = below(head, 1), below(tail, 0)
            if high is not None and low is not None and high % 1 == 0:
                return high * 1000 + low
    return below(word, 0) if word.startswith(("hundert", "honderd", "drei")) else None


def noun_class(word: str, words: Lexicon) -> str:
    """Give the class of what a noun counts (child, place, case, …), or nothing where it is unknown."""
    folded = fold(word)
    return next((kind for kind, pattern in words.nouns.items() if pattern.match(folded)), "")


@lru_cache(maxsize=1)
def _signs() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(
            re.findall(r"[^\W\d_]+", " ".join((*table.before, *table.after, table.stops, *table.scales.values())))
        )
        for name, table in TABLES.items()
    }


@lru_cache(maxsize=1)
def _noun_signs() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(f"(?:{noun})" for noun in table.nouns.values()) or "(?!)")
            for name, table in TABLES.items()}


@lru_cache(maxsize=4096)
def guess_language(text: str, default: str = "en") -> str:
    """Guess the language of a text among those with a table, from its small words."""
    sample = text[:4000]
    words = [fold(word) for word in re.findall(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*", sample)]
    cyrillic = sum("а" <= letter <= "я" or letter in "іїєґё" for letter in sample.lower())
    if cyrillic * 2 > sum(letter.isalpha() for letter in sample):
        return "ru" if sum(map(sample.lower().count, "ыэъё")) > sum(map(sample.lower().count, "іїєґ")) else "uk"
    scores = {name: sum(word in marks for word in words) for name, marks in _signs().items()}
    if len(words) < 40:  # a short quote may hold no small word at all: "1.859 Kinder"
        for name in scores:
            scores[name] += sum(bool(_noun_signs()[name].match(word)) for word in words)
    scores = {name: score for name, score in scores.items() if name not in {"uk", "ru"}}
    best = max(scores, key=lambda name: (scores[name], name == base_language(default)))
    return best if scores[best] else base_language(default)
