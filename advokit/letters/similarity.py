"""How much of a run is the senders' own: the letters that paragraphs share, and those taken from the letter itself.

In: the journal, to which each sender's paragraph adds hashes of its pieces; never the paragraph itself. Out:
`Similarity`, with rows only. Nothing here rewrites anybody's words.

A paragraph is cut into pieces of four letters (of two in writing without spaces, such as Chinese), so that one changed
word, another order of sentences or another name leaves most pieces as they were, in any inflected language. Two
paragraphs are alike where they share half of their pieces or more (Jaccard, exact). Which pairs are looked at, MinHash
decides (Broder 1997): a pair that shares half is met with 98 %, one that shares 60 % with 99.98 % probability. Before
the pieces of a pair are read, its sketches of 256 bits tell most of those that are unlike.
"""

from __future__ import annotations

import hashlib
import re
import statistics
import struct
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rensa import RMinHash  # type: ignore[import-untyped]

from advokit.letters.journal import Journal
from advokit.letters.senders import UNSPACED, count_words

#: From which share of common pieces on (Jaccard) two paragraphs count as alike.
ALIKE = 0.5
#: From which share of its words on a paragraph counts as taken from the letter, and how many words in a row tell so.
PASTED, IN_A_ROW = 0.5, 5
BANDS, _ROWS, _SEED = 64, 4, 1997
_PERMUTATIONS = BANDS * _ROWS
#: Which bit of a MinHash value stands in the sketch, and how many bits of two sketches may differ in a pair that is
#: looked at: of a pair that shares half, a quarter of them does (64, with a standard deviation of 7).
_BIT, _DIFFER = 1 << 16, 92
#: Makes one number of the two halves of a bucket's key; two keys that fall together cost one look in vain.
_ODD, _64_BITS = 0x9E3779B97F4A7C15, (1 << 64) - 1
#: Groups that a paragraph is compared with in one bucket of MinHash; buckets with more are of texts that are unlike.
_COMPARED = 60
_RUNS = re.compile(f"([{UNSPACED}]+)")
_TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")

_Root = Callable[[int], int]
_Same = Callable[[int, int], bool]


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
    pasted: tuple[int, ...] = ()
    """Rows whose own words are those of the letter itself; they are in no group."""

    @property
    def alike(self) -> int:
        """Count the senders whose words are like another's, or the letter's."""
        return sum(len(group) for group in self.groups) + len(self.pasted)

    @property
    def distinct(self) -> int:
        """Count the paragraphs that remain when those that are alike count once, and the letter's own not at all."""
        return self.with_words - self.alike + len(self.groups)


def pieces(text: str) -> frozenset[str]:
    """Cut a paragraph into overlapping pieces, capitals and punctuation apart."""
    plain = " ".join(re.findall(r"\w+", text.casefold()))
    found: set[str] = set()
    for number, run in enumerate(_RUNS.split(plain)):
        size, run = (2, run) if number % 2 else (4, run.strip())  # noqa: PLW2901 - the same run without its spaces
        if run:
            found.update(run[at:at + size] for at in range(max(len(run) - size + 1, 1)))
    return frozenset(found)


def likeness(one: frozenset[int] | frozenset[str], other: frozenset[int] | frozenset[str]) -> float:
    """Give the share of common pieces."""
    return len(one & other) / len(one | other) if one or other else 0.0


def taken(text: str, letter: str) -> float:
    """Give the share of a paragraph's words that stand in the letter too, in the same order, five or more in a row."""
    words, known = _TOKEN.findall(text.casefold()), _rows_of(letter)
    hit = {at + step for at in range(len(words) - IN_A_ROW + 1) if tuple(words[at:at + IN_A_ROW]) in known
           for step in range(IN_A_ROW)}
    return len(hit) / len(words) if words else 0.0


