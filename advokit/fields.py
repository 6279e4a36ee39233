"""Field types that several models share: text in languages, identifiers, durations, and the frozen base model.

In: the text of YAML scalars. Out: typed values. JSON Schemas are made from the same types.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer, PlainValidator

#: The language tag under which text stands that is the same in every language (BCP 47, "undetermined").
ANY_LANGUAGE = "und"


class Model(BaseModel):
    """The base of every model: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, populate_by_name=True,
                              use_attribute_docstrings=True, regex_engine="python-re")


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?", text):
        raise ValueError(f"'{text}' is no id | Write small letters a to z, digits, '-', '_' and '.', such as"
                         " 'returned-2025-12'.")
    return text


#: The name by which texts and files refer to something.
Identifier = Annotated[str, AfterValidator(_identifier)]


def _language(text: str) -> str:
    try:
        Locale.parse(text, sep="-")
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"'{text}' is no language | Write a tag such as 'en', 'fr' or 'uk'; inside {{ }} text with a"
                         " comma needs quotation marks.") from None
    return text


#: A BCP 47 language tag such as `uk`.
Language = Annotated[str, AfterValidator(_language)]


def _country(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2}|intl", text):
        raise ValueError(f"'{text}' is no country | Write the two small letters of ISO 3166-1, or 'eu' or 'intl'.")
    return text


#: ISO 3166-1 alpha-2 in small letters; `eu` for the European Union, `intl` for no country in particular.
Country = Annotated[str, AfterValidator(_country)]


def _localized(value: Any) -> Any:
    return {ANY_LANGUAGE: value} if isinstance(value, str) else value


def _languages(value: dict[str, str]) -> dict[str, str]:
    if not value:
        raise ValueError("the text is empty | Give it as text, or as text per language: {en: …, de: …}.")
    for language, text in value.items():
        if language != ANY_LANGUAGE:
            _language(language)
        if not text.strip():
            raise ValueError(f"the text for '{language}' is empty")
    return value


#: Text as `{en: …, de: …}`, or one text that holds in every language.
Localized = Annotated[dict[str, str], BeforeValidator(_localized, json_schema_input_type=str | dict[str, str]),
                      AfterValidator(_languages)]


def in_language(text: dict[str, str], language: str) -> str | None:
    """Pick the text for a language: the exact tag, its base language, or the text for all; else None."""
    return text.get(language) or text.get(language.partition("-")[0]) or text.get(ANY_LANGUAGE)


_DURATION = re.compile(r"(\d{1,5})\s*(day|week|month|year)s?", re.ASCII)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def _duration(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        raise ValueError(f"'{value}' is no length of time | Write it as '180 days', '6 months' or '1 year'.")
    return timedelta(days=int(match[1]) * _DAYS[match[2]])


#: A length of time, written `180 days`; a month counts 30 days and a year 365.
Duration = Annotated[timedelta, PlainValidator(_duration, json_schema_input_type=str),
                     PlainSerializer(lambda value: f"{value.days} days", return_type=str)]


def _web(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"'`\\]+", text):
        raise ValueError(f"'{text}' is no web address | It begins with https:// (or http://) and has no spaces.")
    return text


#: A web address, http or https only, so that no document carries a `file:` or `javascript:` link.
WebAddress = Annotated[str, AfterValidator(_web)]


def _mail(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;]+", text):
        raise ValueError(f"'{text}' is no e-mail address | It looks like name@example.org.")
    return text


#: An e-mail address.
MailAddress = Annotated[str, AfterValidator(_mail)]
