"""The data of unitedstates/congress-legislators in, records out: YAML with district offices, and the CSV made of it.

A term is a membership; its end is scheduled and may lie ahead. Areas are written `CA-14`, at large `AK-AL`, senators'
areas `CA`; their identifiers are OCD division ids.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from advokit.importers import table, trees
from advokit.importers.areas import TERRITORIES as _TERRITORIES
from advokit.importers.areas import area_of
from advokit.importers.mapping import Mapping
from advokit.importers.reading import DataSet, Draft, Place, Reading, Record, mappings, text_of
from advokit.people import Membership

_CHAMBERS = {"rep": "House of Representatives", "sen": "Senate", "prez": "President", "viceprez": "Vice President"}
_ROLES = {"rep": "Representative", "sen": "Senator", "prez": "President", "viceprez": "Vice President"}
_CITY = re.compile(r"[\s,;]+Washington,?\s+D\.?C\.?,?\s+(\d{5}(?:-\d{4})?)$", re.IGNORECASE)
_TERM_LEFT = {
    "fax",
    "rss_url",
    "state_rank",
    "class",
    "caucus",
    "party_affiliations",
    "how",
    "end-type",
    "office",
    "url",
    "phone",
    "address",
    "contact_form",
}
_NAME_LEFT = {"middle", "nickname", "suffix"}
_LEFT = {"leadership_roles", "family", "other_names"}
_OFFICE_LEFT = {"id", "fax", "hours", "latitude", "longitude"}
_CSV_LEFT_TEXT = (
    "ballotpedia_id birthday cspan_id facebook fec_ids icpsr_id mastodon middle_name nickname "
    "opensecrets_id rss_url senate_class suffix twitter twitter_id url votesmart_id washington_post_id "
    "wikipedia_id youtube youtube_id "
)
_CSV_LEFT = frozenset(_CSV_LEFT_TEXT.split())
#: Identifiers that one person has alone and another source may have too.
_SCHEMES = ("bioguide", "govtrack", "thomas", "lis", "wikidata", "icpsr", "opensecrets", "votesmart")


def read(datasets: Sequence[DataSet], reading: Reading) -> Iterator[Record]:
    """Read legislators first and offices after them, in whatever order the files were named."""
    first = {data: _kind(data) for data in datasets}
    spans = _Spans()
    for data in datasets:
        if first[data] == "csv":
            yield from _csv(data, reading)
        elif first[data] == "terms":
            yield from _legislators(data, reading, spans)
        elif first[data] != "offices":
            reading.say(
                Place(data.shown),
                "not-legislators",
                "the file has neither terms nor offices; it is left out",
                "Name legislators-current.yaml, legislators-district-offices.yaml or legislators-current.csv.",
                warning=False,
            )
    for data in datasets:
        if first[data] == "offices":
            yield from _offices(data, reading)
    reading.day = _own_day(spans)


def _kind(data: DataSet) -> str:
    if data.path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        return "csv"
    for item, _, _ in _items(data):
        if isinstance(item, dict):
            return "terms" if "terms" in item else "offices" if "offices" in item else ""
    return ""


def _items(data: DataSet) -> Iterator[tuple[Any, int, int]]:
    yield from trees.yaml_items(data.path, data.shown)


@dataclass
class _Spans:
    """The newest start of all last terms, and the earliest of their ends."""

    newest: str = ""
    earliest: str = "9999"

    def add(self, start: str, end: str) -> None:
        self.newest = max(self.newest, start)
        self.earliest = min(self.earliest, end or "9999")


def _own_day(spans: _Spans) -> dt.date | None:
    """Give the day at which the list calls itself current.

    Where every last term runs on past the newest start of all, the list holds only those who sat together, whatever
    the calendar says when it is read; else there is no such day.
    """
    together = spans.earliest >= spans.newest
    return dt.date.fromisoformat(spans.newest) if together and len(spans.newest) == 10 else None


def address_of(text: str) -> str:
    """Set the office and the city of an address in Washington on lines of their own."""
    match = _CITY.search(text)
    return f"{text[: match.start()]}; Washington, DC {match[1]}" if match else text


def _role(kind: str, state: str) -> str:
    if kind == "rep" and state == "PR":
        return "Resident Commissioner"
    return "Delegate" if kind == "rep" and (state in _TERRITORIES or state == "DC") else _ROLES.get(kind, kind)


def _identifiers(found: dict[str, Any]) -> tuple[str, ...]:
    """Give the identifiers that can join data sets: scheme and value."""
    names = [f"{scheme}:{value}" for scheme in _SCHEMES if (value := text_of(found.get(scheme)))]
    bioguide = text_of(found.get("bioguide"))
    return tuple([f"id:{bioguide}", *names] if bioguide else names)


def _legislators(data: DataSet, reading: Reading, spans: _Spans) -> Iterator[Record]:
    for item, line, column in _items(data):
        place = Place(data.shown, line, column)
        reading.counts["rows"] += 1
        if not isinstance(item, dict):
            reading.say(place, "not-a-person", "this item of the list is no mapping; it is left out", warning=False)
            continue
        ids, name, bio = (
            (dict(part) if isinstance(part := item.pop(key, None), dict) else {}) for key in ("id", "name", "bio")
        )
        draft = Draft(reading, place)
        person = _person(draft, name, bio)
        terms = mappings(item.pop("terms", []))
        reading.counts["terms"] += len(terms)
        seats = [_term(draft, term, last=number == len(terms)) for number, term in enumerate(terms, 1)]
        if seats:
            spans.add(max(seat.start for seat in seats), seats[-1].end)
            if reading.question.office == "district":
                last = seats[-1]
                person |= {f"last_{key}": getattr(last, key) for key in ("address", "phone") if getattr(last, key)}
                seats = [
                    Membership(**{**{k: getattr(s, k) for k in Membership.__slots__}, "address": "", "phone": ""})
                    for s in seats
                ]
        reading.leave(place, ids, [*ids], "id.")
        reading.leave(place, item, _LEFT)
        yield Record(
            place,
            data.source,
            text_of(ids.get("bioguide")) or text_of(ids.get("govtrack")),
            _identifiers(ids),
            person,
            tuple(seats),
        )


def _person(draft: Draft, name: dict[str, Any], bio: dict[str, Any]) -> dict[str, str]:
    given, family = text_of(name.pop("first", "")), text_of(name.pop("last", ""))
    parts = (given, text_of(name.get("middle")), family, text_of(name.get("suffix")))
    full = text_of(name.pop("official_full", "")) or " ".join(filter(None, parts))
    gender = text_of(bio.pop("gender", ""))
    draft.reading.leave(draft.place, name, _NAME_LEFT, "name.")
    draft.reading.leave(draft.place, bio, {"birthday", "religion"}, "bio.")
    return draft.person({"name": full, "given_name": given, "family_name": family, "gender": gender})


def _term(draft: Draft, term: dict[str, Any], *, last: bool) -> Membership:
    """Read one term; what earlier terms say of offices and telephones is out of date and left out."""
    kind, state = text_of(term.pop("type", "")), text_of(term.pop("state", ""))
    district = text_of(term.pop("district", "")) if kind == "rep" else ""
    area, area_id = area_of(state, district)
    contacts = (
        {
            "address": address_of(text_of(term.pop("address", ""))),
            "phone": text_of(term.pop("phone", "")),
            "form_url": text_of(term.pop("contact_form", "")),
        }
        if last
        else {}
    )
    raw = {
        "role": _role(kind, state),
        "chamber": _CHAMBERS.get(kind, kind),
        "area": area,
        "area_id": area_id,
        "party": text_of(term.pop("party", "")),
        "start": text_of(term.pop("start", "")),
        "end": text_of(term.pop("end", "")),
    }
    draft.reading.leave(draft.place, term, _TERM_LEFT, "terms.")
    return draft.membership(raw, current=None if last else False, **draft.contacts(contacts))


def _offices(data: DataSet, reading: Reading) -> Iterator[Record]:
    for item, line, column in _items(data):
        place = Place(data.shown, line, column)
        if not isinstance(item, dict):
            reading.say(place, "not-a-person", "this item of the list is no mapping; it is left out", warning=False)
            continue
        ids = dict(item.pop("id", None) or {})
        offices = mappings(item.pop("offices", []))
        reading.counts["district offices"] += len(offices)
        ranked = sorted(offices, key=lambda office: not (office.get("address") and office.get("zip")))
        best = dict(ranked[0]) if ranked else {}
        for office in offices:
            rest = {
                key: value
                for key, value in office.items()
                if key not in {"address", "building", "suite", "city", "state", "zip", "phone"}
            }
            reading.leave(place, rest, _OFFICE_LEFT, "offices.")
        reading.leave(place, item, ())
        found = Draft(reading, place).contacts({"address": _office_address(best), "phone": text_of(best.get("phone"))})
        yield Record(place, data.source, "", _identifiers(ids), found, extends_only=True)


def _office_address(office: dict[str, Any]) -> str:
    part = {key: text_of(value) for key, value in office.items()}
    street = ", ".join(filter(None, (part.get("address"), part.get("suite"))))
    region = " ".join(filter(None, (part.get("state"), part.get("zip"))))
    city = ", ".join(filter(None, (part.get("city"), region)))
    return "; ".join(filter(None, (part.get("building"), street, city)))


_SHAPE = table.Shape(
    Mapping(
        columns={
            "id": ("bioguide_id",),
            "name": ("full_name",),
            "given_name": ("first_name",),
            "family_name": ("last_name",),
            "gender": ("gender",),
            "party": ("party",),
            "address": ("address",),
            "phone": ("phone",),
            "form_url": ("contact_form",),
            "role": ("type",),
            "area": ("state",),
            "area_id": ("district",),
            "identifier.bioguide": ("bioguide_id",),
            "identifier.govtrack": ("govtrack_id",),
            "identifier.thomas": ("thomas_id",),
            "identifier.lis": ("lis_id",),
        }
    ),
    left=_CSV_LEFT,
)


def _csv(data: DataSet, reading: Reading) -> Iterator[Record]:
    """Read the CSV: one row a person, the current term only, no dates; the full name is made where it is missing."""
    if "historical" in data.path.name:
        reading.say(
            Place(data.shown),
            "no-dates",
            "the file has no dates of terms; everyone in it is taken as sitting",
            "Use legislators-historical.yaml with --on DATE.",
        )
    for record in table.read([data], reading, _SHAPE):
        yield _finished(record)


def _finished(record: Record) -> Record:
    """Give a row of the CSV the same words that the YAML gets."""
    person = dict(record.person)
    if person.get("address"):
        person["address"] = address_of(person["address"])
    seats = []
    for seat in record.memberships:
        state, kind = seat.area, seat.role
        area, area_id = area_of(state, seat.area_id if kind == "rep" else "")
        seats.append(
            Membership(
                role=_role(kind, state), chamber=_CHAMBERS.get(kind, kind), party=seat.party, area=area, area_id=area_id
            )
        )
    return Record(record.place, record.source, record.id, record.identifiers, person, tuple(seats))
