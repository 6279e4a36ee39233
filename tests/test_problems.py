from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from advokit.problems import AdvokitError, CheckError, InputError, OutputError, Problem, UsageError, hint_for, nearest


def test_problem_prints_place_rule_and_hint() -> None:
    problem = Problem("a.yaml", 3, 7, "error", "unknown-key", "unknown key 'issud'", "Did you mean 'issued'?")
    assert str(problem) == "a.yaml:3:7: error[unknown-key]: unknown key 'issud'\n    Did you mean 'issued'?"


def test_problem_of_a_whole_file_has_no_line() -> None:
    assert str(Problem("a.yaml", 0, 0, "warning", "x", "message")) == "a.yaml: warning[x]: message"


def test_errors_survive_pickling_and_keep_their_exit_code() -> None:
    problems = [Problem("b", 2, 1, "error", "r", "second"), Problem("a", 1, 1, "error", "r", "first")]
    for kind, code in ((CheckError, 1), (UsageError, 2), (InputError, 3), (OutputError, 4)):
        error = pickle.loads(pickle.dumps(kind(problems)))
        assert isinstance(error, AdvokitError)
        assert [problem.message for problem in error.problems] == ["first", "second"]
        assert error.exit_code == code


def test_nearest_forgives_case_and_one_slip() -> None:
    assert nearest("Retruned", ["returned", "camps"]) == "returned"
    assert nearest("zzz", ["returned", "camps"]) == ""


def test_hint_lists_what_there_is_when_nothing_is_near() -> None:
    assert hint_for("zzz", ["b", "a"], "figure") == "Known: a, b."
    assert hint_for("zzz", [], "figure") == "There is no figure yet."


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=8))
def test_nearest_gives_a_known_name_or_nothing(name: str, known: list[str]) -> None:
    assert nearest(name, known) in {*known, ""}
