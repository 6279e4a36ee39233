"""`advokit build`: all documents of all editions, only those that changed.

In: a campaign and what to make of it. Out: files, a manifest, a table of what there is.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advokit import resources
from advokit.cli.options import CampaignName, Date, Json, Quiet, Verbose, Workspace, day, named, root_of, settings_of
from advokit.cli.output import print_json, print_line, print_problems, print_table, problems_json, progress, summary
from advokit.freshness import State, inputs_of, is_fresh, request_key

if TYPE_CHECKING:
    from advokit.build import Report


def build(  # long: one parameter an option, each with its help
    context: typer.Context,
    campaign: CampaignName = None,
    edition: Annotated[list[str] | None, typer.Option("--edition", "-e", metavar="EDITION", show_default=False,
                                                      help="Only this edition, as de or ca-fr; repeatable.")] = None,
    document: Annotated[list[str] | None, typer.Option("--document", "-d", metavar="DOCUMENT", show_default=False,
                                                       help="Only this document, such as brief; repeatable.")] = None,
    form: Annotated[list[str] | None, typer.Option("--format", "-f", metavar="pdf|html|docx|txt", show_default=False,
                                                   help="The format (default: pdf); repeatable.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", show_default=False,
                                             help="Where the files go (default: build/ in the workspace).")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, max=256, metavar="N", show_default=False,
                                      help="Documents made side by side (default: one for each processor).")] = 0,
    date: Date = None,
    again: Annotated[bool, typer.Option("--again", help="Make every document anew, changed or not.")] = False,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    workspace: Workspace = None,
) -> int:
    """Build the documents of a campaign into build/CAMPAIGN/EDITION/DOCUMENT.FORMAT.

    Only what changed is made again; a document that breaks a rule or does not prove right is not delivered.

    \b
    advokit build                          everything
    advokit build -e de -d letter          one letter
    advokit build -e ca-fr -f pdf -f docx  two formats
    advokit build --date 2026-12-01        as on another day
    """  # noqa: D301 - click wants the character itself
    root = root_of(context, workspace)
    settings = settings_of(context, quiet=quiet, verbose=verbose)
    when = day(date)
    from advokit.cli.names import find_campaign
    name = find_campaign(root, campaign)
    folder = (out or root / "build") / name
    package = Path(__file__).resolve().parent.parent
    inputs = inputs_of(root, name, (resources.builtin_templates(), package))
    request: dict[str, Any] = {"root": root, "campaign": name, "date": when, "out": out or root / "build",
                               "editions": named(edition), "documents": named(document),
                               "formats": named(form) or ("pdf",),
                               "jobs": jobs or os.cpu_count() or 1}
    key = request_key(request)
    if not again and is_fresh(folder, key, inputs):
        _show(folder, set(), settings.quiet, as_json=json)
        if not settings.quiet and not json:
            print_line("Nothing has changed since the last build.")
        return 0
    if again:
        State().write(folder)
    report = _build(request, inputs, quiet=settings.quiet or json, verbose=settings.verbose)
    if json:
        print_json({**problems_json(report.problems), "made": sorted(report.made), "failed": list(report.failed)})
        return report.exit_code
    print_problems(report.problems)
    _show(folder, set(report.made), settings.quiet, as_json=False)
    if not settings.quiet:
        print_line(f"{len(report.made)} files made, {len(report.entries) - len(report.made)} unchanged, "
                   f"{len(report.failed)} documents not delivered; {summary(report.problems)}.")
    if report.failed:
        print_line(f"Not delivered: {', '.join(report.failed)}", stderr=True)
    return report.exit_code


def _build(request: dict[str, Any], inputs: dict[str, list[int]], *, quiet: bool, verbose: bool) -> Report:
    from advokit import build as stage
    say = (lambda number, text: print_line(f"{number:<4}{text}", stderr=True)) if verbose else (lambda _n, _t: None)
    with progress(quiet) as bar:
        task = bar.add_task("building", total=None) if bar else None

        def tick(name: str, done: int, total: int) -> None:
            if bar and task is not None:
                bar.update(task, description=name, completed=done, total=total)
            elif verbose:
                print_line(f"    {done}/{total} {name}", stderr=True)
        return stage.build(stage.Request(**request), say=say, tick=tick, inputs=inputs)


def _show(folder: Path, made: set[str], quiet: bool, *, as_json: bool) -> None:
    """Print the table of what stands in the output folder."""
    state = State.read(folder)
    entries = [entry["entry"] for document in sorted(state.documents)
               for _, entry in sorted(state.documents[document]["files"].items())]
    if as_json:
        print_json({"problems": [], "made": sorted(made), "failed": []})
        return
    if quiet:
        return
    rows = [(entry["edition"], entry["document"], entry["language"], entry["pages"] or "", len(entry["figures"]),
             len(entry["sources"]), len(entry["warnings"]), "made" if entry["path"] in made else "unchanged",
             os.path.relpath(folder / entry["path"])) for entry in entries]
    print_table(("edition", "document", "language", "pages", "figures", "sources", "warnings", "", "file"), rows,
                title=f"{folder.name}: {len(rows)} files",
                right=frozenset({"pages", "figures", "sources", "warnings"}))
