"""What a run would do, told before it is done: how many letters, to whom, which rows get none, and the pack's notes.

In: the `Request` of a run. Out: `Preview`; nothing is written, and nothing of a sender's own stands in it but rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from advokit.countries import CountryPack
from advokit.letters import similarity
from advokit.letters.journal import MEMORY, Journal
from advokit.letters.run import Request, plan, prepare
from advokit.letters.senders import Fault
from advokit.letters.similarity import Similarity
from advokit.problems import Problem


@dataclass(frozen=True)
class Preview:
    """What a run would do."""

    senders: int
    letters: int
    by_chamber: tuple[tuple[str, int], ...]
    by_area: tuple[tuple[str, int], ...]
    """Areas and their letters, most letters first."""
    faults: tuple[tuple[Fault, str], ...]
    """Rows, and letters of rows, that would not be delivered, with the recipient where one is meant."""
    notes: tuple[str, ...]
    """What the country pack says of post to these chambers."""
    warnings: tuple[Problem, ...]
    similarity: Similarity


def preview(request: Request) -> Preview:
    """Plan a run and write nothing; raises like the run itself. Letters too long for their page show only when made."""
    kit, warnings = prepare(request)
    with Journal(MEMORY) as journal:
        senders = plan(request, kit, journal)
        areas = journal.planned()
        chambers: Counter[str] = Counter()
        by_area: Counter[str] = Counter()
        for area, chamber, count in areas:
            chambers[chamber] += count
            by_area[area] += count
        notes = tuple(dict.fromkeys(note for name in request.editions for note in _notes(
            kit.files.editions[name].country.model, set(chambers), kit.files.editions[name].edition.language)))
        return Preview(senders, sum(chambers.values()), tuple(sorted(chambers.items())), tuple(by_area.most_common()),
                       tuple(journal.faults()), notes, (*warnings, *request.senders.warnings),
                       similarity.measure(journal, senders))


def _notes(pack: CountryPack, chambers: set[str], language: str) -> Iterator[str]:
    """Give what the pack says about post, in English where it does, with how well it is founded."""
    said = [*filter(None, (pack.free_post, pack.screening)),
            *(rule for rule in pack.who_may_write if rule.chamber in chambers)]
    for item in said:
        text = item.text.get("en") or item.text.get(language) or next(iter(item.text.values()), "")
        if text:
            yield text if item.strength != "g" else f"{text} (not confirmed by a source)"
