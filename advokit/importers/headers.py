"""The columns of a table in, what they obviously hold out: a guess by their words, in many languages.

A guess is never silent: the report lists what was taken. A mapping goes first. In JSON a column is a path, and its
last word counts where the words before it say whose it is: `person.name`, `latestParty.name`, `contact.email`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from functools import cache

from advokit.importers import vocabulary

#: Fields in the order in which they choose a column; parts of fields come last.
_ORDER = [
    "name",
    "given_name",
    "family_name",
    "particle",
    "sort_name",
    "email",
    "phone",
    "address",
    "form_url",
    "party",
    "area",
    "region",
    "number",
    "area_id",
    "role",
    "chamber",
    "start",
    "end",
    "current",
    "gender",
    "honorific",
    "language",
    "period",
    "death_date",
    "identifier.wikidata",
    "street",
    "street2",
    "house",
    "postcode",
    "city",
    "id",
]
#: What a guess may find besides fields: parts that `obvious` puts together.
PARTS = ("particle", "region", "number", "street", "street2", "house", "postcode", "city")
#: Words that say nothing by themselves, deep inside nested data.
_VAGUE = frozenset(
    [
        "id",
        "uri",
        "person",
        "name",
        "title",
        "titel",
        "type",
        "role",
        "mandat",
        "position",
        "post",
        "office",
        "from",
        "to",
        "start",
        "end",
        "status",
        "state",
        "code",
        "text",
        "address",
    ]
)
_OWN = frozenset({"name", "id", "given_name", "family_name"})
_THINGS = frozenset({"party", "group", "constituency", "district", "area", "house", "code"})
_OF_SEATS = frozenset(
    {"start", "end", "current", "role", "party", "area", "chamber", "region", "number", "area_id", "period"}
)
_OF_CONTACTS = frozenset({"email", "phone", "address", "form_url", "street", "street2", "house", "postcode", "city"})
#: Whole names that are only half of one where the other half has a column of its own: `Name` beside `Vorname`.
HALVES = frozenset(
    [
        "name",
        "nom",
        "nombre",
        "nome",
        "naam",
        "navn",
        "namn",
        "nimi",
        "nume",
        "numele",
        "nev",
        "ime",
        "име",
        "имя",
        "ім_я",
        "emri",
        "ad",
        "isim",
        "ονομα",
        "prenome",
        "名",
        "姓",
        "名字",
        "שם",
        "الاسم",
        "vards",
        "vardas",
    ]
)


def plain(header: str) -> str:
    """Make a header comparable: no case, accents, camel case or signs; words set apart by `_`."""
    text = unicodedata.normalize("NFKC", header)
    text = re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])", " ", text)
    text = unicodedata.normalize("NFD", text.casefold().replace("ı", "i"))
    text = "".join(c for c in text if unicodedata.category(c) != "Mn" or "\u0900" <= c <= "\u0fff")
    text = "".join(c if c.isalnum() or unicodedata.category(c) in {"Mn", "Mc"} or c in "#@" else "_" for c in text)
    return re.sub(r"_+", "_", text).strip("_").replace("ł", "l").replace("ø", "o").replace("đ", "d")


@cache
def _table() -> dict[str, dict[str, int]]:
    """Give for each field its words with their rank."""
    return {
        field: {plain(word): rank for rank, word in reversed(list(enumerate(words.split("|"))))}
        for field, words in vocabulary.WORDS.items()
    }


@cache
def _close() -> dict[str, dict[str, int]]:
    """Give the words of each field that are several, as lists write them that know no spaces: GRUPOPARLAMENTARIO."""
    return {
        field: {word.replace("_", ""): rank for word, rank in words.items() if "_" in word and len(word) > 8}
        for field, words in _table().items()
    }


@cache
def _set(words: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words.split("|"))


@cache
def _forms(header: str) -> tuple[str, ...]:
    """Give the forms in which a header may be known: whole, without brackets, each half of `Vorname / prénom`."""
    forms = [header, re.sub(r"\s*[(\[（【].*?[)\]）】]\s*", " ", header)]
    forms += re.findall(r"[(\[（【](.+?)[)\]）】]", header)
    if re.search(r"\s?[/|]\s?", header):
        forms += re.split(r"\s?[/|]\s?", header)
    return tuple(dict.fromkeys(filter(None, map(plain, forms))))


def _rank(field: str, header: str) -> int | None:
    """Tell how well a header fits a field: a small number is good, nothing is not at all."""
    words, close = _table()[field], _close()[field]
    found = [words[form] + 1000 * index for index, form in enumerate(_forms(header)) if form in words]
    found += [close[form] + 500 for form in _forms(header) if form in close]
    return min(found, default=None)


def _steps(path: str) -> list[str]:
    return [step for step in path.split(".") if step and not step.isdecimal()]


def _deep(field: str, path: str) -> int | None:
    """Judge a path of nested data, by its last word and by whose it is."""
    *before, last = _steps(path)
    if not before:
        return _rank(field, last)
    owners = [plain(step) for step in before]
    if any(owner in _set(vocabulary.STRANGERS) for owner in owners):
        return None
    if field in _OWN and any(_thing(step) for step in before):
        return None
    whole = _rank(field, " ".join(_steps(path)))
    if whole is not None:
        return whole
    owned = min((rank for step in before if (rank := _rank(field, step)) is not None), default=None)
    if owned is not None and _labels(field, plain(last)):
        if field == "name" and plain(last) in _THINGS:
            return None
        order = [plain(word) for word in vocabulary.LABELS.split("|")]
        return 10_000 + 40 * owned + order.index(plain(last))
    return _inside(field, owners, last)


def _thing(step: str) -> bool:
    """Tell whether a step of a path names a party, an area or a body, whose names are no person's."""
    others = ("party", "area", "region", "chamber", "period")
    return plain(step) not in _set(vocabulary.HOLDERS) and any(_rank(other, step) is not None for other in others)


