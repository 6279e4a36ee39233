"""The letters of a run as one zip, to be handed to a printer or another organizer.

In: the letters that stand. Out: letters.zip with the letters and letters.csv, the list of them without senders' names.
The single files stay: they are what a run goes on from, and a zip cannot give back the room of a letter that has
changed. The zip is written whole, beside its place, at the end of every run that asks for it.
"""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from pathlib import Path

from advokit.letters.folder import LETTERS, RunFolder
from advokit.letters.journal import Journal

#: The name of the file.
ARCHIVE = "letters.zip"
#: The list of letters, which goes along.
_LIST = "letters.csv"


def write_archive(path: Path, folder: RunFolder, journal: Journal, since: str = "") -> None:
    """Write all letters, or those since a date, into a zip, one at a time; the same letters give the same bytes."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
        with zipfile.ZipFile(file, "w") as archive:
            _add(archive, folder.path / _LIST, _LIST, zipfile.ZIP_DEFLATED)
            for letter in journal.standing(since=since):
                for form, item in sorted(letter.files.items()):
                    name = item["name"]
                    # A PDF or DOCX is compressed already.
                    method = zipfile.ZIP_STORED if form in {"pdf", "docx"} else zipfile.ZIP_DEFLATED
                    _add(archive, folder.path / LETTERS / name, f"{LETTERS}/{name}", method)
        file.flush()
        os.fsync(file.fileno())


def _add(archive: zipfile.ZipFile, path: Path, name: str, method: int) -> None:
    entry = zipfile.ZipInfo(name)  # its fixed date keeps the bytes the same from run to run
    entry.compress_type = method
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=False) as target:
        shutil.copyfileobj(source, target)
