"""Any row of a table of senders gives a letter that says its own words literally, or a fault that names the row only."""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advokit.letters.journal import Journal
from advokit.letters.run import run_letters
from tests.letters.test_run import InProcess, failures, text_of
from tests.letters.workspace import campaign, request, write_senders

NASTY = ("{{ 7*7 }} {% raw %}", "<b>bold</b> &amp; <script>alert(1)</script>", "=HYPERLINK(1)", "a\nb\n\nc", "**stars** _under_ `tick`",
         "# heading", "[1] [link](http://x.test)", "100 % $HOME %s \\n", "naïve Zoë Łódź Їжак Ωμέγα", "Демʼян’s ʼ", "\u202eright to left",
         "zero\u200bwidth\ufeff", "e\u0301 combining", "smile \U0001f600", "مرحبا", "漢字", "\x00\x07bell", "1,859 children in 2025",
         "../../etc/passwd", "soft\u00adhyphen", "ﬁ ligature", "x" * 160, "\"quoted\", 'single'", "- list\n- of\n- things", "\ud800")
words = st.sampled_from(NASTY) | st.text(st.characters(codec="utf-8", max_codepoint=0x4ff), max_size=60) | st.lists(
    st.sampled_from(NASTY), min_size=2, max_size=3).map(" ".join)
names = st.sampled_from(("Ann Lee", "N" * 140, "O'Neill-Smith; DROP", "../up", "{{ name }}", "Їжак Ґалаґан", "a\r\nBcc: x@y.test", "李"))


def bare(text: str) -> str:
    """Leave what can be seen, hyphens apart, which a line's end may add."""
    text = unicodedata.normalize("NFKC", text).replace("ʼ", "’")
    return re.sub(r"[\s\-\u00ad\u2010\u2011]", "", "".join(
        char for char in text if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}))


numbers = itertools.count()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(names, words), min_size=1, max_size=5))
def test_every_row_gives_its_words_or_a_fault_with_its_number(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    out = tmp_path / f"run{next(numbers)}"
    senders = write_senders(tmp_path / "s.csv", [
        (name.encode("utf-8", "ignore").decode(), f"{number} Road", "Town", f"AB{number} 2CD", "Northtown",
         text.encode("utf-8", "ignore").decode()) for number, (name, text) in enumerate(rows)])
    run_letters(request(campaign(tmp_path), senders, out), InProcess())
    told = {int(row["row"]): row for row in failures(out)}
    with Journal(out / ".journal.sqlite") as journal:
        letters = {letter.row: letter for letter in journal.standing()}
    assert sorted([*told, *letters]) == list(range(2, len(rows) + 2))
    for row, (name, text) in enumerate(rows, 2):
        if row in letters:
            page = bare(text_of(out / "letters" / letters[row].files["pdf"]["name"]))
            assert bare(text) in page, (text, page)
            assert bare(name) in page
        else:
            fault = told[row]
            assert fault["hint"], fault
            assert not [part for part in (name, text) if len(part) > 12 and part in fault["message"]]
