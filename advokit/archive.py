"""Copies of sources under their SHA-256, and the log that says who took them, when and from where.

In: a folder (`facts/archive/`), and a key where it is encrypted. Out: the text of a copy, the state of its file, the
entries of the custody log, passages found in the copies. A copy is never overwritten; the same bytes twice are one
copy. The log is JSON lines, each with the SHA-256 of the line before (a hash chain), written in one go under a lock.

At rest, copies and private lists may be encrypted with age (age-encryption.org, through pyrage). They are decrypted in
memory only: the search index is an SQLite FTS5 table in memory, built anew for each search.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
import re
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from advokit.ledger import Ledger
from advokit.problems import InputError, Problem, UsageError
from advokit.quotes import CopyText

#: Where a workspace keeps its copies, and the log beside them.
FOLDER = "facts/archive"
LOG = "custody.jsonl"
#: The environment variables that hold the age key itself, or the path of the file with it.
KEY_VARIABLE = "ADVOKIT_AGE_KEY"
KEY_FILE_VARIABLE = "ADVOKIT_AGE_KEY_FILE"
ENCRYPTED = ".age"
#: Longest copy read, in bytes.
MAX_BYTES = 64 * 1024 * 1024

State = Literal["held", "missing", "altered", "locked"]


def sha256(data: bytes) -> str:
    """Give the SHA-256 of bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _problem(path: str, rule: str, message: str, hint: str = "") -> Problem:
    return Problem(path, 0, 0, "error", rule, message, hint)


# Encryption at rest ------------------------------------------------------------------------------------------------


class Key:
    """An age identity, with which copies and private lists are read and written."""

    def __init__(self, text: str, shown: str) -> None:
        """Read the key from the text of an age identity file; raises InputError."""
        try:
            from pyrage import x25519
        except ImportError:
            raise UsageError(
                [
                    _problem(
                        shown,
                        "missing-extra",
                        "encryption needs the package pyrage",
                        "Install it: pip install 'advokit[crypt]'",
                    )
                ]
            ) from None
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        try:
            self._identity = x25519.Identity.from_str(lines[0] if lines else "")
        except Exception:  # noqa: BLE001 - pyrage raises its own untyped error, whose text could show the key
            raise InputError(
                [
                    _problem(
                        shown,
                        "bad-key",
                        "this is no age key",
                        "A key file holds one line AGE-SECRET-KEY-1…, made by age-keygen.",
                    )
                ]
            ) from None

    @classmethod
    def find(cls, file: Path | None, environment: Mapping[str, str]) -> Key | None:
        """Read the key from the file named, or from the environment; None where neither names one."""
        if file is None and environment.get(KEY_VARIABLE):
            return cls(environment[KEY_VARIABLE], KEY_VARIABLE)
        if file is None and environment.get(KEY_FILE_VARIABLE):
            file = Path(environment[KEY_FILE_VARIABLE])
        if file is None:
            return None
        try:
            return cls(file.read_text(encoding="utf-8"), str(file))
        except (OSError, UnicodeDecodeError):
            raise InputError(
                [_problem(str(file), "bad-key", "the key file cannot be read", "Name an age key file with --key FILE.")]
            ) from None

    def encrypt(self, data: bytes) -> bytes:
        """Encrypt bytes for the holder of this key."""
        import pyrage

        return bytes(pyrage.encrypt(data, [self._identity.to_public()]))

    def decrypt(self, data: bytes, shown: str) -> bytes:
        """Decrypt bytes in memory; raises InputError."""
        import pyrage

        try:
            return bytes(pyrage.decrypt(data, [self._identity]))
        except Exception:  # noqa: BLE001 - pyrage raises its own untyped error
            raise InputError(
                [
                    _problem(
                        shown,
                        "wrong-key",
                        "the file cannot be decrypted with this key",
                        "Use the key with which the archive was encrypted.",
                    )
                ]
            ) from None


