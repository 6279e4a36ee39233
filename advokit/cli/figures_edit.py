"""`advokit figures add` and `figures update`: a count enters the ledger by questions and answers, without writing YAML.

In: answers, from a terminal or from a file (`--answers`). Out: the ledger with one more entry, its comments and order
as they were. Each answer is checked as it is given: the quote against the copy, the value against the quote, names
against those that the ledger knows. `<` goes back a question, `?` explains one, and before anything is written every
answer can be corrected. Ctrl-C writes nothing.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advokit.cli.names import find_campaign
from advokit.cli.options import Workspace, root_of
from advokit.cli.output import clean, print_line
from advokit.problems import InputError, Problem, UsageError, hint_for

if TYPE_CHECKING:
    from advokit.cli.figures_questions import Room
    from advokit.cli.ledger_insert import Addition
    from advokit.questions import Answers, Question

CampaignOption = Annotated[
    str | None,
    typer.Option(
        "--campaign", "-c", metavar="CAMPAIGN", show_default=False, help="The campaign (default: the only one)."
    ),
]
AnswersFile = Annotated[
    Path | None,
    typer.Option(
        "--answers",
        metavar="FILE.yaml",
        show_default=False,
        help="Answers by the name of the question, instead of a terminal.",
    ),
]

def add(
    context: typer.Context, answers: AnswersFile = None, campaign: CampaignOption = None, workspace: Workspace = None
) -> int:
    """Add a figure to the ledger, question by question; nothing is written before you say so.

    \b
    advokit figures add
    advokit figures add --answers swimmers.yaml
    """  # noqa: D301 - \b keeps the lines of the examples apart
    room, path, shown = _room(root_of(context, workspace), campaign)
    return _run(room, path, shown, answers)


def update(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The id of the figure that has been counted again.")],
    answers: AnswersFile = None,
    campaign: CampaignOption = None,
    workspace: Workspace = None,
) -> int:
    """Add a newer count to a figure and say what it does to an older one.

    \b
    advokit figures update returned
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from dataclasses import replace

    room, path, shown = _room(root_of(context, workspace), campaign)
    if name in room.ledger.observations:
        name = room.ledger.observations[name][0]
    if name not in room.ledger.figures:
        raise UsageError(
            [
                Problem(
                    "figures",
                    0,
                    0,
                    "error",
                    "unknown-figure",
                    f"the ledger has no figure '{clean(name)}'",
                    hint_for(name, room.ledger.figures, "figure"),
                )
            ]
        )
    return _run(replace(room, figure=name), path, shown, answers)


def _room(root: Path, campaign: str | None) -> tuple[Room, Path, str]:
    from advokit.archive import FOLDER, Archive, Key
    from advokit.cli.figures_questions import Room
    from advokit.workspace import inside, read_campaign

    files, problems = read_campaign(root, find_campaign(root, campaign))
    if files is None:
        raise InputError(problems)
    shown = files.campaign.ledger
    archive = Archive(root / FOLDER, Key.find(None, os.environ))
    room = Room(files.ledger.model, archive, tuple(files.campaign.languages), None, files.private)
    return room, inside(root, shown), shown


def _run(room: Room, path: Path, shown: str, answers: Path | None) -> int:
    from advokit.cli.ledger_insert import inserted
    from advokit.ledgerfile import write_back

    before = path.read_bytes()
    given = _from_file(answers, room) if answers else _from_terminal(room)
    if given is None:
        print_line("Nothing was written.")
        return 1
    addition = _addition(room, given)
    after = inserted(before, shown, addition)
    if path.read_bytes() != before:
        raise InputError(
            [
                Problem(
                    shown,
                    0,
                    0,
                    "error",
                    "changed-meanwhile",
                    "somebody changed the ledger while you answered",
                    "Nothing was written; run the command again.",
                )
            ]
        )
    write_back(path, after)
    print_line(f"{given['id']} stands in {shown}. Now: advokit check")
    return 0


