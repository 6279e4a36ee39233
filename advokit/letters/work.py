"""One letter made in a worker: composed, checked, rendered, proved. The same function on every kind of worker.

In: a `Kit` (the campaign as it was when the run began, as one file) and a letter's `Spec` as JSON. Out: its files, or
the exceptions of advokit. What does not change from letter to letter is read once and stays warm in the worker.
"""

from __future__ import annotations

import datetime as dt
import json
import pickle
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advokit.compose import Composed, Job, compose
from advokit.compose.letter import Envelope, Sender
from advokit.countries import Addressee
from advokit.problems import CheckError, OutputError, Problem
from advokit.prove import prove
from advokit.render import FORMATS, Rendered
from advokit.rules import check_document
from advokit.rules.safeguarding import check_file
from advokit.workspace import CampaignFiles, Text

if TYPE_CHECKING:
    from advokit.render.warm import Warm

#: The formats of letters.
LETTER_FORMATS = ("pdf", "docx", "txt", "eml")


@dataclass(frozen=True)
class Kit:
    """What all letters of a run share."""

    files: CampaignFiles
    variants: Mapping[str, Mapping[str, Text]]
    """Edition → name of a text for some parties → that text."""
    date: dt.date
    formats: tuple[str, ...]
    digest: str
    """A digest of everything but the envelope that a letter's bytes depend on."""


@dataclass(frozen=True)
class Spec:
    """One letter: who writes to whom, in which edition and with which text."""

    edition: str
    sender: Sender
    form: str | None
    addressee: Addressee
    variant: str = ""
    to_name: str = ""
    to_email: str = ""
    web_form: str = ""
    reply_to: str = ""

    def as_json(self) -> str:
        """Write it down, always in the same way."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> Spec:
        """Read what `as_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        sender, addressee = data.pop("sender"), data.pop("addressee")
        sender["lines"], addressee["postal"] = tuple(sender["lines"]), tuple(addressee["postal"])
        return cls(sender=Sender(**sender), addressee=Addressee(**addressee), **data)


@dataclass(frozen=True)
class MadeLetter:
    """A finished letter."""

    files: tuple[tuple[str, bytes], ...]
    pages: int | None


def make_letter(kit_path: str, digest: str, payload: str) -> MadeLetter:
    """Make one letter from a kit that stands in a file; runs in a child process."""
    return letter(_kit(kit_path, digest), Spec.read(payload))


@lru_cache(maxsize=1)
def _kit(path: str, _digest: str) -> Kit:
    kit: Kit = pickle.loads(Path(path).read_bytes())  # noqa: S301 - written by this program into its private folder
    return kit


@lru_cache(maxsize=4)
def _warm(_digest: str, _edition: str) -> Warm:
    """Keep styles and typefaces between the letters of an edition; another one may have typefaces of its own."""
    from advokit.render.warm import Warm
    return Warm()


def letter(kit: Kit, spec: Spec) -> MadeLetter:
    """Make one letter; raises CheckError or OutputError where it cannot be, or may not be."""
    composed = compose_letter(kit, spec)
    problems = [problem for problem in check_document(composed, kit.files, kit.date) if problem.severity == "error"]
    if problems:
        raise CheckError(problems)
    # A recipient without an e-mail address gets the other formats; the plan has told the row.
    made = tuple((name, _rendered(name, kit, spec, composed)) for name in kit.formats
                 if name != "eml" or spec.to_email or kit.formats == ("eml",))
    pages = next((done.pages for name, done in made if name == "pdf"), None)
    for name, done in made:
        faults = [*prove(done.content, composed)] if name == "pdf" else []
        if kit.files.private and kit.files.private.names:
            faults += check_file(done.content, f"letter.{name}", kit.files, composed, kit.date)
        if errors := [problem for problem in faults if problem.severity == "error"]:
            raise OutputError(errors)
    return MadeLetter(tuple((name, done.content) for name, done in made), pages)


def compose_letter(kit: Kit, spec: Spec) -> Composed:
    """Compose one letter."""
    edition = kit.files.editions[spec.edition]
    if spec.variant:
        text = kit.variants[spec.edition][spec.variant]
        edition = replace(edition, texts={**edition.texts, "letter": text})
    files = replace(kit.files, editions={spec.edition: edition})
    return compose(Job(files, spec.edition, "letter", kit.date, Envelope(spec.sender, spec.form, spec.addressee)))


def _rendered(name: str, kit: Kit, spec: Spec, composed: Composed) -> Rendered:
    if name == "eml":
        from advokit.render.eml import render_eml
        return Rendered(render_eml(composed, to_name=spec.to_name, to_email=spec.to_email, web_form=spec.web_form,
                                   from_name=spec.sender.name, from_email=spec.reply_to,
                                   address=spec.sender.lines))
    if name == "pdf":
        from advokit.render.pdf import render
        pdf = render(composed, kit.files.root, warm=_warm(kit.digest, spec.edition))
        done = Rendered(pdf.pdf, pdf.pages, pdf.warnings)
    else:
        done = FORMATS[name](composed, kit.files.root)
    if name == "pdf" and done.pages and done.pages > 1:
        raise CheckError([Problem(composed.text, 0, 0, "error", "letter-overflow",
                                  f"the letter runs over one page (it has {done.pages})",
                                  "Shorten the sender's own words, or the text of the letter.")])
    return done
