"""What a guess brought together in, the fields of one row out: halves of a name, parts of an address, a district.

Only columns that were guessed are touched here; what a mapping says stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from advokit.importers import headers, words
from advokit.importers.areas import area_of
from advokit.language import read_language
from advokit.people import is_mail, is_web

#: Countries whose addresses name the town before the postcode.
_TOWN_FIRST = frozenset(
    [
        "us",
        "ca",
        "au",
        "gb",
        "ie",
        "nz",
        "in",
        "za",
        "ng",
        "ke",
        "gh",
        "zm",
        "ug",
        "tz",
        "bb",
        "jm",
        "tt",
        "mt",
        "pk",
        "bd",
        "lk",
    ]
)
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def verified(
    found: Mapping[str, tuple[str, ...]], samples: Sequence[Mapping[str, str]], country: str
) -> dict[str, tuple[str, ...]]:
    """Keep of a guess what the first rows bear out: dates are dates, e-mail has an @, names are not numbers."""
    kept = dict(found)
    for field, columns in found.items():
        values = [value for row in samples for column in columns if (value := row.get(column, ""))]
        if values and not _bears(field, values, country):
            del kept[field]
    if "id" in kept and "name" in kept and not _tells_apart(kept, samples):
        del kept["id"]
    return kept


def _bears(field: str, values: Sequence[str], country: str) -> bool:
    good: int
    if field in {"start", "end", "death_date"}:
        good = sum(_is_date(value, country) for value in values)
    elif field == "email":
        good = sum("@" in value or is_web(value) or bool(re.search(r"\[at\]|\(at\)", value)) for value in values)
    elif field in {"name", "given_name", "family_name"}:
        good = sum(any(c.isalpha() for c in value) and not is_mail(value) and not is_web(value) for value in values)
    elif field == "current":
        good = sum(words.read_flag(value) is not None for value in values)
    elif field == "gender":
        good = sum(words.read_gender(value) is not None for value in values)
    elif field == "chamber":
        good = sum(any(c.isalpha() for c in value) for value in values)
    elif field == "phone":
        good = sum(any(c.isdigit() for c in value) for value in values)
    elif field in {"party", "role", "area", "address"}:
        good = sum(not is_web(value) and not value.startswith("/") for value in values)
    elif field == "language":
        good = sum(bool(read_language(value, country)) for value in values)
    else:
        return True
    return good * 2 > len(values)


def _is_date(value: str, country: str) -> bool:
    try:
        words.read_date(value, country)
    except ValueError:
        return False
    return True


def _tells_apart(found: Mapping[str, tuple[str, ...]], samples: Sequence[Mapping[str, str]]) -> bool:
    """Tell whether a column of identifiers tells persons apart: one on many names is the party's or the list's."""
    rows = [(row.get(found["id"][0], ""), row.get(found["name"][0], "")) for row in samples]
    names: dict[str, set[str]] = {}
    for value, name in rows:
        names.setdefault(value, set()).add(name)
    clashes = sum(bool(value) and len(names[value]) > 1 for value, _ in rows)
    return clashes < 3 or clashes * 4 <= len(rows)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def _holds(whole: str, part: str) -> bool:
    return bool(part) and set(_words(part)) <= set(_words(whole))


def settle(raw: dict[str, str], guessed: Mapping[str, Sequence[str]], country: str) -> dict[str, str]:
    """Turn parts into fields; gives the row with nothing but fields."""
    _name(raw, guessed, country)
    if "honorific" in guessed and (title := raw.get("honorific", "")) and not _titles(title, country):
        raw["honorific"] = ""
        raw["role"] = raw.get("role", "") or title
    if "chamber" in guessed and not any(c.isalpha() for c in raw.get("chamber", "")):
        raw["chamber"] = ""
    if "current" in guessed and words.read_flag(raw.get("current", "")) is None:
        raw["current"] = ""
    region = raw.get("region", "")
    _area(raw, guessed, country)
    _address(raw, region, country)
    return {key: text for key, text in raw.items() if key not in headers.PARTS}


def _name(raw: dict[str, str], guessed: Mapping[str, Sequence[str]], country: str) -> None:
    """Read `Name` beside `Vorname` as the family name, unless it holds the given name too."""
    if raw.get("particle") and raw.get("family_name"):
        raw["family_name"] = f"{raw['particle']} {raw['family_name']}"
    name, given, family = (raw.get(key, "") for key in ("name", "given_name", "family_name"))
    half = "name" in guessed and headers.is_half(guessed["name"][0]) and bool(given) != bool(family)
    if half and name and not _holds(name, given or family):
        raw["family_name" if given else "given_name"] = name
        raw["name"] = name = ""
        given, family = raw["given_name"], raw["family_name"]
    if not name and given and family:
        if _EAST.fullmatch(given) and _EAST.fullmatch(family):
            raw["name"] = f"{family}{given}"
        elif country in words.FAMILY_FIRST:
            raw["name"] = f"{family} {given}"


def _titles(text: str, country: str) -> bool:
    """Tell whether a text is nothing but titles."""
    return words.split_titles(f"{text} X", country)[1] == "X" or words.read_gender(text) not in {None, ""}


def _area(raw: dict[str, str], guessed: Mapping[str, Sequence[str]], country: str) -> None:
    """Say which of the districts of one number is meant: with its state or region before it."""
    region, number, area = (raw.get(key, "") for key in ("region", "number", "area"))
    if "area" not in guessed:
        return
    if not area:
        raw["area"] = " ".join(filter(None, (region, number)))
    elif country == "us" and re.fullmatch(r"[A-Z]{2}", region) and re.fullmatch(r"\d{1,2}|AL", area):
        raw["area"] = area_of(region, area)[0]
    elif region and re.fullmatch(r"\W*\d{1,3}\W*", area):
        raw["area"] = f"{region} {area}"
    elif number and not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", area):
        raw["area"] = f"{area} {number}"


def _address(raw: dict[str, str], region: str, country: str) -> None:
    """Make an address of its parts, in the country's order."""
    if raw.get("address"):
        return
    street = " ".join(filter(None, (raw.get("street", ""), raw.get("house", ""))))
    town, code = raw.get("city", ""), raw.get("postcode", "")
    if country in {"us", "ca", "au"} and town:
        last = f"{town}, {' '.join(filter(None, (region, code)))}".rstrip(", ")
    else:
        last = " ".join(filter(None, (town, code) if country in _TOWN_FIRST else (code, town)))
    lines: Iterable[str] = (street, raw.get("street2", ""), last)
    if any((street, town)):
        raw["address"] = "; ".join(filter(None, lines))
