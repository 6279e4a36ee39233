"""Small helpers for the words of rules.

In: text. Out: sets of words, as tables are easier to read in lines than one word a line.
"""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """Give the words of a text as a set."""
    return frozenset(text.split())
