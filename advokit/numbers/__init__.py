"""Reading numbers as a text states them: `read_numbers` finds every number with its span, value, bound and unit."""

from __future__ import annotations

from advokit.numbers.lexicon import Lexicon, base_language, lexicon
from advokit.numbers.reader import StatedNumber, guess_language, noun_class, read_numbers

__all__ = ["Lexicon", "StatedNumber", "base_language", "guess_language", "lexicon", "noun_class", "read_numbers"]
