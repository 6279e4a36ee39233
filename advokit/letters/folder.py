"""The folder of one run: private (0700), locked while a run is at work in it, and forgotten on demand.

In: a path. Out: places for the letters, the journal and the reports. Nothing outside this folder ever holds a
sender's data.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from advokit.letters.journal import Moved
from advokit.problems import OutputError, Problem, UsageError

try:
    import fcntl
except ImportError:  # Windows; there a second run in one folder is not kept out
    fcntl = None  # type: ignore[assignment]

#: The journal's file.
JOURNAL = ".journal.sqlite"
LOCK = ".lock"
KIT = ".kit"
LETTERS = "letters"
#: What `--forget` leaves.
COUNTS = "counts.csv"
_PERSONAL = (JOURNAL, f"{JOURNAL}-wal", f"{JOURNAL}-shm", f"{JOURNAL}-journal", KIT, "failures.csv", "letters.csv",
             "similar.csv", "run.json", "combined.pdf", "labels.pdf", "letters.zip")


def hint_of(error: OSError) -> str:
    """Say how to mend what the system refused."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "Make room on the disk."
    return "Look whether the folder is still there and yours to write in."


@contextlib.contextmanager
def removed(part: Path) -> Iterator[Path]:
    """Give the place of a file that is being written; half-written, it is taken away, and a full disk is told."""
    try:
        yield part
    except OSError as error:
        raise OutputError([Problem(part.name.removeprefix(".").removesuffix(".part"), 0, 0, "error", "not-written",
                                   f"it could not be written: {error.strerror}",
                                   f"{hint_of(error)} The letters stand; the same command goes on.")]
                          ) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


#: What a run calls its letters, and those that it has put aside.
_LETTER = re.compile(r"(?:letter-\d{5,}-\d+.*|\.[0-9a-f]{64})\.(?:pdf|docx|txt|eml)", re.DOTALL)


class RunFolder:
    """A run's folder; use it with `with`, which locks it."""

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is made yet."""
        self.path = path
        self._lock: IO[bytes] | None = None
        self._mask: int | None = None

    @property
    def journal(self) -> Path:
        """Give the place of the journal."""
        return self.path / JOURNAL

    @property
    def kit(self) -> Path:
        """Give the place of the campaign as it was when the run began."""
        return self.path / KIT

    def letter(self, name: str, form: str) -> Path:
        """Give the place of one letter."""
        return self.path / LETTERS / f"{name}.{form}"

    def __enter__(self) -> Self:
        """Make and lock the folder; raises UsageError where it is another's or another run is at work in it."""
        if self.path.is_dir() and any(self.path.iterdir()) and not any(
                (self.path / name).exists() for name in (JOURNAL, LOCK, COUNTS)):
            raise UsageError([Problem(str(self.path), 0, 0, "error", "not-a-run", "this folder holds other things than"
                                      " a run of letters", "Name a new folder with -o DIR.")])
        self._mask = os.umask(0o077)  # whatever is written from now on is its owner's alone
        try:
            self._begin()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _begin(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o700)
            self._lock = (self.path / LOCK).open("ab")
        except OSError as error:
            raise OutputError([Problem(str(self.path), 0, 0, "error", "unwritable-folder",
                                       f"the run's folder cannot be used: {error.strerror}",
                                       "Make it yours to write in, or name another folder with -o DIR.")]) from None
        if fcntl is not None:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise UsageError([Problem(str(self.path), 0, 0, "error", "run-at-work", "another run is at work in this"
                                          " folder", "Wait until it ends, or name another folder with -o DIR.")]
                                 ) from None
        for part in (*self.path.glob(".*.part"), *(self.path / LETTERS).glob(".*.part")):
            part.unlink(missing_ok=True)

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """Unlock the folder."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
        if self._mask is not None:
            os.umask(self._mask)
            self._mask = None

    def take_over(self, letters: Sequence[Moved]) -> Iterator[tuple[Moved, dict[str, dict[str, Any]]]]:
        """Give letters whose rows have moved their new names, whoever has these now; gives those whose files are whole.

        First all go aside, under their keys, then each to its new place; killed between, the next run goes on from
        there.
        """
        aside = self.path / LETTERS
        for letter in letters:
            for form, item in letter.files.items():
                if not self._aside(letter.key, form).exists():
                    with contextlib.suppress(FileNotFoundError):
                        (aside / item["name"]).rename(self._aside(letter.key, form))
        for letter in letters:
            files: dict[str, dict[str, Any]] = {}
            for form, item in letter.files.items():
                with contextlib.suppress(FileNotFoundError):
                    self._aside(letter.key, form).rename(self.letter(letter.name, form))
                    files[form] = {**item, "name": f"{letter.name}.{form}"}
            if files.keys() == letter.files.keys():
                yield letter, files

    def _aside(self, key: str, form: str) -> Path:
        return self.path / LETTERS / f".{key}.{form}"

    def sweep(self, known: Container[str]) -> None:
        """Remove letters that the journal does not know: of an older form, an older text, a lost journal."""
        if (self.path / LETTERS).is_dir():
            for path in (self.path / LETTERS).iterdir():
                if path.name not in known and _LETTER.fullmatch(path.name):
                    path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove everything personal; the counts stay."""
        shutil.rmtree(self.path / LETTERS, ignore_errors=True)
        for name in _PERSONAL:
            with contextlib.suppress(FileNotFoundError):
                (self.path / name).unlink()
        self.drop_printing()
        self.lasting()

    def drop_printing(self) -> None:
        """Remove the files for the printer: they show letters that no longer stand so."""
        for path in (*self.path.glob("combined*.pdf"), *self.path.glob("labels*.pdf"), self.path / "letters.zip"):
            path.unlink(missing_ok=True)

    def lasting(self) -> None:
        """Make the names of the files last a power cut, as their contents do already."""
        for folder in (self.path / LETTERS, self.path):
            if os.name == "posix" and folder.is_dir():
                handle = os.open(folder, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)
