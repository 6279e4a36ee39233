"""Finds the names of the private list in a text, in whatever form they stand there.

In: a `PrivateList`, texts. Out: `Hit`s: the number of an entry and a place, never the name. Words are folded
(`folding.py`), looked up by stem and ending (`endings.py`), and paired: a given name and a family name of one entry at each
other's side, in either order; an initial and a family name; whatever the list says counts alone. Words that were torn
apart (letters spaced out, a hyphen at a line's end, markup) are joined again, words run together (user names, addresses)
are taken apart. Looking up a word costs a few dictionary look-ups, however long the list is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from advokit.safeguarding.endings import LONGEST_ENDING, endings, equals, russian, stems
from advokit.safeguarding.folding import APOSTROPHES, INVISIBLE, MARKS, bare, initials, readings
from advokit.safeguarding.names import PrivateList, PrivateName

_INSIDE = f"{MARKS}{INVISIBLE}{APOSTROPHES}"
_WORD = re.compile(rf"(?=[0-9]*[{INVISIBLE}]*[^\W\d_])[^\W_](?:[^\W_]|[{_INSIDE}])*")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-ZА-ЯЄІЇҐ])")
#: What may stand between the pieces of a word that was torn apart.
_TORN = re.compile(r"[\s\W_\d]{0,6}")
#: The most words between a given name and its family name.
_NEAR = 2
#: Letters of a piece that may belong to a word spaced out.
_PIECE = 3

GIVEN, FAMILY, PATRONYMIC, SHORT, FORM = "given", "family", "patronymic", "short", "form"
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
class _Span:
    """Words first up to last (not included) that may be a part of a name."""

    first: int
    last: int
    size: int
    """The length of the stem: very short ones must stand close."""


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
        self._stems: dict[str, list[tuple[int, str]]] = {}
        self._alone: set[tuple[int, str]] = set()
        self._forms: dict[str, list[tuple[int, tuple[frozenset[str], ...]]]] = {}
        self._initials: list[frozenset[str]] = []
        self._known: dict[str, tuple[tuple[int, str, int], ...]] = {}
        for number, name in enumerate(private.names):
            self._add(number, name)

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

    def _add(self, number: int, name: PrivateName) -> None:
        for role in (GIVEN, FAMILY, PATRONYMIC, SHORT):
            for text in getattr(name, role):
                self._add_part(number, role, text)
            if role in name.alone:
                self._alone.add((number, role))
        for text in name.forms:
            parts = tuple(self._keys(part, given=False) for part in re.split(r"[\s\-_.]+", text) if part.strip(".,"))
            for key in parts[0] if parts else ():
                self._forms.setdefault(key, []).append((number, parts))
            joined = "".join(part for part in re.split(r"[\W_]+", text) if part)
            for key in self._keys(joined, given=False) if len(parts) > 1 else ():
                self._forms.setdefault(key, []).append((number, (frozenset({key}),)))
        given = [text for text in (*name.given, *name.short)]
        self._initials.append(frozenset(letter for text in given for letter in initials(text)))

    def _add_part(self, number: int, role: str, text: str) -> None:
        pieces = [piece for piece in re.split(r"[\s\-‐‑–]+", text) if len(bare(piece)) > 1]
        whole = "".join(pieces)
        for piece in {whole, *(pieces if len(pieces) > 1 else ())}:
            if piece != whole and len(bare(piece)) < 4:
                continue
            for key in self._keys(piece, given=role in _FIRST):
                places = self._stems.setdefault(key, [])
                if not places or places[-1] != (number, role):
                    places.append((number, role))

    @staticmethod
    def _keys(word: str, *, given: bool) -> frozenset[str]:
        return _keys(word, given)

    # Looking up

    def _parts(self, word: str) -> tuple[tuple[int, str, int], ...]:
        """Give what a word may be: entry, role, length of the stem."""
        known = self._known.get(word)
        if known is None:
            found = (
                {item for reading in readings(word) for item in self._lookup(reading)} if len(bare(word)) > 1 else set()
            )
            known = tuple(sorted(found))
            if len(self._known) < 100_000:
                self._known[word] = known
        return known

    def _lookup(self, reading: str) -> Iterator[tuple[int, str, int]]:
        allowed = endings()
        for cut in range(min(LONGEST_ENDING, len(reading) - 1) + 1):
            stem, ending = (reading[:-cut], reading[-cut:]) if cut else (reading, "")
            if stem in self._stems and ending in allowed:
                for number, role in self._stems[stem]:
                    yield number, role, len(stem)

    def find(self, text: str, *, machine: bool = False) -> list[Hit]:
        """Find every name in a text; `machine`: an address, a file name, an identifier, where words run together."""
        if not self._names:
            return []
        hits: dict[tuple[int, int], Hit] = {}
        for view in _views(text, machine=machine):
            for hit in self._find(view, machine=machine):
                if view is not text:
                    hit = Hit(hit.entry, -1, -1)
                hits.setdefault((hit.entry, hit.start), hit)
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
        spans: dict[int, dict[str, list[_Span]]] = {}
        for first, last in _candidates(found, text):
            joined = found[first].text if last == first + 1 else "".join(word.text for word in found[first:last])
            for number, role, size in self._parts(joined):
                if last == first + 1 or size >= 3:
                    spans.setdefault(number, {}).setdefault(role, []).append(_Span(first, last, size))
            yield from self._together(joined, found[first].start, found[last - 1].end, machine=machine)
            yield from self._whole_forms(found, first, last, joined)
        for number, roles in spans.items():
            for first, last in self._pairs(number, roles, found, text):
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
        self, number: int, roles: dict[str, list[_Span]], found: list[_Word], text: str
    ) -> Iterator[tuple[int, int]]:
        """Pair the parts of one entry that stand near each other."""
        for role, spans in roles.items():
            if (number, role) in self._alone:
                yield from ((span.first, span.last) for span in spans if span.size >= 2)
        firsts = [span for role in _FIRST for span in roles.get(role, ())]
        families, fathers = roles.get(FAMILY, []), roles.get(PATRONYMIC, [])
        for one in families:
            for other in (*firsts, *fathers):
                if _near(one, other):
                    yield min(one.first, other.first), max(one.last, other.last)
            if one.size >= 3 and (initial := self._initial(number, one, found, text)):
                yield initial
        for one in fathers:
            for other in firsts:
                if _near(one, other) and not _named_otherwise(
                    min(one.first, other.first), max(one.last, other.last), found, text
                ):
                    yield min(one.first, other.first), max(one.last, other.last)

    def _initial(self, number: int, family: _Span, found: list[_Word], text: str) -> tuple[int, int] | None:
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
                if initials(found[place].text) & self._initials[number]:
                    return min(place, family.first), max(place + 1, family.last)
        return None

    # Words run together

    def _together(self, word: str, start: int, end: int, *, machine: bool) -> Iterator[Hit]:
        """Find a given and a family name that stand together without anything between."""
        if 6 <= len(word) <= 80:
            for number in self._run_together(word, machine):
                yield Hit(number + 1, start, end)

    def _run_together(self, word: str, machine: bool) -> frozenset[int]:
        found: set[int] = set()
        for reading in readings(word):
            found |= set(self._split(reading))
            if machine:
                for offset in range(1, max(1, len(reading) - 6)):
                    found |= set(self._split(reading[offset:], loose=True))
                found |= set(self._split(reading, loose=True))
                found |= {
                    number
                    for number, role, size in self._lookup(reading[1:])
                    if role == FAMILY and size >= 4 and reading[0] in self._initials[number]
                }
                found |= {
                    number
                    for number, role, size in self._lookup(reading[:-1])
                    if role == FAMILY
                    and size >= 4
                    and reading[-1] in self._initials[number]
                    and reading[-1] not in "aeiou"
                }
        return frozenset(found)

    def _split(self, reading: str, *, loose: bool = False) -> Iterator[int]:
        """Take a folded word apart; `loose`: something else may follow."""
        for cut in range(2, min(len(reading) - 1, 14)):
            left = self._stems.get(reading[:cut])
            if not left:
                continue
            ones = {number: role for number, role in left}
            for gap in range(min(4, len(reading) - cut - 2) + 1):
                if reading[cut : cut + gap] not in endings():
                    continue
                rest = reading[cut + gap :]
                others = self._loose(rest) if loose else self._lookup(rest)
                for number, role, size in others:
                    if number in ones and {role, ones[number]} & {FAMILY} and role != ones[number] and cut + size >= 7:
                        yield number

    def _loose(self, rest: str) -> Iterator[tuple[int, str, int]]:
        for size in range(4, min(len(rest), 16) + 1):
            for number, role in self._stems.get(rest[:size], ()):
                yield number, role, size


@lru_cache(maxsize=100_000)
def _keys(word: str, given: bool) -> frozenset[str]:
    """Give the stems of one part of a name."""
    found = russian(word)
    if given:
        found = frozenset(other for reading in found for other in equals(reading))
    return frozenset(stem for reading in found for stem in stems(reading))


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
    """Give a text as it stands, and with percent signs, entities and international domain names written out."""
    yield text
    seen = {text}
    for _ in range(3):
        text = html.unescape(unquote(text, errors="replace")) if "%" in text or "&" in text else text
        if machine and "xn--" in text.lower():
            text = re.sub(r"xn--[a-z0-9-]+", _from_idna, text, flags=re.IGNORECASE)
        if text in seen:
            return
        seen.add(text)
        yield text


def _from_idna(match: re.Match[str]) -> str:
    try:
        return match[0].lower().encode("ascii").decode("idna")
    except UnicodeError:
        return match[0]


def _candidates(found: list[_Word], text: str) -> Iterator[tuple[int, int]]:
    """List the stretches of words that may be one word: each by itself, two or three neighbours, letters spaced out."""
    torn = [bool(_TORN.fullmatch(text, one.end, other.start)) for one, other in zip(found, found[1:], strict=False)]
    short = [len(bare(word.text)) <= _PIECE for word in found]
    for first in range(len(found)):
        yield first, first + 1
        last, letters = first + 1, len(found[first].text)
        while last < len(found) and torn[last - 1] and letters < 30:
            letters += len(found[last].text)
            last += 1
            if last - first > 3 and not all(short[first:last]):
                break
            yield first, last


def _shortest(hits: list[Hit]) -> Iterator[Hit]:
    """Leave out what begins inside or before another find of the same entry and ends with or after it."""
    for hit in hits:
        if not any(
            other is not hit
            and other.entry == hit.entry
            and other.start >= hit.start
            and other.end <= hit.end
            and (other.start, -other.end) != (hit.start, -hit.end)
            for other in hits
        ):
            yield hit


def _near(one: _Span, other: _Span) -> bool:
    gap = max(one.first, other.first) - min(one.last, other.last)
    if gap < 0:
        return False
    return gap <= (_NEAR if min(one.size, other.size) >= 3 else 0)


def _is_initial(word: _Word, text: str) -> bool:
    """Tell an initial from a short word: one or two letters, in capitals or with a full stop, or alone in an address."""
    letters = bare(word.text)
    if len(letters) > 2:
        return False
    after, before = text[word.end : word.end + 1], text[word.start - 1 : word.start]
    tied = bool(before and before in "-_./+@=") or bool(after and after in "-_/+@=")
    return letters[0].isupper() or after == "." or (tied and len(letters) == 1)


def _named_otherwise(first: int, last: int, found: list[_Word], text: str) -> bool:
    """Tell whether a capitalised word stands right beside given name and patronymic: somebody else's family name."""
    for place, gap in (
        (first - 1, lambda word: text[word.end : found[first].start]),
        (last, lambda word: text[found[last - 1].end : word.start]),
    ):
        if 0 <= place < len(found) and found[place].text[:1].isupper() and gap(found[place]).strip() in {"", "-"}:
            return True
    return False


@lru_cache(maxsize=4)
def guard_for(private: PrivateList) -> Guard:
    """Compile a list once in each process."""
    return Guard(private)


def entries(hits: Iterable[Hit]) -> list[int]:
    """List the entries that were found, each once."""
    return sorted({hit.entry for hit in hits})
