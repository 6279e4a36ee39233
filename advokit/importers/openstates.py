"""Open States' people in, records out: a folder of YAML files, one a person, or the CSV that Open States publishes.

Roles are memberships; the areas' identifiers are OCD division ids. `settings.yml` names the seats that are vacant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from advokit.importers import table, trees
from advokit.importers.mapping import Mapping
from advokit.importers.reading import DataSet, Draft, Place, Reading, Record, mappings, text_of
from advokit.people import Membership
from advokit.problems import InputError, Problem

_LEFT = frozenset(
    {
        "biography",
        "birth_date",
        "extras",
        "ids",
        "image",
        "links",
        "middle_name",
        "nickname",
        "other_names",
        "sources",
        "suffix",
    }
)
_OFFICE_LEFT = {"name", "fax"}
_HOUSES = {"lower": "sldl", "upper": "sldu", "legislature": "sldu"}
_CSV = table.Shape(
    Mapping(
        columns={
            "id": ("id",),
            "name": ("name",),
            "given_name": ("given_name",),
            "family_name": ("family_name",),
            "gender": ("gender",),
            "party": ("current_party",),
            "chamber": ("current_chamber",),
            "area": ("current_district",),
            "email": ("email",),
            "address": ("capitol_address",),
            "phone": ("capitol_voice",),
            "death_date": ("death_date",),
            "identifier.wikidata": ("wikidata",),
        }
    ),
    left=frozenset(
        {
            "biography",
            "birth_date",
            "image",
            "links",
            "sources",
            "capitol_fax",
            "district_address",
            "district_voice",
            "district_fax",
            "twitter",
            "youtube",
            "instagram",
            "facebook",
        }
    ),
)


def read(datasets: Sequence[DataSet], reading: Reading) -> Iterator[Record]:
    """Read folders, single files and CSV files; a broken file costs only itself."""
    states: set[str] = set()
    vacancies: list[tuple[DataSet, Path]] = []
    for data in datasets:
        if data.path.suffix.lower() == ".csv":
            yield from table.read([data], reading, _CSV)
            continue
        files = sorted(p for p in data.path.rglob("*.y*ml") if p.is_file()) if data.path.is_dir() else [data.path]
        settings = [path for path in files if path.stem == "settings"]
        vacancies += [(data, path) for path in settings]
        people = [path for path in files if path.stem != "settings"]
        if not people and not settings:
            raise InputError(
                [
                    Problem(
                        data.shown,
                        0,
                        0,
                        "error",
                        "empty-folder",
                        "the folder has no YAML file",
                        "Name the folder 'data' of the Open States people, or one state in it.",
                    )
                ]
            )
        for path in people:
            yield from _file(data, path, reading, states)
    for data, path in vacancies:
        _vacant(data, path, reading, states)


def _shown(data: DataSet, path: Path) -> str:
    return f"{data.shown.rstrip('/')}/{path.relative_to(data.path).as_posix()}" if path != data.path else data.shown


def _file(data: DataSet, path: Path, reading: Reading, states: set[str]) -> Iterator[Record]:
    shown = _shown(data, path)
    try:
        items = list(trees.yaml_items(path, shown))
    except InputError as error:
        reading.problems += error.problems
        reading.counts["files that cannot be read"] += 1
        return
    for item, line, column in items:
        place = Place(shown, line, column)
        reading.counts["rows"] += 1
        if not isinstance(item, dict) or not ("name" in item or "roles" in item):
            reading.say(place, "not-a-person", "the file holds no person; it is left out", warning=False)
            continue
        yield _person(dict(item), place, data, reading, states)


def _person(item: dict[str, Any], place: Place, data: DataSet, reading: Reading, states: set[str]) -> Record:
    draft = Draft(reading, place)
    own = text_of(item.pop("id", ""))
    others = mappings(item.pop("other_identifiers", []))
    names = tuple(
        f"{text_of(one.get('scheme'))}:{text_of(one.get('identifier'))}"
        for one in others
        if one.get("scheme") and one.get("identifier")
    )
    raw = {key: text_of(item.pop(key, "")) for key in ("name", "given_name", "family_name", "gender", "email")}
    raw["form_url"] = _form(item)
    office = _office([*mappings(item.pop("offices", [])), *mappings(item.pop("contact_details", []))], reading, place)
    raw |= {key: text for key, text in office.items() if key != "email" or not raw["email"]}
    person = draft.person(raw)
    if death := draft.date(text_of(item.pop("death_date", "")), "date of death"):
        person["death_date"] = death
    parties = mappings(item.pop("party", []))
    extras = item.get("extras")
    title = text_of(extras.get("title")) if isinstance(extras, dict) else ""
    roles = [_role(draft, role, parties, title, states) for role in mappings(item.pop("roles", []))]
    reading.leave(place, item, _LEFT)
    return Record(place, data.source, own, (f"id:{own}", *names) if own else names, person, tuple(roles))


def _form(item: dict[str, Any]) -> str:
    for link in mappings(item.get("links", [])):
        if re.search(r"web ?form|contact", text_of(link.get("note")), re.IGNORECASE):
            return text_of(link.get("url"))
    return ""


def _office(offices: list[dict[str, Any]], reading: Reading, place: Place) -> dict[str, str]:
    """Take the office that was asked for, else the first that has an address; and a telephone, if need be another's."""
    wanted = reading.question.office
    ranked = sorted(
        offices,
        key=lambda office: (
            not office.get("address"),
            not text_of(office.get("classification") or office.get("note")).lower().startswith(wanted),
        ),
    )
    reading.counts["offices"] += len(offices)
    for office in offices:
        rest = {
            key: value
            for key, value in office.items()
            if key not in {"classification", "note", "address", "voice", "phone", "email"}
        }
        reading.leave(place, rest, _OFFICE_LEFT, "offices.")
    phones = [text_of(office.get("voice") or office.get("phone")) for office in ranked]
    return {
        "address": next((text_of(office.get("address")) for office in ranked), ""),
        "phone": next(filter(None, phones), ""),
        "email": next(filter(None, (text_of(office.get("email")) for office in ranked)), ""),
    }


