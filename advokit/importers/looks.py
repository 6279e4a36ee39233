"""The first bytes of a file in, what it is out: a workbook, a page, an empty file, or data of another format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from advokit.problems import Problem
from advokit.tables.encodings import open_bytes

#: How a file begins that holds no list, what it is, and what to do.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (rb"PK\x03\x04", "a workbook or another zip archive", "Save the sheet as CSV (UTF-8), or unpack the archive."),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook", "Save the sheet as CSV (UTF-8)."),
    (rb"%PDF-", "a PDF", "Look for the list as CSV or JSON."),
    (rb"\x1f\x8b", "compressed with gzip", "Unpack it first."),
    (rb"BZh|\xfd7zXZ|7z\xbc\xaf|\x28\xb5\x2f\xfd", "compressed", "Unpack it first."),
    (rb"SQLite format 3", "an SQLite database", "Export the table as CSV first."),
    (rb"PAR1", "a Parquet file", "Export the table as CSV first."),
    (rb"version https://git-lfs", "a pointer of Git LFS, not the data", "Fetch the data itself with 'git lfs pull'."),
    (
        rb"(?i)(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html)",
        "a web page",
        "Download the data itself, not the page that shows it.",
    ),
    (
        rb"(?s)<\?xml.{0,2000}?(?:mso-application|urn:schemas-microsoft-com:office|urn:oasis:names:tc:opendocument)",
        "a workbook saved as XML",
        "Save the sheet as CSV (UTF-8).",
    ),
)
_XML = re.compile(rb"<\?xml\s|<[A-Za-z_][\w.:-]*[\s>]")
#: The formats, and signs that all must stand near the beginning of a file for it to be one of them.
_SIGNS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("everypolitician-csv", (rb"^\W*id,name,sort_name,", rb"\bgroup_id\b")),
    ("openstates", (rb"^\W*id,name,current_party,",)),
    ("congress-legislators", (rb"^\W*last_name,first_name,", rb"\bbioguide_id\b")),
    ("congress-legislators", (rb"\bbioguide\b", rb"^[\s\-\[{]*\"?id\"?:", rb"\bterms\b|\boffices\b")),
    ("openstates", (rb"^(?:#.*\n)*id: ['\"]?ocd-person/",)),
    (
        "popolo",
        (
            rb"\"(?:persons|memberships|organizations|posts|events)\"\s*:\s*\[",
            rb"\"(?:identifiers|other_names|organization_id|person_id|classification)\"",
        ),
    ),
)


def foreign(path: Path, shown: str, wanted: str, *, mapped: bool) -> Iterator[Problem]:
    """Say that a file is no list of people, or one of another format than the one asked for.

    With a mapping the format `table` reads whatever it is given; without one it is only told of the better format.
    """
    with open_bytes(path, shown) as stream:
        head = stream.read(64 * 1024)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text:
        yield Problem(shown, 1, 1, "error", "empty-file", "the file has no row", "Look whether it is the right one.")
        return
    for start, what, hint in _FOREIGN:
        if re.match(start, text):
            yield Problem(shown, 0, 0, "error", "foreign-file", f"this is {what}", hint)
            return
    like = next((name for name, signs in _SIGNS if all(re.search(sign, head, re.MULTILINE) for sign in signs)), "")
    if wanted != "table" and _XML.match(text):
        yield Problem(shown, 0, 0, "error", "other-format", f"this is XML, and '{wanted}' is not written in it",
                      "Write 'advokit people import table …', which reads XML.")
        return
    if wanted == "popolo" and not like and text[:1] not in {b"{", b"["} and b"\0" not in head[:64]:
        like = "table"
    if not like or like == wanted or (wanted == "table" and mapped):
        return
    told = f"this looks like the format '{like}'"
    if wanted == "table":
        hint = f"'advokit people import {like} …' reads all of it."
        yield Problem(shown, 0, 0, "warning", "other-format", told, hint)
    else:
        hint = f"Write 'advokit people import {like} …'."
        yield Problem(shown, 0, 0, "error", "other-format", f"{told}, not '{wanted}'", hint)
