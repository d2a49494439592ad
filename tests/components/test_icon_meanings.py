"""Six icons mean one thing each: lock held, check done, undo-2 refund, flag flag, hand claim, camera photo."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.house.source import PROJECT

MEANS: dict[str, dict[str, str]] = {
    "lock": {
        "components/chips.py": "money is held",
        "components/money.py": "held",
        "pages/admin/money/finances.py": "held for cleanups",
        "pages/admin/review/fraud.py": "the pay is held back",
        "pages/admin/review/fraud_case/page.py": "the pay is held back",
        "pages/admin/system/overview.py": "held for cleanups",
        "pages/citizen/fund/page.py": "what is given is held",
        "pages/citizen/pieces.py": "held, of the rail",
        "pages/citizen/views.py": "held",
        "pages/citizen/wait/page.py": "what was paid is held now",
        "pages/cleaner/job.py": "the pay is held",
        "pages/public/campaign/view.py": "held, of the rail",
        "pages/public/home.py": "held safely",
        "pages/public/how.py": "held, of the rail",
        "pages/public/ledger.py": "held safely",
    },
    "undo-2": {
        "components/admin.py": "the desk of refunds",
        "components/chips.py": "refunded",
        "components/feedback.py": "a note about a refund",
        "components/money.py": "refunded",
        "components/notifications.py": "a refund",
        "pages/admin/bulk/refunds.py": "give refunds to many",
        "pages/admin/money/refunds.py": "refund again",
        "pages/admin/system/overview.py": "refunds that are stuck",
        "pages/citizen/pieces.py": "a refund on its way",
        "pages/citizen/transactions.py": "refunds",
        "pages/citizen/views.py": "a refund on its way",
        "pages/citizen/wait/page.py": "the payment goes back",
        "pages/public/campaign/view.py": "the money goes back",
        "pages/public/home.py": "refunded",
        "pages/public/ledger.py": "refunded",
    },
    "hand": {
        "components/chips.py": "a job that can be claimed",
        "components/islands/claim.jsx": "claim",
        "components/notifications.py": "a job was claimed",
        "pages/public/campaign/view.py": "claim the job",
    },
    "flag": {
        "components/admin.py": "flags",
        "components/chips.py": "a flag",
        "pages/admin/people/people/page.py": "a flagged account",
        "pages/admin/people/person/page.py": "a flagged account",
        "pages/admin/review/campaign/page.py": "a campaign marked as possible spam",
        "pages/admin/review/campaigns.py": "campaigns marked as possible spam",
        "pages/admin/review/verification_queue.py": "flags of a photo",
        "pages/admin/system/overview.py": "what needs somebody, of a kind without a picture",
    },
    "camera": {
        "components/feedback.py": "a photo",
        "components/islands/claim.jsx": "the photo comes next",
        "components/islands/document_form.jsx": "photo of an ID",
        "components/islands/proof_camera.jsx": "take the photo",
        "components/islands/sign_out.jsx": "unsent photos",
        "components/islands/start_steps.jsx": "take the photo",
        "components/navigation.py": "start with a photo",
        "pages/citizen/my_campaigns.py": "start with a photo",
        "pages/citizen/pieces.py": "work done and checked by photos",
        "pages/cleaner/job.py": "the photo on the spot",
        "pages/cleaner/my_job.py": "take the photo",
        "pages/public/campaign/view.py": "work done and checked by photos",
        "pages/public/nothing_here.py": "photograph a spot",
        "pages/public/home.py": "photograph a spot",
        "pages/public/how.py": "photograph a spot, work checked by photos",
    },
}
"""Icon → module → what it says there. Whoever draws one elsewhere says what it means, or takes another icon."""
_DRAWN = re.compile(r"[(,\[{:=]\s*\"(" + "|".join(MEANS) + r")\"(?=\s*[,)\]}/ ])")
_NO_PICTURES = ("reads/", "services/", "adapters/", "components/icons.py", "components/gallery.py")
_NO_ICON = {
    ("domain/guides.py", "camera"),
    ("pages/admin/people/person/state.py", "flag"),
    ("pages/admin/review/verification_job/view.py", "flag"),
}
"""The key of a guide, and of a machine's flag."""


def drawn() -> dict[str, set[str]]:
    """The modules that draw each icon."""
    found: dict[str, set[str]] = defaultdict(set)
    root = PROJECT / "cleanit_app"
    for path in (p for kind in ("*.py", "*.jsx") for p in root.rglob(kind)):
        name = path.relative_to(root).as_posix()
        if name.startswith(_NO_PICTURES):
            continue
        source = Path(path).read_text(encoding="utf-8")
        for icon in _DRAWN.findall(source):
            if (name, icon) not in _NO_ICON:
                found[icon].add(name)
    return found


@pytest.mark.parametrize("icon", sorted(MEANS))
def test_an_icon_with_a_meaning_of_its_own_says_nothing_else(icon: str) -> None:
    assert drawn()[icon] ^ set(MEANS[icon]) == set()
