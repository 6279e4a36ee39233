"""Options that every command has, and the workspace that they name.

In: the command line. Out: `Settings`. Options hold before and after the command's name alike.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from advokit.problems import Problem, UsageError


@dataclass
class Settings:
    """What stands before the command's name."""

    workspace: Path | None = None
    verbose: bool = False
    quiet: bool = False


Workspace = Annotated[Path | None, typer.Option("--workspace", "-w", metavar="DIR", show_default=False,
                                                help="The workspace (default: this folder).")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but problems.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print the stages as they pass.")]
Date = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", show_default=False,
                                          help="The date of the documents (default: today).")]
CampaignName = Annotated[str | None, typer.Argument(metavar="CAMPAIGN", show_default=False,
                                                    help="The campaign (default: the only one).")]


def named(values: Sequence[str] | None) -> tuple[str, ...]:
    """Give the names of a repeatable option, each once; `-f pdf,docx` names two as `-f pdf -f docx` does."""
    return tuple(dict.fromkeys(name for value in values or () for part in value.split(",") if (name := part.strip())))


def root_of(context: typer.Context, workspace: Path | None) -> Path:
    """Give the root of the workspace; raises UsageError where there is no such folder."""
    settings = context.find_object(Settings) or Settings()
    root = workspace or settings.workspace or Path()
    if not root.is_dir():
        raise UsageError([Problem(str(root), 0, 0, "error", "no-workspace", "there is no such folder",
                                  "Name a folder with -w, or start a workspace: advokit new mine")])
    return root


def settings_of(context: typer.Context, *, quiet: bool = False, verbose: bool = False) -> Settings:
    """Join the options before and after the command's name."""
    found = context.find_object(Settings) or Settings()
    return Settings(found.workspace, found.verbose or verbose, found.quiet or quiet)


def day(text: str | None) -> dt.date:
    """Read the date of the documents: as given, else that of SOURCE_DATE_EPOCH, else today."""
    if text is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        return _epoch(epoch) if epoch else dt.datetime.now().astimezone().date()
    from advokit.dates import PartialDate
    try:
        date = PartialDate.parse(text)
    except ValueError as error:
        raise UsageError([Problem("--date", 0, 0, "error", "invalid-value", str(error))]) from None
    if date.precision != "day" or date.approximate:
        raise UsageError([Problem("--date", 0, 0, "error", "invalid-value", f"'{text}' is no day",
                                  "Write it as 2026-11-23.")])
    return date.first


def _epoch(text: str) -> dt.date:
    try:
        return dt.datetime.fromtimestamp(int(text), dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError([Problem("SOURCE_DATE_EPOCH", 0, 0, "error", "invalid-value",
                                  f"'{text[:40]}' is no time in seconds since 1970",
                                  "Unset the variable, or name the day with --date 2026-11-23.")]) from None
