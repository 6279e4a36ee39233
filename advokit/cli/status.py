"""`advokit status`: editions × documents at a glance: languages, stale figures, recipients, the last build.

In: a campaign. Out: a table, or JSON.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from advokit.cli.names import find_campaign
from advokit.cli.options import CampaignName, Date, Json, Quiet, Workspace, day, root_of, settings_of
from advokit.cli.output import count, print_json, print_line, print_problems, print_table, summary
from advokit.freshness import State
from advokit.problems import InputError

if TYPE_CHECKING:
    from advokit.workspace import CampaignFiles


def status(
    context: typer.Context,
    campaign: CampaignName = None,
    date: Date = None,
    json: Json = False,
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> int:
    """Show where a campaign stands: its editions and documents, what is missing, what has grown old.

    \b
    advokit status
    advokit status --json | jq .stale
    """  # noqa: D301 - click wants the character itself
    root, when = root_of(context, workspace), day(date)
    name = find_campaign(root, campaign)
    from advokit.workspace import read_campaign
    files, problems = read_campaign(root, name)
    if files is None:
        raise InputError(problems)
    state = State.read(root / "build" / name)
    rows = list(_rows(files, state, root / "build" / name))
    stale = list(stale_figures(files, when))
    if json:
        print_json({"campaign": name, "date": when.isoformat(), "ledger": files.campaign.ledger,
                    "ledger_digest": files.ledger.model.digest, "editions": rows, "stale": stale,
                    "problems": [vars(problem) for problem in problems]})
        return 3 if problems else 0
    if settings_of(context, quiet=quiet).quiet:
        print_problems(problems)
        return 3 if problems else 0
    ledger = files.ledger.model
    parts = [count(len(ledger.figures), "figure"), count(len(ledger.observations), "observation"),
             count(len(ledger.claims), "claim"), count(len(ledger.sources), "source")]
    print_line(f"{name}: {', '.join(parts)}; ledger {ledger.digest[:8]}.")
    print_line()
    print_table(("edition", "language", "recipient", "documents", "missing", "last build"),
                [(row["edition"], row["language"], row["recipient"], ", ".join(row["documents"]),
                  ", ".join(row["missing"]) or "–", row["built"] or "–") for row in rows])
    print_line()
    if stale:
        print_table(("stale figure", "newest count", "as of", "days old", "stale after"),
                    [(item["figure"], item["observation"], item["as_of"], item["days"], item["stale_after"])
                     for item in stale], right=frozenset({"days old"}))
    else:
        print_line("No figure is older than the ledger allows.")
    if problems:
        print_line()
        print_problems(problems)
        print_line(f"{summary(problems)}.", stderr=True)
    return 3 if problems else 0


def _rows(files: CampaignFiles, state: State, folder: Path) -> list[dict[str, Any]]:
    rows = []
    for name, found in files.editions.items():
        edition = found.edition
        documents = files.documents(name)
        built = [entry["entry"]["path"] for key, document in state.documents.items()
                 if key.partition("/")[0] == name for entry in document["files"].values()]
        dates = [dt.datetime.fromtimestamp((folder / path).stat().st_mtime).astimezone() for path in built
                 if (folder / path).is_file()]
        recipient = edition.recipient
        rows.append({
            "edition": name, "language": edition.language, "country": edition.country,
            "recipient": (recipient.office or recipient.name) if recipient else "–", "documents": list(documents),
            "missing": [document for document in documents if document not in found.texts],
            "built": max(dates).strftime("%Y-%m-%d %H:%M") if dates else None,
        })
    return rows


def stale_figures(files: CampaignFiles, when: dt.date) -> list[dict[str, Any]]:
    """List the figures whose newest count is older than the ledger allows, the oldest first."""
    found = []
    for name, figure in files.ledger.model.figures.items():
        item = figure.current
        if item is None or figure.stale_after is None:
            continue
        age = when - item.as_of.last
        if age > figure.stale_after:
            found.append({"figure": name, "observation": item.id, "as_of": str(item.as_of), "days": age.days,
                          "stale_after": f"{figure.stale_after.days} days"})
    return sorted(found, key=lambda item: -item["days"])
