"""What has been planned and what stands: one SQLite file (WAL) in the run's folder, which makes a run resumable.

In: planned letters, outcomes. Out: what is still to do, counts, faults. A plan is laid anew at every start; a letter
whose key has not changed and whose file is whole stays as it is. The file holds the senders' data, like the letters
beside it, and `forget` ends with both.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from advokit.letters.senders import Fault
from advokit.problems import OutputError, Problem

#: A journal that is kept nowhere, for a plan that is only looked at.
MEMORY = Path(":memory:")
#: The version of the form; another one is laid anew.
FORM = 3

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS letters (
  name TEXT PRIMARY KEY, sender INTEGER NOT NULL, line INTEGER NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL,
  payload TEXT NOT NULL, area TEXT NOT NULL, chamber TEXT NOT NULL, recipient TEXT NOT NULL, post TEXT NOT NULL,
  day TEXT NOT NULL, round INTEGER NOT NULL, state TEXT NOT NULL, files TEXT NOT NULL DEFAULT '{}', pages INTEGER,
  rule TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '', hint TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS by_state ON letters (state, place);
CREATE INDEX IF NOT EXISTS by_key ON letters (key);
CREATE TABLE IF NOT EXISTS kept (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, day TEXT NOT NULL, files TEXT NOT NULL, pages INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS faults (
  sender INTEGER NOT NULL, line INTEGER NOT NULL, rule TEXT NOT NULL, message TEXT NOT NULL, hint TEXT NOT NULL,
  near TEXT NOT NULL, recipient TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS senders (key BLOB PRIMARY KEY, sender INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS words (
  sender INTEGER PRIMARY KEY, count INTEGER NOT NULL, pieces BLOB NOT NULL, buckets BLOB NOT NULL,
  sketch BLOB NOT NULL, pasted INTEGER NOT NULL);
"""
_TABLES = ("meta", "letters", "kept", "faults", "senders", "words")


