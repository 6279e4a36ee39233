"""Senders matched to those who represent them: a table of people in, recipients of one sender out.

In: `Person`s, a country pack, one `SenderRow`. Out: `Target`s, or the `Fault` that says why there is none. Names of
areas are compared without accents, capitals and punctuation, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from advokit.campaign import Edition
from advokit.countries import Addressee, CountryPack, form_for
from advokit.importers import districts
from advokit.importers.areas import area_of
from advokit.importers.districts import District
from advokit.letters.senders import Fault, SenderRow
from advokit.people import Person, sort_key
from advokit.problems import InputError, Problem, UsageError, hint_for, nearest
from advokit.tables.encodings import detect
from advokit.tables.rows import folded, read_head, read_rows


@dataclass(frozen=True, slots=True)
class Target:
    """One recipient of one sender."""

    form: str | None
    """The form of address; None for the edition's own recipient."""
    addressee: Addressee
    area: str = ""
    chamber: str = ""
    person: str = ""
    """The identifier in the table of people."""
    name: str = ""
    email: str = ""
    web_form: str = ""
    party: str = ""


@dataclass(frozen=True)
class Wish:
    """Whom the letters go to."""

    match: str = "area"
    """`area`: each sender's own; `all`: everyone in the table; `office`: the edition's own recipient."""
    chamber: str = ""
    """The id of one chamber; empty for all of them."""
    to_chamber: bool = False
    """Write to the chamber's address even where the table of people gives one of the person's own."""


MATCHES = ("area", "all", "office")


class Directory:
    """The people of one country by area."""

    def __init__(self, people: Iterable[Person], pack: CountryPack, shown: str,
                 postcodes: Mapping[str, tuple[District, ...]] | None = None) -> None:
        """Take the people in; `shown` names their file in messages, `postcodes` gives the areas of a postcode."""
        self._people = tuple(people)
        self._pack, self._shown, self._postcodes = pack, shown, postcodes or {}
        self._by_area: dict[str, list[int]] = {}
        for index, person in enumerate(self._people):
            for key in {sort_key(person.area), sort_key(person.area_id)} - {""}:
                self._by_area.setdefault(key, []).append(index)
        self._areas = {person.area for person in self._people if person.area}
        self._by_area |= self._unnumbered()

    def _unnumbered(self) -> dict[str, list[int]]:
        """Give numbered areas (`23 - Northtown`) by their names alone, where only one has that name."""
        numbered: dict[str, set[str]] = {}
        for area in self._areas:
            if bare := re.match(r"\d+[\s.:)\-\u2013]+(?=\D)(.+)", area):
                numbered.setdefault(sort_key(bare[1]), set()).add(sort_key(area))
        return {name: self._by_area[areas.pop()] for name, areas in numbered.items()
                if len(areas) == 1 and name not in self._by_area}

    def targets(self, sender: SenderRow, edition: Edition, wish: Wish) -> tuple[tuple[Target, ...], tuple[Fault, ...]]:
        """Give the recipients of a sender, and why others are none."""
        if wish.match == "office":
            return (Target(None, Addressee()),), ()
        if wish.match == "all":
            own = set(self._own(sender)[0]) if sender.area or sender.postcode else set()
            chosen, fault = tuple(range(len(self._people))), None
        else:
            found, fault = self._own(sender)
            chosen, own = found, set(found)
        if fault and not chosen:
            return (), (fault,)
        targets: list[Target] = []
        faults: list[Fault] = [fault] if fault else []
        for index in chosen:
            done = self._target(sender, self._people[index], edition, wish, own=index in own)
            if isinstance(done, Target):
                targets.append(done)
            elif done is not None:
                faults.append(done)
        if fault and targets and wish.chamber:
            faults.remove(fault)  # whoever was asked for is reached
        if not targets and not faults:
            faults.append(Fault(sender.row, sender.line, "no-recipient", "nobody in the table of people sits for its"
                                " area in the chamber asked for", "Look whether the seat is vacant, or ask for another"
                                                                  " chamber."))
        return tuple(targets), tuple(faults)

    def _own(self, sender: SenderRow) -> tuple[tuple[int, ...], Fault | None]:
        """Find those who represent a sender: by area, else by postcode."""
        def fault(rule: str, message: str, hint: str, near: str = "") -> tuple[tuple[int, ...], Fault]:
            return (), Fault(sender.row, sender.line, rule, message, hint, near)

        if sender.area:
            found = self._by_area.get(sort_key(sender.area))
            if found:
                states = {key for index in found if (key := _state(self._people[index].area))}
                more = [index for state in states for index in self._by_area.get(state, ())]
                return tuple(dict.fromkeys((*found, *more))), None
            return fault("unknown-area", "nobody in the table of people sits for its area",
                         "Compare the column 'area' with the table of people.",
                         nearest(sender.area, self._areas))
        if sender.postcode and self._postcodes:
            areas = self._postcodes.get(districts.postcode(sender.postcode), ())
            if len(areas) > 1:
                shared = self._for_all(areas)
                rest = "; those who sit for all of them are written to" if shared else ""
                return shared, Fault(sender.row, sender.line, "split-postcode",
                                     f"its postcode lies in {len(areas)} districts, and only the street decides{rest}",
                                     "Write the district in the column 'area'.")
            if areas:
                return tuple(index for index, person in enumerate(self._people) if areas[0].has(person)), None
            return fault("unknown-postcode", "its postcode is not in the table of postcodes",
                         "Look at the postcode, or write the district in the column 'area'.")
        return fault("no-area", "it has no area, and no postcode that a table of postcodes could tell the area from",
                     "Write the constituency in the column 'area', or give --districts FILE.csv.")

    def _for_all(self, areas: Sequence[District]) -> tuple[int, ...]:
        """Find those who sit for every one of some districts, such as the senators of their state."""
        groups = [{*self._by_area.get(sort_key(area.area), ()), *self._by_area.get(sort_key(area.state) or "-", ())}
                  for area in areas]
        return tuple(sorted(set.intersection(*groups)))

    def _target(self, sender: SenderRow, person: Person, edition: Edition, wish: Wish, *,
                own: bool) -> Target | Fault | None:
        """Resolve one person; None where another chamber is asked for."""
        chamber = self._pack.chamber_named(person.chamber) or self._pack.chamber_named(person.role)
        if chamber is None and len(self._pack.chambers) == 1:
            chamber = self._pack.chambers[0]
        if chamber is None:
            return Fault(sender.row, sender.line, "unknown-chamber",
                         f"{person.name} sits in '{person.chamber}', which the country pack '{self._pack.code}' does"
                         " not know", "Import the people with --chamber, or add the name to the chamber's aliases.")
        if wish.chamber and chamber.id != wish.chamber:
            return None
        rule = next((item for item in self._pack.who_may_write if item.chamber == chamber.id), None)
        if rule and rule.rule == "own-member" and not own:
            return Fault(sender.row, sender.line, "not-own-member",
                         f"{person.name} is not the sender's own member, and members of this chamber take letters"
                         " from their own constituents only", "Use --match area.")
        form = form_for(self._pack, edition.language, chamber=chamber.id, honorific=person.honorific)
        if form is None:
            return Fault(sender.row, sender.line, "no-form", f"the country pack '{self._pack.code}' has no form of"
                         f" address for {person.name} ({chamber.id}) in '{edition.language}'",
                         "Add it to the pack, or give the honorific in the table of people.")
        addressee = Addressee.of(asdict(person), path=self._shown)
        if person.address_lines and not wish.to_chamber:
            from dataclasses import replace
            addressee = replace(addressee, postal=person.address_lines)
        return Target(form.id, addressee, person.area, chamber.id, person.id, person.name, person.email,
                      person.form_url, person.party)


