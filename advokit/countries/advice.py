"""What a pack tells a person who sends letters: stamps, delays, who may write to whom; whether a postcode looks right.

In: a country pack. Out: sentences, and the answer whether a postcode has the country's form. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from advokit.countries.model import CountryPack
from advokit.fields import in_language


def advice(pack: CountryPack, chambers: Collection[str] | None = None) -> Iterator[str]:
    """Give what a sender should know of post to these chambers, or to all of them; what nobody has checked says so."""
    notes = [note for note in (pack.free_post, pack.screening) if note is not None]
    rules = [rule for rule in pack.who_may_write if chambers is None or rule.chamber in chambers]
    for told in (*notes, *rules):
        text = in_language(told.text, "en") or next(iter(told.text.values()))
        yield text if told.strength != "g" else f"{text} (General knowledge, unchecked.)"


def postcode_fits(pack: CountryPack, postcode: str) -> bool:
    """Tell whether a postcode has the country's form; small letters and spaces do not count."""
    if pack.postcode is None:
        return True
    text = " ".join(postcode.upper().split())
    return any(re.fullmatch(pack.postcode.pattern, form) for form in (text, text.replace(" ", "")))


def has_postcode(pack: CountryPack, lines: Sequence[str]) -> bool:
    """Tell whether a line of an address holds a postcode of the country's form."""
    if pack.postcode is None:
        return True
    pattern = re.compile(rf"(?<![0-9A-Z])(?:{pack.postcode.pattern})(?![0-9A-Z])")
    return any(pattern.search(line.upper()) for line in lines)


def postcode_form(pack: CountryPack) -> str:
    """Say how a postcode of the country is written."""
    known = pack.postcode
    return f"Here a postcode is written {known.form}, such as {known.example}." if known else ""
