"""`advokit verify`: what a PDF in circulation says, from which ledger, and what has become of it since.

In: a PDF, or the short code of a printed copy. Out: a table or JSON; exit code 1 where anything is out of date or
altered.
"""

from __future__ import annotations

import json as jsonlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advokit.cli.options import Json, Workspace, root_of
from advokit.cli.output import print_json, print_line, print_table
from advokit.problems import InputError, Problem, UsageError

if TYPE_CHECKING:
    from advokit.ledger import Ledger

_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-?[0-9A-HJKMNP-TV-Z]{4}", re.IGNORECASE)


def verify(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="FILE.pdf|CODE", help="The file, or the code on the paper.")],
    ledger: Annotated[Path | None, typer.Option("--ledger", metavar="FILE", show_default=False,
                                                help="The ledger to compare with (default: the workspace's).")] = None,
    json: Json = False,
    workspace: Workspace = None,
) -> int:
    """Tell what a PDF says, whether it was altered, and which of its figures still hold.

    \b
    advokit verify brief.pdf
    advokit verify brief.pdf --ledger facts/ukraine-children.yaml --json
    advokit verify 4YKT-HKD4          a printed copy, by its code
    """  # noqa: D301 - click wants the character itself
    root = root_of(context, workspace)
    path = Path(what)
    entry: dict[str, Any] | None = None
    if not path.exists() and _CODE.fullmatch(what):
        entry, path = _by_code(root, what)
    from advokit.verify import verify as judge
    campaign = entry["campaign"] if entry else None
    newer = _ledger(root, ledger, campaign or _campaign_of(path))
    verdict = judge(path, newer)
    if json:
        print_json({"ledger_digest": verdict.ledger_digest, "intact": verdict.intact,
                    "figures": [vars(item) for item in verdict.figures], "document": dict(verdict.head),
                    "notes": list(verdict.notes)})
        return 0 if verdict.up_to_date else 1
    head = verdict.head
    print_line(f"{head['document']} of the campaign {head['campaign']}, edition {head['edition']}, {head['date']}; "
               f"ledger {verdict.ledger_digest[:8]}, code {head['code']}.")
    print_line("The file is as it was made." if verdict.intact else "The file was ALTERED.")
    print_line()
    print_table(("figure", "printed", "today", ""),
                [(item.observation, item.printed, item.status, item.message) for item in verdict.figures])
    for note in verdict.notes:
        print_line(note)
    return 0 if verdict.up_to_date else 1


def _campaign_of(path: Path) -> str | None:
    """Read the campaign's name out of the manifest beside the file, if there is one."""
    for folder in path.resolve().parents[:3]:
        if (folder / "manifest.json").is_file():
            return folder.name
    return None


def _ledger(root: Path, given: Path | None, campaign: str | None) -> Ledger | None:
    """Read the ledger to compare with: the one given, or that of the workspace's only or named campaign."""
    from advokit import yamlfile
    from advokit.campaign import Campaign
    from advokit.cli.names import campaign_names
    from advokit.ledger import Ledger
    if given is not None:
        return yamlfile.load(given, Ledger).model
    names = campaign_names(root)
    name = campaign if campaign in names else names[0] if len(names) == 1 else None
    if name is None:
        return None
    loaded = yamlfile.load(root / "campaigns" / name / "campaign.yaml", Campaign)
    return yamlfile.load(root / loaded.model.ledger, Ledger).model


def _by_code(root: Path, code: str) -> tuple[dict[str, Any], Path]:
    """Find a document by its code in the manifests of the workspace."""
    wanted = code.upper().replace("-", "")
    manifests = sorted((root / "build").glob("*/manifest.json"))
    for manifest in manifests:
        try:
            data = jsonlib.loads(manifest.read_text("utf-8"))
            entries = [entry for entry in data["documents"] if str(entry["code"]).replace("-", "") == wanted]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        for entry in sorted(entries, key=lambda item: str(item["format"]) != "pdf"):
            path = manifest.parent / str(entry["path"])
            if path.suffix == ".pdf" and path.is_file():
                return {**entry, "campaign": data["campaign"]}, path
            raise InputError([Problem(str(manifest), 0, 0, "error", "missing-file", f"the code {code} is that of"
                                      f" {entry['path']}, which is not there", "Build it again: advokit build.")])
    raise UsageError([Problem(code, 0, 0, "error", "unknown-code", "no manifest in build/ has this code",
                              f"{len(manifests)} manifests were searched; name the workspace with -w DIR.")])
