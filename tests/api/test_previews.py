"""What messengers read when a link to a campaign is shared, and what a stranger's link gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from cleanit_app.api.previews import SHELL, preview_routes
from cleanit_app.services.campaigns import campaigns
from cleanit_app.web.content_policy import script_hashes
from tests.factories import LUCKNOW, Town

PLAIN = "<html><head><script>start()</script></head><body></body></html>"


@pytest.fixture
def http(api: FastAPI, tmp_path: Path) -> TestClient:
    """A caller of the app with the previews of a tiny site."""
    (tmp_path / SHELL).write_text(PLAIN)
    (tmp_path / "hi").mkdir()
    (tmp_path / "hi" / SHELL).write_text(PLAIN.replace("<body>", '<body lang="hi">'))
    api.include_router(preview_routes(tmp_path))
    return TestClient(api, follow_redirects=False)


def test_a_shared_link_carries_title_words_and_photo(http: TestClient, town: Town) -> None:
    campaign = town.campaign(target_paise=400_000)
    town.give(campaign, 326_000)
    answer = http.get(f"/campaigns/{campaign.id}")
    assert answer.status_code == 200
    assert "<title>Corner dump by the school · Cleanit</title>" in answer.text
    assert 'property="og:title" content="Corner dump by the school"' in answer.text
    assert "₹3,260 of ₹4,000 is together. Help to clean Gali No. 4, Aminabad, Lucknow." in answer.text
    assert 'property="og:image" content="http://localhost:8000/files/campaigns/' in answer.text
    assert f'property="og:url" content="http://localhost:8000/campaigns/{campaign.id}"' in answer.text


def test_hindi_readers_get_hindi_words(http: TestClient, town: Town) -> None:
    campaign = town.campaign()
    shown = http.get(f"/campaigns/{campaign.id}", headers={"Cookie": "lang=hi"}).text
    assert "जुड़ गए" in shown
    assert '<body lang="hi">' in shown


@pytest.mark.row("SEC-04")
def test_what_people_typed_cannot_leave_its_attribute(http: TestClient, town: Town) -> None:
    campaign = town.campaign(title='Dump" onload="alert(1) & more')
    text = http.get(f"/campaigns/{campaign.id}").text
    assert 'onload="alert' not in text
    assert "&quot; onload=&quot;alert(1) &amp; more" in text


def test_the_inline_scripts_stay_those_the_policy_allows(http: TestClient, town: Town) -> None:
    campaign = town.campaign()
    assert script_hashes(http.get(f"/campaigns/{campaign.id}").text) == script_hashes(PLAIN)


@pytest.mark.row("CAM-09")
def test_a_draft_and_nonsense_give_the_plain_page_with_404(http: TestClient, town: Town) -> None:
    wish = campaigns.check_draft(
        title="A secret corner nobody saw",
        description="Children step into the road to get past this heap every single morning.",
        target_paise=100_000,
        latitude=LUCKNOW[0],
        longitude=LUCKNOW[1],
        address="Gali No. 4, Aminabad, Lucknow",
    )
    asha = town.person()
    with town.uow() as uow:
        draft = campaigns.create_campaign(uow, actor=asha, draft=wish, photo=town.photo())
    for path in (f"/campaigns/{draft.id}", "/campaigns/nonsense"):
        answer = http.get(path)
        assert (answer.status_code, answer.text) == (404, PLAIN)
    assert http.head(f"/campaigns/{draft.id}").status_code == 404
