"""Records in, whole persons out: those that share an identifier are one, on disk, so that memory stays flat.

The store is a temporary SQLite database that the system removes with the process. Persons come out in the order in
which they were first met.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter

from rapidfuzz import fuzz

from advokit.importers.reading import Place, Reading, Record
from advokit.people import Membership, sort_key

_TABLES = """
create table person (key integer primary key, place text, data text, sources text, mine integer);
create table membership (person integer, data text);
create table identifier (name text primary key, person integer) without rowid;
create index member on membership (person);
"""
_values = attrgetter(*(field.name for field in fields(Membership)))
#: Below this likeness of two names, one identifier on both is a mistake and not one person.
_ALIKE = 45.0


class Ids:
    """A set of identifiers on disk: those of a hundred thousand persons take no memory."""

    def __init__(self) -> None:
        """Begin with none, in a temporary store that goes with the object."""
        self.base = sqlite3.connect("")
        self.base.executescript("pragma journal_mode=off; pragma synchronous=off; pragma temp_store=file;")
        self.base.execute("create table id (name text primary key) without rowid")

    def add(self, name: str) -> None:
        """Take one in."""
        self.base.execute("insert or ignore into id values (?)", (name,))

    def __contains__(self, name: str) -> bool:
        """Tell whether one is in it."""
        return self.base.execute("select 1 from id where name = ?", (name,)).fetchone() is not None

    def close(self) -> None:
        """Give the store back."""
        self.base.close()


@dataclass(frozen=True)
class Whole:
    """One person as all records together tell of them."""

    key: int
    place: Place
    person: dict[str, str]
    memberships: tuple[Membership, ...]
    sources: tuple[str, ...]


class Spool:
    """Collects records and joins them into persons."""

    def __init__(self, reading: Reading) -> None:
        """Open the temporary store."""
        self.reading = reading
        self.base = sqlite3.connect("")
        self.base.executescript(f"pragma journal_mode=off; pragma synchronous=off; pragma temp_store=file; {_TABLES}")
        self.records = 0
        self.with_membership = 0

    def close(self) -> None:
        """Give the store back."""
        self.base.close()

    def add(self, record: Record) -> None:
        """Take one record: join it to the person it belongs to, or begin a new one."""
        self.records += 1
        names = tuple(dict.fromkeys(record.identifiers))
        keys = self._known(names)
        keys = [key for key in keys if self._same(key, record)]
        if not keys and record.extends_only:
            self.reading.counts["only in a source that adds to another"] += 1
            return
        key = keys[0] if keys else self._begin(record)
        for other in keys[1:]:
            self._join(key, other)
        if keys:
            self._extend(key, record.person, record.source)
        for membership in record.memberships:
            self.with_membership += 1
            self.base.execute(
                "insert into membership values (?, ?)", (key, json.dumps(_values(membership), ensure_ascii=False))
            )
        self.base.executemany("insert or ignore into identifier values (?, ?)", [(name, key) for name in names])

    def _known(self, names: tuple[str, ...]) -> list[int]:
        found: list[int] = []
        for name in names:
            row = self.base.execute("select person from identifier where name = ?", (name,)).fetchone()
            if row and row[0] not in found:
                found.append(row[0])
        return sorted(found)

    def _same(self, key: int, record: Record) -> bool:
        name = record.person.get("name", "")
        if not name:
            return True
        other = json.loads(self.base.execute("select data from person where key = ?", (key,)).fetchone()[0]).get(
            "name", ""
        )
        if not other or name == other or fuzz.token_set_ratio(sort_key(name), sort_key(other)) >= _ALIKE:
            return True
        self.reading.say(
            record.place,
            "id-clash",
            f"'{name}' has the same identifier as '{other}'",
            "They are kept as two persons; look which column holds the person's identifier.",
        )
        return False

    def _begin(self, record: Record) -> int:
        place = record.place
        row = (
            json.dumps([place.path, place.line, place.column, place.item]),
            json.dumps({"id": record.id, **record.person}, ensure_ascii=False),
            json.dumps([record.source]),
            1,
        )
        return int(
            self.base.execute("insert into person (place, data, sources, mine) values (?, ?, ?, ?)", row).lastrowid or 0
        )

    def _extend(self, key: int, more: Mapping[str, str], source: str) -> None:
        """Fill what is empty; what is there stays."""
        data, sources = (
            json.loads(text)
            for text in self.base.execute("select data, sources from person where key = ?", (key,)).fetchone()
        )
        fresh = {name: value for name, value in more.items() if value and not data.get(name)}
        if fresh or source not in sources:
            kept = sources if source in sources else [*sources, source]
            self.base.execute(
                "update person set data = ?, sources = ? where key = ?",
                (json.dumps(data | fresh, ensure_ascii=False), json.dumps(kept), key),
            )

    def _join(self, key: int, other: int) -> None:
        """Make two persons one: a record names identifiers of both."""
        data, sources = (
            json.loads(text)
            for text in self.base.execute("select data, sources from person where key = ?", (other,)).fetchone()
        )
        for source in sources:
            self._extend(key, data, source)
        self.base.execute("update membership set person = ? where person = ?", (key, other))
        self.base.execute("update identifier set person = ? where person = ?", (key, other))
        self.base.execute("delete from person where key = ?", (other,))

    def __iter__(self) -> Iterator[Whole]:
        """Give the persons in the order in which they were first met."""
        for key, place, data, sources in self.base.execute("select key, place, data, sources from person order by key"):
            memberships = self.base.execute("select data from membership where person = ? order by rowid", (key,))
            path, line, column, item = json.loads(place)
            yield Whole(
                key,
                Place(path, line, column, (item[0], item[1]) if item else None),
                json.loads(data),
                tuple(Membership(*json.loads(row[0])) for row in memberships.fetchall()),
                tuple(json.loads(sources)),
            )

    def memberships(self) -> Iterator[Membership]:
        """Give every membership, whosever it is."""
        for row in self.base.execute("select data from membership"):
            yield Membership(*json.loads(row[0]))
