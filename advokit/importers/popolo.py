"""Popolo JSON in, records out: as EveryPolitician wrote it, with language maps, nested or in separate lists.

Standard: popoloproject.com (Person, Organization, Membership, Post, Area, ContactDetail) with EveryPolitician's
`legislative_period_id`, whose event holds the dates that a membership leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from advokit.importers import table, trees, words
from advokit.importers.reading import DataSet, Draft, Place, Reading, Record, mappings, text_of
from advokit.importers.spool import Ids
from advokit.people import Membership
from advokit.problems import InputError, Problem
from advokit.tables.encodings import Encoding, detect

_PERSON_LEFT_TEXT = (
    "@context @type additional_name alternate_names biography birth_date birth_place created_at cv "
    "death_place facebook honorific_suffix html_url image images links meta national_identity nationality "
    "occupation other_names patronymic_name redirect shortcuts religion slug sources summary twitter updated_at url "
)
_PERSON_LEFT = frozenset(_PERSON_LEFT_TEXT.split())
_SEAT_LEFT_TEXT = (
    "created_at electoral_district_code end_reason html_url id identifiers links other_labels role_code "
    "role_superclass role_superclass_code sources start_reason updated_at url "
)
_SEAT_LEFT = frozenset(_SEAT_LEFT_TEXT.split())
_PARTIES = re.compile(
    r"party|partei|faction|fraktion|parliamentary.?group|caucus|^group$|bloc|coalition|alliance", re.IGNORECASE
)
_OTHERS = re.compile(
    r"committee|commission|working.?group|delegation|friendship|board|media|company|ngo", re.IGNORECASE
)
_PHONES = ("voice", "phone", "tel", "telephone", "landline", "cell", "mobile")
_PEOPLE = ("persons", "people", "result", "results", "objects", "items", "data", "value", "members", "politicians")
_KINDS = ("areas", "posts", "events", "organizations", "memberships")
_UNSTATED = frozenset({"unknown", "n/a", "none", "null", "-"})


@dataclass
class _World:
    """What memberships point to: organizations, posts, areas and periods by their identifiers, and who is known."""

    organizations: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    areas: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    persons: Ids = field(default_factory=Ids)
    others: dict[str, str] = field(default_factory=dict)


def read(datasets: Sequence[DataSet], reading: Reading) -> Iterator[Record]:
    """Read every file: what is pointed to in any of them, then the persons, then the memberships."""
    world = _World()
    files = []
    for data in datasets:
        encoding = detect(data.path, data.shown, reading.question.country, reading.question.encoding)
        table.told(reading, data, encoding)
        files.append(_Popolo(data, encoding, reading, world))
    if not any({"persons", "memberships"} & file.lists.keys() for file in files):
        raise InputError([file.foreign() for file in files])
    for file in files:
        file.keep()
    for file in files:
        yield from file.records()
    for file in files:
        yield from file.memberships()
    world.persons.close()


def lists_of(data: DataSet, encoding: Encoding) -> dict[str, str]:
    """Give the lists of a file by what they hold: their names say it, else the file's name, else the first item."""
    found: dict[str, str] = {}
    if data.path.suffix.lower() in {".jsonl", ".ndjson"}:
        return {"persons": ""}
    prefixes = [
        one for one in trees.json_lists(data.path, data.shown, encoding) if ".item" not in one.removesuffix("item")[:-1]
    ]
    for prefix in prefixes:
        name = prefix.removesuffix(".item").rpartition(".")[2]
        if prefix == "item":
            found = {_kind(data, encoding): prefix}
        elif name in _KINDS:
            found.setdefault(name, prefix)
    for name in (*_PEOPLE, "@graph"):
        for prefix in prefixes:
            if prefix == f"{name}.item" or prefix.endswith(f".{name}.item"):
                found.setdefault("persons", prefix)
    if not found and trees.json_lines(data.path, data.shown, encoding):
        found["persons"] = ""
    return found


def _kind(data: DataSet, encoding: Encoding) -> str:
    stem = re.sub(r"[^a-z]", "", data.path.stem.casefold())
    for kind in _KINDS:
        if stem.endswith(kind):
            return kind
    first: Any = next(iter(trees.json_items(data.path, data.shown, encoding, "item")), {})
    if isinstance(first, dict) and first.get("person_id"):
        return "memberships"
    return "persons"


