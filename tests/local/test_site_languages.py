"""One build, laid out in every language: each document and script in one of them, as React would have drawn it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cleanit_app.i18n import LANGUAGES, Language, say_in
from cleanit_app.i18n.catalogue import forms_in
from cleanit_app.local.site_languages import lay_out, said_in_document, said_in_script
from cleanit_app.web.content_policy import hashes_of_site


@pytest.mark.row("LNG-01")
@pytest.mark.parametrize("mark", ['"%%nav.share%%"', "'%%nav.share%%'", "`%%nav.share%%`"])
def test_a_literal_becomes_the_sentence(mark: str) -> None:
    assert said_in_script(f"a({mark})", "en") == 'a("Share")'
    assert said_in_script(f"a({mark})", "hi") == f"a({json.dumps(say_in('hi', 'nav.share'), ensure_ascii=False)})"


def test_what_counts_becomes_its_forms() -> None:
    said = said_in_script('say("%%payouts.count%%",{n})', "hi")
    assert json.loads(said[len("say(") : -len(",{n})")]) == list(forms_in("hi")["payouts.count"])


@pytest.mark.parametrize("quote", ['"', "'", "`"])
def test_a_sentence_inside_a_literal_never_ends_it(quote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = 'it\'s "so" `then` ${x} \\ over\nhere'
    monkeypatch.setattr("cleanit_app.local.site_languages.forms_in", lambda language: {"odd.one": (odd,)})
    said = said_in_script(f"{quote}%%odd.one%% · Cleanit{quote}", "en")
    assert said[0] == said[-1] == quote
    assert not re.search(r"[\"'`$\n]", said[1:-1])
    assert json.loads(f'"{said[1:-1]}"') == f"{odd} · Cleanit"


def test_the_language_itself_is_put_in() -> None:
    assert said_in_script("x(`%%@language%%-IN`)", "hi") == "x(`hi-IN`)"
    assert said_in_document('<html lang="%%@language%%">', "hi") == '<html lang="hi">'
    picked = said_in_document('<option lang="en" value="en">English</option><option lang="hi" value="hi">', "hi")
    assert picked.count("selected") == 1
    assert '<option lang="hi" value="hi" selected="">' in picked


def test_documents_hold_no_markup_of_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanit_app.local.site_languages.forms_in", lambda language: {"a.b": ('<b> & "c" {n}',)})
    assert said_in_document('<p title="%%a.b%%">', "en") == '<p title="&lt;b&gt; &amp; &quot;c&quot; {n}">'
    assert said_in_document("%%a.b{n%=3%;}%!", "en") == "&lt;b&gt; &amp; &quot;c&quot; 3"


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        ("%%a.b{who%=Asha%;n%=2%;}%!", "Asha gave 2 things"),
        ("%%a.b{who%=<b>Asha</b>%;n%=2%;}%!", "<b>Asha</b> gave 2 things"),
        ("%%a.b{who%=<!-- -->Asha<!-- -->%;n%=2%;}%!", "Asha<!-- --> gave 2 things"),
        ("%%a.b{who%=<!-- -->%%a.you%%<!-- -->%;n%=1%;}%!", "You<!-- --> gave 1 thing"),
        ("%%a.b{who%=%%a.of{street%=Gali%;}%!%;n%=0%;}%!", "of Gali gave 0 things"),
        ("%%a.you%%%%a.b{who%=%;n%=2%;}%!", "You gave 2 things"),
    ],
)
def test_values_stand_where_the_sentence_wants_them(drawn: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"a.b": ("{who} gave {n} thing", "{who} gave {n} things"), "a.you": ("You",), "a.of": ("of {street}",)}
    monkeypatch.setattr("cleanit_app.local.site_languages.forms_in", lambda language: words)
    assert said_in_document(drawn, "en") == said


def test_nothing_of_the_form_of_one_in_hindi() -> None:
    one, many = forms_in("hi")["campaign.givers"]
    assert said_in_document("%%campaign.givers{n%=0%;}%!", "hi") == one.format(n=0)
    assert said_in_document("%%campaign.givers{n%=2%;}%!", "hi") == many.format(n=2)


def test_a_sentence_that_is_not_there_stops_the_build() -> None:
    with pytest.raises(KeyError):
        said_in_script('"%%no.such%%"', "en")
    with pytest.raises(KeyError):
        said_in_document("%%no.such%%", "en")


def _built(folder: Path) -> Path:
    (folder / "assets").mkdir(parents=True)
    (folder / "me").mkdir()
    (folder / "assets" / "page-1a.js").write_text('import"./kit-2b.js";const a=["assets/kit-2b.js"];t("%%nav.me%%")')
    (folder / "assets" / "kit-2b.js").write_text("export const kit=1")
    (folder / "assets" / "look-3c.css").write_text("a{}")
    head = '<html lang="%%@language%%"><link href="/assets/look-3c.css"/>'
    page = head + '<script>import "/assets/page-1a.js"</script>%%nav.me%%'
    for name in ("me.html", "me/index.html", "__spa-fallback.html", "404.html"):
        (folder / name).write_text(page)
    return folder


@pytest.mark.row("LNG-01", "LNG-04")
def test_every_language_has_its_documents_and_scripts(tmp_path: Path) -> None:
    site = _built(tmp_path / "site")
    lay_out(site)
    folders = {path.name.split("-")[0]: path for path in (site / "assets").iterdir() if path.is_dir()}
    assert set(folders) == set(LANGUAGES)
    for language in LANGUAGES:
        page = (site / "me.html" if language == "en" else site / language / "me.html").read_text(encoding="utf-8")
        assert f'<html lang="{language}">' in page
        assert page.endswith(say_in(language, "nav.me"))
        assert f'/assets/{folders[language].name}/page-1a.js"' in page
        assert '"/assets/look-3c.css"' in page  # the look is the same for all
        script = (folders[language] / "page-1a.js").read_text(encoding="utf-8")
        assert f'"assets/{folders[language].name}/kit-2b.js"' in script
        assert say_in(language, "nav.me") in script
    assert not list((site / "assets").glob("*.js"))
    assert len({tuple(v) for k, v in hashes_of_site(site).items() if k.endswith("me.html")}) == len(LANGUAGES)


def test_other_words_have_another_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(_built(tmp_path / "before"))
    real = forms_in("hi")
    changed = {**real, "nav.share": ("कुछ और",)}
    monkeypatch.setattr(
        "cleanit_app.local.site_languages.forms_in",
        lambda language: changed if language == "hi" else forms_in(language),
    )
    lay_out(_built(tmp_path / "after"))
    before, after = ({p.name for p in (tmp_path / n / "assets").iterdir()} for n in ("before", "after"))
    assert len(before & after) == len(LANGUAGES)  # the look, and the languages that say the same
    assert {name.split("-")[0] for name in after - before} == {"hi"}


@pytest.mark.row("LAW-06", "OPS-01")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_that_may_change_stays_open_in_scripts_and_is_said_in_documents(language: Language) -> None:
    script = said_in_script('x("%%terms.money.2%%","%%@figures%%")', language)
    assert "{house.cleaner_share}" in script
    assert "{house.cooling_hours}" not in script
    assert "fee_share=5" in script
    drawn = said_in_document("<p>%%terms.money.2{}%!</p>", language)
    assert "{house." not in drawn
    assert "95%" in drawn
