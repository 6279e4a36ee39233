"""The private list: whose name must never be printed, and who allowed which exception.

In: `facts/private/names.yaml` (git-ignored), or `names.yaml.age` and a key. Out: a `PrivateList` of frozen entries that
goes to the children which compose and render; it shows nothing of itself in any message, log or `repr`. What is wrong
with the file is said without a word of what stands in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from advokit.archive import ENCRYPTED, Key, read_sealed
from advokit.dates import DateField
from advokit.fields import Model
from advokit.problems import InputError, Problem
from advokit.safeguarding.folding import scripts
from advokit.yamlfile import build, parse

#: Where a workspace keeps the list.
LIST = "facts/private/names.yaml"
#: The largest list read, in names.
MAX_NAMES = 100_000

Part = Literal["given", "family", "patronymic", "short"]
Script = Literal["Latn", "Cyrl", "Grek"]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list, json_schema_input_type=str | list[str])]


class Exemption(Model):
    """A consent: where a name may stand although it is on the list."""

    consented_by: Annotated[str, Field(min_length=2)]
    """Who consented: the person, or who may decide for a child."""
    on: DateField
    """The day of the consent."""
    purpose: Annotated[str, Field(min_length=5)]
    """For what."""
    documents: Annotated[Texts, Field(min_length=1)]
    """Where: campaign/edition/document, `*` for any, such as `ukraine-children/de/brief`."""
    until: DateField
    """The last day on which it holds."""
    entered_by: Annotated[str, Field(min_length=2)]
    """Who entered it here."""
    reviewed_by: Annotated[str, Field(min_length=2)]
    """The second reviewer: somebody else."""

    @model_validator(mode="after")
    def _two_people_and_an_end(self) -> Exemption:
        if self.reviewed_by.casefold() == self.entered_by.casefold():
            raise ValueError("the second reviewer is the one who entered the exception | It takes two people.")
        if self.until.last < self.on.first:
            raise ValueError("the exception ends before the consent was given | Mend 'on' or 'until'.")
        return self

    def covers(self, place: str) -> bool:
        """Tell whether it speaks of a document, named campaign/edition/document."""
        return any(fnmatchcase(place, pattern) for pattern in self.documents)


class PrivateName(Model):
    """One person whose name must not be printed."""

    given: Texts = ()
    """The given name; several, where papers differ."""
    family: Texts = ()
    """The family name; several, where papers differ. A double name is found by either part."""
    patronymic: Texts = ()
    """The patronymic."""
    script: Script | None = None
    """The script in which the entry is written (Latn, Cyrl, Grek); letters of another one are then a mistake."""
    short: Texts = ()
    """Short and pet forms of the given name."""
    forms: Texts = ()
    """Whole forms that count by themselves, such as a nickname or a user name."""
    alone: Annotated[tuple[Part, ...], BeforeValidator(_as_list, json_schema_input_type=Part | list[Part])] = ()
    """Parts that count even alone: given, family, patronymic, short. Only where a name is rare."""
    label: str | None = None
    """What is printed instead: "a boy from the south"."""
    exceptions: tuple[Exemption, ...] = ()
    """Consents."""

    @model_validator(mode="after")
    def _findable(self) -> PrivateName:
        if not (
            self.forms
            or self.alone
            or (self.family and (self.given or self.short))
            or (self.patronymic and (self.given or self.short))
        ):
            raise ValueError(
                "nothing here can be found by itself | Give 'given' and 'family', or 'forms', or say with"
                " 'alone' which part counts by itself."
            )
        for part in self.alone:
            if not getattr(self, part):
                raise ValueError(f"'alone' names '{part}', and the entry has none | Add it, or take it out of 'alone'.")
        return self

    @model_validator(mode="after")
    def _one_script(self) -> PrivateName:
        for name in ("given", "family", "patronymic", "short"):
            for text in getattr(self, name):
                found = scripts(text)
                if len(found) > 1:
                    raise ValueError(f"'{name}' mixes letters of two scripts that look alike | Type it again in one.")
                if self.script and found - {self.script}:
                    raise ValueError(
                        f"'{name}' is not written in the script that 'script' says | Put other spellings"
                        " into an entry without 'script'."
                    )
        return self


class NamesFile(Model):
    """The private list."""

    names: Annotated[tuple[PrivateName, ...], Field(max_length=MAX_NAMES)]
    """The people, in any order; messages call them by their number from 1."""


@dataclass(frozen=True)
class PrivateList:
    """The list as it travels: it never shows what it holds."""

    names: tuple[PrivateName, ...] = field(default=(), repr=False)
    digest: str = field(default="", repr=False)
    """SHA-256 of the file as it was read; decides, with the rest, whether a document is made again."""
    problems: tuple[Problem, ...] = ()
    """Why the list could not be read; then nothing may be published."""

    def __hash__(self) -> int:
        """Hash by the digest: ten thousand names are not walked through for it."""
        return hash(self.digest)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as plain text: rebuilding models by hand is slow."""
        return _rebuilt, (_written(self), self.digest, self.problems)