@lru_cache(maxsize=32)
def _rows_of(letter: str) -> frozenset[tuple[str, ...]]:
    """Give every few words in a row of a letter."""
    source = _TOKEN.findall(letter.casefold())
    return frozenset(tuple(source[at:at + IN_A_ROW]) for at in range(len(source) - IN_A_ROW + 1))


def add(journal: Journal, row: int, words: str, letter: str = "") -> None:
    """Note the own words of one sender, if any, and whether they are those of the `letter`."""
    found = pieces(words)
    if not found:
        return
    pasted = taken(words, letter) >= PASTED
    values = minhash(found)
    buckets = struct.pack(f"<{BANDS}Q", *bands(values))
    journal.words(row, count_words(words), _hashed(found), buckets, sketch(values), pasted=pasted)


def minhash(found: frozenset[str]) -> Sequence[int]:
    """Give the MinHash of a paragraph, 32 bits for each permutation."""
    signature = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    signature.update(sorted(found))
    values: Sequence[int] = signature.digest()
    return values


def bands(values: Sequence[int]) -> tuple[int, ...]:
    """Give the buckets of a paragraph's MinHash: paragraphs that share pieces fall into common ones."""
    halves = struct.unpack(f"<{BANDS * 2}Q", struct.pack(f"<{_PERMUTATIONS}I", *values))
    return tuple(one ^ other * _ODD & _64_BITS for one, other in zip(halves[::2], halves[1::2], strict=True))


def sketch(values: Sequence[int]) -> bytes:
    """Give one bit of each value of a MinHash: of two paragraphs' bits, (1 + Jaccard) / 2 agree (Li and König 2010)."""
    return int("".join("1" if value & _BIT else "0" for value in values), 2).to_bytes(_PERMUTATIONS // 8, "big")


def _hashed(found: Iterable[str]) -> bytes:
    return b"".join(map(_hash, found))


@lru_cache(maxsize=1 << 16)
def _hash(piece: str) -> bytes:
    return hashlib.blake2b(piece.encode("utf-8", "replace"), digest_size=8).digest()


def measure(journal: Journal, senders: int) -> Similarity:
    """Group the rows whose paragraphs are alike; `senders` is how many there are in all."""
    above: dict[int, int] = {}

    def root(row: int) -> int:
        while (up := above.get(row, row)) != row:
            above[row] = above.get(up, up)
            row = above[row]
        return row

    @lru_cache(maxsize=256)  # some 30 KiB each; eight times as many made a run no faster
    def known(row: int) -> frozenset[int]:
        return frozenset(array("Q", journal.pieces(row)))

    sketches = {row: int.from_bytes(bits, "big") for row, bits in journal.sketches()}

    def same(one: int, other: int) -> bool:
        return ((sketches[one] ^ sketches[other]).bit_count() <= _DIFFER
                and likeness(known(one), known(other)) >= ALIKE)

    for band in range(BANDS):
        for bucket in journal.buckets(band):
            _join(bucket, above, root, same)
    groups: dict[int, list[int]] = {}
    for row in above:
        groups.setdefault(root(row), []).append(row)
    alike = sorted((tuple(sorted({top, *group})) for top, group in groups.items()),
                   key=lambda group: (-len(group), group))
    counts = list(journal.word_counts())
    return Similarity(len(counts), max(senders - len(counts), 0), round(statistics.median(counts)) if counts else 0,
                      tuple(group for group in alike if len(group) > 1), tuple(journal.pasted()))


def _join(bucket: Sequence[int], above: dict[int, int], root: _Root, same: _Same) -> None:
    """Join the rows of one bucket that are alike: each is compared with one row of every group in it."""
    tops: dict[int, int] = {}
    for row in bucket:
        if (own := root(row)) in tops:
            continue
        found = [top for top, one in tops.items() if same(one, row)]
        if not found and len(tops) >= _COMPARED:
            continue
        lowest = min((own, *found))
        for top in (own, *found):
            tops.pop(top, None)
            if top != lowest:
                above[top] = lowest
        tops[lowest] = row
