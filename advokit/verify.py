"""A PDF in circulation → what it says, whether it was altered, and what has become of each of its figures since.

In: the bytes of a PDF, and a newer ledger if there is one. Out: `Verdict`. The ledger extract in the file carries its
own digest and, for each printed figure, the words around it: a number that was changed by hand no longer stands
between them. Reading runs in a fenced child process, because the file may come from anywhere.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from advokit.compose.extract import digest_holds
from advokit.ledger import Ledger
from advokit.problems import InputError, Problem
from advokit.squeezing import squeezed
from advokit.standing import Printed, standing
from advokit.worker import Limits, Names, Pool

Status = Literal["current", "superseded", "disputed", "withdrawn", "unknown", "altered"]

#: Longest file read, in bytes.
MAX_BYTES = 100 * 1024 * 1024
EXTRACT = "ledger-extract.json"
#: Shortest words around a figure by which its place is found again.
_ENOUGH = 6
#: Longest text that may stand where a figure stood.
_GAP = 40


@dataclass(frozen=True)
class FigureVerdict:
    """What has become of one printed figure."""

    observation: str
    printed: str
    status: Status
    message: str


@dataclass(frozen=True)
class Verdict:
    """What a PDF says and how it stands."""

    head: Mapping[str, str]
    """Campaign, edition, document, language, date and code, as the file states them."""
    ledger_digest: str
    intact: bool
    """Whether the extract is as it was written and every figure stands as it was printed."""
    figures: tuple[FigureVerdict, ...]
    notes: tuple[str, ...] = ()

    @property
    def up_to_date(self) -> bool:
        """Whether nothing was altered and nothing has changed since."""
        return self.intact and all(item.status in {"current", "unknown"} for item in self.figures)


@dataclass(frozen=True)
class Contents:
    """What is read from the file: the extract, and the text of each page."""

    extract: str
    pages: tuple[str, ...]


def verify(path: Path, ledger: Ledger | None = None, limits: Limits | None = None) -> Verdict:
    """Verify one file; raises InputError with one sentence where it cannot be read or is none of advokit's."""
    contents = read(path, limits)
    data, intact = _extract(contents.extract, str(path))
    altered = dict(_altered(data["printed"], contents.pages))
    head = {key: str(data.get(key, "")) for key in ("campaign", "edition", "document", "language", "date", "code")}
    verdicts = []
    for item in {(entry["observation"], entry["text"]): entry for entry in data["printed"]}.values():
        key = (item["observation"], item["text"])
        if key in altered:
            verdicts.append(FigureVerdict(item["observation"], item["text"], "altered", altered[key]))
        else:
            status, message = _status(item["observation"], item["value"], data, ledger)
            verdicts.append(FigureVerdict(item["observation"], item["text"], status, message))
    return Verdict(head, str(data["ledger_digest"]), intact and not altered, tuple(verdicts), _notes(intact, ledger))


def read(path: Path, limits: Limits | None = None) -> Contents:
    """Read the extract and the text of a PDF in a child process; raises InputError."""
    shown = str(path)
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise InputError([Problem(shown, 0, 0, "error", "missing-file", f"the file cannot be read: {error.strerror}")]
                         ) from None
    if size > MAX_BYTES:
        raise InputError([Problem(shown, 0, 0, "error", "file-too-large", f"the file has {size:,} bytes;"
                                  f" {MAX_BYTES:,} is the most that is read")])
    limits = limits or Limits(cpu_seconds=40, wall_seconds=45.0)
    with Pool(limits, 1, preload=("advokit.verify", "advokit.pdfreading")) as pool:
        outcome = pool.submit(contents_of, raw, shown, names=Names("the file", shown)).outcome()
    if outcome.value is None:
        raise InputError(outcome.problems)
    return outcome.value


