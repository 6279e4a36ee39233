"""Bytes of any encoding in, text out: which encoding a file has, how sure that is, and its digest.

A byte-order mark or strict UTF-8 decides; else UTF-16 without a mark is recognised by its zero bytes, and what remains
is judged by charset-normalizer, with the encodings that the country used before UTF-8 going first among equals.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

from advokit.problems import InputError, Problem, UsageError, nearest

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: What a country's offices wrote before UTF-8, the likeliest first; every other country: Western European.
_LEGACY = {
    "tw": ("big5", "cp950", "big5hkscs"),
    "hk": ("big5hkscs", "big5"),
    "mo": ("big5hkscs", "big5"),
    "cn": ("gb18030",),
    "sg": ("gb18030", "cp1252"),
    "jp": ("cp932", "euc_jp"),
    "kr": ("cp949", "euc_kr"),
    **dict.fromkeys(("ru", "ua", "by", "bg", "mk", "rs", "me", "kz", "kg", "mn"), ("cp1251", "koi8_r", "koi8_u")),
    **dict.fromkeys(("pl", "cz", "sk", "hu", "si", "hr", "ba", "ro", "al"), ("cp1250", "iso8859_2")),
    **dict.fromkeys(("ee", "lv", "lt"), ("cp1257",)),
    **dict.fromkeys(("gr", "cy"), ("cp1253", "iso8859_7")),
    **dict.fromkeys(("il",), ("cp1255",)),
    **dict.fromkeys(("tr", "az"), ("cp1254",)),
    "th": ("tis_620",),
    "vn": ("cp1258",),
    **dict.fromkeys(("eg", "jo", "iq", "lb", "ma", "tn", "dz", "sa", "ir"), ("cp1256",)),
}
_WESTERN = ("cp1252", "mac_roman")
_CANDIDATES = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "koi8_r",
    "big5",
    "cp949",
    "gb18030",
    "cp932",
    "euc_jp",
    "tis_620",
    "mac_roman",
    "cp850",
    "cp866",
]
#: A word, and the share of strange ones up to which an encoding is believed.
_WORD = re.compile(r"[^\s\x00-@\[-`{-\x7f’‘“”„–—«»·‧・…•°ª№、，。；：（）「」\u3000\xa0]+")
_STRANGE = 0.2
_SAMPLE = 256 * 1024
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Encoding:
    """The encoding of one file; `guessed` where nothing in the file proves it, `damaged` where bytes do not fit."""

    name: str
    guessed: bool = False
    damaged: bool = False


def open_bytes(path: Path, shown: str) -> io.BufferedReader:
    """Open a file; raises InputError with the nearest name where it is not there."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        near = nearest(path.name, [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else [])
        hint = f"Did you mean '{near}'?" if near else "Look at the path; it is read from the folder you are in."
        raise InputError([Problem(shown, 0, 0, "error", "missing-file", "there is no such file", hint)]) from None
    except IsADirectoryError:
        raise InputError(
            [
                Problem(
                    shown,
                    0,
                    0,
                    "error",
                    "unreadable-file",
                    "this is a folder, not a file",
                    "Name the file in it that holds the people.",
                )
            ]
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise InputError(
            [Problem(shown, 0, 0, "error", "unreadable-file", f"the file cannot be read: {reason}")]
        ) from None


def digest(path: Path, shown: str) -> str:
    """Give the SHA-256 of a file, or of a folder: of the sorted list of its YAML files and their digests."""
    if path.is_dir():
        total = hashlib.sha256()
        for file in sorted(p for p in path.rglob("*.y*ml") if p.is_file()):
            total.update(f"{file.relative_to(path).as_posix()} {digest(file, shown)}\n".encode())
        return total.hexdigest()
    with open_bytes(path, shown) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def detect(path: Path, shown: str, country: str = "", wanted: str = "") -> Encoding:
    """Tell the encoding of a file; `wanted` overrides all, and is a usage error where Python does not know it."""
    if wanted:
        try:
            return Encoding(codecs.lookup(wanted).name)
        except LookupError:
            hint = f"Did you mean '{near}'?" if (near := nearest(wanted, _CANDIDATES)) else "Write for instance cp1252."
            raise UsageError(
                [Problem("--encoding", 0, 0, "error", "unknown-encoding", f"there is no encoding '{wanted}'", hint)]
            ) from None
    with open_bytes(path, shown) as stream:
        head = stream.read(4096)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return Encoding(name)
        wide = _wide(head)
        if wide:
            return Encoding(wide, guessed=True)
        stream.seek(0)
        if _is_utf8(stream):
            return Encoding("utf-8")
        stream.seek(0)
        sample = _foreign(stream)
    if _mostly_utf8(sample):
        return Encoding("utf-8", damaged=True)
    return _guess(sample, country)


def _guess(sample: bytes, country: str) -> Encoding:
    """Take the first encoding whose words look like words: the country's, then those that charset-normalizer finds."""
    fitting = [name for name in _LEGACY.get(country.lower(), _WESTERN) if _decodes(sample, name)]
    if not fitting or _strange(sample, fitting[0]) > _STRANGE:
        for match in from_bytes(sample, cp_isolation=_CANDIDATES):
            fitting += [match.encoding, *match.could_be_from_charset]
    plausible = (name for name in fitting if _strange(sample, name) <= _STRANGE)
    name = next(plausible, (fitting or ["cp1252"])[0])
    return Encoding(name, guessed=True, damaged=not _decodes(sample, name))


def _strange(sample: bytes, name: str) -> float:
    """Give the share of words, of those that are not plain ASCII, that no language writes so.

    Strange are two scripts in one word, Latin words that are mostly accents, half-width katakana, and signs such as
    a pound inside a word.
    """
    found = [word for word in _WORD.findall(sample.decode(name, "replace")[:20_000]) if not word.isascii()]
    return sum(map(_odd, found)) / max(len(found), 1)


def _odd(word: str) -> bool:
    foreign = [c for c in word if c > "\x7f"]
    if any(not unicodedata.category(c).startswith(("L", "M")) or "\uff61" <= c <= "\uff9f" for c in foreign):
        return True
    latin = [
        unicodedata.name(c, "").startswith("LATIN") for c in foreign if not unicodedata.category(c).startswith("M")
    ]
    if any(latin):
        return not all(latin) or (len(word) > 2 and len(foreign) > 0.6 * len(word))
    return any("a" <= c.lower() <= "z" for c in word)


def _decodes(sample: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str:
    """Recognise UTF-16 without a mark: in its text every second byte of plain letters and commas is zero."""
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even, odd = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if odd > pairs * 0.1 and even < odd * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * 0.1 and odd < even * 0.1 else ""


def _is_utf8(stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _foreign(stream: BinaryIO) -> bytes:
    """Collect the lines that are not plain ASCII: they alone tell encodings apart."""
    kept, size = [], 0
    while size < _SAMPLE and (line := stream.readline(64 * 1024)):
        if not line.isascii():
            kept.append(line)
            size += len(line)
    return b"".join(kept)


def _mostly_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return good >= 3 * bad


def open_text(path: Path, shown: str, encoding: Encoding) -> io.TextIOWrapper:
    """Open a file as text; bytes that do not fit become U+FFFD, which the readers report by line."""
    return io.TextIOWrapper(open_bytes(path, shown), encoding.name, errors="replace", newline="")


def utf8_chunks(path: Path, shown: str, encoding: Encoding) -> Iterator[bytes]:
    """Give the text of a file as UTF-8, a piece at a time."""
    with open_text(path, shown, encoding) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk.encode("utf-8", "replace")
