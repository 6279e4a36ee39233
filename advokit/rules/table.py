"""The table of rules: what each is called, how severe it is, and what it finds in one sentence.

In: nothing. Out: `RULES` by id, from which docs/rules/index.md is written. Mistakes of form (YAML that cannot be
read, an unknown key) are found by the readers themselves; they stand here too, because a person meets them in the
same list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advokit.problems import Severity

Family = Literal["figures", "children", "evidence", "languages", "conventions", "names", "form"]

#: The families in the order of the index, each with its heading.
FAMILIES: Mapping[Family, str] = {
    "figures": "What a page says",
    "children": "Safeguarding",
    "evidence": "Evidence",
    "languages": "Languages",
    "conventions": "Country packs",
    "names": "Names and dates",
    "form": "Form",
}


@dataclass(frozen=True)
class Rule:
    """One rule."""

    id: str
    severity: Severity
    title: str
    """A few words for a heading."""
    sentence: str
    """What it finds."""
    family: Family


def _rules() -> tuple[Rule, ...]:  # long: a table, one entry a rule
    return (
        Rule(
            "untracked-number",
            "error",
            "A number that nothing vouches for",
            "a number, in digits or words, that comes from no figure, claim, literal or typed field",
            "figures",
        ),
        Rule(
            "hidden-conflict",
            "error",
            "A dispute left out",
            "a document that prints one of several counts that contradict each other, and not the dispute",
            "figures",
        ),
        Rule(
            "false-trend",
            "error",
            "A trend, sum or share that nobody counted",
            "a movement across counts that are no series; a sum, difference, multiple or share that no derived"
            " observation"
            " declares",
            "figures",
        ),
        Rule(
            "stale-figure",
            "warning",
            "A count that has aged",
            "a printed figure that is older than its `stale_after` on the day of the build",
            "figures",
        ),
        Rule(
            "superseded-figure",
            "error",
            "An old count, though a newer one exists",
            "a count printed outside of a series of which the ledger has a newer one",
            "figures",
        ),
        Rule(
            "missing-attribution",
            "error",
            "Who counted, and when?",
            "a figure of a brief or FAQ without who counted it, or without as of when",
            "figures",
        ),
        Rule(
            "withheld-figure",
            "error",
            "A value that must not be printed as fact",
            "a withheld, retired or opinion-tier value printed as fact; as a warning, one that needs a primary"
            " source",
            "figures",
        ),
        Rule(
            "same-origin",
            "warning",
            "Two that are one",
            "two counts or two citations shown as two confirmations that go back to one",
            "figures",
        ),
        Rule(
            "secondary-only",
            "warning",
            "Known from the press only",
            "a figure for which no primary source is held, printed without who reports it",
            "figures",
        ),
        Rule(
            "minor-identified",
            "error",
            "A child that can be recognised",
            "a name from the private list in any form, or details that together identify one child, anywhere",
            "children",
        ),
        Rule(
            "sensitive-entry",
            "error",
            "An entry that is off by default",
            "a printed entry marked `graphic` or `security` for which no two people have decided otherwise",
            "children",
        ),
        Rule(
            "missing-reply",
            "error",
            "An accusation without its reply",
            "an accusation in a brief whose recorded replies are all left out",
            "figures",
        ),
        Rule(
            "quote-not-found",
            "error",
            "Words that the copy does not have",
            "evidence whose words are not in the copy, are cut inside a number, or differ in a digit",
            "evidence",
        ),
        Rule(
            "value-not-in-quote",
            "error",
            "A value that its own quote does not state",
            "a value, bound, unit or qualifier that the quote of its evidence does not state",
            "evidence",
        ),
        Rule(
            "copy-mismatch",
            "error",
            "A copy that was changed",
            "a copy whose SHA-256 is not the one in the ledger",
            "evidence",
        ),
        Rule(
            "copy-missing",
            "warning",
            "Copies that are not at hand",
            "quotes that could not be checked, because the copies of their sources are not here",
            "evidence",
        ),
        Rule("long-quote", "error", "A quote that is too long", "evidence of more than twelve words", "evidence"),
        Rule(
            "unused-source",
            "warning",
            "A source that nothing rests on",
            "a source that no evidence names; with `--strict` only",
            "evidence",
        ),
        Rule(
            "translation-parity",
            "error",
            "Languages that say different things",
            "languages of one text that differ in figures, forms, claims, qualifiers, asks or headings",
            "languages",
        ),
        Rule(
            "missing-text",
            "error",
            "A language without its text",
            "a text, label, statement or ask that a document needs and that its language lacks",
            "languages",
        ),
        Rule(
            "untranslated",
            "error",
            "A template word without translation",
            "a word of the templates that the catalogue of an edition's language lacks",
            "languages",
        ),
        Rule(
            "convention-unsourced",
            "warning",
            "A convention without a source",
            "conventions of a country pack that an edition follows and that have no source",
            "conventions",
        ),
        Rule(
            "convention-expired",
            "warning",
            "A convention past its review",
            "conventions that an edition follows and that nobody has looked at since their review was due",
            "conventions",
        ),
        *_names(),
    )


def _names() -> tuple[Rule, ...]:  # long: a table, one entry a rule
    return (
        Rule(
            "unknown-figure",
            "error",
            "No such figure",
            "a figure or observation that the ledger does not have",
            "names",
        ),
        Rule("unknown-claim", "error", "No such claim", "a claim that the ledger does not have", "names"),
        Rule(
            "unknown-source",
            "error",
            "No such source",
            "evidence or a citation with a source that the ledger does not have",
            "names",
        ),
        Rule(
            "unknown-observation",
            "error",
            "No such observation",
            "an observation named by another one that the ledger does not have",
            "names",
        ),
        Rule(
            "unknown-organization",
            "error",
            "No such organization",
            "a counter written like an id that no organization of the ledger has",
            "names",
        ),
        Rule("unknown-ask", "error", "No such ask", "an ask of an edition that the campaign does not have", "names"),
        Rule(
            "unknown-office",
            "error",
            "No such office",
            "a recipient whose office the country pack cannot address in the edition's language",
            "names",
        ),
        Rule("unknown-form", "error", "No such form", "a form in which no figure prints", "names"),
        Rule(
            "duplicate-id",
            "error",
            "Two things with one name",
            "an observation whose id another one has, or a figure",
            "names",
        ),
        Rule(
            "wrong-figure",
            "error",
            "A link to the wrong observation",
            "an observation that supersedes one of another figure, or names itself",
            "names",
        ),
        Rule(
            "circle",
            "error",
            "A chain that ends where it began",
            "observations that supersede one another in a circle, or are computed from themselves",
            "names",
        ),
        Rule(
            "wrong-order",
            "error",
            "Dates the wrong way round",
            "an older observation that supersedes a newer one; a source read before it was published, or"
            " published before"
            " what it tells of",
            "names",
        ),
        Rule(
            "future-date",
            "warning",
            "A date in the future",
            "an observation, claim or source dated after the day of the check",
            "names",
        ),
        Rule(
            "wrong-name",
            "error",
            "A file under another name",
            "a campaign or edition whose file is called otherwise",
            "names",
        ),
        Rule("unknown-key", "error", "No such key", "a key that a file of this kind does not have", "form"),
        Rule("missing-key", "error", "A key that is needed", "a key that must be there and is not", "form"),
        Rule("duplicate-key", "error", "A key twice", "a key that stands twice in one mapping", "form"),
        Rule("invalid-value", "error", "A value that does not fit", "a value of the wrong kind for its key", "form"),
        Rule(
            "low-contrast",
            "error",
            "A colour that cannot be read",
            "a brand colour with too little contrast to its paper",
            "form",
        ),
        Rule("missing-file", "error", "No such file", "a file named in the campaign that is not there", "form"),
    )


#: Every rule by its id.
RULES: Mapping[str, Rule] = {rule.id: rule for rule in _rules()}


def index() -> str:
    """Write docs/rules/index.md."""
    lines = [
        "# Rules",
        "",
        ("`advokit check` applies every rule to the ledger, the texts, the translations, the country packs and to each"
        " document as it is"),
        "composed. A problem names its place, its rule and how to mend it:",
        "",
        "```text",
        "path:line:column: error[rule]: message",
        "    hint",
        "```",
        "",
        "An error keeps a document from being built; a warning does not, except with `--strict`.",
        "",
    ]
    for family, heading in FAMILIES.items():
        lines += [f"## {heading}", "", "| rule | | finds |", "|---|---|---|"]
        lines += [
            f"| [`{rule.id}`]({rule.id}.md) | {rule.severity} | {rule.sentence} |"
            for rule in RULES.values()
            if rule.family == family
        ]
        lines.append("")
    return "\n".join(lines)
