"""Puts the sandbox together: `granian --interface asgi --factory cleanit_app.sandbox.app:create_app`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from cleanit_app.sandbox import (
    api,
    book,
    checkout,
    codes,
    control,
    control_page,
    faults,
    identity,
    webhook_endpoints,
)
from cleanit_app.sandbox.config import SandboxConfig, from_environment
from cleanit_app.sandbox.deliveries import Courier
from cleanit_app.sandbox.log import RequestLines
from cleanit_app.sandbox.store import Store
from cleanit_app.sandbox.world import World

_METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"]


def create_app(config: SandboxConfig | None = None) -> Starlette:
    """The sandbox as an ASGI program; without a configuration it reads the environment. One worker only."""
    config = config or from_environment()
    world = World(config, Store(config.db_path))
    with world.store.transaction():
        book.open_books(world)
        if config.webhook_urls:
            webhook_endpoints.subscribe_topics(world, config.webhook_urls)
    app = Starlette(routes=_routes(), lifespan=_lifespan)
    app.state.world = world
    app.add_middleware(RequestLines)
    return app


def _routes() -> list[Route | Mount]:
    return [
        Route("/", control_page.show),
        Route("/health", _health),
        Mount("/sandbox-static", StaticFiles(directory=checkout.STATIC)),
        *checkout.ROUTES,
        *control.ROUTES,
        *codes.ROUTES,
        *identity.ROUTES,
        Route("/v1/{path:path}", _v1, methods=_METHODS),
        Route("/{path:path}", _v1, methods=_METHODS),
    ]


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    task = asyncio.create_task(Courier(app.state.world).run())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    app.state.world.store.close()


async def _health(request: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _v1(request: Request) -> Response:
    """Every API route; anything that is none of them gets Razorpay's own answer."""
    world: World = request.app.state.world
    path, raw = request.url.path.removeprefix("/v1/"), await request.body()

    def work() -> tuple[int, object]:
        return api.answer(world, request.method, path, request.query_params, request.headers, raw)

    fault = faults.take(world, request.method, path)
    if fault is not None:
        return await faults.respond(fault, work)
    status, body = work()
    return JSONResponse(body, status)
