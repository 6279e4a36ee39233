from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest

from advokit.compose import Envelope, Job, Sender, compose
from advokit.compose.extract import canonical, digest_holds
from advokit.problems import CheckError, Problem
from tests.workspaces import DATE, NAME, change, composed, files_of, line_of

BRIEF = f"campaigns/{NAME}/text/en/brief.md"
LEDGER = f"facts/{NAME}.yaml"
EDITION = f"campaigns/{NAME}/editions/intl.yaml"


def _problems(root: Path, document: str = "brief") -> tuple[Problem, ...]:
    with pytest.raises(CheckError) as caught:
        composed(root, document)
    return caught.value.problems


def test_every_printed_figure_carries_its_mark(workspace: Path) -> None:
    made = composed(workspace)
    root = lxml.html.document_fromstring(made.html)
    data = [node for node in root.iter("data") if node.get("class") == "figure"]
    assert data
    assert {(node.get("value"), node.get("data-observation"), node.text) for node in data} == {
        ("12", "pools-closed-2026", "12")}
    assert [item.observation for item in made.figures] == ["pools-closed-2026"] * len(data)


def test_citations_lead_to_the_one_reference(workspace: Path) -> None:
    made = composed(workspace)
    root = lxml.html.document_fromstring(made.html)
    citations = [node for node in root.iter("a") if node.get("class") == "citation"]
    assert {node.get("href") for node in citations} == {"#ref-1"}
    assert len({node.get("id") for node in citations}) == len(citations)
    assert [reference.source for reference in made.references] == ["council-2026"]
    assert "Borough Council" in made.references[0].short
    assert "31\u00a0March 2026" in made.references[0].full


def test_a_letter_cites_without_a_list_and_has_its_window(workspace: Path) -> None:
    made = composed(workspace, "letter")
    assert '<a class="citation"' not in made.html
    assert '<span class="citation"' in made.html
    assert made.window is not None
    assert "Dear Leader of the Council," in made.html


def test_the_statement_names_who_and_when(workspace: Path) -> None:
    text = lxml.html.document_fromstring(composed(workspace, "faq").html).text_content()
    assert "12 pools had been closed as of 31\u00a0March 2026, according to Borough Council." in text


def test_the_extract_holds_what_is_printed_and_its_own_digest(workspace: Path) -> None:
    made = composed(workspace)
    data = json.loads(made.extract)
    assert digest_holds(made.extract)
    assert data["ledger_digest"] == made.ledger_digest == files_of(workspace).ledger.model.digest
    assert data["figures"]["pools-closed"]["observations"][0]["value"] == "12"
    assert set(data["sources"]) == {"council-2026"}
    data["figures"]["pools-closed"]["observations"][0]["value"] = "13"
    assert not digest_holds(canonical(data))


def test_notes_for_editors_are_in_no_output(workspace: Path) -> None:
    change(workspace, LEDGER, "        counted_by:", "        note: SECRET-NOTE\n        counted_by:")
    made = composed(workspace)
    assert "SECRET-NOTE" not in made.html + made.extract


#: One mistake each in a text: what to write, and the rule and words of the problem.
MISTAKES = [
    ('{{ figure("pool-closed") }}', "unknown-figure", "Did you mean 'pools-closed'?"),
    ('{{ figure("pools-closed", "valu") }}', "unknown-form", "Did you mean 'value'?"),
    ('{{ claim("nothing") }}', "unknown-claim", "There is no claim yet."),
    ('{{ cite("council-2025") }}', "unknown-source", "Did you mean 'council-2026'?"),
    ('{{ text("local") }}', "missing-text", "'local'"),
    ('{{ figre("pools-closed") }}', "unknown-name", "Did you mean 'figure'?"),
    ("{{ recipient.name }}", "unknown-name", "'recipient'"),
    ("{{ edition.nme }}", "unknown-field", "Did you mean 'name'?"),
    ("{{ asks }}", "no-value", "brackets"),
    ("{{ figure( }}", "template-syntax", "cannot be read"),
    ('{{ "".__class__ }}', "unsafe-expression", "may not use"),
    ("{{ figure.__globals__ }}", "unsafe-expression", "may not use"),
    ('{{ date("soon") }}', "invalid-value", "'soon' is not a date"),
    ("{{ 1 / 0 }}", "bad-expression", "division"),
    ('{{ chart("pools-closed") }}', "false-trend", "how_many"),
    ("{{ record() }}", "empty-record", "record"),
]


