"""The ledger extract: what a document cites, as canonical JSON, attached to its PDF.

In: a ledger and what a document prints. Out: JSON with sorted keys that carries its own digest. No copies, no notes,
no senders: whoever holds the PDF can check it, and learns nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import replace
from typing import Any

from advokit import __version__
from advokit.compose.composed import PrintedFigure
from advokit.ledger import Ledger

#: The version of the extract's form.
FORM = 1


def canonical(data: Any) -> str:
    """Write canonical JSON: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def extract(ledger: Ledger, head: dict[str, str], figures: tuple[PrintedFigure, ...], claims: tuple[str, ...],
            sources: tuple[tuple[str, str | None], ...]) -> str:
    """Write the extract; `head` names campaign, edition, document, language, date, code and ledger digest."""
    times = Counter(replace(item, form="") for item in figures)
    printed = [{"observation": item.observation, "figure": item.figure, "value": item.value, "text": item.text,
                "before": item.before, "after": item.after, "times": number} for item, number in times.items()]
    observations = {item.observation for item in figures}
    data: dict[str, Any] = {
        "advokit": __version__, "form": FORM, **head, "printed": printed,
        "figures": {name: _figure(ledger, name, observations) for name in sorted({item.figure for item in figures})},
        "claims": {name: _public(ledger.claims[name].model_dump(mode="json", by_alias=True, exclude_defaults=True))
                   for name in sorted(set(claims))},
        "sources": {name: _public(ledger.sources[name].model_dump(mode="json", by_alias=True, exclude_defaults=True))
                    for name in sorted({name for pair in sources for name in pair if name in ledger.sources})},
    }
    data["extract_digest"] = hashlib.sha256(canonical(data).encode()).hexdigest()
    return canonical(data)


def _figure(ledger: Ledger, name: str, observations: set[str]) -> dict[str, Any]:
    figure = ledger.figures[name]
    data: dict[str, Any] = _public(figure.model_dump(mode="json", by_alias=True, exclude_defaults=True,
                                                     exclude={"observations"}))
    data["observations"] = [_public(item.model_dump(mode="json", by_alias=True, exclude_defaults=True))
                            for item in figure.in_order if item.id in observations]
    return data


def _public(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is for editors only."""
    return {key: value for key, value in data.items() if key != "note"}


def digest_holds(text: str) -> bool:
    """Tell whether an extract is as it was written."""
    try:
        data = json.loads(text)
        stated = data.pop("extract_digest")
    except (ValueError, KeyError, AttributeError):
        return False
    return bool(hashlib.sha256(canonical(data).encode()).hexdigest() == stated)
