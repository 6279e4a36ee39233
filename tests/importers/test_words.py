"""Words: names without titles and marks, dates, genders, e-mail addresses."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from advokit.dates import PartialDate
from advokit.importers import words


@pytest.mark.parametrize(
    ("text", "name", "honorific"),
    [
        ("Sir Alex Sample", "Alex Sample", "Sir"),
        ("Sample, Sir Alex", "Alex Sample", "Sir"),
        ("Hon. Kim Example MP", "Kim Example", "Hon."),
        ("The Rt Hon Kim Example MP", "Kim Example", "The Rt Hon"),
        ("Dr. rer. nat. Anna Muster MdB", "Anna Muster", "Dr. rer. nat."),
        ("Senator the Hon Kim Example", "Kim Example", "Senator the Hon"),
        ("Kim Example (homme politique)", "Kim Example", ""),
        ("Kim Example (politician, born 1950)", "Kim Example", ""),
        ("王小明（政治家）", "王小明", ""),
        ("Kim Example[1]", "Kim Example", ""),
        ("Kim Example*", "Kim Example", ""),
        ("Kim O&#39;Example", "Kim O'Example", ""),
        ("Sample, Jr.", "Sample, Jr.", ""),
        ("Kim Sample, Jr.", "Kim Sample, Jr.", ""),
        ("William (Bill) Sample", "William (Bill) Sample", ""),
        ("Don Sample", "Don Sample", ""),
        ("Sen Sample", "Sen Sample", ""),
        ("Earl Sample", "Earl Sample", ""),
        ("The Sample", "The Sample", ""),
        ('Kim "K" Sample', 'Kim "K" Sample', ""),
        ("Kim  Sample", "Kim Sample", ""),
        ("Sir", "Sir", ""),
        ("Kim Muster, Dr.", "Kim Muster", "Dr."),
        ("Kim Muster, Mag. (FH), BA", "Kim Muster, BA", "Mag.(FH)"),
        ("Kim Muster, Mag.a Dr.in", "Kim Muster", "Mag.a Dr.in"),
        ("Muster, Ma", "Ma Muster", ""),
    ],
)
def test_names(text: str, name: str, honorific: str) -> None:
    parts, _ = words.split_name(words.clean(text)[0] if "  " in text else text)
    assert (parts["name"], parts.get("honorific", "")) == (name, honorific)


@pytest.mark.parametrize(
    ("text", "country", "name", "family"),
    [
        ("Зразкова Олена Іванівна", "ua", "Олена Іванівна Зразкова", "Зразкова"),
        ("Muster Kim, Dr.", "at", "Dr. Kim Muster", "Muster"),
        ("Dr. Muster Kim, BA MA", "at", "Dr. Kim Muster, BA, MA", "Muster"),
        ("Van der Probe Kim", "at", "Kim Van der Probe", "Van der Probe"),
        ("Példa Kim", "hu", "Példa Kim", "Példa"),
        # The halves are not to be told.
        ("Muestra Prueba Kim", "es", "Muestra Prueba Kim", ""),
        ("Muster, Kim", "at", "Muster, Kim", ""),
        ("Muster", "at", "Muster", ""),
        ("", "at", "", ""),
    ],
)
def test_names_that_begin_with_the_family_name(text: str, country: str, name: str, family: str) -> None:
    parts = words.turned(text, country)
    assert (parts["name"], parts.get("family_name", "")) == (name, family)


@given(st.text(max_size=40), st.sampled_from(["at", "ua", "hu", "es", ""]))
def test_turning_a_name_loses_no_letter(text: str, country: str) -> None:
    assert sorted(re.findall(r"\w", words.turned(text, country)["name"])) == sorted(re.findall(r"\w", text))


@given(st.text(max_size=40))
def test_no_name_is_lost_or_breaks(text: str) -> None:
    parts, _ = words.split_name(text)
    if words.clean(text)[0].strip(" ,"):
        assert parts.get("name") or parts.get("honorific")


@pytest.mark.parametrize(
    ("text", "country", "date"),
    [
        ("3.5.2016", "de", "2016-05-03"),
        ("03/05/2016", "gb", "2016-05-03"),
        ("03/05/2016", "us", "2016-03-05"),
        ("13/05/2016", "us", "2016-05-13"),
        ("2016-03-05T00:00:00Z", "gb", "2016-03-05"),
        ("2016/3/5", "jp", "2016-03-05"),
        ("2016", "gb", "2016"),
        ("2016[a]", "gb", "2016"),
        ("2016-00-00", "gb", "2016"),
        ("5 March 2016", "gb", "2016-03-05"),
        ("May 2016", "gb", "2016-05"),
        ("1 травня 2016 р.", "ua", "2016-05-01"),
        ("1. Mai 2016", "de", "2016-05-01"),
        ("105.02.01", "tw", "2016-02-01"),
        ("民國105年2月1日", "tw", "2016-02-01"),
        ("2016年2月1日", "jp", "2016-02-01"),
        ("20160201", "gb", "2016-02-01"),
        ("c. 2014", "gb", "2014~"),
        ("present", "gb", ""),
        ("–", "gb", ""),
        ("", "gb", ""),
        ("1/3/2559", "th", "2016-03-01"),
        ("٢٠١٦-٠٢-٠١", "jo", "2016-02-01"),
        ("02/2016", "gb", "2016-02"),
    ],
)
def test_dates(text: str, country: str, date: str) -> None:
    assert words.read_date(words.clean(text)[0], country) == date


@pytest.mark.parametrize("text", ["31.02.2016", "5.3.16", "soon", "2016-13-01", "99.99.2016", "0000", "12"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar"):
        words.read_date(text, "gb")


@given(
    st.dates(dt.date(1800, 1, 1), dt.date(2100, 1, 1)),
    st.sampled_from([("de", "de"), ("gb", "en"), ("fr", "fr"), ("ua", "uk"), ("pl", "pl")]),
)
def test_dates_written_out_are_read_back(day: dt.date, place: tuple[str, str]) -> None:
    country, language = place
    assert words.read_date(format_date(day, "long", locale=language), country) == str(
        PartialDate(day.year, day.month, day.day)
    )


@given(st.text(max_size=30), st.sampled_from(["de", "us", "tw", "th", "zz"]))
def test_reading_a_date_gives_a_date_or_a_sentence(text: str, country: str) -> None:
    sentence = found = ""
    try:
        found = words.read_date(text, country)
    except ValueError as error:
        sentence = str(error)
    assert sentence.startswith("'") or found == "" or str(PartialDate.parse(found)) == found


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("M", "male"),
        ("F", "female"),
        ("男", "male"),
        ("М", "male"),
        ("Ж", "female"),
        ("女", "female"),
        ("weiblich", "female"),
        ("Non-binary", "other"),
        ("", ""),
        ("unknown", ""),
        ("kangaroo", None),
    ],
)
def test_genders(text: str, gender: str | None) -> None:
    assert words.read_gender(text) == gender


@pytest.mark.parametrize(
    ("text", "mail"),
    [
        ("mailto:a@example.org?subject=x", "a@example.org"),
        ("Kim Example <a@example.org>", "a@example.org"),
        ("a [at] example.org", "a@example.org"),
        ("a(at)example(dot)org", "a@example.org"),
        ("a@example.org; b@example.org", "a@example.org"),
        ("a@example.org|b@example.org", "a@example.org"),
    ],
)
def test_mail_addresses(text: str, mail: str) -> None:
    assert words.read_mail(text) == mail


def test_language_maps_follow_the_country() -> None:
    text = {"lang:en": "Quebec", "lang:fr": "Québec"}
    assert words.in_order(text, ("fr",)) == "Québec"
    assert words.in_order(text, ("de",)) == "Quebec"
    assert words.in_order({"lang:fr": "Québec"}, ("en",)) == "Québec"
    assert words.in_order({"fr": "Québec", "en": None}, ()) == "Québec"
