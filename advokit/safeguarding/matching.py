"""Finds the names of the private list in a text, in whatever form they stand there.

In: a `PrivateList`, texts. Out: `Hit`s: the number of an entry and a place, never the name. Words are folded
(`folding.py`), looked up by stem and ending (`endings.py`), and paired: a given name and a family name of one entry at
each other's side, in either order; an initial and a family name; whatever the list says counts alone. Words that were
torn apart (letters spaced out, a hyphen at a line's end, markup) are joined again, words run together (user names,
addresses) are taken apart. Looking up a word costs a few dictionary look-ups, however long the list is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from advokit.safeguarding.endings import LONGEST_ENDING, endings, equals, russian, stems
from advokit.safeguarding.folding import APOSTROPHES, INVISIBLE, MARKS, bare, initials, readings
from advokit.safeguarding.names import PrivateList, PrivateName

_INSIDE = f"{MARKS}{INVISIBLE}{APOSTROPHES}"
_WORD = re.compile(rf"(?=[0-9]*[{INVISIBLE}]*[^\W\d_])[^\W_](?:[^\W_]|[{_INSIDE}])*")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-ZА-ЯЄІЇҐ])")
#: What may stand between the pieces of a word that was torn apart.
_TORN = re.compile(r"[\W_]{0,6}")
#: The most words between a given name and its family name.
_NEAR = 2
#: Letters of a piece that may belong to a word spaced out.
_PIECE = 3

#: The most letters of a word that is joined from pieces.
_LONGEST = 30
#: The least letters of a stem that is joined from torn pieces.
_TORN_SIZE = 3
#: From this length of the stem on, a part is no ordinary word, whether written with a capital or not.
_LONG = 5
#: The lengths of words in which two names may run together.
_LEAST, _MOST = 6, 80
#: How many words are remembered.
_KEPT = 100_000

GIVEN, FAMILY, PATRONYMIC, SHORT = "given", "family", "patronymic", "short"
_FIRST = frozenset({GIVEN, SHORT})


@dataclass(frozen=True)
class Hit:
    """A name of the list in a text."""

    entry: int
    """The number of the entry, from 1."""
    start: int
    """Where it begins; -1 where it shows only once percent signs or entities are written out."""
    end: int


#: Stands for a message that cannot be shown in part.
REDACTED = "(withheld: a name from the private list stood here)"


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Part:
    """What a word may be: a part of the names of some entries."""

    role: str
    size: int
    """The length of the stem: very short ones must stand close."""
    numbers: frozenset[int]


@dataclass(frozen=True)
class _Span:
    """Words first up to last (not included) that may be a part of a name."""

    first: int
    last: int
    part: _Part


def words(text: str) -> list[_Word]:
    """Cut a text into words; humps of camelCase are words of their own."""
    found = []
    for match in _WORD.finditer(text):
        start = match.start()
        pieces = _HUMP.split(match[0]) if not match[0].islower() and not match[0].isupper() else [match[0]]
        for piece in pieces:
            found.append(_Word(piece, start, start + len(piece)))
            start += len(piece)
    return found


class Guard:
    """The list, compiled; it shows nothing of itself."""

    def __init__(self, private: PrivateList) -> None:
        """Compile every name of the list once."""
        self._names = private.names
        self._forms: dict[str, list[tuple[int, tuple[frozenset[str], ...]]]] = {}
        self._initials: list[frozenset[str]] = []
        stems: dict[str, dict[str, set[int]]] = {}
        for number, name in enumerate(private.names):
            for role in (GIVEN, FAMILY, PATRONYMIC, SHORT):
                for key in _keys_of(role, getattr(name, role)):
                    stems.setdefault(key, {}).setdefault(role, set()).add(number)
            self._add_forms(number, name)
            self._initials.append(frozenset(letter for text in (*name.given, *name.short) for letter in initials(text)))
        self._stems = {key: {role: frozenset(found) for role, found in roles.items()} for key, roles in stems.items()}
        self._alone = {
            role: frozenset(number for number, name in enumerate(private.names) if role in name.alone)
            for role in (GIVEN, FAMILY, PATRONYMIC, SHORT)
        }
        self._beginnings = {key[:length] for key in (*self._stems, *self._forms) for length in range(1, len(key) + 1)}
        self._known: dict[str, tuple[_Part, ...]] = {}
        self._joined: dict[tuple[str, bool], frozenset[int]] = {}

    def __repr__(self) -> str:
        """Say how many names there are, and nothing else."""
        return f"Guard({len(self._names)} names)"

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self._names)

    def name(self, entry: int) -> PrivateName:
        """Give an entry by its number."""
        return self._names[entry - 1]

    # Compiling

    def _add_forms(self, number: int, name: PrivateName) -> None:
        for text in name.forms:
            pieces = [piece for piece in re.split(r"[\W_]+", text) if piece]
            parts = tuple(_keys(piece) for piece in pieces)
            for key in parts[0] if parts else ():
                self._forms.setdefault(key, []).append((number, parts))
            for key in _keys("".join(pieces)) if len(parts) > 1 else ():
                self._forms.setdefault(key, []).append((number, (frozenset({key}),)))

    # Looking up

    def _parts(self, word: str) -> tuple[_Part, ...]:
        """Give what a word may be a part of."""
        known = self._known.get(word)
        if known is None:
            long = len(bare(word)) > 1
            known = tuple(
                dict.fromkeys(part for reading in readings(word) for part in self._lookup(reading)) if long else ()
            )
            if len(self._known) < _KEPT:
                self._known[word] = known
        return known

    def _lookup(self, reading: str) -> Iterator[_Part]:
        allowed = endings()
        for cut in range(min(LONGEST_ENDING, len(reading) - 1) + 1):
            roles = self._stems.get(reading[: len(reading) - cut])
            if roles and reading[len(reading) - cut :] in allowed:
                for role, numbers in roles.items():
                    yield _Part(role, len(reading) - cut, numbers)

    def _may_begin(self, word: str) -> bool:
        """Tell whether a piece of a torn word can be the beginning of a name; its last sound may change when joined."""
        return any(
            (reading[:-1] if len(reading) > 2 else reading[:1]).rstrip("aeiou") in self._beginnings
            or not reading[:-1].rstrip("aeiou")
            for reading in readings(word)
        )

    def find(self, text: str, *, machine: bool = False) -> list[Hit]:
        """Find every name in a text; `machine`: an address, a file name, an identifier, where words run together."""
        if not self._names:
            return []
        hits: dict[tuple[int, int], Hit] = {}
        for view in _views(text, machine=machine):
            for hit in self._find(view, machine=machine):
                here = hit if view is text else Hit(hit.entry, -1, -1)
                hits[here.entry, here.start] = min(
                    hits.get((here.entry, here.start), here), here, key=lambda item: item.end
                )
        return sorted(hits.values(), key=lambda hit: (hit.start, hit.entry))

    def redact(self, text: str) -> str:
        """Put a mark in the place of every name, for messages that repeat what a person wrote."""
        hits = self.find(text, machine=True) if self._names else []
        if not hits:
            return text
        last = len(text)
        for hit in sorted(hits, key=lambda item: (-item.end, item.start)):
            if hit.start < 0:
                return REDACTED
            end = min(hit.end, last)
            if hit.start < end:
                text = text[: hit.start] + "(withheld)" + text[end:]
            last = min(last, hit.start)
        return REDACTED if self.find(text, machine=True) else text

    def places(self, text: str) -> list[tuple[int, int, int]]:
        """Give entry, line and column of every name in the text of a file, also where it stands in code for signs."""
        hits = self.find(text)
        found = {(hit.entry, hit.start) for hit in _shortest(hits) if hit.start >= 0}
        if any(hit.start < 0 for hit in hits):
            start = 0
            for line in text.split("\n"):
                found |= {
                    (hit.entry, start)
                    for hit in (self.find(line) if "%" in line or "&" in line else ())
                    if hit.start < 0
                }
                start += len(line) + 1
        return [
            (entry, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
            for entry, start in sorted(found)
        ]

    def _find(self, text: str, *, machine: bool) -> Iterator[Hit]:
        found = words(text)
        spans: list[_Span] = []
        for first, last in _candidates(found, text, self._may_begin):
            one = last == first + 1
            joined = found[first].text if one else "".join(word.text for word in found[first:last])
            spans += [_Span(first, last, part) for part in self._parts(joined) if one or part.size >= _TORN_SIZE]
            if one and _LEAST <= len(joined) <= _MOST:
                for number in self._together(joined, machine=machine):
                    yield Hit(number + 1, found[first].start, found[first].end)
            yield from self._whole_forms(found, first, last, joined)
        for number, first, last in self._pairs(spans, found, text, machine=machine):
            yield Hit(number + 1, found[first].start, found[last - 1].end)

    def _whole_forms(self, found: list[_Word], first: int, last: int, joined: str) -> Iterator[Hit]:
        """Find the forms that count as a whole, word by word."""
        for stem in _stems_of(joined) if self._forms else ():
            for number, parts in self._forms.get(stem, ()):
                end = last
                for keys in parts[1:]:
                    if end >= len(found) or not keys & _stems_of(found[end].text):
                        break
                    end += 1
                else:
                    yield Hit(number + 1, found[first].start, found[end - 1].end)

    def _pairs(
        self, spans: list[_Span], found: list[_Word], text: str, *, machine: bool
    ) -> Iterator[tuple[int, int, int]]:
        """Pair parts of one entry that stand near each other; `spans` are in the order of their first word."""
        for index, one in enumerate(spans):
            for number in one.part.numbers & self._alone[one.part.role] if one.part.size >= 2 else ():
                yield number, one.first, one.last
            large = machine or one.part.size >= _LONG or _written_large((one,), found)
            if one.part.role == FAMILY and one.part.size >= _TORN_SIZE and large:
                yield from self._with_initial(one, found, text)
            for other in spans[index + 1 :]:
                if other.first > one.last + _NEAR:
                    break
                if not _fit(one, other) or (not machine and not _plausible(one, other, found, text)):
                    continue
                first, last = one.first, other.last
                if FAMILY in {one.part.role, other.part.role} or not _named_otherwise(first, last, found, text):
                    for number in one.part.numbers & other.part.numbers:
                        yield number, first, last

    def _with_initial(self, family: _Span, found: list[_Word], text: str) -> Iterator[tuple[int, int, int]]:
        """Find an initial of the given name right before or after a family name; another initial may stand between."""
        for places in ((family.first - 1, family.first - 2), (family.last, family.last + 1)):
            for place in places:
                if not 0 <= place < len(found) or not _is_initial(found[place], text):
                    break
                near = (
                    text[found[place].end : found[family.first].start]
                    if place < family.first
                    else (text[found[family.last - 1].end : found[place].start])
                )
                if len(near) > 12 or "\n\n" in near:
                    break
                letters = initials(found[place].text)
                for number in family.part.numbers:
                    if letters & self._initials[number]:
                        yield number, min(place, family.first), max(place + 1, family.last)

    # Words run together

    def _together(self, word: str, *, machine: bool) -> frozenset[int]:
        """Find a given and a family name that stand in one word without anything between."""
        known = self._joined.get((word, machine))
        if known is None:
            found: set[int] = set()
            for reading in readings(word):
                found |= self._split(reading)
                if machine:
                    found |= self._inside(reading)
            known = frozenset(found)
            if len(self._joined) < _KEPT:
                self._joined[word, machine] = known
        return known

    def _inside(self, reading: str) -> set[int]:
        """Find names anywhere in a user name or an address: something before, something after, an initial."""
        found: set[int] = set()
        for offset in range(max(1, len(reading) - 6)):
            found |= self._split(reading[offset:], loose=True)
        for part in self._lookup(reading[1:]):
            if part.role == FAMILY and part.size >= _LONG:
                found |= {number for number in part.numbers if reading[0] in self._initials[number]}
        return found

    def _split(self, reading: str, *, loose: bool = False) -> set[int]:
        """Take a folded word apart; `loose`: something else may follow."""
        found: set[int] = set()
        for cut in range(2, min(len(reading) - 1, 14)):
            left = self._stems.get(reading[:cut])
            for gap in range(min(4, len(reading) - cut - 2) + 1) if left else ():
                if reading[cut : cut + gap] in endings():
                    rest = reading[cut + gap :]
                    for part in self._loose(rest) if loose else self._lookup(rest):
                        for role, numbers in (left or {}).items():
                            if (
                                role != part.role
                                and FAMILY in {role, part.role}
                                and cut + part.size >= (9 if loose else 7)
                            ):
                                found |= numbers & part.numbers
        return found

    def _loose(self, rest: str) -> Iterator[_Part]:
        for size in range(4, min(len(rest), 16) + 1):
            for role, numbers in self._stems.get(rest[:size], {}).items():
                yield _Part(role, size, numbers)


def _keys_of(role: str, texts: Iterable[str]) -> set[str]:
    """Give the stems of one part of a name; a double name is found whole and by each of its parts."""
    found: set[str] = set()
    for text in texts:
        pieces = [piece for piece in re.split(r"[\s\-‐‑–]+", text) if len(bare(piece)) > 1]
        whole = "".join(pieces)
        for piece in {whole, *(piece for piece in pieces if len(bare(piece)) >= 4)} if whole else ():
            found |= _given_keys(piece) if role in _FIRST else _keys(piece)
    return found


@lru_cache(maxsize=50_000)
def _keys(word: str) -> frozenset[str]:
    """Give the stems of one word of a name."""
    return frozenset(stem for reading in russian(word) for stem in stems(reading))


@lru_cache(maxsize=50_000)
def _given_keys(word: str) -> frozenset[str]:
    """Give the stems of a given name, in the other languages too."""
    return frozenset(stem for reading in russian(word) for other in equals(reading) for stem in stems(other))


@lru_cache(maxsize=50_000)
def _stems_of(word: str) -> frozenset[str]:
    """Give what a word of a text may be a form of."""
    allowed = endings()
    return frozenset(
        reading[: len(reading) - cut]
        for reading in readings(word)
        for cut in range(min(LONGEST_ENDING, len(reading) - 1) + 1)
        if reading[len(reading) - cut :] in allowed
    )


def _views(text: str, *, machine: bool) -> Iterator[str]:
    """Give a text as it stands, and its lines with percent signs, entities and foreign domain names written out."""
    yield text
    coded = "\n".join(line for line in text.split("\n") if "%" in line or "&" in line or "xn--" in line.lower())
    seen = {text, coded}
    for _ in range(3 if coded else 0):
        coded = html.unescape(unquote(coded, errors="replace"))
        if machine:
            coded = re.sub(r"xn--[a-z0-9-]+", _from_idna, coded, flags=re.IGNORECASE)
        if coded in seen:
            return
        seen.add(coded)
        yield coded


def _from_idna(match: re.Match[str]) -> str:
    try:
        return match[0].lower().encode("ascii").decode("idna")
    except UnicodeError:
        return match[0]


def _candidates(found: list[_Word], text: str, may_begin: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """List the stretches that may be one word: each word by itself, torn ones joined, letters spaced out."""
    gaps = [text[one.end : other.start] for one, other in pairwise(found)]
    short = [len(bare(word.text)) <= _PIECE for word in found]
    for first in range(len(found)):
        yield first, first + 1
        if first == len(gaps) or not may_begin(found[first].text):
            continue
        last, letters = first + 1, len(found[first].text)
        while last < len(found) and _TORN.fullmatch(gaps[last - 1]) and letters < _LONGEST:
            spaced = short[last - 1] and short[last]
            if not spaced and ((gaps[last - 1].isspace() and "\n" not in gaps[last - 1]) or last - first > 2):
                break
            letters += len(found[last].text)
            last += 1
            if last - first > 2 or not gaps[last - 2].isspace() or "\n" in gaps[last - 2]:
                yield first, last


def _shortest(hits: list[Hit]) -> Iterator[Hit]:
    """Leave out what holds a shorter find of the same entry."""
    by_entry: dict[int, list[Hit]] = {}
    for hit in hits:
        by_entry.setdefault(hit.entry, []).append(hit)
    for group in by_entry.values():
        for hit in group:
            if not any(other.start >= hit.start and other.end <= hit.end and other != hit for other in group):
                yield hit


def _fit(one: _Span, other: _Span) -> bool:
    """Tell whether two parts make a name and stand near enough: short ones must touch."""
    roles = {one.part.role, other.part.role}
    if len(roles) < 2 or not (FAMILY in roles or PATRONYMIC in roles):
        return False
    gap = other.first - one.last
    return 0 <= gap <= (_NEAR if min(one.part.size, other.part.size) >= 3 else 0)


def _is_initial(word: _Word, text: str) -> bool:
    """Tell an initial from a short word: a capital, a letter with a full stop, or one tied to the next by a sign."""
    letters = bare(word.text)
    after, before = text[word.end : word.end + 1], text[word.start - 1 : word.start]
    if len(letters) != 1:
        return len(letters) == 2 and after == "."
    tied = bool(before and before in "-_./+@=") or bool(after and after in "-_/+@=")
    return letters.isupper() or after == "." or tied


def _plausible(one: _Span, other: _Span, found: list[_Word], text: str) -> bool:
    """Tell in running text whether two parts are a name and not two ordinary words, nor somebody else's double name."""
    if min(one.part.size, other.part.size) < _LONG - 1 and not _written_large((one, other), found):
        return False
    pairs = ((one, other), (other, one))
    return not any(span.part.role == FAMILY and _goes_on(span, mate, found, text) for span, mate in pairs)


