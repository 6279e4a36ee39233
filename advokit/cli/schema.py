"""`advokit schema`: JSON Schemas, with which an editor completes keys and marks mistakes while typing.

In: the kind of file. Out: JSON Schema 2020-12.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from advokit.cli.output import print_json
from advokit.problems import Problem, UsageError, hint_for

KINDS = ("facts", "campaign", "edition", "country")


def schema(kind: Annotated[str, typer.Argument(metavar="|".join(KINDS), help="The kind of file.")]) -> int:
    """Print the JSON Schema of a kind of file, for editors.

    \b
    advokit schema facts > facts/facts.schema.json
    # and as the first line of the ledger:
    # yaml-language-server: $schema=facts.schema.json
    """  # noqa: D301 - click wants the character itself
    if kind not in KINDS:
        raise UsageError([Problem("schema", 0, 0, "error", "unknown-schema", f"there is no schema '{kind}'",
                                  hint_for(kind, KINDS, "schema"))])
    print_json(schema_of(kind))
    return 0


def schema_of(kind: str) -> dict[str, Any]:
    """Make the schema of a kind of file."""
    from pydantic import BaseModel

    from advokit.campaign import Campaign, Edition
    from advokit.countries import CountryPack
    from advokit.ledger import Ledger
    models: dict[str, type[BaseModel]] = {"facts": Ledger, "campaign": Campaign, "edition": Edition,
                                          "country": CountryPack}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"advokit {kind}",
            **models[kind].model_json_schema(by_alias=True)}