@lru_cache(maxsize=4)
def _written(private: PrivateList) -> str:
    return NamesFile(names=private.names).model_dump_json(exclude_defaults=True)


@lru_cache(maxsize=4)
def _rebuilt(data: str, digest: str, problems: tuple[Problem, ...]) -> PrivateList:
    return PrivateList(NamesFile.model_validate_json(data).names, digest, problems)


#: What may be said of a mistake in the list; other sentences could repeat a name.
_SAYABLE = {
    "missing-key": "a key that an entry needs is missing here",
    "unknown-key": "this key is not known",
    "duplicate-key": "this key stands here a second time",
    "invalid-value": "this value does not fit its key",
    "yaml-syntax": "this is not YAML",
    "not-utf8": "this is not UTF-8 text",
    "locked": "the private list is encrypted and no key is at hand, so no name could be looked for",
    "wrong-key": "the private list cannot be decrypted with this key",
}
_HINTS = {
    "locked": "Set ADVOKIT_AGE_KEY_FILE to the file with the age key.",
    "unknown-key": "Known here: given, family, patronymic, script, short, forms, alone, label, exceptions.",
    "yaml-syntax": "Look at the indentation, and for an open quotation mark; text with ': ' needs quotation marks.",
}
#: Our own sentences about an entry name keys only, never what stands under them.
_OWN_START = (
    "the second reviewer",
    "the exception ends",
    "nothing here can",
    "'alone' names",
    "'given' mixes",
    "'family' mixes",
    "'patronymic' mixes",
    "'short' mixes",
    "'given' is not",
    "'family' is not",
    "'patronymic' is not",
    "'short' is not",
)


def _quiet(problem: Problem) -> Problem:
    """Say a problem of the list without a word of what stands in it."""
    own = problem.rule == "invalid-value" and problem.message.startswith(_OWN_START)
    message = problem.message if own else _SAYABLE.get(problem.rule, "the private list cannot be read")
    hint = problem.hint if own else _HINTS.get(problem.rule, "docs/safeguarding.md shows the form of an entry.")
    return Problem(LIST, problem.line, problem.column, "error", problem.rule, message, hint)


def read_private(root: Path, environment: Mapping[str, str]) -> PrivateList:
    """Read the private list of a workspace; an absent one is empty, an unreadable one carries its problems."""
    path = root / LIST
    if not (path.exists() or path.with_name(path.name + ENCRYPTED).exists()):
        return PrivateList()
    if not path.resolve().is_relative_to(root.resolve()):
        message, hint = "the private list lies outside of the workspace", "Put the file itself into the workspace."
        return PrivateList(problems=(Problem(LIST, 0, 0, "error", "outside-workspace", message, hint),))
    try:
        sealed = not path.exists()
        raw = read_sealed(path, Key.find(None, environment) if sealed else None, LIST)
        names = build(parse(raw, LIST), NamesFile).model.names
    except InputError as error:
        return PrivateList(problems=tuple(sorted({_quiet(problem) for problem in error.problems})))
    return PrivateList(names, hashlib.sha256(raw).hexdigest())


def private_list(root: Path) -> PrivateList:
    """Read the private list with the key of the environment, if one is needed."""
    return read_private(root, os.environ)


def allowed(name: PrivateName, place: str, when: dt.date) -> tuple[bool, PrivateNameEnd]:
    """Tell whether a name may stand in a document on a day, and the last day of the newest consent that ran out."""
    ended: PrivateNameEnd = None
    for exemption in name.exceptions:
        if exemption.covers(place) and exemption.on.first <= when:
            if when <= exemption.until.last:
                return True, None
            ended = max(ended, exemption.until.last) if ended else exemption.until.last
    return False, ended


#: The day on which a consent ended, or None.
PrivateNameEnd = dt.date | None
