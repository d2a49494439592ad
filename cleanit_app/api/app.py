"""The REST app: every noun's routes, one shape of error, the contract as OpenAPI."""

from __future__ import annotations

from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import Match

from cleanit_app.api import (
    account,
    admin,
    admin_actions,
    admin_campaigns,
    admin_money,
    admin_people,
    auth,
    banners,
    boards,
    bulk,
    campaigns,
    canned_answers,
    cleaners,
    contributions,
    disputes,
    docs,
    feature_flags,
    files,
    fraud,
    help_articles,
    house_settings,
    identity,
    invoices,
    jobs,
    money,
    name_changes,
    places,
    queries,
    questions,
    scheduled_jobs,
    second_factor,
    sessions,
    support,
    tax_quarters,
    transactions,
    users,
    webhooks,
    well_known,
)
from cleanit_app.api.errors import add_error_answers
from cleanit_app.api.rate_limits import RateLimits
from cleanit_app.api.schemas.base import ProblemOut
from cleanit_app.wiring import Wiring

# Routes are tried in this order, so the busy ones come first.
NOUNS = (
    jobs,
    campaigns,
    files,
    contributions,
    users,
    webhooks,
    auth,
    sessions,
    account,
    second_factor,
    cleaners,
    identity,
    questions,
    disputes,
    support,
    help_articles,
    tax_quarters,
    admin,
    admin_actions,
    admin_campaigns,
    admin_money,
    admin_people,
    boards,
    transactions,
    fraud,
    feature_flags,
    house_settings,
    canned_answers,
    banners,
    bulk,
    scheduled_jobs,
    invoices,
    money,
    name_changes,
    places,
    docs,
    well_known,
)
EVERY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]


def create_api(wiring: Wiring) -> FastAPI:
    """The REST app on these parts; the front door puts the pages behind it."""
    api = FastAPI(
        title="Cleanit",
        version="1",
        description="Neighbours pay, cleaners clean. Amounts are whole paise, times are UTC.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(queries.refuse_nul)],
        responses={"default": {"model": ProblemOut, "description": "A refusal"}},
    )
    api.state.wiring = wiring
    api.add_middleware(RateLimits, wiring=wiring)
    add_error_answers(api)
    for noun in NOUNS:
        api.include_router(noun.router)
    api.add_api_route("/api/{rest:path}", _nothing_here, methods=EVERY_METHOD, include_in_schema=False)
    return api


def addresses() -> list[str]:
    """Every address of the contract, as it was written down: `/api/jobs/{job_id}`."""
    return [str(getattr(route, "path", "")) for noun in NOUNS for route in noun.router.routes]


def _nothing_here(request: Request) -> None:
    """Answer unknown addresses and methods under /api ourselves, for the pages stand behind."""
    ours = [route for noun in NOUNS for route in noun.router.routes if isinstance(route, APIRoute)]
    here = [route for route in ours if route.matches(request.scope)[0] is not Match.NONE]
    methods = sorted({method for route in here for method in route.methods or ()})
    if methods:
        raise HTTPException(405, headers={"Allow": ", ".join(methods)})
    raise HTTPException(404)