def _state(area: str) -> str:
    """Give the folded state of a district of the Congress of the USA, whose senators sit for it too."""
    match = re.fullmatch(r"([A-Z]{2})-(?:\d{1,2}|AL)", area)
    return sort_key(match[1]) if match else ""


def chamber_wished(pack: CountryPack, words: str) -> str:
    """Give the id of the chamber that is asked for; raises UsageError."""
    if not words:
        return ""
    chamber = pack.chamber_named(words)
    if chamber is None:
        known = [item.id for item in pack.chambers]
        raise UsageError([Problem("--chamber", 0, 0, "error", "unknown-chamber",
                                  f"the country pack '{pack.code}' has no chamber '{words}'",
                                  hint_for(words, known, "chamber"))])
    return chamber.id


def read_postcodes(path: Path) -> dict[str, tuple[District, ...]]:
    """Read a table of postcodes and districts once, for many senders; raises InputError where it has no such columns.

    The columns are those of `advokit people find --districts`.
    """
    shown, encoding = str(path), detect(path, str(path))
    table = read_head(path, shown, encoding, (*districts._CODES, *districts._AREAS))  # noqa: SLF001 - same columns
    names = {folded(column): column for column in table.columns}

    def column(known: Sequence[str]) -> str:
        return next((names[name] for name in known if name in names), "")

    code, area, state = (column(known) for known in (districts._CODES, districts._AREAS, districts._STATES))  # noqa: SLF001
    if not code or not area:
        raise InputError([Problem(shown, max(table.start - 1, 1), 1, "error", "missing-column",
                                  "the table of postcodes has no column for the postcode, or none for the district",
                                  f"Its columns: {', '.join(table.columns[:20])}.")])
    found: dict[str, dict[District, None]] = {}
    for row in read_rows(path, table, encoding, lambda *_: None):
        key, name = districts.postcode(row.values.get(code, "")), row.values.get(area, "")
        where = row.values.get(state, "") if state else ""
        if where and re.fullmatch(r"\d{1,2}|AL", name):
            found.setdefault(key, {})[District(area_of(where, name)[0], where.upper())] = None
        elif name:
            found.setdefault(key, {})[District(name, where)] = None
    return {key: tuple(values) for key, values in found.items()}
