"""Which parts `make run` starts, and the settings that tie them together."""

from __future__ import annotations

from collections.abc import Callable

from cleanit_app import routes
from cleanit_app.local.listening import Listening, listening
from cleanit_app.local.parts import Plan
from cleanit_app.local.ports import next_free
from cleanit_app.local.secrets import ensure_secrets
from cleanit_app.paths import Places
from cleanit_app.settings import Settings

_SANDBOX_FIRST_PORT = 8090
_SANDBOX_KEY_ID = "rzp_test_CleanitLocal01"
_SANDBOX_X_ACCOUNT = "7878780080316316"
_SANDBOX_ACCOUNT_ID = "acc_Sandbox0000001"
_WEBHOOK_SECRETS = ("SANDBOX_WEBHOOK_SECRET", "SANDBOX_WEBHOOK_OLD_SECRET")


def plan_for(settings: Settings, places: Places, remark: Callable[[str], None]) -> Plan:
    """What `make run` starts: each server that the settings do not name, and all of ours."""
    secrets = ensure_secrets(places)
    where = listening(settings.host, remark)
    port = _free_port(settings.port, (), where, remark)
    sandbox_port = None if settings.razorpay_key_id else _free_port(_SANDBOX_FIRST_PORT, (port,), where, remark)
    given_url = settings.public_url != Settings.model_fields["public_url"].default
    public_url = settings.public_url if given_url else where.urls(port)[0]
    here = [] if settings.is_production else where.urls(port)
    environment = {
        "PUBLIC_URL": public_url,
        "CORS_ALLOWED_ORIGINS": ",".join(settings.cors_allowed_origins or dict.fromkeys([public_url, *here])),
    }
    if not settings.is_production:
        environment["CLOCK_FILE"] = str(places.clock)
    sandbox_environment: dict[str, str] = {}
    if sandbox_port:
        environment |= sandbox_settings(sandbox_port, secrets, name=where.names[0])
        sandbox_environment = environment_of_sandbox(places, sandbox_port, port, secrets, name=where.names[0])
    return Plan(
        places=places,
        environment=environment,
        redis_url=settings.redis_url,
        web_port=port,
        web_workers=settings.web_workers,
        demo_data=sandbox_port is not None,
        own_postgres=settings.database_url == places.database_url(),
        own_valkey=settings.redis_url == places.redis_url(0) or settings.redis_state_url == places.redis_url(1),
        listening=where,
        sandbox_port=sandbox_port,
        sandbox_environment=sandbox_environment,
    )


def _free_port(first: int, taken: tuple[int, ...], where: Listening, remark: Callable[[str], None]) -> int:
    port = next_free(first, taken, (where.host, *where.loopbacks))
    if port != first:
        remark(f"Port {first} is busy, for another program listens there or this user may not; taking {port}.")
    return port


def sandbox_settings(sandbox_port: int, secrets: dict[str, str], name: str = "localhost") -> dict[str, str]:
    """The settings with which Cleanit takes the sandbox for Razorpay and for a message service.

    `name` is the one by which browsers reach this machine.
    """
    address = f"http://localhost:{sandbox_port}"
    return {
        "RAZORPAY_KEY_ID": _SANDBOX_KEY_ID,
        "RAZORPAY_KEY_SECRET": secrets["SANDBOX_KEY_SECRET"],
        "RAZORPAY_WEBHOOK_SECRETS": ",".join(secrets[name] for name in _WEBHOOK_SECRETS),
        "RAZORPAY_BASE_URL": address,
        "RAZORPAY_CHECKOUT_SCRIPT_URL": f"http://{name}:{sandbox_port}/v1/checkout.js",
        "RAZORPAY_X_ACCOUNT_NUMBER": _SANDBOX_X_ACCOUNT,
        "RAZORPAY_ACCOUNT_ID": _SANDBOX_ACCOUNT_ID,
        "CODE_SERVICE_URL": f"{address}/codes",
        "CODE_SERVICE_KEY": secrets["SANDBOX_KEY_SECRET"],
        "IDENTITY_CHECK_URL": address,
        "IDENTITY_CHECK_KEY": secrets["SANDBOX_KEY_SECRET"],
    }


def environment_of_sandbox(
    places: Places, sandbox_port: int, web_port: int, secrets: dict[str, str], name: str = "localhost"
) -> dict[str, str]:
    """The sandbox's own settings: the same secrets, and where it sends its webhooks."""
    hooks = f"http://127.0.0.1:{web_port}{routes.API_RAZORPAY}"
    return {
        "SANDBOX_DB": str(places.root / "razorpay-sandbox.db"),
        "SANDBOX_KEY_ID": _SANDBOX_KEY_ID,
        "SANDBOX_KEY_SECRET": secrets["SANDBOX_KEY_SECRET"],
        "SANDBOX_WEBHOOK_SECRET": secrets["SANDBOX_WEBHOOK_SECRET"],
        "SANDBOX_WEBHOOK_OLD_SECRET": secrets["SANDBOX_WEBHOOK_OLD_SECRET"],
        "SANDBOX_WEBHOOK_URLS": ",".join(f"{topic}={hooks}/{topic}" for topic in ("payment", "refund", "payout")),
        "SANDBOX_PUBLIC_URL": f"http://{name}:{sandbox_port}",
        "SANDBOX_X_ACCOUNT": _SANDBOX_X_ACCOUNT,
    }
