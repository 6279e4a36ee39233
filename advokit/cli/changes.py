"""`advokit changes`: what changed between two ledgers, which documents print it, notices for readers.

In: two ledgers, as files or git revisions. Out: tables, JSON or files; exit code 1 where a document in circulation is
affected.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advokit.cli.names import campaign_names, find_campaign
from advokit.cli.options import Date, Json, Quiet, Workspace, day, root_of, settings_of
from advokit.cli.output import print_json, print_line, print_problems, print_table, problems_json, progress
from advokit.problems import OutputError, Problem, UsageError

if TYPE_CHECKING:
    from advokit.changes import Change, Reach, Side
    from advokit.changes.deliver import Delivered

_HELP = "A ledger file, a folder with a workspace, or a git revision such as HEAD~3 or HEAD~3:facts/topic.yaml."


def changes(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", show_default=False, help=_HELP)],
    new: Annotated[str, typer.Argument(metavar="NEW", show_default=False, help="The same, for what holds now.")],
    campaign: Annotated[str | None, typer.Option("--campaign", "-c", metavar="CAMPAIGN", show_default=False,
                                                 help="The campaign (default: the only one).")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", show_default=False,
                                             help="Write correction notices and bulletins here.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", show_default=False,
                                              help="The bulletin tells what is newer than this day (default: what OLD"
                                                   " did not have).")] = None,
    date: Date = None,
    json: Json = False,
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> int:
    """Tell what changed in meaning between two ledgers, and which documents in circulation print it.

    \b
    advokit changes HEAD~3 HEAD                              two revisions of the workspace
    advokit changes HEAD:facts/topic.yaml facts/topic.yaml   before a commit
    advokit changes old.yaml new.yaml -o notices --since 2026-10-01
    """  # noqa: D301 - click wants the sign itself, which keeps the lines as they are
    root, when = root_of(context, workspace), day(date)
    settings = settings_of(context, quiet=quiet)
    from advokit.changes import compare, reaches, read_side
    names = campaign_names(root)
    name = find_campaign(root, campaign) if campaign or len(names) == 1 else None
    if name is None and names:
        find_campaign(root, None)
    before, after = read_side(old, root, name), read_side(new, root, name)
    found = compare(before.ledger.model, after.ledger.model)
    reached: tuple[Reach, ...] = ()
    if before.files and any(change.meaning for change in found):
        with progress(settings.quiet or json) as bar:
            task = bar.add_task("looking at documents", total=None) if bar else None

            def tick(document: str, done: int, total: int) -> None:
                if bar and task is not None:
                    bar.update(task, description=document, completed=done, total=total)
            reached = tuple(reaches(before.files, after.ledger, found, when, jobs=os.cpu_count() or 1, tick=tick))
    delivered = _write(before, after, found, reached, (out, _since(since), when)) if out or since else None
    problems = (*before.problems, *after.problems, *(delivered.problems if delivered else ()))
    if json:
        print_json({**_json(before, after, found, reached, delivered), **problems_json(problems)})
    else:
        print_problems(problems)
        if not settings.quiet:
            _show(before, after, found, reached, delivered)
    if delivered and delivered.failed:
        return OutputError.exit_code
    return 1 if any(item.affected for item in reached) else 0


def _since(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return day(text)
    except UsageError as error:
        raise UsageError([Problem("--since", 0, 0, "error", item.rule, item.message, item.hint)
                          for item in error.problems]) from None


def _write(before: Side, after: Side, found: tuple[Change, ...], reached: tuple[Reach, ...],
           how: tuple[Path | None, dt.date | None, dt.date]) -> Delivered:
    """Write the notices; raises UsageError where there is no folder for them or no campaign to speak for."""
    from advokit.changes.deliver import deliver
    from advokit.changes.notices import bulletins, corrections, news
    out, since, when = how
    if out is None:
        raise UsageError([Problem("--since", 0, 0, "error", "missing-option", "--since is for the bulletin, and nothing"
                                  " says where it goes", "Name a folder: -o DIR.")])
    if after.files is None:
        raise UsageError([Problem("-o", 0, 0, "error", "no-workspace", "notices need a campaign; there is none here",
                                  "Go to a workspace, or name it with -w DIR.")])
    old, new = before.ledger.model, after.ledger.model
    notices = [*corrections(after.files, old, found, reached, when),
               *bulletins(after.files, old, news(new, found, since), since, when)]
    return deliver(notices, out, jobs=os.cpu_count() or 1)


def _json(before: Side, after: Side, found: tuple[Change, ...], reached: tuple[Reach, ...],
          delivered: Delivered | None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "old": {"name": before.shown, "ledger_digest": before.ledger.model.digest},
        "new": {"name": after.shown, "ledger_digest": after.ledger.model.digest},
        "changes": [vars(change) for change in found if change.meaning],
        "wording": [vars(change) for change in found if not change.meaning],
        "documents": [{"edition": item.edition, "document": item.document, "language": item.language,
                       "affected": item.affected, "changes": [f"{change.kind}:{change.id}" for change in item.changes],
                       "wording": [change.id for change in item.wording], "replaced": sorted(item.replaced),
                       "figures": [vars(verdict) for verdict in item.verdicts], "problem": item.problem or None}
                      for item in reached],
        "reissue": [f"{item.edition}/{item.document}" for item in reached if item.affected],
    }
    if delivered:
        data |= {"files": [str(path) for path in delivered.files], "failed": list(delivered.failed),
                 "left_out": {name: list(ids) for name, ids in delivered.left_out}}
    return data


def _show(before: Side, after: Side, found: tuple[Change, ...], reached: tuple[Reach, ...],
          delivered: Delivered | None) -> None:
    meaning = [change for change in found if change.meaning]
    wording = [change for change in found if not change.meaning]
    print_line(f"{before.shown} ({before.ledger.model.digest[:8]}) → {after.shown} ({after.ledger.model.digest[:8]})")
    if not found:
        print_line("Nothing has changed but, perhaps, formatting, order, comments and notes.")
    if meaning:
        print_line()
        print_line(f"Changed in meaning: {len(meaning)}")
        print_table(("change", "what"), [(change.kind, change.sentence) for change in meaning])
    if wording:
        print_line()
        print_line(f"Changed in wording only: {len(wording)}")
        print_table(("change", "what"), [(change.kind, change.sentence) for change in wording])
    if before.files is None:
        print_line("\nThere is no campaign here, so no documents were looked at.")
    elif meaning:
        _show_documents(reached)
    if delivered:
        print_line()
        for path in delivered.files:
            print_line(f"wrote {os.path.relpath(path)}")
        for name, ids in delivered.left_out:
            print_line(f"{name} leaves out what the ledger does not say in its language: {', '.join(ids)}")
        if not delivered.files and not delivered.failed:
            print_line("No document printed what was corrected, and nothing is new: no notice was written.")
        if delivered.failed:
            print_line(f"Not delivered: {', '.join(delivered.failed)}", stderr=True)


def _show_documents(reached: tuple[Reach, ...]) -> None:
    print_line()
    rows: dict[tuple[str, str], list[str]] = {}
    for item in reached:
        if item.affected:
            rows.setdefault((item.document, _because(item)), []).append(item.edition)
    if rows:
        print_line(f"Documents to reissue: {sum(map(len, rows.values()))} of {len(reached)}")
        print_table(("document", "editions", "because of"),
                    [(document, ", ".join(editions), why) for (document, why), editions in rows.items()])
    else:
        print_line(f"None of the {len(reached)} documents prints what has changed.")
    for item in reached:
        if item.prints is None:
            print_line(f"{item.edition}/{item.document} was not looked at: {item.problem}")


def _because(item: Reach) -> str:
    names: dict[str, list[str]] = {}
    for change in item.changes:
        names.setdefault(change.id, []).append(change.kind)
    words = [f"{name} ({', '.join(dict.fromkeys(kinds))})" for name, kinds in names.items()]
    words += [f"{name} (another takes its place)" for name in sorted(item.replaced - names.keys())]
    return "; ".join(words) or f"it can no longer be made: {item.problem}"