def _labels(field: str, last: str) -> bool:
    return (
        last in _set(vocabulary.LABELS)
        and field != "id"
        and (field not in {"email", "phone", "address"} or last == "value")
    )


def _inside(field: str, owners: Sequence[str], last: str) -> int | None:
    """Judge a word for a field by what it stands in: a person, a seat, a way of reaching somebody."""
    own = _rank(field, last)
    if own is None:
        return None
    held = all(owner in _set(vocabulary.HOLDERS) for owner in owners)
    seat = all(owner in _set(vocabulary.HOLDERS) | _set(vocabulary.SEATS) for owner in owners)
    reached = any(owner in _set(vocabulary.CONTACTS) for owner in owners)
    vague = plain(last) in _VAGUE
    if field == "id":
        near = owners[-1] in _set(vocabulary.HOLDERS) - {"value"} and own < 3
        return 5_000 + own if near else (5_500 + own if held else None)
    if held:
        return 20_000 + own
    if field in _OF_SEATS:
        return 30_000 + own if seat or (not vague and not reached) else None
    if field in _OF_CONTACTS:
        return 30_000 + own if reached or not vague else None
    return None if vague or reached else 40_000 + own


def _unwrapped(columns: Sequence[str]) -> dict[str, str]:
    """Take off what stands before every path: `value.`, `depute.`."""
    bare = {column: column for column in columns}
    while len(bare) > 1:
        firsts = {path.partition(".")[0] for path in bare.values() if "." in path}
        if len(firsts) != 1 or sum("." in path for path in bare.values()) < 0.7 * len(bare):
            break
        first = firsts.pop()
        bare = {column: path.removeprefix(f"{first}.") for column, path in bare.items()}
    return bare


def guess(columns: Iterable[str], *, paths: bool = False, never: Container[tuple[str, str]] = ()
          ) -> dict[str, tuple[str, ...]]:
    """Give for each field the column that obviously holds it (of titles all); a column is given once.

    `never` holds pairs of field and column that have been found not to go together.
    """
    listed = list(columns)
    bare = _unwrapped(listed) if paths else {column: column for column in listed}
    found: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for field in _ORDER:
        ranked = sorted(
            (rank, index, column)
            for index, column in enumerate(listed)
            if column not in taken
            and (field, column) not in never
            and (rank := (_deep if paths else _rank)(field, bare[column])) is not None
        )
        if ranked:
            found[field] = (
                tuple(column for _, _, column in sorted(ranked, key=lambda one: one[1]))
                if field == "honorific"
                else (ranked[0][2],)
            )
            taken.update(found[field])
    if paths and "name" in found and (holder := found["name"][0].rpartition(".")[0]):
        own = next((column for column in listed if column in {f"{holder}.id", f"{holder}.uuid"}), "")
        if own and own not in taken:
            found["id"] = (own,)
    return _sensible(found)


def _sensible(found: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Drop what makes no sense by itself: a postcode without a street or city, a number without an area."""
    if "address" in found or not {"street", "city"} & found.keys() or not {"street", "postcode"} & found.keys():
        for part in ("street", "street2", "house", "postcode", "city"):
            found.pop(part, None)
    if "area" not in found and "region" in found:
        found["area"] = found.pop("region")
    if "area" not in found and "number" in found:
        found["area"] = found.pop("number")
    return found


def holds(field: str, column: str) -> bool:
    """Tell whether a column's word is one for a field or a part of one."""
    return _rank(field, column) is not None


def family_first(column: str) -> bool:
    """Tell whether a column's heading says that its names begin with the family name."""
    return any(form in _set(vocabulary.FAMILY_FIRST) for form in _forms(column))


def is_half(column: str) -> bool:
    """Tell whether a column that is called a name may be half of one."""
    return plain(column.rpartition(".")[2]) in HALVES


def telling(cells: Iterable[str]) -> int:
    """Count the cells of a row that are words for fields: how much the row looks like a header."""
    return len({field for cell in cells if 0 < len(cell) < 60 for field in _ORDER if _rank(field, cell) is not None})


def like_a_name(columns: Sequence[str]) -> str:
    """Give the column that is likeliest to hold a name although its word is not known."""
    words = {word for word in _table()["name"] if len(word) > 2} | set(_table()["family_name"])
    parts = {part for word in words for part in word.split("_") if len(part) > 2}
    scored = [
        (sum(part in parts for part in plain(column).split("_")), -index, column)
        for index, column in enumerate(columns)
    ]
    best = max(scored, default=(0, 0, ""))
    return best[2] if best[0] else ""
