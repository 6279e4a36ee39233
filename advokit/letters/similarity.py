"""How much of a run is the senders' own: the letters that paragraphs share, and those taken from the letter itself.

In: the journal, to which each sender's paragraph adds hashes of its pieces; never the paragraph itself. Out:
`Similarity`, with rows only. Nothing here rewrites anybody's words.

A paragraph is cut into pieces of four letters (of two in writing without spaces, such as Chinese), so that one changed
word, another order of sentences or another name leaves most pieces as they were, in any inflected language. Two
paragraphs are alike where they share half of their pieces or more (Jaccard, exact). Which pairs are looked at, MinHash
decides (Broder 1997): a pair that shares half is met with 98 %, one that shares 60 % with 99.98 % probability.
"""

from __future__ import annotations

import hashlib
import re
import statistics
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rensa import RMinHash  # type: ignore[import-untyped]

from advokit.letters.journal import Journal
from advokit.letters.senders import count_words

#: From which share of common pieces on (Jaccard) two paragraphs count as alike.
ALIKE = 0.5
#: From which share of its words on a paragraph counts as taken from the letter, and how many words in a row tell so.
PASTED, IN_A_ROW = 0.5, 5
_BANDS, _ROWS, _SEED = 64, 4, 1997
#: Groups that a paragraph is compared with in one bucket of MinHash; buckets with more are of texts that are unlike.
_COMPARED = 60
#: Han, kana, Thai, Lao, Burmese, Khmer: writing without spaces between words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_RUNS = re.compile(f"([{_UNSPACED}]+)")
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")

_Root = Callable[[int], int]
_Known = Callable[[int], frozenset[int]]


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
    words, source = _TOKEN.findall(text.casefold()), _TOKEN.findall(letter.casefold())
    known = {tuple(source[at:at + IN_A_ROW]) for at in range(len(source) - IN_A_ROW + 1)}
    hit = {at + step for at in range(len(words) - IN_A_ROW + 1) if tuple(words[at:at + IN_A_ROW]) in known
           for step in range(IN_A_ROW)}
    return len(hit) / len(words) if words else 0.0


def add(journal: Journal, row: int, words: str, letter: str = "") -> None:
    """Note the own words of one sender, if any, and whether they are those of the `letter`."""
    found = pieces(words)
    if not found:
        return
    pasted = taken(words, letter) >= PASTED
    journal.words(row, count_words(words), _hashed(found), () if pasted else bands(found), pasted=pasted)


def bands(found: frozenset[str]) -> tuple[int, ...]:
    """Give the buckets of a paragraph: paragraphs that share pieces fall into common ones."""
    minhash = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    minhash.update(sorted(found))
    values = struct.pack(f"<{_BANDS * _ROWS}I", *minhash.digest())
    step = _ROWS * 4
    return tuple(int.from_bytes(hashlib.blake2b(values[at:at + step], digest_size=8).digest(), "big", signed=True)
                 for at in range(0, len(values), step))


def _hashed(found: Iterable[str]) -> bytes:
    return b"".join(sorted(hashlib.blake2b(piece.encode("utf-8", "replace"), digest_size=6).digest()
                           for piece in found))


def measure(journal: Journal, senders: int) -> Similarity:
    """Group the rows whose paragraphs are alike; `senders` is how many there are in all."""
    above: dict[int, int] = {}

    def root(row: int) -> int:
        while (up := above.get(row, row)) != row:
            above[row] = above.get(up, up)
            row = above[row]
        return row

    @lru_cache(maxsize=2048)
    def known(row: int) -> frozenset[int]:
        raw = journal.pieces(row)
        return frozenset(int.from_bytes(raw[at:at + 6], "big") for at in range(0, len(raw), 6))

    for bucket in journal.buckets():
        _join(bucket, above, root, known)
    groups: dict[int, list[int]] = {}
    for row in above:
        groups.setdefault(root(row), []).append(row)
    alike = sorted((tuple(sorted({top, *group})) for top, group in groups.items()),
                   key=lambda group: (-len(group), group))
    counts = list(journal.word_counts())
    return Similarity(len(counts), max(senders - len(counts), 0), round(statistics.median(counts)) if counts else 0,
                      tuple(group for group in alike if len(group) > 1), tuple(journal.pasted()))


def _join(bucket: Sequence[int], above: dict[int, int], root: _Root, known: _Known) -> None:
    """Join the rows of one bucket that are alike: each is compared with one row of every group in it."""
    tops: dict[int, int] = {}
    for row in bucket:
        if root(row) in tops:
            continue
        same = [top for top, one in tops.items() if likeness(known(one), known(row)) >= ALIKE]
        if not same and len(tops) >= _COMPARED:
            continue
        lowest = min(root(row), *same, root(row))
        for top in (root(row), *same):
            tops.pop(top, None)
            if top != lowest:
                above[top] = lowest
        tops[lowest] = row
