"""The banner of the site as a tab shows it."""

from __future__ import annotations

from dataclasses import dataclass

from cleanit_app.domain.banners import Banner, BannerTone
from cleanit_app.i18n.catalogue import spoken_language

LOOKS = {BannerTone.INFO: "info", BannerTone.WARN: "warn", BannerTone.PROBLEM: "err"}


@dataclass(frozen=True)
class BannerView:
    """One banner in the language of the tab; the browser shows it between its two moments unless it was closed there.

    `id` is empty where there is none.
    """

    id: str = ""
    text: str = ""
    look: str = ""
    href: str = ""
    begins: str = ""
    ends: str = ""


def banner_view(banner: Banner | None) -> BannerView:
    """A banner for the browser; an empty one for None."""
    if banner is None:
        return BannerView()
    return BannerView(
        id=str(banner.id),
        text=str(banner.said.get(spoken_language(), "")),
        look=LOOKS[banner.tone],
        href=banner.link,
        begins=banner.from_at.isoformat(),
        ends=banner.until_at.isoformat(),
    )