@pytest.mark.parametrize(("expression", "rule", "words"), MISTAKES, ids=[case[0] for case in MISTAKES])
def test_one_mistake_in_a_text_is_named_by_its_line(workspace: Path, expression: str, rule: str, words: str) -> None:
    change(workspace, BRIEF, "## What we ask", f"Before\n{expression} after\n\n## What we ask")
    problems = _problems(workspace)
    assert [(problem.path, problem.line, problem.rule) for problem in problems] == [
        (BRIEF, line_of(workspace, BRIEF, expression), rule)]
    assert words in f"{problems[0].message} {problems[0].hint}"


def test_a_mistake_in_an_editions_passage_names_the_edition(workspace: Path) -> None:
    change(workspace, BRIEF, "## What we ask", '{{ text("local") }}\n\n## What we ask')
    path = workspace / EDITION
    path.write_text(path.read_text("utf-8") + 'texts:\n  local: |\n    fine\n    {{ figure("nope") }}\n', "utf-8")
    problem, = _problems(workspace)
    assert (problem.path, problem.line, problem.rule) == (EDITION, line_of(workspace, EDITION, "nope"), "unknown-figure")


def test_a_wording_without_value_names_the_ledger(workspace: Path) -> None:
    change(workspace, LEDGER, '"{value} {unit} had been closed', '"Some had been closed')
    problem, = _problems(workspace, "faq")
    assert (problem.path, problem.line) == (LEDGER, line_of(workspace, LEDGER, "Some had been"))


def test_a_missing_language_names_the_place(workspace: Path) -> None:
    change(workspace, LEDGER, "unit: {en: [pool, pools]}", "unit: {de: [Bad, Bäder]}")
    problem, = _problems(workspace)
    assert (problem.path, problem.line, problem.rule) == (LEDGER, line_of(workspace, LEDGER, "{de:"), "missing-text")


@pytest.mark.parametrize("words", ["{{ 7*7 }}", "<b>bold</b>", "\u202eabc", "a\x00b", "*star*", "[x](javascript:1)", "=1+1"])
def test_the_senders_own_words_are_text_whatever_they_contain(workspace: Path, words: str) -> None:
    job = Job(files_of(workspace), "intl", "letter", DATE, Envelope(Sender("A. Writer", ("1 Street", "Town"), "", words)))
    root = lxml.html.document_fromstring(compose(job).html)
    own = [node for node in root.iter("p") if node.get("class") == "own-words"]
    expected = "".join(character for character in words if character.isprintable())
    assert [node.text_content() for node in own] == [expected]
    assert all(len(node) == 0 for node in own)


@pytest.mark.parametrize(("markup", "words"), [
    ("<script>x</script>", "<script>"), ('<p onclick="x">y</p>', "onclick"), ('<a href="javascript:x">y</a>', "javascript"),
    ('<iframe src="https://x"></iframe>', "<iframe>"), ('<img src="file:///etc/passwd" alt="x">', "file:"),
])
def test_a_template_may_not_carry_scripts_or_other_places(workspace: Path, markup: str, words: str) -> None:
    folder = workspace / "templates" / "brief"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text('{% extends "document.html" %}{% block content %}{{ super() }}' + markup
                                      + "{% endblock %}", "utf-8")
    problem, = _problems(workspace)
    assert (problem.path, problem.rule) == ("templates/brief/page.html", "unsafe-markup")
    assert words in problem.message


def test_a_template_that_invents_a_figure_is_found(workspace: Path) -> None:
    folder = workspace / "templates" / "brief"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text('{% extends "document.html" %}{% block content %}{{ super() }}<p><data class="figure"'
                                      ' value="9" data-figure="x" data-observation="y">9</data></p>{% endblock %}', "utf-8")
    problem, = _problems(workspace)
    assert problem.rule == "unknown-figure"


def test_an_undefined_name_in_a_template_names_its_line(workspace: Path) -> None:
    folder = workspace / "templates" / "brief"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text('{% extends "document.html" %}\n{% block content %}\n{{ nobody }}\n{% endblock %}', "utf-8")
    problem, = _problems(workspace)
    assert (problem.path, problem.line, problem.rule) == ("templates/brief/page.html", 3, "template-error")


def test_the_same_input_gives_the_same_document(workspace: Path) -> None:
    assert composed(workspace) == composed(workspace)
