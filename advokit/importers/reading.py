"""What an importer works with: the question it was asked, the report it fills, and the making of one record.

An importer pops every upstream field: what it uses goes into a `Draft`, the rest into the report as left out. `record`
turns a draft into a `Record`, mends what can be mended, and says by row what cannot.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from advokit.dates import PartialDate
from advokit.importers import capitals, words
from advokit.importers.trees import flat
from advokit.language import read_language
from advokit.people import Membership, is_mail, is_web
from advokit.problems import Problem

#: Problems of one rule that are told one by one; what is beyond is told as a number.
MOST_OF_A_RULE = 200

Office = Literal["capitol", "district"]


@dataclass(frozen=True)
class Place:
    """Where something stands: a line and column, or an item of a JSON file whose line is looked up when needed."""

    path: str
    line: int = 0
    column: int = 0
    item: tuple[str, int] | None = None


@dataclass(frozen=True)
class DataSet:
    """One path as it was given: how it is shown, its digest, and its date if one is known."""

    path: Path
    shown: str
    sha256: str
    date: str = ""

    @property
    def source(self) -> str:
        """What the column `source` says."""
        return " ".join(part for part in (self.path.name, f"sha256:{self.sha256}", self.date) if part)


@dataclass(frozen=True)
class Question:
    """What is asked of an importer, apart from the data: country, languages, mapping, encoding, which office."""

    country: str
    languages: tuple[str, ...] = ()
    mapping: Any = None
    encoding: str = ""
    office: Office = "capitol"


@dataclass(frozen=True)
class Record:
    """One person as one place of a data set tells of them; records that share an identifier are one person."""

    place: Place
    source: str
    id: str = ""
    identifiers: tuple[str, ...] = ()
    person: Mapping[str, str] = field(default_factory=dict)
    memberships: tuple[Membership, ...] = ()
    extends_only: bool = False


@dataclass
class Reading:
    """The report of one import, filled as it goes: problems, fields left out, what was mended, counts."""

    question: Question
    problems: list[Problem] = field(default_factory=list)
    pending: list[tuple[tuple[str, int], Problem]] = field(default_factory=list)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    unused: Counter[str] = field(default_factory=Counter)
    unknown: dict[str, Place] = field(default_factory=dict)
    mended: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    day: dt.date | None = None
    date: str = ""

    def say(self, place: Place, rule: str, message: str, hint: str = "", *, warning: bool = True) -> None:
        """Report one problem; an error means that something of the row is lost that a letter needs."""
        self.told[place.path, rule] += 1
        if self.told[place.path, rule] > MOST_OF_A_RULE:
            return
        problem = Problem(place.path, place.line, place.column, "warning" if warning else "error", rule, message, hint)
        if place.item:
            self.pending.append((place.item, problem))
        else:
            self.problems.append(problem)

    def mend(self, what: Iterable[str]) -> None:
        """Count what was mended without a problem of its own."""
        self.mended.update(what)

    def leave(self, place: Place, rest: Mapping[str, Any], known: Iterable[str], prefix: str = "") -> None:
        """Audit the fields that an importer did not pop: those it knows are counted, others are told once each."""
        expected = frozenset(known)
        for key, value in rest.items():
            if value in (None, "", [], {}):
                continue
            name = f"{prefix}{key}"
            self.unused[name] += 1
            if key not in expected and name not in self.unknown:
                self.unknown[name] = place
                self.say(
                    place,
                    "unknown-field",
                    f"the field '{name}' is not known to this importer and is left out",
                    "Use the format 'table' with a mapping if a letter needs it.",
                )


def text_of(value: Any) -> str:
    """Give an upstream scalar as text; lists and mappings give nothing."""
    return flat(value)


class Draft:
    """The fields of one person or membership under way, and the place that their problems name."""

    def __init__(self, reading: Reading, place: Place) -> None:
        """Begin with nothing."""
        self.reading = reading
        self.place = place

    def _clean(self, raw: str) -> str:
        text, done = words.clean(raw) if raw else ("", [])
        self.reading.mend(done)
        return text

    def contacts(self, raw: Mapping[str, str]) -> dict[str, str]:
        """Read address, e-mail, form and telephone; an e-mail that is a URL is a form."""
        found = {
            "address": words.read_address(self._clean(raw.get("address", ""))),
            "phone": self._clean(raw.get("phone", "")),
            "form_url": words.read_web(raw.get("form_url", "")),
        }
        if found["form_url"] and not is_web(found["form_url"]):
            self.reading.say(self.place, "invalid-url", f"'{found['form_url']}' is no web address; it is left out")
            found["form_url"] = ""
        if written := raw.get("email", ""):
            mail = words.read_mail(self._clean(written))
            web = words.read_web(written)
            if is_mail(mail):
                found["email"] = mail
                if mail != written:
                    self.reading.mend(["e-mail address taken out of its cell"])
            elif is_web(web):
                found["form_url"] = found["form_url"] or web
                self.reading.say(
                    self.place, "email-is-url", f"the e-mail '{written}' is a web address", "It is written as form_url."
                )
            elif written.casefold().strip(" .-–—") not in {"", "n/a", "na", "none", "null"}:
                self.reading.say(self.place, "invalid-email", f"'{written}' is no e-mail address; it is left out")
        return {key: value for key, value in found.items() if value}

    def person(self, raw: Mapping[str, str]) -> dict[str, str]:
        """Read the fields that belong to the person."""
        country = self.reading.question.country
        found = self.contacts(raw)
        parts, done = words.split_name(raw["name"], country) if raw.get("name") else ({}, [])
        sorted_name = raw.get("sort_name", "")
        hidden = words.split_name(sorted_name, country)[0] if "," in sorted_name else {}
        written = {key: self._clean(raw.get(key, "")) for key in ("honorific", "given_name", "family_name", "language")}
        if written["given_name"] and (split := words.split_titles(written["given_name"], country))[0]:
            parts["honorific"] = parts.get("honorific") or split[0]
            written["given_name"] = split[1]
        for key in ("honorific", "given_name", "family_name", "language"):
            value = written[key] or parts.get(key, "") or hidden.get(key, "")
            found |= {key: value} if value else {}
        name = parts.get("name") or " ".join(filter(None, (found.get("given_name"), found.get("family_name"))))
        given = found.get("given_name", "")
        if country not in words.FAMILY_FIRST and name == f"{found.get('family_name', '')} {given}":
            name = f"{given} {found['family_name']}"
            done.append("family name first turned round")
        if given and not found.get("family_name") and name.startswith(f"{given} "):
            found["family_name"] = name.removeprefix(f"{given} ")
        self.reading.mend(done)
        name = self._quiet(found, name)
        if spoken := found.pop("language", ""):
            tag = read_language(spoken, country)
            found |= {"language": tag} if tag else {}
            if not tag:
                self.reading.say(
                    self.place,
                    "invalid-language",
                    f"'{spoken}' is no language that is known",
                    "It is left out; write a tag such as 'de' or 'fr-CA'.",
                )
        if gender := raw.get("gender", ""):
            known = words.read_gender(gender)
            if known is None:
                self.reading.say(
                    self.place,
                    "unknown-gender",
                    f"'{gender}' is no gender that a letter knows",
                    "It is left out; a mapping file can say what it means (values: gender: …).",
                )
            found |= {"gender": known} if known else {}
        return found | ({"name": name} if name else {})

    def _quiet(self, found: dict[str, str], name: str) -> str:
        """Write names in capitals small, in their fields and in the whole name, which is given back."""
        country = self.reading.question.country
        parts = {key: found[key] for key in ("given_name", "family_name") if found.get(key)} or {"name": name}
        for key, part in parts.items():
            if key == "given_name" and len(part) < 3:
                continue  # `AJ` stands for two names
            spelt = capitals.small(part, country)
            if spelt != part:
                name = name.replace(part, spelt)
                found |= {key: spelt} if key != "name" else {}
                self.reading.mend(["capitals written small"])
            elif capitals.is_loud(part):
                self.reading.say(
                    self.place,
                    "capital-name",
                    f"the name '{part}' stands in capitals, and how it is written in small letters is not sure",
                    "Letters print it as it stands; write it in the table as its owner does.",
                )
        return name

    def date(self, raw: str, field_name: str) -> str:
        """Read a date as EDTF; a text that is none is a problem and is left out."""
        if not raw:
            return ""
        order = getattr(self.reading.question.mapping, "dates", "") or ""
        try:
            return words.read_date(self._clean(raw), self.reading.question.country, order)
        except ValueError as error:
            self.reading.say(self.place, "invalid-date", f"the {field_name} {error}", "It is left out.")
            return ""

    def membership(self, raw: Mapping[str, str], **more: Any) -> Membership:
        """Read the fields that belong to a membership."""
        start, end = self.date(raw.get("start", ""), "start"), self.date(raw.get("end", ""), "end")
        if start and end and PartialDate.parse(start).first > PartialDate.parse(end).last:
            self.reading.say(
                self.place,
                "dates-reversed",
                f"the end {end} lies before the start {start}",
                "Both are kept; the person counts as no longer sitting once the end is past.",
            )
        if "current" not in more and (flag := raw.get("current", "")):
            more["current"] = words.read_flag(flag)
            if more["current"] is None:
                self.reading.say(
                    self.place,
                    "invalid-flag",
                    f"'{flag}' says neither yes nor no",
                    "A mapping file can say what it means (values: current: …).",
                )
        texts: dict[str, Any] = {
            key: self._clean(raw[key])
            for key in ("role", "chamber", "party", "area", "area_id", "period")
            if raw.get(key)
        }
        for key in ("party", "area"):
            if (text := texts.get(key, "")) and (shorter := words.without_years(text)) != text:
                texts[key] = shorter
                self.reading.mend(["years in brackets removed"])
        return Membership(**{**texts, "start": start, "end": end, **more})


def several(values: Any) -> Sequence[Any]:
    """Give a list as it is, a single mapping as a list of one, anything else as nothing."""
    return values if isinstance(values, list) else [values] if isinstance(values, dict) else ()


def mappings(values: Any) -> list[dict[str, Any]]:
    """Give the mappings of a list, as copies that an importer may pop from."""
    return [dict(value) for value in several(values) if isinstance(value, dict)]