def read_sealed(path: Path, key: Key | None, shown: str | None = None) -> bytes:
    """Read a file, or its encrypted form beside it (`names.yaml.age`), into memory; raises InputError."""
    sealed = path if path.suffix == ENCRYPTED else path.with_name(path.name + ENCRYPTED)
    name = shown or str(path)
    try:
        if path != sealed and (path.exists() or not sealed.exists()):
            return path.read_bytes()
        data = sealed.read_bytes()
    except OSError as error:
        raise InputError([_problem(name, "unreadable-file", f"the file cannot be read: {error.strerror}")]) from None
    if key is None:
        raise InputError(
            [
                _problem(
                    name,
                    "locked",
                    "the file is encrypted and no key is at hand",
                    f"Name the key with --key FILE, or set {KEY_FILE_VARIABLE}.",
                )
            ]
        )
    return key.decrypt(data, name)


def write_new(path: Path, data: bytes) -> bool:
    """Write a file that must not exist yet, whole or not at all; False where it exists already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)  # unlike a rename, a link never replaces what is there
    except FileExistsError:
        return False
    finally:
        Path(name).unlink()
    return True


# Copies ------------------------------------------------------------------------------------------------------------


@dataclass
class Archive:
    """A folder of copies; texts are read once and kept in memory."""

    folder: Path
    key: Key | None = None
    _paths: dict[str, list[Path]] | None = field(default=None, repr=False)
    _by_content: dict[str, Path] | None = field(default=None, repr=False)
    _texts: dict[tuple[str, str | None], CopyText] = field(default_factory=dict, repr=False)
    _states: dict[str, tuple[State, bytes]] = field(default_factory=dict, repr=False)

    @property
    def log(self) -> Path:
        """The custody log."""
        return self.folder / LOG

    @property
    def encrypted(self) -> bool:
        """Whether copies here are kept encrypted."""
        return any(path.suffix == ENCRYPTED for paths in self.paths.values() for path in paths)

    @property
    def paths(self) -> dict[str, list[Path]]:
        """Every file that is named by a digest."""
        if self._paths is None:
            self._paths = {}
            for path in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
                if re.fullmatch(r"[0-9a-f]{64}(?:\.\w+){1,3}", path.name) and path.is_file():
                    self._paths.setdefault(path.name[:64], []).append(path)
        return self._paths

    def state(self, digest: str) -> State:
        """Say whether a copy is held, missing, altered, or locked because there is no key."""
        return self._load(digest)[0]

    def read(self, digest: str) -> bytes | None:
        """Give the bytes of a copy whose digest agrees; None otherwise."""
        state, data = self._load(digest)
        return data if state == "held" else None

    def _load(self, digest: str) -> tuple[State, bytes]:
        if digest not in self._states:
            self._states[digest] = self._look(digest)
        return self._states[digest]

    def _look(self, digest: str) -> tuple[State, bytes]:
        named = self.paths.get(digest, [])
        state: State = "missing"
        for path in named:
            if path.suffix == ENCRYPTED and self.key is None:
                state = "locked" if state == "missing" else state
                continue
            data = self._bytes(path)
            if data is not None and sha256(data) == digest:
                return "held", data
            state = "altered"
        if state == "missing" and (other := self.by_content.get(digest)):
            return "held", self._bytes(other) or b""
        return state, b""

    def _bytes(self, path: Path) -> bytes | None:
        try:
            if path.stat().st_size > MAX_BYTES:
                return None
            data = path.read_bytes()
            return self.key.decrypt(data, path.name) if path.suffix == ENCRYPTED and self.key else data
        except OSError:
            return None

    @property
    def by_content(self) -> dict[str, Path]:
        """Files whose names say nothing, by their content: any folder of copies can be an archive."""
        if self._by_content is None:
            self._by_content = {}
            named = {path for paths in self.paths.values() for path in paths}
            for path in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
                if path.is_file() and path not in named and path.name != LOG and not path.name.startswith("."):
                    data = self._bytes(path) if path.suffix != ENCRYPTED or self.key else None
                    if data is not None:
                        self._by_content.setdefault(sha256(data), path)
        return self._by_content

    def text(self, digest: str, language: str | None = None) -> CopyText | None:
        """Give the normalised text of a copy that is held and can be read as text; None otherwise."""
        if (digest, language) not in self._texts:
            data = self.read(digest)
            if data is None:
                return None
            name = next((path.name.removesuffix(ENCRYPTED) for path in self.paths.get(digest, ())), "")
            text = _as_text(data, name)
            if text is None:
                return None
            self._texts[digest, language] = CopyText.of(text, language)
        return self._texts[digest, language]

    def keep(self, data: bytes, suffix: str = ".txt") -> bool:
        """Store bytes under their digest; False where they are held already. Raises InputError, never overwrites."""
        digest = sha256(data)
        if self.state(digest) == "held":
            return False
        if self.encrypted and self.key is None:
            raise InputError(
                [
                    _problem(
                        str(self.folder),
                        "locked",
                        "the archive is encrypted and no key is at hand",
                        f"Name the key with --key FILE, or set {KEY_FILE_VARIABLE}.",
                    )
                ]
            )
        sealed = self.encrypted
        name = digest + suffix + (ENCRYPTED if sealed else "")
        written = write_new(self.folder / name, self.key.encrypt(data) if sealed and self.key else data)
        if not written:
            raise InputError(
                [
                    _problem(
                        str(self.folder / name),
                        "copy-mismatch",
                        "a file of this name is there, and its content is not that of the digest",
                        "Move it away and find out who altered it; advokit overwrites no copy.",
                    )
                ]
            )
        self._paths = None
        self._by_content = None
        self._states.clear()
        return True


def _as_text(data: bytes, name: str) -> str | None:
    """Read a copy as text; HTML and PDF kept as copies are turned into text first."""
    from advokit.capture import text_of

    try:
        return text_of(data, name, name=name).text
    except InputError:
        return None


# The custody log ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """One line of the custody log."""

    number: int
    line: str
    values: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """SHA-256 of the line, which the next line holds."""
        return sha256(self.line.encode())


def append(log: Path, values: Mapping[str, Any]) -> Entry:
    """Append one entry to the log, with the digest of the line before; raises InputError where the log is broken."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        entries, problems = _entries(file.read(), str(log))
        if problems:
            raise InputError(problems)
        previous = entries[-1].digest if entries else None
        line = json.dumps(
            {"entry": len(entries) + 1, **values, "previous": previous}, ensure_ascii=False, separators=(", ", ": ")
        )
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return Entry(len(entries) + 1, line, json.loads(line))


