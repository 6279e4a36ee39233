from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from advokit import yamlfile
from advokit.ledger import Ledger
from advokit.problems import InputError

HEAD = """\
sources:
  a: {type: webpage, title: T, tier: primary}
figures:
  f:
    label: x
    kind: event
    observations:
"""
GOOD = HEAD + "      - {id: o, value: 1, as_of: 2025, counted_by: x, evidence: {source: a, quote: one two}}\n"


def _problems(text: str | bytes) -> list[tuple[int, int, str, str]]:
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(InputError) as caught:
        yamlfile.build(yamlfile.parse(raw, "f.yaml"), Ledger)
    assert all(problem.path == "f.yaml" for problem in caught.value.problems)
    return [(problem.line, problem.column, problem.rule, f"{problem.message} {problem.hint}")
            for problem in caught.value.problems]


def test_scalars_stay_the_text_they_are() -> None:
    file = yamlfile.parse(b"a: NO\nb: 2023-11\nc: 1.10\nd: 0123\ne: 12:30\nf: 'null'\ng: ~\nh:\ni: ''\n", "f")
    assert file.value == {"a": "NO", "b": "2023-11", "c": "1.10", "d": "0123", "e": "12:30", "f": "null",
                          "g": None, "h": None, "i": ""}


def test_every_value_has_its_place() -> None:
    file = yamlfile.parse(b"a:\n  - b: {c: d}\n", "f")
    assert file.mark(("a", 0, "b", "c")) == yamlfile.Mark(2, 12)
    assert file.mark(("a", 0, "b"), key=True) == yamlfile.Mark(2, 5)
    assert file.mark(("a", 0, "b", "zzz")) == yamlfile.Mark(2, 8)


#: One mistake each: the text, then line, column, rule and words of the one problem that must be said.
MISTAKES: list[tuple[str, str | bytes, int, int, str, str]] = [
    ("unknown key", GOOD.replace("tier: primary", "tier: primary, titel: x"), 2, 47, "unknown-key", "Did you mean 'title'"),
    ("duplicate key", GOOD + "sources: {}\n", 9, 1, "duplicate-key", "line 1"),
    ("missing key", GOOD.replace("counted_by: x, ", ""), 8, 9, "missing-key", "'counted_by' is missing"),
    ("wrong choice", GOOD.replace("tier: primary", "tier: primery"), 2, 38, "invalid-value", "Did you mean 'primary'"),
    ("no date", GOOD.replace("as_of: 2025", "as_of: May 2025"), 8, 34, "invalid-value", "'May 2025' is not a date"),
    ("separators", GOOD.replace("value: 1,", "value: '1 859',"), 8, 24, "invalid-value", "no separators"),
    ("infinity", GOOD.replace("value: 1,", "value: inf,"), 8, 24, "invalid-value", "finite"),
    ("tab", HEAD + "\t- x\n", 8, 1, "yaml-syntax", "spaces, not tabs"),
    ("colon in text", "title: a: b\n", 1, 9, "yaml-syntax", "quotation marks"),
    ("open bracket", "title: [a\nsources: {}\n", 2, 8, "yaml-syntax", "bracket stays open"),
    ("not UTF-8", b"title: caf\xe9\n", 1, 11, "not-utf8", "UTF-8"),
    ("control character", b"title: a\x07b\n", 1, 9, "yaml-syntax", "U+0007"),
    ("tag", "title: !!python/name:os.system x\n", 1, 8, "yaml-tag", "is not read"),
    ("second document", GOOD + "---\na: b\n", 9, 1, "second-document", "One file"),
    ("merge key", "a: &x {b: c}\nd: {<<: *x}\n", 2, 5, "merge-key", "Write the shared keys out"),
    ("unknown alias", "title: *nobody\n", 1, 8, "unknown-alias", "nobody"),
    ("itself", "title: &a [*a]\n", 1, 12, "unknown-alias", "no complete anchor"),
    ("deep", "title: " + "[" * 100_000, 1, 47, "too-deep", "40"),
    ("list for a mapping", "- a\n", 1, 1, "invalid-value", "not a mapping"),
    ("empty", "", 1, 1, "invalid-value", "empty"),
]


@pytest.mark.parametrize(("text", "line", "column", "rule", "words"), [case[1:] for case in MISTAKES],
                         ids=[case[0] for case in MISTAKES])
def test_one_mistake_is_named_by_line_column_and_rule(text: str | bytes, line: int, column: int, rule: str,
                                                      words: str) -> None:
    problems = _problems(text)
    assert [problem[:3] for problem in problems] == [(line, column, rule)]
    assert words in problems[0][3]


def test_all_mistakes_of_a_file_are_said_at_once() -> None:
    text = GOOD.replace("primary", "primery").replace("2025", "Mai").replace("label: x", "lable: x")
    assert {problem[2] for problem in _problems(text)} == {"invalid-value", "missing-key", "unknown-key"}
    assert len(_problems(text)) == 4


def test_an_alias_bomb_is_refused_and_a_modest_alias_is_read() -> None:
    assert yamlfile.parse(b"a: &x [1, 2]\nb: *x\n", "f").value == {"a": ["1", "2"], "b": ["1", "2"]}
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(8))
    assert _problems(bomb)[0][2] == "alias-bomb"


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("x")
    with pytest.raises(InputError, match=r"Did you mean 'campaign\.yaml'"):
        yamlfile.read(tmp_path / "campain.yaml", "campain.yaml")


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co")), max_size=20).filter(
    lambda text: not yamlfile.hidden_character(text))
_KEYS = _TEXTS.filter(lambda text: text != "<<")


def _values(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4)


@given(st.dictionaries(_KEYS, st.recursive(_TEXTS, _values, max_leaves=12), max_size=5))
def test_what_another_program_writes_is_read_back(value: dict[str, Any]) -> None:
    raw = yaml.safe_dump(value, allow_unicode=True, default_style='"').encode()
    assert yamlfile.parse(raw, "f").value == value


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_value_or_a_problem(raw: bytes) -> None:
    try:
        read = yamlfile.build(yamlfile.parse(raw, "f"), Ledger)
    except InputError as error:
        found: object = error.problems
    else:
        found = read.model
    assert found


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\x1b", "\x00", "\x9b", "\ue000", "\ufffe"])
def test_hidden_characters_are_refused_in_keys_and_values(character: str) -> None:
    for text in (f'a: "b\\U{ord(character):08x}c"', f'"b\\U{ord(character):08x}c": a'):
        with pytest.raises(InputError, match=f"bad-character.*U\\+{ord(character):04X}"):
            yamlfile.parse(text.encode(), "f.yaml")


def test_no_break_spaces_joiners_and_line_ends_are_no_hidden_characters() -> None:
    assert yamlfile.parse(b'a: "1\\u00a0000\\n\\u200c\\u00ad\\u202f"', "f").value["a"] == "1\u00a0000\n\u200c\u00ad\u202f"


def test_a_pipe_is_refused_before_it_can_hang(tmp_path: Path) -> None:
    import os
    os.mkfifo(tmp_path / "ledger.yaml")
    with pytest.raises(InputError, match="pipe or device"):
        yamlfile.read(tmp_path / "ledger.yaml", "ledger.yaml")


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "big.yaml").open("wb") as file:
        file.truncate(yamlfile.MAX_BYTES + 1)
    with pytest.raises(InputError, match="file-too-large"):
        yamlfile.read(tmp_path / "big.yaml", "big.yaml")


def test_utf16_is_named_as_what_it_is() -> None:
    with pytest.raises(InputError, match="looks like UTF-16"):
        yamlfile.parse("a: b".encode("utf-16"), "f")