def _written_large(spans: Iterable[_Span], found: list[_Word]) -> bool:
    """Tell whether every part begins with a capital: short names are ordinary words without one."""
    return all(found[span.first].text[:1].isupper() for span in spans)


def _goes_on(span: _Span, other: _Span, found: list[_Word], text: str) -> bool:
    """Tell whether a family name is only a part of somebody else's double name, written with a hyphen and capitals."""
    for place, gap in ((span.first - 1, (span.first - 1, span.first)), (span.last, (span.last - 1, span.last))):
        if 0 <= place < len(found) and not other.first <= place < other.last and found[place].text[:1].isupper():
            between = text[found[gap[0]].end : found[gap[1]].start]
            if between in {"-", "‐", "‑"} and found[span.first].text[:1].isupper():
                return True
    return False


def _named_otherwise(first: int, last: int, found: list[_Word], text: str) -> bool:
    """Tell whether a capitalised word stands right beside given name and patronymic: somebody else's family name."""
    for place, gap in ((first - 1, (first - 1, first)), (last, (last - 1, last))):
        if 0 <= place < len(found) and found[place].text[:1].isupper():
            between = text[found[gap[0]].end : found[gap[1]].start]
            if between.strip() in {"", "-"} and "\n" not in between:
                return True
    return False


@lru_cache(maxsize=4)
def guard_for(private: PrivateList) -> Guard:
    """Compile a list once in each process."""
    return Guard(private)


def entries(hits: Iterable[Hit]) -> list[int]:
    """List the entries that were found, each once."""
    return sorted({hit.entry for hit in hits})
