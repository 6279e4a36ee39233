"""One mistake each in texts, templates, styles and catalogues: the place, the rule and the hint that a person gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from advokit.problems import AdvokitError, Problem
from advokit.workspace import read_campaign
from tests.workspaces import NAME, change, composed

BRIEF = f"campaigns/{NAME}/text/en/brief.md"
LEDGER = f"facts/{NAME}.yaml"
PAGE = "templates/brief/page.html"
STYLE = "templates/brief/style.css"
CATALOGUE = "templates/locale/en/LC_MESSAGES/advokit.po"


def _put(root: Path, relative: str, content: bytes) -> None:
    path = root / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _problem(root: Path) -> Problem:
    with pytest.raises(AdvokitError) as caught:
        composed(root)
    problem, = caught.value.problems
    return problem


@pytest.mark.parametrize(("expression", "rule", "words"), [
    ('{% include "layout.html" %}', "unsafe-expression", "cannot include"),
    ('{% import "layout.html" as x %}', "unsafe-expression", "cannot include"),
    ('{% extends "layout.html" %}', "unsafe-expression", "cannot include"),
    ("{{ [1, 2] }}", "no-value", "a list"),
    ("{{ {1: 2} }}", "no-value", "a list"),
    ('{{ "a" * 999999 }}', "too-long", "999,999 characters"),
    ('Text {{ how_many("pools-closed") }} more', "misplaced-block", "in the middle of a paragraph"),
])
def test_an_expression_that_cannot_stand_is_named_at_its_line(workspace: Path, expression: str, rule: str,
                                                              words: str) -> None:
    change(workspace, BRIEF, "Text is Markdown.", expression)
    problem = _problem(workspace)
    assert (problem.path, problem.line, problem.rule) == (BRIEF, 8, rule)
    assert words in problem.message
    assert problem.hint


@pytest.mark.parametrize(("content", "line", "words", "hint"), [
    (b"", 0, "is empty", "document.html"),
    (b'{% extends "documnt.html" %}', 1, "no template 'documnt.html'", "Did you mean 'document.html'?"),
    (b'{% extends "document.html" %}\n{% block content %}\n{% include "../../x" %}{% endblock %}', 3,
     "no template '../../x'", "Known"),
    (b'{% extends "document.html" %}\n{% block content %}\n{% include "/etc/passwd" %}{% endblock %}', 3,
     "no template '/etc/passwd'", "Known"),
])
def test_a_template_that_cannot_be_used_is_named(workspace: Path, content: bytes, line: int, words: str,
                                                 hint: str) -> None:
    _put(workspace, PAGE, content)
    problem = _problem(workspace)
    assert (problem.path, problem.line) == (PAGE, line)
    assert words in problem.message
    assert hint in problem.hint


def test_a_template_is_not_read_through_a_symbolic_link(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret")
    path = workspace / PAGE
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "secret.html")
    assert _problem(workspace).rule == "missing-template"


@pytest.mark.parametrize(("content", "rule"), [(b"h1 {}\n/* \xe9 */", "not-utf8"),
                                               (b"h1 {}\n</STYLE><p>", "unsafe-markup")])
def test_a_style_sheet_that_is_no_style_sheet_is_named_at_its_line(workspace: Path, content: bytes, rule: str) -> None:
    _put(workspace, STYLE, content)
    problem = _problem(workspace)
    assert (problem.path, problem.line, problem.rule) == (STYLE, 2, rule)


_HEAD = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(("content", "line", "words"), [
    (_HEAD + b'msgid "Figures {as_of}"\nmsgstr "Figures {asof}"\n', 5, "unknown placeholder {asof}"),
    (_HEAD + b'msgid "Figures {as_of}"\nmsgstr "Figures {as_of.year}"\n', 5, "unknown placeholder"),
    (_HEAD + b'msgid "Figures {as_of}"\nmsgstr "Figures {as_of"\n', 5, "unknown placeholder"),
    (b'msgid "a"\nmsgstr "\xe9\xff"\n', 0, "cannot be read"),
])
def test_a_catalogue_that_cannot_be_used_is_named(workspace: Path, content: bytes, line: int, words: str) -> None:
    _put(workspace, CATALOGUE, content)
    problem = _problem(workspace)
    assert (problem.path, problem.line, problem.rule) == (CATALOGUE, line, "bad-catalogue")
    assert words in problem.message


@pytest.mark.parametrize("value", ["1e999999", "9" * 5000, "1e-999999"])
def test_a_value_of_too_many_digits_is_named_in_the_ledger(workspace: Path, value: str) -> None:
    change(workspace, LEDGER, "value: 12", f"value: {value}")
    _, problems = read_campaign(workspace, NAME)
    assert [(problem.path, problem.rule) for problem in problems] == [(LEDGER, "invalid-value")]
    assert "more than 24 digits" in problems[0].message


def test_a_misspelt_document_has_the_nearest_text(workspace: Path) -> None:
    change(workspace, f"campaigns/{NAME}/campaign.yaml", "[brief, faq, letter]", "[breif, faq, letter]")
    _, problems = read_campaign(workspace, NAME)
    assert [problem.hint.startswith("Did you mean 'brief'?") for problem in problems] == [True]


def test_an_incomplete_recipient_lists_what_is_missing(workspace: Path) -> None:
    change(workspace, f"campaigns/{NAME}/editions/intl.yaml", "  closing: Yours faithfully\n", "")
    _, problems = read_campaign(workspace, NAME)
    assert problems[0].hint == "Missing here: closing."


@pytest.mark.parametrize(("name", "rule", "hint"), [
    ("facts/zzzzzzzz.png", "missing-file", "Known"),
    (f"campaigns/{NAME}/campaign.yam", "missing-file", "Did you mean"),
    ("https://example.org/x.png", "not-loaded", "workspace"),
    ("/etc/x.png", "not-loaded", "workspace"),
    ("../../x.png", "not-loaded", "workspace"),
])
def test_a_picture_that_is_not_there_is_named_in_its_text(workspace: Path, name: str, rule: str, hint: str) -> None:
    change(workspace, BRIEF, "Text is Markdown.", f"Look: ![a pool]({name})")
    problem = _problem(workspace)
    assert (problem.path, problem.line, problem.column, problem.rule) == (BRIEF, 8, 17, rule)
    assert hint in problem.hint


def test_a_picture_behind_a_symbolic_link_is_named_in_its_text(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    (workspace / "pool.png").symlink_to(tmp_path / "secret.png")
    change(workspace, BRIEF, "Text is Markdown.", "![a pool](pool.png)")
    problem = _problem(workspace)
    assert (problem.path, problem.line, problem.rule) == (BRIEF, 8, "outside-workspace")


@pytest.mark.parametrize("content", ['"99 pools"', "'\\39 9 pools'", '"about" " 99"'])
def test_a_number_that_a_style_sheet_prints_is_named(workspace: Path, content: str) -> None:
    _put(workspace, STYLE, f"h1 {{ color: red }}\nh1::after {{ content: {content} }}".encode())
    problem = _problem(workspace)
    assert (problem.path, problem.line, problem.rule) == (STYLE, 2, "untracked-number")


def test_marks_and_counters_of_a_style_sheet_are_no_numbers(workspace: Path) -> None:
    _put(workspace, STYLE, b"h1::after { content: '\\2014 ' counter(page) ' of ' }")
    assert "' counter(page) ' of '" in composed(workspace).html


@pytest.mark.parametrize(("old", "new"), [("# brand:", "brand: {name: X, logo: facts/pools.yaml}\n#"),
                                          ("# brand:", "brand: {name: X, sans: {regular: a.png}}\n#")])
def test_a_brand_names_files_of_the_right_kind(workspace: Path, old: str, new: str) -> None:
    change(workspace, f"campaigns/{NAME}/campaign.yaml", old, new)
    _, problems = read_campaign(workspace, NAME)
    assert "no file of a kind" in problems[0].message


def test_a_chart_of_what_is_no_series_says_what_makes_one(workspace: Path) -> None:
    change(workspace, BRIEF, "Text is Markdown.", '{{ chart("pools-closed") }}')
    problem = _problem(workspace)
    assert (problem.line, problem.rule) == (8, "false-trend")
    assert "no two counts" in problem.message
    change(workspace, LEDGER, "    kind: cumulative", "    series: false\n    kind: cumulative")
    assert "'series: false'" in _problem(workspace).message


@pytest.mark.parametrize(("kind", "scope", "charted"), [
    ("flow", "", True), ("stock", "", True), ("event", "", False), ("flow", "scope: {en: elsewhere}", False),
])
def test_yearly_counts_of_one_counter_make_a_chart(workspace: Path, kind: str, scope: str, charted: bool) -> None:
    change(workspace, BRIEF, "Text is Markdown.", '{{ chart("pools-closed") }}\n\n')
    change(workspace, LEDGER, "kind: cumulative", f"kind: {kind}")
    change(workspace, LEDGER, "    observations:\n", f"""    observations:
      - id: pools-closed-2024
        value: 9
        as_of: "2024-03-31"
        counted_by: Borough Council
        {scope}
        evidence: {{source: council-2026, quote: 9 pools}}
""")
    if charted:
        assert {item.observation for item in composed(workspace).figures if item.form == "chart"} == {
            "pools-closed-2024", "pools-closed-2026"}
    else:
        assert _problem(workspace).rule == "false-trend"


@pytest.mark.parametrize("wording", ["{value {unit}", "{value} {value.__class__} {unit}", "{value} } {unit}"])
def test_a_brace_that_makes_no_placeholder_is_named_in_the_ledger(workspace: Path, wording: str) -> None:
    change(workspace, LEDGER, "{value} {unit}", wording)
    problem = _problem(workspace)
    assert (problem.path, problem.rule) == (LEDGER, "unknown-placeholder")
    assert "a brace makes no placeholder" in problem.message
    assert "{counted_by}" in problem.hint
