"""The command line: thin, over the same functions as everything else.

In: arguments. Out: an exit code (0 done, 1 problems found, 2 wrong usage, 3 an input file is unreadable or invalid,
4 some outputs failed). Whatever is slow to import is imported by the command that needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from advokit import __version__
from advokit.cli import (
    changes,
    check,
    countries,
    figures,
    letters,
    make,
    new,
    people,
    schema,
    senders,
    sources,
    status,
    verify,
)
from advokit.cli.options import Settings
from advokit.cli.output import print_json, print_problems, printable, problems_json
from advokit.problems import AdvokitError, OutputError, Problem, UsageError

#: The exit code of a command that Ctrl-C has ended (128 + SIGINT).
_INTERRUPTED = 130
#: The exit code of a mistake in advokit (EX_SOFTWARE).
_OWN_MISTAKE = 70

app = typer.Typer(
    name="advokit", no_args_is_help=True, rich_markup_mode="rich", pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="One ledger of sourced figures → a campaign's documents, every page with its citation footer.",
    epilog="Start with:  advokit new mine  ·  cd mine  ·  advokit build",
)
app.command("new")(new.new)
app.command("build")(make.build)
app.command("check")(check.check)
app.command("status")(status.status)
app.add_typer(figures.app, name="figures")
app.add_typer(sources.app, name="sources")
app.add_typer(people.app, name="people")
app.command("verify")(verify.verify)
app.command("changes")(changes.changes)
app.add_typer(senders.app, name="senders")
app.command("letters")(letters.letters)
app.add_typer(countries.app, name="countries")
app.command("schema")(schema.schema)


def _version(value: bool) -> None:
    if value:
        sys.stdout.write(f"advokit {__version__}\n")
        raise typer.Exit


@app.callback()
def _before(
    context: typer.Context,
    workspace: Annotated[Path | None, typer.Option("--workspace", "-w", metavar="DIR", show_default=False,
                                                   help="The workspace (default: this folder).")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print the stages as they pass.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but problems.")] = False,
    version: Annotated[bool, typer.Option(  # noqa: ARG001 - its callback has done all
        "--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    context.obj = Settings(workspace, verbose, quiet)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code; nothing that a person put in ends in a traceback."""
    args = sys.argv[1:] if arguments is None else arguments
    printable(sys.stdout, sys.stderr)
    as_json = "--json" in args
    try:
        result = app(args=args, standalone_mode=False)
    except AdvokitError as error:
        _tell(error.problems, as_json=as_json)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        result = _INTERRUPTED
    except typer.Exit as error:
        result = error.exit_code
    except Exception as error:  # noqa: BLE001 - whatever it is, a person gets a sentence
        return _other(error, as_json=as_json)
    if result == _INTERRUPTED:  # typer turns Ctrl-C into this number, without a word
        sys.stderr.write("\nStopped. What was finished is whole; the same command goes on from there.\n")
    return int(result) if isinstance(result, int) else 0


def _tell(problems: Iterable[Problem], *, as_json: bool) -> None:
    if as_json:
        print_json(problems_json(problems))
    else:
        print_problems(problems)


def _other(error: Exception, *, as_json: bool) -> int:
    """End on wrong usage with its sentence, on a failing disk with its reason; anything else is our own mistake."""
    show = getattr(error, "show", None)
    if callable(show):
        if as_json:
            message = " ".join(str(getattr(error, "format_message", error.__str__)()).split())
            _tell([Problem("advokit", 0, 0, "error", "wrong-usage", message, "--help lists what can be asked for.")],
                  as_json=True)
        else:
            show()
        return int(getattr(error, "exit_code", UsageError.exit_code))
    if isinstance(error, OSError):
        # Full disks may be what standard output leads to: the sentence goes to standard error then.
        place = os.fsdecode(error.filename) if error.filename else "standard output"
        _tell([Problem(place, 0, 0, "error", "unusable-file", f"cannot be read or written: {error.strerror or error}")],
              as_json=as_json and bool(error.filename))
        return OutputError.exit_code
    if os.environ.get("ADVOKIT_DEBUG"):
        raise error
    _tell([Problem("advokit", 0, 0, "error", "own-mistake", f"a mistake of its own: {type(error).__name__}: {error}",
                   "Please report it, with the command; ADVOKIT_DEBUG=1 shows where it happened.")], as_json=as_json)
    return _OWN_MISTAKE