def read_log(log: Path) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read the log and check its chain; an absent log is an empty one."""
    try:
        raw = log.read_bytes()
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        return (), (_problem(str(log), "unreadable-file", f"the log cannot be read: {error.strerror}"),)
    return _entries(raw, str(log))


def _entries(raw: bytes, shown: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    previous: str | None = None
    for number, line in enumerate(raw.split(b"\n")[:-1] if raw.endswith(b"\n") else raw.split(b"\n"), 1):
        if not line and number == 1 and not raw:
            break
        try:
            values = json.loads(line)
        except (ValueError, UnicodeDecodeError):
            values = None
        if not isinstance(values, dict):
            problems.append(
                Problem(
                    shown,
                    number,
                    1,
                    "error",
                    "custody-broken",
                    "this line of the log is no JSON object",
                    "Restore the log from a backup; lines are only ever added at its end.",
                )
            )
            values = {}
        elif values.get("previous") != previous or values.get("entry") != number:
            problems.append(
                Problem(
                    shown,
                    number,
                    1,
                    "error",
                    "custody-broken",
                    "this line does not follow from the line before: one of them was altered or removed",
                    "Restore the log from a backup; lines are only ever added at its end.",
                )
            )
        previous = sha256(line)
        entries.append(Entry(number, line.decode("utf-8", "replace"), values))
    return tuple(entries), tuple(problems)


# Sealing and unsealing ---------------------------------------------------------------------------------------------


def seal(folders: Iterable[Path], key: Key) -> int:
    """Encrypt every file of these folders in place (the log of custody excepted); gives how many."""
    count = 0
    for path in _plain(folders):
        if path.suffix == ENCRYPTED:
            continue
        data = path.read_bytes()
        sealed = path.with_name(path.name + ENCRYPTED)
        if not write_new(sealed, key.encrypt(data)) and key.decrypt(sealed.read_bytes(), sealed.name) != data:
            raise InputError(
                [
                    _problem(
                        str(path),
                        "copy-mismatch",
                        "its encrypted form beside it holds something else",
                        "Find out which of the two is right and move the other away.",
                    )
                ]
            )
        if key.decrypt(sealed.read_bytes(), sealed.name) == data:
            path.unlink()
            count += 1
    return count


def unseal(folders: Iterable[Path], key: Key) -> int:
    """Write every encrypted file of these folders in the clear again; gives how many."""
    count = 0
    for path in _plain(folders):
        if path.suffix == ENCRYPTED:
            data = key.decrypt(path.read_bytes(), path.name)
            plain = path.with_name(path.name.removesuffix(ENCRYPTED))
            if write_new(plain, data) or plain.read_bytes() == data:
                path.unlink()
                count += 1
    return count


def _plain(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink() and path.name != LOG and not path.name.startswith("."):
                yield path


# Search ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Passage:
    """A passage of a copy that holds the words searched for."""

    source: str
    digest: str
    text: str


def search(archive: Archive, ledger: Ledger, words: str, limit: int = 20) -> list[Passage]:
    """Find passages that hold all the words, best first; `word*` finds every word that begins so."""
    terms = [_segmented(term) for term in re.findall(r'"[^"]+"|\S+', words)]
    query = " ".join(_term(term) for term in terms if re.search(r"\w", term))
    if not query:
        return []
    with sqlite3.connect(":memory:") as base:
        base.execute("PRAGMA temp_store = MEMORY")  # nothing of a copy reaches the disk
        base.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(source UNINDEXED, digest UNINDEXED, shown UNINDEXED,"
            " words, tokenize = 'unicode61')"
        )
        for name, source in ledger.sources.items():
            copy = archive.text(source.copy_.sha256, source.language) if source.copy_ else None
            if copy and source.copy_:
                base.executemany(
                    "INSERT INTO passages VALUES (?, ?, ?, ?)",
                    ((name, source.copy_.sha256, part, _segmented(part)) for part in passages(copy.text)),
                )
        rows = base.execute(
            "SELECT source, digest, shown FROM passages WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?",
            (query, limit),
        ).fetchall()
    base.close()
    return [Passage(*row) for row in rows]


def _term(term: str) -> str:
    star = "*" if term.endswith("*") else ""
    inner = term.strip('"*').replace('"', " ")
    return f'"{inner}"{star}'


def passages(text: str, length: int = 400) -> Iterator[str]:
    """Cut a text into passages at the ends of sentences."""
    held = ""
    for sentence in re.split(r"(?<=[.!?。！？…])\s+", text):
        if held and len(held) + len(sentence) > length:
            yield held
            held = ""
        held = f"{held} {sentence}".strip()
        while len(held) > 3 * length:
            at = held.rfind(" ", 0, 2 * length)
            at = at if at > 0 else 2 * length
            yield held[:at]
            held = held[at:].strip()
    if held:
        yield held


def _segmented(text: str) -> str:
    """Set spaces between the letters of scripts that have none, so that words inside them are found."""
    return (
        "".join(
            f" {letter} "
            if unicodedata.name(letter, "").startswith(
                ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
            )
            else letter
            for letter in text
        )
        if not text.isascii()
        else text
    )


def stamp(now: dt.datetime) -> str:
    """Write a moment as UTC, to the second (RFC 3339)."""
    return now.astimezone(dt.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
