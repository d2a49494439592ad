"""The front door: pages and API in one ASGI app."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import reflex as rx
import structlog
from reflex.utils.prerequisites import get_web_dir
from sqlalchemy.exc import SQLAlchemyError

from cleanit_app.api.app import addresses, create_api
from cleanit_app.api.previews import preview_routes
from cleanit_app.gazetteer.files import places
from cleanit_app.i18n.built import LANGUAGE
from cleanit_app.i18n.catalogue import figures_from
from cleanit_app.i18n.house_figures import changed_figures
from cleanit_app.logs import configure_logging, own_this_process
from cleanit_app.pages import PAGES, add_pages
from cleanit_app.ports import ExaminerAway
from cleanit_app.production import refuse_stand_ins
from cleanit_app.reads.operations.database_log import telling_settings
from cleanit_app.settings import get_settings
from cleanit_app.state.live import listen
from cleanit_app.state.own_language import InOwnLanguage
from cleanit_app.state.payloads import OnlyWhatFits, hears
from cleanit_app.state.session import person_behind
from cleanit_app.theme import HEAD, STYLESHEETS
from cleanit_app.web.health import router as health
from cleanit_app.web.measured import FOLDERS
from cleanit_app.web.media_types import declare_media_types
from cleanit_app.web.middleware import gate
from cleanit_app.web.page_errors import report_page_error
from cleanit_app.web.presence import present
from cleanit_app.web.prometheus import router as prometheus
from cleanit_app.web.request_log import words_of
from cleanit_app.wiring import wiring

_THREADS = 32
"""Each page event that asks the database waits in one; the database's pool is the narrower door."""

_YOUNG_OBJECTS = 10_000
"""So many new ones call the collector. Python's 700 are one request's, and most of them are gone at its end."""

log = structlog.get_logger("cleanit.web")
settings = get_settings()
refuse_stand_ins(settings)
configure_logging(settings.log_level, part="web")
declare_media_types()


@asynccontextmanager
async def own_lines() -> AsyncIterator[None]:
    """Let nothing be written that is not one of our lines, now that every library has brought its loggers."""
    own_this_process()
    if settings.is_production:
        await asyncio.to_thread(_look_at_database_log)
    yield


def _look_at_database_log() -> None:
    """Say at each start when the database is set to write people's values into its own log."""
    try:
        with wiring().open_read() as uow:
            telling = telling_settings(uow)
    except SQLAlchemyError as away:
        log.warning("the database's log could not be looked at", why=type(away).__name__)
        return
    if telling:
        log.error("the database writes what people typed into its log: see docs/security.md", settings=telling)


figures_from(lambda: changed_figures(wiring().house_known))


async def widen_thread_pool() -> None:
    """Let more page events wait for the database at once than Python's few threads allow."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="event"))


@asynccontextmanager
async def warmed_up() -> AsyncIterator[None]:
    """Let the first photo and search wait for nothing, and the collector never again look at what stays for good."""
    try:
        await asyncio.to_thread(wiring().examiner.warm)
    except ExaminerAway as away:  # pages go on; who sends a photo is told, and so are operators
        log.error("photos cannot be examined", why=str(away))
    await asyncio.to_thread(places)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS)
    try:
        yield
    finally:
        wiring().examiner.close()


api = create_api(wiring())
api.include_router(health)
api.include_router(prometheus)
site = get_web_dir().resolve() / "build" / "client"
api.include_router(preview_routes(site))
pages = [page.ROUTE for page in PAGES]
own = [*addresses(), "/health", "/livez", "/readyz", "/metrics", "/ping", "/_event"]
words = words_of([*own, *pages, *FOLDERS])
app = rx.App(
    html_lang=LANGUAGE,
    stylesheets=STYLESHEETS,
    head_components=HEAD,
    toaster=None,
    backend_exception_handler=report_page_error,
    api_transformer=[api, *gate(settings, site, person_behind, hears, words, pages, own)],
)
app.add_middleware(OnlyWhatFits())
app.add_middleware(InOwnLanguage())
app.register_lifespan_task(own_lines)
app.register_lifespan_task(widen_thread_pool)
app.register_lifespan_task(warmed_up)
app.register_lifespan_task(listen)
app.register_lifespan_task(present)
add_pages(app)
