"""Which things a page of ours shows, read from its address, for who asks support from there (OPS-02)."""

from __future__ import annotations

import re
from uuid import UUID

from cleanit_app import routes
from cleanit_app.domain.support import Whereabouts

_ID = r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"


def whereabouts(path: str) -> Whereabouts:
    """What a page of ours shows, as its address says; nothing for any other text. Whose it is is yet to be seen."""

    def found(*pages: str) -> UUID | None:
        hits = (re.match(f"{page}(?:/|$)", path) for page in pages)
        return next((UUID(hit[1]) for hit in hits if hit), None)

    return Whereabouts(
        campaign_id=found(routes.campaign(_ID)),
        contribution_id=found(routes.contribution(_ID), routes.paying("[^/]+", _ID)),
        job_id=found(routes.job(_ID), routes.work(_ID), routes.checking(_ID)),
        payout_id=found(routes.payout(_ID)),
    )
