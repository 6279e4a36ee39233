"""`advokit figures`: the ledger at a glance, and which documents print a figure.

In: a campaign's ledger. Out: tables, or JSON.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advokit.cli import figures_export
from advokit.cli.figures_edit import mount
from advokit.cli.names import find_campaign
from advokit.cli.options import Date, Json, Workspace, day, root_of
from advokit.cli.output import print_json, print_line, print_table
from advokit.problems import InputError, Problem, UsageError, hint_for

if TYPE_CHECKING:
    from advokit.ledger import Figure, Ledger, Observation
    from advokit.workspace import CampaignFiles

app = typer.Typer(no_args_is_help=True, help="The ledger at a glance; which documents print a figure.")
app.command("export")(figures_export.export)

CampaignOption = Annotated[str | None, typer.Option("--campaign", "-c", metavar="CAMPAIGN", show_default=False,
                                                    help="The campaign (default: the only one).")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a figure, an observation or a claim.")]


def campaign_files(context: typer.Context, workspace: Path | None, campaign: str | None) -> CampaignFiles:
    """Read the campaign that is meant; raises InputError with every problem where it cannot be read."""
    from advokit.workspace import read_campaign
    root = root_of(context, workspace)
    files, problems = read_campaign(root, find_campaign(root, campaign))
    if files is None:
        raise InputError(problems)
    return files


def value_text(item: Observation) -> str:
    """Write a value for the terminal: digits in groups, with what binds them."""
    if item.value is None:
        return f"{item.low:,} to {item.high:,}"
    words = {"exact": "", "at_least": "at least ", "more_than": "more than ", "about": "about ", "nearly": "nearly ",
             "up_to": "up to ", "fewer_than": "fewer than "}
    return f"{words[item.qualifier]}{item.value:,}"


def counter(ledger: Ledger, item: Observation) -> str:
    """Name who counted, in English where the ledger has it."""
    names = ledger.counter_name(item.counted_by)
    return names.get("en") or next(iter(names.values()))


def _label(figure: Figure) -> str:
    return figure.label.get("en") or next(iter(figure.label.values()))


def _state(figure: Figure, when: dt.date) -> str:
    item = figure.current
    if item is None:
        return "withheld"
    words = ["disputed"] if figure.disputed else []
    if figure.stale_after and when - item.as_of.last > figure.stale_after:
        words.append("stale")
    return ", ".join(words) or "current"


@app.command("list")
def list_figures(context: typer.Context, campaign: CampaignOption = None, date: Date = None, json: Json = False,
                 workspace: Workspace = None) -> int:
    """List every figure with its newest count, who counted, as of when, and how it stands."""
    files, when = campaign_files(context, workspace, campaign), day(date)
    ledger = files.ledger.model
    rows = []
    for name, figure in ledger.figures.items():
        item = figure.current
        rows.append({"figure": name, "label": _label(figure), "value": value_text(item) if item else None,
                     "as_of": str(item.as_of) if item else None, "counted_by": counter(ledger, item) if item else None,
                     "observations": len(figure.observations), "state": _state(figure, when)})
    if json:
        print_json({"figures": rows})
        return 0
    print_table(("figure", "label", "value", "as of", "counted by", "counts", "state"),
                [(row["figure"], row["label"], row["value"] or "–", row["as_of"] or "–", row["counted_by"] or "–",
                  row["observations"], row["state"]) for row in rows], right=frozenset({"value", "counts"}))
    return 0


@app.command("show")
def show(context: typer.Context, name: Id, campaign: CampaignOption = None, json: Json = False,
         workspace: Workspace = None) -> int:
    """Show every count of a figure as an honest reader wants it: who, how many, as of, what is counted or left out."""
    files = campaign_files(context, workspace, campaign)
    ledger = files.ledger.model
    figure_id = _figure_of(ledger, name)
    figure = ledger.figures[figure_id]
    if json:
        print_json({"figure": figure_id, **figure.model_dump(mode="json", by_alias=True, exclude_none=True)})
        return 0
    print_line(f"{figure_id}: {_label(figure)} ({figure.kind})")
    print_line()
    superseded = ledger.superseded_by
    rows = []
    for item in figure.in_order:
        state = "superseded" if item.id in superseded else item.status
        if item.disputes and state == "current":
            state = "disputed"
        scope, leaves = ((text or {}).get("en") or next(iter((text or {"": "–"}).values()))
                         for text in (item.scope, item.leaves_out))
        sources = ", ".join(f"{e.source} via {e.via}" if e.via else e.source for e in item.evidence)
        rows.append((item.as_of, value_text(item), counter(ledger, item), state, scope, leaves, sources))
    print_table(("as of", "how many", "who counts", "state", "what it counts", "what it leaves out", "source"), rows,
                right=frozenset({"how many"}))
    for item in figure.in_order:
        for other in item.disputes:
            print_line(f"{item.id} disputes {other}: they differ by {', '.join(item.differs_by) or '–'}.")
        for other in item.same_origin_as:
            print_line(f"{item.id} goes back to the same origin as {other}: no second confirmation.")
    return 0


def _figure_of(ledger: Ledger, name: str) -> str:
    if name in ledger.figures:
        return name
    if name in ledger.observations:
        return ledger.observations[name][0]
    known = [*ledger.figures, *ledger.observations]
    raise UsageError([Problem("figures", 0, 0, "error", "unknown-figure", f"the ledger has no figure '{name}'",
                              hint_for(name, known, "figure"))])


@app.command("where")
def where(context: typer.Context, name: Id, campaign: CampaignOption = None, json: Json = False,
          workspace: Workspace = None) -> int:
    """Name the documents that print a figure, an observation or a claim."""
    files = campaign_files(context, workspace, campaign)
    ledger = files.ledger.model
    wanted = {item.id for item in ledger.figures[name].observations} if name in ledger.figures else {name}
    if name not in ledger.claims:
        _figure_of(ledger, name)
    from advokit.checking import printed
    rows = [{"edition": edition, "document": document, "prints": sorted(wanted & ids)}
            for edition, document, ids in printed(files, day(None), jobs=os.cpu_count() or 1) if wanted & ids]
    if json:
        print_json({"id": name, "documents": rows})
        return 0
    if not rows:
        print_line(f"No document prints '{name}'.")
        return 0
    print_table(("edition", "document", "prints"),
                [(row["edition"], row["document"], ", ".join(row["prints"])) for row in rows])
    return 0


@app.command("stale")
def stale(context: typer.Context, campaign: CampaignOption = None, date: Date = None, json: Json = False,
          workspace: Workspace = None) -> int:
    """List the figures whose newest count is older than the ledger allows."""
    from advokit.cli.status import stale_figures
    files, when = campaign_files(context, workspace, campaign), day(date)
    rows: list[dict[str, Any]] = list(stale_figures(files, when))
    if json:
        print_json({"date": when.isoformat(), "stale": rows})
    elif rows:
        print_table(("figure", "newest count", "as of", "days old", "stale after"),
                    [(row["figure"], row["observation"], row["as_of"], row["days"], row["stale_after"])
                     for row in rows], right=frozenset({"days old"}))
    else:
        print_line("No figure is older than the ledger allows.")
    return 1 if rows else 0


mount(app)