def contents_of(raw: bytes, shown: str) -> Contents:
    """Take the extract and the text out of a PDF; runs in a child process."""
    import io

    import pikepdf
    import pypdfium2

    def no(rule: str, message: str, hint: str = "") -> InputError:
        return InputError([Problem(shown, 0, 0, "error", rule, message, hint)])
    if b"%PDF-" not in raw[:1024]:
        raise no("no-pdf", "the file is no PDF", "Give the PDF itself, or the code that stands on the paper.")
    try:
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            found = [entry.get_file().read_bytes() for name, entry in pdf.attachments.items() if name == EXTRACT]
        document = pypdfium2.PdfDocument(raw)
        pages = tuple(document[index].get_textpage().get_text_range() for index in range(len(document)))
    except pikepdf.PasswordError:
        raise no("encrypted-pdf", "the file is encrypted", "Save it without a password first.") from None
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, KeyError, AttributeError) as error:
        reason = re.sub(r"stream <[^>]*>:?|\s+", " ", str(error)).strip()[:120]
        raise no("damaged-pdf", f"the file is damaged: {reason}") from None
    if not found:
        raise no("foreign-pdf", "the file carries no ledger extract: advokit did not make it, or another program has"
                 " taken it out", "The code on the paper still leads to it: advokit verify XXXX-XXXX.")
    return Contents(found[0].decode("utf-8", "replace"), pages)


def _extract(text: str, shown: str) -> tuple[dict[str, Any], bool]:
    """Read the extract; tell whether it is as it was written."""
    try:
        data = json.loads(text)
        printed = [{key: str(item[key]) for key in ("observation", "text", "value", "before", "after")}
                   | {"times": str(int(item["times"]))} for item in data["printed"]]
        data["figures"].values()
        bytes.fromhex(data["ledger_digest"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError([Problem(shown, 0, 0, "error", "damaged-extract",
                                  "the ledger extract in the file cannot be read")]) from None
    return {**data, "printed": printed}, digest_holds(text)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))


def _altered(printed: Iterable[Mapping[str, str]], pages: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], str]]:
    """Find printed figures that no longer stand as they were printed."""
    whole = "\n".join(pages)
    tight, spaced = squeezed(whole), _spaced(whole)
    wanted: dict[str, int] = {}
    for item in printed:
        text = _spaced(item["text"])
        wanted[text] = wanted.get(text, 0) + int(item["times"])
    for item in printed:
        key, text = (item["observation"], item["text"]), squeezed(item["text"])
        before, after = item["before"], item["after"]
        if (len(before) >= _ENOUGH and before + text in tight) or (len(after) >= _ENOUGH and text + after in tight):
            continue
        other = _instead(before, after, tight)
        if other is not None and not other.startswith(text) and not other.endswith(text):
            yield key, f"the file prints '{other}' where the ledger said {item['text']}"
    for text, times in wanted.items():
        there = len(re.findall(rf"(?<![\d.,]){re.escape(text)}(?![\d]|[.,]\d)", spaced, re.IGNORECASE))
        if there == 0 or (there < times and not any(character in text for character in " ")):
            for item in printed:
                if _spaced(item["text"]) == text:
                    yield (item["observation"], item["text"]), (
                        f"{item['text']} was printed {times} times and stands {there} times in the file")


def _instead(before: str, after: str, tight: str) -> str | None:
    """Give what stands between the words that stood around a figure, if it is short."""
    if len(before) < _ENOUGH or len(after) < _ENOUGH:
        return None
    match = re.search(re.escape(before) + rf"(.{{0,{_GAP}}}?)" + re.escape(after), tight)
    return match[1] if match else None


def _status(name: str, value: str, data: Mapping[str, Any], ledger: Ledger | None) -> tuple[Status, str]:
    """Tell what has become of a printed observation, by the extract's word for what it was."""
    if ledger is None:
        return "unknown", "no ledger at hand to compare with"
    return standing(Printed(name, value, _was_disputed(name, data), _old_sources(name, data)), ledger)


def _old(name: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    for figure in data["figures"].values():
        for item in figure.get("observations", ()):
            if item.get("id") == name:
                return item  # type: ignore[no-any-return]
    return {}


def _was_disputed(name: str, data: Mapping[str, Any]) -> bool:
    old = _old(name, data)
    back = any(name in item.get("disputes", ()) for figure in data["figures"].values()
               for item in figure.get("observations", ()))
    return bool(old.get("disputes")) or old.get("status") == "disputed" or back


def _old_sources(name: str, data: Mapping[str, Any]) -> frozenset[tuple[str, str | None]]:
    return frozenset((item.get("source", ""), item.get("via")) for item in _old(name, data).get("evidence", ()))


def _notes(intact: bool, ledger: Ledger | None) -> tuple[str, ...]:  # noqa: FBT001 - one switch
    notes = []
    if not intact:
        notes.append("The ledger extract in the file was changed after it was written; nothing in it can be relied on.")
    if ledger is None:
        notes.append("Compared with the file's own extract only; --ledger FILE tells what has changed since.")
    return tuple(notes)