def _addition(room: Room, given: Answers) -> Addition:
    """Make entries of the answers."""
    from advokit.cli.figures_questions import observation_of
    from advokit.cli.ledger_insert import Addition

    observation = observation_of(given)
    sources: dict[str, dict[str, Any]] = {}
    if given["source"] not in room.ledger.sources:
        new = {
            key.removeprefix("source_"): value for key, value in given.items() if key.startswith("source_") and value
        }
        author = new.pop("author", None)
        sources[given["source"]] = {
            **{key: new[key] for key in ("type", "title") if key in new},
            **({"author": [{"literal": author}]} if author else {}),
            **{key: value for key, value in new.items() if key not in {"type", "title"}},
        }
    if room.figure:
        return Addition(sources, observations={room.figure: observation})
    labels = {key.removeprefix("label_"): value for key, value in given.items() if key.startswith("label_") and value}
    units = {
        key.removeprefix("unit_"): [part.strip() for part in value.split("/")]
        for key, value in given.items()
        if key.startswith("unit_") and value
    }
    figure: dict[str, Any] = {
        "label": labels,
        **({"unit": units} if units else {}),
        "kind": given["kind"],
        **({"stale_after": given["stale_after"]} if given.get("stale_after") else {}),
        "observations": [observation],
    }
    return Addition(sources, figures={given["figure"]: figure})


# Answers from a file ---------------------------------------------------------------------------------------------


def _from_file(path: Path, room: Room) -> Answers:
    """Check the answers of a file, and name every wrong one at its place."""
    from advokit import yamlfile
    from advokit.cli.figures_questions import questions_for

    file = yamlfile.read(path)
    if not isinstance(file.value, dict):
        raise InputError([file.problem((), "invalid-value", "the file is no mapping of questions to answers")])
    given: Answers = {}
    problems: list[Problem] = []
    asked: list[str] = []
    for question in questions_for(room, given):
        asked.append(question.key)
        value = file.value.get(question.key)
        text = str(value).strip() if isinstance(value, str) else question.default(given) if value is None else ""
        wrong = question.check(text, given)
        given[question.key] = text
        if wrong:
            key = (question.key,) if question.key in file.value else ()
            problems.append(file.problem(key, "invalid-value", f"'{question.key}': {wrong.message}", wrong.hint))
    problems += [
        file.problem((key,), "unknown-key", f"there is no question '{key}'", hint_for(key, asked, "question"), key=True)
        for key in file.value
        if key not in asked
    ]
    if problems:
        raise InputError(problems)
    return given


# Answers from a terminal -----------------------------------------------------------------------------------------


def _prompt(question: Question, default: str) -> str:
    if question.choices:
        print_line(f"  ({', '.join(question.choices)})")
    text = typer.prompt(question.text, default=default, show_default=bool(default))
    return str(text).strip()


def _from_terminal(room: Room) -> Answers | None:
    """Ask, show everything, let every answer be corrected, and return it only on yes."""
    from advokit.cli.figures_questions import questions_for
    from advokit.questions import Dialogue

    print_line("An empty line takes what stands in [brackets]; < goes back, ? explains, Ctrl-C writes nothing.")
    dialogue = Dialogue(lambda given: questions_for(room, given), _prompt, print_line)
    dialogue.run()
    while True:
        keys = [question.key for question in questions_for(room, dialogue.given)]
        print_line()
        for key in keys:
            if dialogue.given.get(key):
                print_line(f"  {key:<16}{dialogue.given[key]}")
        answer = str(typer.prompt("\nWrite this? yes, no, or the name of an answer to correct", default="yes")).strip()
        if answer.lower() in {"yes", "y"}:
            return {key: dialogue.given[key] for key in keys}
        if answer.lower() in {"no", "n"}:
            return None
        if answer in keys:
            dialogue.run(frozenset({answer}))
        else:
            print_line(f"  ✗ there is no answer '{answer}'. {hint_for(answer, keys, 'answer')}")


def mount(app: typer.Typer) -> None:
    """Give the commands to `advokit figures`."""
    app.command("add")(add)
    app.command("update")(update)