def stated_date(data: DataSet, encoding: Encoding) -> str:
    """Give the date that the file states of itself in `meta`, or nothing."""
    for key, value in trees.json_values(data.path, data.shown, encoding, "meta"):
        if key in {
            "date",
            "updated",
            "updated_at",
            "generated",
            "generated_at",
            "last_updated",
            "retrieved",
            "created_at",
        }:
            try:
                return words.read_date(text_of(value))
            except ValueError:
                continue
    return ""


class _Popolo:
    """One file: its lists, its languages, and what they say."""

    def __init__(self, data: DataSet, encoding: Encoding, reading: Reading, world: _World) -> None:
        self.data, self.encoding, self.reading = data, encoding, reading
        self.languages = reading.question.languages
        self.world = world
        self.lists = lists_of(data, encoding)

    def text(self, value: Any) -> str:
        """Give a text in the language that is wanted, if it is a map of languages."""
        return words.in_order(value, self.languages) if isinstance(value, dict) else text_of(value)

    def items(self, prefix: str) -> Iterator[tuple[dict[str, Any], Place]]:
        """Give the mappings of one list with their places."""
        for index, item in enumerate(trees.json_items(self.data.path, self.data.shown, self.encoding, prefix)):
            place = Place(self.data.shown, item=(prefix, index))
            if isinstance(item, dict):
                yield item, place
            else:
                self.reading.say(
                    place, "not-a-person", "this item of the list is no mapping; it is left out", warning=False
                )

    def keep(self) -> None:
        """Read what memberships point to."""
        for name, table_ in (
            ("areas", self.world.areas),
            ("posts", self.world.posts),
            ("events", self.world.events),
            ("organizations", self.world.organizations),
        ):
            if name in self.lists:
                for item, _ in self.items(self.lists[name]):
                    self._keep(item, table_)

    def records(self) -> Iterator[Record]:
        """Read the persons."""
        if "persons" in self.lists:
            for item, place in self.items(self.lists["persons"]):
                kind = text_of(item.get("@type"))
                if "organization" in kind.lower():
                    self._keep(item, self.world.organizations)
                elif self._other(item):
                    self.reading.counts["persons that are named by another identifier now"] += 1
                elif not kind or "person" in kind.lower():
                    self.reading.counts["rows"] += 1
                    yield self.person(item, place)

    def _other(self, item: dict[str, Any]) -> bool:
        """Keep the new identifier of a person who has one, and nothing but one."""
        own, target = text_of(item.get("id")), text_of(item.get("redirect"))
        if own and target:
            self.world.others[own] = target
        return bool(target)

    def memberships(self) -> Iterator[Record]:
        """Read the memberships that stand in organizations, and those in a list."""
        for organization in self.world.organizations.values():
            for seat in mappings(organization.pop("memberships", None)):
                seat.setdefault("organization_id", organization.get("id"))
                yield from self.membership(seat, Place(self.data.shown))
        if "memberships" in self.lists:
            body = self._body()
            for item, place in self.items(self.lists["memberships"]):
                if not item.get("redirect"):
                    if body and not (item.get("organization") or item.get("organization_id") or item.get("post_id")):
                        item["organization"] = body
                    yield from self.membership(item, place)

    def _body(self) -> dict[str, Any]:
        """Give the organization that a file is about, if it is one organization with its members."""
        if "persons" in self.lists or self.lists.get("memberships") != "memberships.item":
            return {}
        return trees.json_scalars(self.data.path, self.data.shown, self.encoding, ("id", "name", "classification"))

    def foreign(self) -> Problem:
        """Say that a file is not of this form, and what it looks like."""
        top = trees.json_top(self.data.path, self.data.shown, self.encoding)
        return Problem(
            self.data.shown,
            1,
            1,
            "error",
            "not-popolo",
            "the file has no list 'persons'" if top else "the file has no person",
            f"It has {', '.join(list(dict.fromkeys(top))[:12]) or 'nothing'}. "
            "Use the format 'table' with a mapping for other JSON.",
        )

    def _keep(self, item: dict[str, Any], table_: dict[str, dict[str, Any]]) -> None:
        kept = {
            key: value
            for key, value in item.items()
            if key
            in {
                "id",
                "name",
                "label",
                "classification",
                "area_id",
                "area",
                "organization_id",
                "role",
                "start_date",
                "end_date",
                "memberships",
                "parent_id",
            }
        }
        for name in (text_of(item.get("id")), text_of(item.get("@id"))):
            if name:
                table_[name] = kept
        for post in mappings(item.get("posts")):
            post.setdefault("organization_id", item.get("id"))
            self._keep(post, self.world.posts)

    def person(self, item: dict[str, Any], place: Place) -> Record:
        """Read one person with the memberships that stand inside it."""
        draft = Draft(self.reading, place)
        own = text_of(item.pop("id", "")) or text_of(item.pop("@id", ""))
        item.pop("@id", None)
        raw = self._names(item)
        names = [
            f"{text_of(one.get('scheme'))}:{text_of(one.get('identifier'))}"
            for one in mappings(item.pop("identifiers", []))
            if one.get("scheme") and one.get("identifier")
        ]
        raw["gender"] = self.text(item.pop("gender", ""))
        contacts = _contacts(mappings(item.pop("contact_details", [])), self.text)
        raw |= contacts | {key: text for key in ("email", "phone") if (text := self.text(item.pop(key, "")))}
        raw["form_url"] = raw.get("form_url") or _form(mappings(item.get("links")), self.text)
        person = draft.person(raw)
        if death := draft.date(text_of(item.pop("death_date", "")), "date of death"):
            person["death_date"] = death
        if own:
            self.world.persons.add(own)
        seats = [made for seat in mappings(item.pop("memberships", [])) if (made := self.seat(dict(seat), place))]
        self.reading.leave(place, item, _PERSON_LEFT)
        return Record(
            place, self.data.source, own, tuple([f"id:{own}", *names] if own else names), person, tuple(seats)
        )

    def _names(self, item: dict[str, Any]) -> dict[str, str]:
        """Read the names of a person; one without a name bears the last main one of the other names."""
        keys = ("given_name", "family_name", "sort_name")
        name = item.pop("name", "")
        parts = name if isinstance(name, dict) and {"given_name", "family_name", "lordname"} & name.keys() else {}
        raw = {"name": "" if parts else self.text(name)} | {key: self.text(item.pop(key, "")) for key in keys}
        raw["honorific"] = self.text(item.pop("honorific_prefix", ""))
        if not (raw["name"] or raw["given_name"] or raw["family_name"]):
            others = mappings(item.get("other_names"))
            main = [one for one in others if text_of(one.get("note")).lower() in {"main", ""}] or others
            main.sort(key=lambda one: (not one.get("end_date"), text_of(one.get("start_date"))))
            raw |= self._composed(parts or (main[-1] if main else {}))
        return raw

    def _composed(self, parts: Mapping[str, Any]) -> dict[str, str]:
        """Make a name of parts; a peer's is the title with the name or the place, or both."""
        peer, place = text_of(parts.get("lordname")), text_of(parts.get("lordofname"))
        title = text_of(parts.get("honorific_prefix"))
        if peer or place:
            return {"name": " ".join(filter(None, (title, peer, f"of {place}" if place else "")))}
        given, family = text_of(parts.get("given_name")), text_of(parts.get("family_name"))
        return {
            "name": self.text(parts.get("name", "")),
            "given_name": given,
            "family_name": family,
            "honorific": title,
        }

    def membership(self, item: dict[str, Any], place: Place) -> Iterator[Record]:
        """Read one membership of the list, and join it to its person."""
        self.reading.counts["memberships"] += 1
        inner = item.pop("person", None)
        own = text_of(item.pop("person_id", "")) or text_of(inner.get("id") if isinstance(inner, dict) else inner)
        own = self.world.others.get(own, own)
        if isinstance(inner, dict) and inner.get("name") and own not in self.world.persons:
            self.reading.counts["rows"] += 1
            yield self.person({**inner, "memberships": [item]}, place)
            return
        if not own:
            if item.get("organization_id") and item.get("member_id"):
                return
            self.reading.say(place, "unknown-person", "the membership names no person; it is left out", warning=False)
            return
        if own not in self.world.persons:
            self.reading.say(
                place,
                "unknown-person",
                f"the membership's person '{own}' is not in the file; it is left out",
                warning=False,
            )
            return
        named = self._composed(item["name"]) if isinstance(item.get("name"), dict) else {}
        item.pop("name", None)
        seat = self.seat(item, place)
        if seat:
            person = Draft(self.reading, place).person(named) if named else {}
            yield Record(place, self.data.source, own, (f"id:{own}",), person, (seat,))

    def _pointed(
        self, item: dict[str, Any], key: str, table_: Mapping[str, dict[str, Any]], place: Place
    ) -> tuple[str, dict[str, Any]]:
        """Follow a pointer: the thing itself stands there, or its identifier, which may point nowhere."""
        inside = item.pop(key, None)
        name = text_of(item.pop(f"{key}_id", "")) or (text_of(inside) if isinstance(inside, str) else "")
        if isinstance(inside, dict):
            return text_of(inside.get("id")) or name, {**table_.get(name, {}), **inside}
        if name and name not in table_:
            self.reading.say(
                place,
                f"unknown-{key.replace('_', '-').replace('on-behalf-of', 'organization')}",
                f"the {key.replace('_', ' ')} '{name}' is not in the file",
                "Its identifier is kept." if key == "area" else "",
            )
        return name, table_.get(name, {})

    def seat(self, item: dict[str, Any], place: Place) -> Membership | None:
        """Read what one membership says, through its post, organization, area and period."""
        _, post = self._pointed(item, "post", self.world.posts, place)
        if post.get("organization_id") and not item.get("organization_id") and not item.get("organization"):
            item["organization_id"] = post["organization_id"]
        organization_id, organization = self._pointed(item, "organization", self.world.organizations, place)
        if not (item.get("area_id") or item.get("area")):
            item |= {key: post[key] for key in ("area_id", "area") if post.get(key)}
        area_id, area = self._pointed(item, "area", self.world.areas, place)
        party_id, party = self._pointed(item, "on_behalf_of", self.world.organizations, place)
        period_id, period = self._pointed(item, "legislative_period", self.world.events, place)
        kind = self.text(organization.get("classification", ""))
        if _OTHERS.search(kind):
            self.reading.counts["memberships of committees and other bodies"] += 1
            return None
        body, party_only = self.text(organization.get("name", "")) or organization_id, bool(_PARTIES.search(kind))
        role = (
            self.text(item.pop("role", ""))
            or self.text(post.get("role", ""))
            or self.text(item.pop("label", ""))
            or self.text(post.get("label", ""))
        )
        raw = {
            "role": role,
            "chamber": "" if party_only else body,
            "area_id": area_id,
            "area": self.text(area.get("name", "")) or ("" if area_id else self.text(post.get("label", ""))),
            "party": _stated(body if party_only else self.text(party.get("name", "")) or party_id),
            "period": period_id,
            "start": text_of(item.pop("start_date", "")),
            "end": text_of(item.pop("end_date", "")),
        }
        draft = Draft(self.reading, place)
        contacts = draft.contacts(_contacts(mappings(item.pop("contact_details", [])), self.text))
        item.pop("label", None)
        self.reading.leave(place, item, _SEAT_LEFT, "memberships.")
        made = draft.membership(raw, party_only=party_only, **contacts)
        return replace(
            made,
            period_start=draft.date(text_of(period.get("start_date", "")), "start of the period"),
            period_end=draft.date(text_of(period.get("end_date", "")), "end of the period"),
        )


def _stated(party: str) -> str:
    """Give a party, but nothing where the data says that it does not know."""
    return "" if party.rpartition("/")[2].casefold() in _UNSTATED else party


def _contacts(details: list[dict[str, Any]], text: Any) -> dict[str, str]:
    """Take e-mail, telephone, address and form out of contact details; the first of each counts."""
    found: dict[str, str] = {}
    for detail in details:
        kind, value = text_of(detail.get("type")).lower(), text(detail.get("value", ""))
        name = (
            "phone"
            if kind in _PHONES
            else "form_url"
            if kind in {"form", "contact_form", "contact form"}
            else kind
            if kind in {"email", "address"}
            else "email"
            if kind == "e-mail"
            else ""
        )
        if name and value:
            found.setdefault(name, value)
    return found


def _form(links: list[dict[str, Any]], text: Any) -> str:
    return next(
        (
            text_of(link.get("url"))
            for link in links
            if re.search(r"contact|web ?form", text(link.get("note", "")), re.IGNORECASE)
        ),
        "",
    )
