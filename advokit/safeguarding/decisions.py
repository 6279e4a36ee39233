"""Decisions to print entries of the ledger that are off by default: graphic details, and what touches security.

In: `facts/safeguarding.yaml`, which is committed like the ledger, so that everyone sees who decided. Out: frozen
`Decision`s. Only entries are named here, never a person; consents for names stand in the private list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from advokit.dates import DateField
from advokit.fields import Identifier, Model
from advokit.ledger import Ledger
from advokit.problems import InputError, Problem, hint_for
from advokit.yamlfile import Loaded, load

#: Where decisions stand.
FILE = "facts/safeguarding.yaml"
#: What no document prints unless somebody decided so.
OFF = frozenset({"graphic", "security"})


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Decision(Model):
    """One entry of the ledger that documents may print although it is off by default."""

    entry: Identifier
    """The id of a figure, observation or claim."""
    documents: Annotated[
        tuple[str, ...], BeforeValidator(_as_list, json_schema_input_type=str | list[str]), Field(min_length=1)
    ]
    """Where: campaign/edition/document, `*` for any."""
    reason: Annotated[str, Field(min_length=10)]
    """Why it serves the children."""
    decided_by: Annotated[str, Field(min_length=2)]
    """Who decided."""
    reviewed_by: Annotated[str, Field(min_length=2)]
    """The second reviewer: somebody else."""
    until: DateField
    """The last day on which it holds."""

    @model_validator(mode="after")
    def _two_people(self) -> Decision:
        if self.decided_by.casefold() == self.reviewed_by.casefold():
            raise ValueError("the second reviewer is the one who decided | It takes two people.")
        return self


class Decisions(Model):
    """The file of decisions."""

    decisions: tuple[Decision, ...]
    """The decisions."""


def read_decisions(root: Path, ledger: Ledger) -> tuple[Loaded[Decisions] | None, tuple[Problem, ...]]:
    """Read the decisions of a workspace with every problem; an absent file is none."""
    if not (root / FILE).exists():
        return None, ()
    try:
        loaded = load(root / FILE, Decisions, FILE)
    except InputError as error:
        return None, error.problems
    known = [*ledger.figures, *ledger.observations, *ledger.claims]
    return loaded, tuple(
        loaded.file.problem(
            ("decisions", index, "entry"),
            "sensitive-entry",
            f"the ledger has no entry '{decision.entry}'",
            hint_for(decision.entry, known, "entry"),
        )
        for index, decision in enumerate(loaded.model.decisions)
        if decision.entry not in known
    )


def decided(
    decisions: Iterable[Decision], names: frozenset[str], place: str, when: dt.date
) -> tuple[bool, dt.date | None]:
    """Tell whether an entry may stand in a document on a day, and when the last decision about it ran out."""
    ended: dt.date | None = None
    for decision in decisions:
        if decision.entry in names and any(fnmatchcase(place, pattern) for pattern in decision.documents):
            if when <= decision.until.last:
                return True, None
            ended = max(ended or decision.until.last, decision.until.last)
    return False, ended
