"""`advokit check`: every rule over ledger, texts, translations, packs and people.

In: a campaign. Out: every problem with its place, and an exit code: 0 none, 1 errors (with --strict warnings too),
3 where a file cannot be read.
"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from advokit.cli.names import find_campaign
from advokit.cli.options import CampaignName, Date, Json, Quiet, Verbose, Workspace, day, root_of, settings_of
from advokit.cli.output import count, print_json, print_line, print_problems, problems_json, progress, summary


def check(
    context: typer.Context,
    campaign: CampaignName = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    date: Date = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    workspace: Workspace = None,
) -> int:
    """Apply every rule, and print every problem with its place, its rule, and how to mend it.

    \b
    advokit check
    advokit check --strict --json
    """  # noqa: D301 - click wants the character itself
    root, settings = root_of(context, workspace), settings_of(context, quiet=quiet, verbose=verbose)
    name = find_campaign(root, campaign)
    from advokit.checking import check_all
    with progress(settings.quiet or json) as bar:
        task = bar.add_task("checking", total=None) if bar else None

        def tick(document: str, done: int, total: int) -> None:
            if bar and task is not None:
                bar.update(task, description=document, completed=done, total=total)
        result = check_all(root, name, day(date), jobs=os.cpu_count() or 1, strict=strict, tick=tick)
    if json:
        print_json(problems_json(result.problems))
    else:
        print_problems(result.problems, stderr=False)
        if not settings.quiet:
            print_line(f"{name}: {count(result.documents, 'document')} of {count(result.editions, 'edition')} checked: "
                       f"{summary(result.problems)}.")
    if result.unreadable:
        return 3
    errors = any(problem.severity == "error" or strict for problem in result.problems)
    return 1 if errors else 0