def division(jurisdiction: str, kind: str, district: str) -> tuple[str, str]:
    """Give state and OCD division id of a seat (jurisdiction: `ocd-jurisdiction/country:us/state:ak/government`)."""
    base = re.sub(r"^ocd-jurisdiction/|/(?:government|legislature|executive)$", "", jurisdiction)
    state = base.rpartition(":")[2].upper() if base else ""
    if not base:
        return state, ""
    if not district or kind not in _HOUSES:
        return state, f"ocd-division/{base}"
    return state, f"ocd-division/{base}/{_HOUSES[kind]}:{re.sub(r'[^0-9a-z~.-]+', '_', district.lower())}"


def _role(
    draft: Draft, role: dict[str, Any], parties: list[dict[str, Any]], title: str, states: set[str]
) -> Membership:
    kind, district = text_of(role.pop("type", "")), text_of(role.pop("district", ""))
    state, area_id = division(text_of(role.pop("jurisdiction", "")), kind, district)
    states.add(state)
    start, end = text_of(role.pop("start_date", "")), text_of(role.pop("end_date", ""))
    draft.reading.leave(draft.place, role, {"end_reason", "contact_details"}, "roles.")
    house = kind in _HOUSES
    words = kind.replace("lt_governor", "lieutenant governor").replace("_", " ")
    raw = {
        "role": (title if title and not end else "member") if house else words,
        "chamber": kind if house else "executive",
        "area": district or state,
        "area_id": area_id,
        "party": _party(parties, end),
        "start": start,
        "end": end,
    }
    return draft.membership(raw)


def _party(parties: list[dict[str, Any]], end: str) -> str:
    """Give the party of the time of a role: without an end the present one, else the one that had begun by then."""
    fitting = [one for one in parties if not end or not one.get("start_date") or text_of(one["start_date"]) <= end]
    fitting.sort(key=lambda one: (not one.get("end_date"), text_of(one.get("start_date"))))
    return text_of(fitting[-1].get("name")) if fitting else ""


def _vacant(data: DataSet, path: Path, reading: Reading, states: set[str]) -> None:
    """Tell which seats of the states at hand `settings.yml` calls vacant."""
    shown = _shown(data, path)
    for item, _, _ in trees.yaml_items(path, shown):
        for state, settings in item.items() if isinstance(item, dict) else ():
            if state.upper() not in states or not isinstance(settings, dict):
                continue
            for seat in mappings(settings.get("vacancies") or []):
                until = text_of(seat.get("vacant_until"))
                reading.counts["vacant seats"] += 1
                reading.notes.append(
                    f"vacant: {state.upper()} {text_of(seat.get('chamber'))} {text_of(seat.get('district'))}"
                    + (f" until {until}" if until else "")
                )
