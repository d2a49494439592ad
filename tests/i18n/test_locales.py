"""The catalogues: every language whole, with the same values, in the plural forms that CLDR asks for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cleanit_app.i18n import locales
from cleanit_app.i18n.catalogue import KEYS, counts, forms_in, placeholders, say_in, sentence
from cleanit_app.i18n.locales import (
    ENGLISH,
    LANGUAGES,
    TEMPLATE,
    catalogue,
    catalogue_file,
    plural_categories,
    plural_index,
)
from cleanit_app.local import words
from cleanit_app.local.words import carried_over, is_open, plural_rule, template_text

TRANSLATED = LANGUAGES[1:]
# `{n}` in these is no number of things that a sentence inflects: a unit, a share, a place in a row, a bare count.
NO_PLURAL = {
    *("campaign.more_givers", "check.more", "check.summary", "check.ticked", "coming.total", "discover.km"),
    *("inbox.unread", "job.in_hand", "jobs.in_hand", "nav.bell", "notify.verification_average_long"),
    *("payouts.failed", "payouts.more", "place.km", "place.metres", "refunds.manual_note", "signal.alike"),
    *("time.minutes", "time.minutes_ago", "time.minutes_left", "time.seconds_left"),
}
# Said of one or more, never of nothing: their words for one name the one thing ("yesterday", "you are the first").
NEVER_OF_NOTHING = {
    *("check.sent_try", "disputes.others", "drafts.creator", "time.days_ago", "wait.thanks", "wait.thanks_full"),
}


def test_these_languages_are_spoken() -> None:
    assert LANGUAGES == ("en", "hi", "mr")


@pytest.mark.row("LNG-01")
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    assert [message.context for message in catalogue(language) if message.context and is_open(message)] == []
    assert {message.context for message in catalogue(language) if message.context} == KEYS


@pytest.mark.row("LNG-01")
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_keeps_its_values(language: str) -> None:
    """Words for exactly one may leave its number out (Hindi says them of nothing, too); nothing else may be lost."""
    exact = plural_index(language, 0) != plural_index(language, 1)
    lost = []
    for key, forms in forms_in(language).items():
        asked = placeholders(sentence(key, ENGLISH))
        may_lose = {"n"} if exact or key in NEVER_OF_NOTHING else set()
        lost += [key for form in forms if not asked - may_lose <= placeholders(form) <= asked]
        lost += [key] if placeholders(forms[-1]) != asked else []
    assert lost == []


@pytest.mark.row("LNG-01")
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_that_counts_has_all_its_forms(language: str) -> None:
    needed = len(plural_categories(language))
    assert [key for key in KEYS if counts(key) and len(forms_in(language)[key]) != needed] == []
    assert f'"Plural-Forms: {plural_rule(language)}\\n"' in catalogue_file(language).read_text(encoding="utf-8")


@pytest.mark.row("LNG-01")
def test_what_counts_has_words_for_one() -> None:
    alone = {key for key in KEYS if "n" in placeholders(sentence(key, ENGLISH)) and not counts(key)}
    assert alone == NO_PLURAL


@pytest.mark.parametrize("language", TRANSLATED)
def test_files_stand_as_they_are_written(language: str) -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == template_text(), "run `make words`"
    assert catalogue_file(language).read_text(encoding="utf-8") == carried_over(language), "run `make words`"


@pytest.mark.parametrize(("n", "english", "hindi"), [(0, "0 neighbours", "0 पड़ोसी"), (1, "1 neighbour", "1 पड़ोसी")])
def test_nothing_and_one_take_the_form_of_the_language(n: int, english: str, hindi: str) -> None:
    assert say_in("en", "campaign.givers", n=n) == english
    assert say_in("hi", "campaign.givers", n=n) == hindi


def test_a_changed_english_sentence_is_said_in_english_until_somebody_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(locales.FOLDER, tmp_path / "locales")
    monkeypatch.setattr(locales, "FOLDER", tmp_path / "locales")
    for module in (locales, words):
        monkeypatch.setattr(module, "TEMPLATE", tmp_path / "locales" / "cleanit.pot")
    text = locales.TEMPLATE.read_text(encoding="utf-8").replace('msgid "Me"\n', 'msgid "Myself"\n', 1)
    locales.TEMPLATE.write_text(text, encoding="utf-8")
    _forget_what_was_read()
    assert locales.messages("hi")["nav.me"] == ("Myself",)  # also before anybody ran `make words`
    catalogue_file("hi").write_text(carried_over("hi"), encoding="utf-8")
    _forget_what_was_read()
    try:
        assert locales.messages("hi")["nav.me"] == ("Myself",)
        assert locales.messages("hi")["nav.work"] != locales.messages("en")["nav.work"]
    finally:
        monkeypatch.undo()
        _forget_what_was_read()


def _forget_what_was_read() -> None:
    locales.catalogue.cache_clear()
    locales.messages.cache_clear()
