"""`advokit figures export`: the ledger for other programs, with its sources.

In: a campaign's ledger and a format. Out: a file, or standard output.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from advokit.cli.options import Date, Workspace, day
from advokit.cli.output import print_line
from advokit.problems import OutputError, Problem, UsageError, hint_for


def export(
    context: typer.Context,
    form: Annotated[str, typer.Option("--format", "-f", metavar="csl-json|claimreview|csv|jsonld", show_default=False,
                                      help="The format.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", show_default=False,
                                             help="Where it goes (default: standard output).")] = None,
    language: Annotated[str | None, typer.Option("--language", "-l", metavar="LANGUAGE", show_default=False,
                                                 help="The language of its words (default: the first).")] = None,
    campaign: Annotated[str | None, typer.Option("--campaign", "-c", metavar="CAMPAIGN", show_default=False,
                                                 help="The campaign (default: the only one).")] = None,
    date: Date = None,
    workspace: Workspace = None,
) -> int:
    """Export the ledger: sources as CSL-JSON, observations as CSV or JSON-LD, disputed numbers as ClaimReview.

    \b
    advokit figures export -f csl-json -o sources.json
    advokit figures export -f csv -l uk > counts.csv
    """  # noqa: D301 - click wants the sign itself, which keeps the lines as they are
    from advokit.cli.figures import campaign_files
    from advokit.exporting import FORMATS, Speaker
    from advokit.fields import in_language
    from advokit.freshness import write_whole
    from advokit.language import tongue
    from advokit.workspace import locale_folders
    if form not in FORMATS:
        raise UsageError([Problem("--format", 0, 0, "error", "unknown-format", f"there is no format '{form}'",
                                  hint_for(form, FORMATS, "format"))])
    files, when = campaign_files(context, workspace, campaign), day(date)
    model = files.campaign
    spoken = language or model.languages[0]
    if spoken not in model.languages:
        raise UsageError([Problem("--language", 0, 0, "error", "unknown-language",
                                  f"the campaign has no texts in '{spoken}'",
                                  hint_for(spoken, model.languages, "language"))])
    contact = model.brand.contact if model.brand and model.brand.contact else model.contact
    title = in_language(model.title, spoken) or next(iter(model.title.values()))
    speaker = Speaker(title, model.brand.name if model.brand else contact.name, contact.url, when,
                      tongue(spoken, "intl", locale_folders(files.root)))
    made = FORMATS[form](files.ledger.model, speaker)
    if out is None:
        sys.stdout.buffer.write(made.text.encode())
        sys.stdout.flush()
    else:
        try:
            write_whole(out, made.text.encode())
        except OSError as error:
            raise OutputError([Problem(str(out), 0, 0, "error", "unwritable-file",
                                       f"the file cannot be written: {error.strerror}")]) from None
        print_line(f"wrote {out}", stderr=True)
    for note in made.notes:
        print_line(note, stderr=True)
    return 0
