"""How much of a run is the senders' own: shingles and MinHash (Broder 1997) over their paragraphs.

In: the journal, to which each sender's paragraph adds its signature; never the paragraph itself. Out: `Similarity`,
with rows only. Nothing here rewrites anybody's words.
"""

from __future__ import annotations

import hashlib
import re
import statistics
import struct
from dataclasses import dataclass

from rensa import RMinHash  # type: ignore[import-untyped]

from advokit.letters.journal import Journal
from advokit.letters.senders import count_words

#: Words in a shingle.
SHINGLE = 3
_PERMUTATIONS, _BANDS, _ROWS, _SEED = 125, 25, 5, 1997
#: From which estimated share of common shingles on (Jaccard) two paragraphs count as alike.
ALIKE = 0.7


@dataclass(frozen=True)
class Similarity:
    """What was measured over the own words of a run."""

    with_words: int
    """Senders who wrote something of their own."""
    without: int
    """Senders who did not."""
    median_words: int
    """The median number of own words of those who wrote any."""
    groups: tuple[tuple[int, ...], ...]
    """Rows whose paragraphs are alike, largest group first."""

    @property
    def alike(self) -> int:
        """Count the senders whose words are like another's."""
        return sum(len(group) for group in self.groups)

    @property
    def distinct(self) -> int:
        """Count the paragraphs that remain when those that are alike count once."""
        return self.with_words - self.alike + len(self.groups)


def shingles(text: str) -> list[str]:
    """Cut a paragraph into runs of three words, capitals and punctuation apart."""
    words = re.findall(r"\w+", text.casefold())
    return [" ".join(words[at:at + SHINGLE]) for at in range(max(len(words) - SHINGLE + 1, 1))] if words else []


def signature(text: str) -> tuple[int, ...]:
    """Give the MinHash of a paragraph."""
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    minhash.update(shingles(text))
    return tuple(minhash.digest())


def likeness(one: bytes, other: bytes) -> float:
    """Estimate the share of common shingles from two packed signatures."""
    same = sum(left == right for left, right in zip(_unpacked(one), _unpacked(other), strict=True))
    return same / _PERMUTATIONS


def add(journal: Journal, row: int, words: str) -> None:
    """Note the own words of one sender; an empty paragraph is passed over."""
    if not shingles(words):
        return
    values = signature(words)
    bands = [int.from_bytes(hashlib.blake2b(_packed(values[at:at + _ROWS]), digest_size=8).digest(), "big", signed=True)
             for at in range(0, _BANDS * _ROWS, _ROWS)]
    journal.words(row, count_words(words), _packed(values), bands)


def _packed(values: tuple[int, ...]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def _unpacked(signature_: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(signature_) // 4}I", signature_)


def measure(journal: Journal, senders: int) -> Similarity:
    """Group the rows whose paragraphs are alike; `senders` is how many there are in all."""
    first: dict[int, int] = {}

    def root(row: int) -> int:
        while first.get(row, row) != row:
            row = first[row]
        return row

    for one, left, other, right in journal.candidates():
        if likeness(left, right) >= ALIKE:
            low, high = sorted((root(one), root(other)))
            first.setdefault(low, low)
            first[high] = low
            first.setdefault(other, low)
            first.setdefault(one, low)
    groups: dict[int, list[int]] = {}
    for row in first:
        groups.setdefault(root(row), []).append(row)
    alike = sorted((tuple(sorted(group)) for group in groups.values() if len(group) > 1),
                   key=lambda group: (-len(group), group))
    counts = list(journal.word_counts())
    return Similarity(len(counts), max(senders - len(counts), 0), round(statistics.median(counts)) if counts else 0,
                      tuple(alike))
