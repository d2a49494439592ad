"""The camera for the after-photo and its queue."""

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.islands.photo_rules import photo_rules
from cleanit_app.components.islands.source import script, word_prop
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.statuses import JobStatus

ARRIVED_AS = [status.value for status in (JobStatus.COMPLETED, JobStatus.VERIFIED, JobStatus.PAID)]
"""How a job stands whose after-photo is here, however its answer was lost."""


class WaitingProofs(rx.NoSSRComponent):
    """See `waiting_proofs`; its script comes when the strip stands on a page, so that others pay nothing for it."""

    library = script("waiting_proofs.jsx")
    tag = "WaitingProofs"
    owner: rx.Var[str]
    job_url: rx.Var[str]
    page_url: rx.Var[str]
    login_url: rx.Var[str]
    arrived_as: rx.Var[list[str]]
    words: rx.Var[dict[str, str]]
    on_sent: rx.EventHandler[rx.event.no_args_event_spec]


def waiting_proofs(owner: Any, on_sent: Any) -> rx.Component:
    """The strip of a cleaner's pages for after-photos that wait on this phone: how many, and the way to send them.

    It stays away while nothing waits for ``owner``. ``on_sent`` is fired for each that has arrived.
    """
    return WaitingProofs.create(
        owner=owner,
        job_url=routes.job_door("{id}"),
        page_url=routes.proof("{id}"),
        login_url=routes.LOGIN,
        arrived_as=ARRIVED_AS,
        words=word_prop("waits.", "proof.sent", "proof.busy_server", "proof.sign_in", "nav.sign_in", "start.sending"),
        on_sent=on_sent,
    )


class ProofCamera(rx.Component):
    """See `proof_camera`."""

    library = script("proof_camera.jsx")
    tag = "ProofCamera"
    owner: rx.Var[str]
    job_id: rx.Var[str]
    job_url: rx.Var[str]
    before_url: rx.Var[str]
    latitude: rx.Var[float]
    longitude: rx.Var[float]
    arrived_as: rx.Var[list[str]]
    photo_rules: rx.Var[dict[str, float]]
    limit_m: rx.Var[int]
    accuracy_limit_m: rx.Var[int]
    pay: rx.Var[str]
    close_url: rx.Var[str]
    next_url: rx.Var[str]
    login_url: rx.Var[str]
    words: rx.Var[dict[str, str]]
    on_sent: rx.EventHandler[rx.event.no_args_event_spec]


def proof_camera(
    *,
    owner: Any,
    job_id: Any,
    job_url: Any,
    before_url: Any,
    latitude: Any,
    longitude: Any,
    limit_m: Any,
    pay: Any,
    close_url: Any = routes.WORK,
    next_url: Any = routes.WORK,
    login_url: Any = routes.LOGIN,
    on_sent: Any = None,
) -> rx.Component:
    """The viewfinder with the before photo laid over it, then sending that survives network and reload.

    At the shutter it asks ``POST {job_url}/capture-token`` (``{token}``), then sends multipart
    ``photo, captureToken, latitude, longitude, accuracyM, capturedAt`` to ``{job_url}/complete``.
    It waits until ``job_id`` and ``owner``, the person whose photo it is, are not empty; ``limit_m`` is how far from
    the place it may be taken.
    ``pay`` is a ready amount. Place in degrees.
    """
    events = {} if on_sent is None else {"on_sent": on_sent}
    return ProofCamera.create(
        owner=owner,
        job_id=job_id,
        job_url=job_url,
        before_url=before_url,
        latitude=latitude,
        longitude=longitude,
        arrived_as=ARRIVED_AS,
        photo_rules=photo_rules(),
        limit_m=limit_m,
        accuracy_limit_m=LIMITS.most_accuracy_m,
        pay=pay,
        close_url=close_url,
        next_url=next_url,
        login_url=login_url,
        words=word_prop("proof.", "photo.", "place.", "kerb.", "nav.close", "nav.sign_in", "form.", "start.sending"),
        **events,
    )