@dataclass(frozen=True, slots=True)
class Planned:
    """One letter that a plan holds."""

    name: str
    """Its name, and that of its files without their suffix."""
    row: int
    line: int
    key: str
    """A digest of everything that the letter's bytes depend on."""
    payload: str
    """The letter's specification as JSON."""
    area: str
    chamber: str
    recipient: str
    post: str
    """By what the combined file is sorted."""
    day: str
    """The date that it bears, or will bear (ISO 8601)."""
    fixed: bool = True
    """Whether it must bear this date; else a letter of an earlier day stays as it is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One letter that stands."""

    name: str
    row: int
    recipient: str
    area: str
    chamber: str
    pages: int | None
    files: Mapping[str, Mapping[str, Any]]
    payload: str
    day: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A letter that stands under another name: its row has moved."""

    name: str
    """Its name now."""
    key: str
    day: str
    files: Mapping[str, Mapping[str, Any]]
    """Its files, under their old names."""
    pages: int | None


class Journal:
    """The journal of one run's folder; use it with `with`."""

    def __init__(self, path: Path) -> None:
        """Open or make the file."""
        self.path = path
        self.damaged = False
        """Whether what stood there could not be read, so that this is a new journal."""
        try:
            self._db = self._opened()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # a full disk, or no permission: nothing is lost
                raise OutputError([Problem(str(path.parent), 0, 0, "error", "unwritable-folder",
                                           f"the run's journal cannot be used: {error}", "Make room on the disk, or"
                                           " look whether the folder is yours to write in.")]) from None
            self.damaged = True
            for end in ("", "-wal", "-shm", "-journal"):
                Path(f"{path}{end}").unlink(missing_ok=True)
            self._db = self._opened()
        self._open = 0
        self._round = 0
        self._place = 0

    def _opened(self) -> sqlite3.Connection:
        """Open the file, and look whether all of it can be read."""
        db = self._db = sqlite3.connect(self.path, isolation_level=None)
        try:
            self._ready()
            told = db.execute("PRAGMA quick_check(1)").fetchone()
            if told[0] != "ok":
                raise sqlite3.DatabaseError(told[0])
        except sqlite3.Error:
            db.close()
            raise
        return db

    def _ready(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.execute("PRAGMA temp_store = MEMORY")
        form = self._db.execute("PRAGMA user_version").fetchone()[0]
        if form not in (0, FORM):
            for table in _TABLES:
                self._db.execute(f"DROP TABLE IF EXISTS {table}")
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version = {FORM}")

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """Keep what was noted, whatever happened, and close the file."""
        try:
            self.keep()
        finally:
            self._db.close()

    def _write(self, statement: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        """Write in a transaction that is kept every few rows: a lost one costs only the work to do it again."""
        if not self._open:
            self._db.execute("BEGIN IMMEDIATE")
        cursor = self._db.execute(statement, values)
        self._open += 1
        if self._open >= 200:
            self.keep()
        return cursor

    def keep(self) -> None:
        """Make everything noted so far last."""
        if self._open:
            self._open = 0
            self._db.execute("COMMIT")

    # Planning

    def begin_plan(self) -> None:
        """Begin a new plan; what stands is kept until the plan says otherwise."""
        self.keep()
        row = self._db.execute("SELECT value FROM meta WHERE name = 'round'").fetchone()
        self._round = int(row[0]) + 1 if row else 1
        self._place = 0
        self.note("round", str(self._round))
        self._write("INSERT OR REPLACE INTO kept SELECT key, name, day, files, pages FROM letters"
                    " WHERE state = 'done'", ())
        for table in ("faults", "senders", "words"):
            self._write(f"DELETE FROM {table}", ())  # noqa: S608 - names of our own tables
        self.keep()

    def double_of(self, key: bytes, row: int) -> int | None:
        """Note a sender; give the row in which the same person stood before, if any."""
        found = self._db.execute("SELECT sender FROM senders WHERE key = ?", (key,)).fetchone()
        if found:
            return int(found[0])
        self._write("INSERT INTO senders VALUES (?, ?)", (key, row))
        return None

    def plan(self, letter: Planned) -> None:
        """Put a letter into the plan; it stays as it is where its key has not changed."""
        self._place += 1
        wanted = letter.day if letter.fixed else ""
        self._write(
            "INSERT INTO letters (name, sender, line, place, key, payload, area, chamber, recipient, post, day,"
            " round, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')"
            " ON CONFLICT (name) DO UPDATE SET sender = excluded.sender, line = excluded.line, place = excluded.place,"
            " payload = excluded.payload, area = excluded.area, chamber = excluded.chamber,"
            " recipient = excluded.recipient, post = excluded.post, round = excluded.round,"
            " state = CASE WHEN key = excluded.key AND state = 'done' AND (? = '' OR day = ?) THEN 'done'"
            " ELSE 'waiting' END,"
            " day = CASE WHEN key = excluded.key AND state = 'done' AND ? = '' THEN day ELSE excluded.day END,"
            " key = excluded.key, rule = '', message = '', hint = ''",
            (letter.name, letter.row, letter.line, self._place, letter.key, letter.payload, letter.area,
             letter.chamber, letter.recipient, letter.post, letter.day, self._round, wanted, wanted, wanted))

    def end_plan(self) -> list[dict[str, dict[str, Any]]]:
        """Close the plan; gives the files of letters that it no longer holds."""
        self.keep()
        old = [json.loads(files) for (files,) in self._db.execute("SELECT files FROM letters WHERE round < ?",
                                                                  (self._round,))]
        self._write("DELETE FROM letters WHERE round < ?", (self._round,))
        self.keep()
        return old

    def moved(self, day: str = "") -> list[Moved]:
        """Give letters to make that stand already under another name; with `day`, only those that bear it."""
        self.keep()
        rows = self._db.execute(
            "SELECT l.name, k.key, k.day, k.files, k.pages FROM letters l JOIN kept k ON k.key = l.key"
            " WHERE l.state = 'waiting' AND (? = '' OR k.day = ?) AND NOT EXISTS"
            " (SELECT 1 FROM letters d WHERE d.name = k.name AND d.state = 'done')"
            " GROUP BY k.key ORDER BY l.place", (day, day))
        return [Moved(name, key, of, json.loads(files), pages) for name, key, of, files, pages in rows]

    def settled(self) -> None:
        """Forget what stood under which name before this plan."""
        self._write("DELETE FROM kept", ())
        self.keep()

    # Work

    def fault(self, fault: Fault, recipient: str = "") -> None:
        """Note that a row, or one letter of it, will not be made."""
        self._write("INSERT INTO faults VALUES (?, ?, ?, ?, ?, ?, ?)", (
            fault.row, fault.line, fault.rule, fault.message, fault.hint, fault.near, recipient))

    def done(self, name: str, files: Mapping[str, Mapping[str, Any]], pages: int | None, day: str = "") -> None:
        """Note that a letter stands; `day` is the date that it bears, where that is not the plan's."""
        self._write("UPDATE letters SET state = 'done', files = ?, pages = ?, rule = '', message = '', hint = '',"
                    " day = CASE WHEN ? = '' THEN day ELSE ? END WHERE name = ?",
                    (json.dumps(files, sort_keys=True), pages, day, day, name))
        self.keep()  # without waiting for the disk (WAL): a killed process loses no letter that stands

    def failed(self, name: str, fault: Fault) -> None:
        """Note why a letter could not be made."""
        self._write("UPDATE letters SET state = 'failed', rule = ?, message = ?, hint = ? WHERE name = ?",
                    (fault.rule, fault.message, fault.hint, name))

    def again(self, name: str) -> None:
        """Put a letter back among those to do."""
        self._write("UPDATE letters SET state = 'waiting' WHERE name = ?", (name,))

    def waiting(self) -> Iterator[tuple[str, int, int, str]]:
        """Give name, row, line and payload of what is to do, in order, a few at a time."""
        self.keep()
        place = 0
        while True:
            rows = self._db.execute("SELECT place, name, sender, line, payload FROM letters WHERE state = 'waiting'"
                                    " AND place > ? ORDER BY place LIMIT 200", (place,)).fetchall()
            if not rows:
                return
            place = rows[-1][0]
            for _, name, row, line, payload in rows:
                yield name, row, line, payload

    def standing(self, order: str = "place", since: str = "") -> Iterator[Standing]:
        """Give what stands, in the order of the plan, or of the post; with `since`, what bears that date or a later."""
        self.keep()
        by = {"place": "place", "post": "post, place"}[order]
        names = [name for (name,) in self._db.execute(f"SELECT name FROM letters WHERE state = 'done'"  # noqa: S608
                                                     f" AND day >= ? ORDER BY {by}", (since,))]
        for name in names:
            row = self._db.execute("SELECT sender, recipient, area, chamber, pages, files, payload, day FROM letters"
                                   " WHERE name = ?", (name,)).fetchone()
            sender, recipient, area, chamber, pages, files, payload, day = row
            yield Standing(name, sender, recipient, area, chamber, pages, json.loads(files), payload, day)

    # What is known

    def note(self, name: str, value: str) -> None:
        """Remember something of the run as a whole."""
        self._write("INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    (name, value))

    def noted(self, name: str) -> str:
        """Give what was remembered, or an empty text."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def digest(self) -> str:
        """Digest what stands: print files that were made of it are still right while it is the same."""
        total = hashlib.sha256()
        for letter in self.standing():
            total.update(f"{letter.name} {json.dumps(letter.files, sort_keys=True)}\n".encode())
        return total.hexdigest()

    def count(self, state: str = "") -> int:
        """Count the letters in a state, or all."""
        where, values = (" WHERE state = ?", (state,)) if state else ("", ())
        return int(self._db.execute(f"SELECT count(*) FROM letters{where}", values).fetchone()[0])  # noqa: S608

    def faults(self) -> Iterator[tuple[Fault, str]]:
        """Give every row and letter that was not made, by row, with the recipient where one was meant."""
        self.keep()
        for row in self._db.execute(
                "SELECT sender, line, rule, message, hint, near, recipient FROM faults UNION ALL"
                " SELECT sender, line, rule, message, hint, '', recipient FROM letters WHERE state = 'failed'"
                " ORDER BY 1, 7"):
            yield Fault(*row[:6]), str(row[6])

    def by_area(self) -> list[tuple[str, str, int, int]]:
        """Count by area and chamber: letters that stand, letters that failed."""
        return [(str(area), str(chamber), int(done), int(failed)) for area, chamber, done, failed in self._db.execute(
            "SELECT area, chamber, sum(state = 'done'), sum(state = 'failed') FROM letters"
            " GROUP BY area, chamber ORDER BY area, chamber")]

    def planned(self) -> list[tuple[str, str, int]]:
        """Count the letters of the plan by area and chamber."""
        self.keep()
        return [(str(area), str(chamber), int(count)) for area, chamber, count in self._db.execute(
            "SELECT area, chamber, count(*) FROM letters GROUP BY area, chamber ORDER BY area, chamber")]

    # Own words

    def words(self, row: int, count: int, pieces: bytes, buckets: bytes, sketch: bytes, *,
              pasted: bool) -> None:
        """Note the own words of a sender: how many, the hashes of their pieces, their buckets of eight bytes each."""
        self._write("INSERT OR REPLACE INTO words VALUES (?, ?, ?, ?, ?, ?)",
                    (row, count, pieces, buckets, sketch, int(pasted)))

    def word_counts(self) -> Iterator[int]:
        """Give how many own words each sender has, of those who have any."""
        self.keep()
        for (count,) in self._db.execute("SELECT count FROM words ORDER BY count"):
            yield int(count)

    def pieces(self, row: int) -> bytes:
        """Give the hashes of the pieces of a sender's own words."""
        return bytes(self._db.execute("SELECT pieces FROM words WHERE sender = ?", (row,)).fetchone()[0])

    def pasted(self) -> list[int]:
        """Give the rows whose own words are those of the letter."""
        self.keep()
        return [int(row) for (row,) in self._db.execute("SELECT sender FROM words WHERE pasted ORDER BY sender")]

    def sketches(self) -> Iterator[tuple[int, bytes]]:
        """Give each sender's sketch, of those whose words are not the letter's."""
        self.keep()
        yield from self._db.execute("SELECT sender, sketch FROM words WHERE NOT pasted")

    def buckets(self, band: int) -> Iterator[list[int]]:
        """Give the rows that share a bucket of a band, bucket by bucket; rows of one bucket alone are left out."""
        self.keep()
        for (rows,) in self._db.execute(
                "SELECT group_concat(sender) FROM words WHERE NOT pasted GROUP BY substr(buckets, ?, 8)"
                " HAVING count(*) > 1", (band * 8 + 1,)):
            yield sorted(map(int, rows.split(",")))
