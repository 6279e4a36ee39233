"""The folder of one run: private (0700), locked while a run is at work in it, and forgotten on demand.

In: a path. Out: places for the letters, the journal and the reports. Nothing outside this folder ever holds a
sender's data.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from advokit.problems import Problem, UsageError

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


class RunFolder:
    """A run's folder; use it with `with`, which locks it."""

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is made yet."""
        self.path = path
        self._lock: IO[bytes] | None = None

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
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o700)
        self._lock = (self.path / LOCK).open("ab")
        if fcntl is not None:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                self._lock.close()
                raise UsageError([Problem(str(self.path), 0, 0, "error", "run-at-work", "another run is at work in this"
                                          " folder", "Wait until it ends, or name another folder with -o DIR.")]
                                 ) from None
        for part in (*self.path.glob(".*.part"), *(self.path / LETTERS).glob(".*.part")):
            part.unlink(missing_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """Unlock the folder."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def remove(self, name: str, form: str) -> None:
        """Take a letter away that the plan no longer holds."""
        with contextlib.suppress(FileNotFoundError):
            self.letter(name, form).unlink()

    def forget(self) -> None:
        """Remove everything personal; the counts stay."""
        shutil.rmtree(self.path / LETTERS, ignore_errors=True)
        for name in _PERSONAL:
            with contextlib.suppress(FileNotFoundError):
                (self.path / name).unlink()
        for path in (*self.path.glob("combined*.pdf"), *self.path.glob("labels*.pdf")):
            path.unlink()
        if os.name == "posix":
            handle = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
