"""The door to Razorpay's API: a client per thread, timeouts always, failures sorted into three errors."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import razorpay
import requests
from razorpay import errors as sdk_errors

from cleanit_app.adapters import razorpay_words as words
from cleanit_app.adapters.request_ids import request_headers
from cleanit_app.ports import (
    ProviderKeyConflict,
    ProviderRejected,
    ProviderThrottled,
    ProviderTimeout,
    ProviderUnknown,
    ProviderUnreadable,
)

CONNECT_SECONDS, READ_SECONDS = 5.0, 30.0
_SDK_ERRORS = (sdk_errors.BadRequestError, sdk_errors.GatewayError, sdk_errors.ServerError)
_GARBAGE = (TypeError, AttributeError, LookupError, ValueError, ArithmeticError, RecursionError)
_UNCERTAIN_CODES = ("GATEWAY_ERROR", "SERVER_ERROR")

Json = dict[str, Any]
Answer = TypeVar("Answer")


class _Session(requests.Session):
    """Gives every request its timeouts and keeps what the SDK's exceptions leave out: status and body."""

    def __init__(self, timeout: tuple[float, float]) -> None:
        super().__init__()
        self._timeout = timeout
        self.last: tuple[int, bytes] | None = None

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Send one request, once; a redirect is an answer, not an order to send our keys elsewhere."""
        self.last = None
        kwargs["timeout"] = self._timeout
        kwargs["allow_redirects"] = False
        kwargs["headers"] = {**(kwargs.get("headers") or {}), **request_headers()}
        response = super().request(*args, **kwargs)
        self.last = (response.status_code, response.content)
        return response


class RazorpayClient:
    """Calls Razorpay, or the sandbox at another `base_url`; safe to share between threads and forks."""

    def __init__(
        self,
        *,
        key_id: str,
        key_secret: str,
        base_url: str,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self.key_id = key_id
        self._auth = (key_id, key_secret)
        self._base_url = base_url.rstrip("/")
        self._timeout = (connect_seconds, read_seconds)
        self._mine = threading.local()

    def call(self, act: Callable[[razorpay.Client], Any], read: Callable[[Json], Answer]) -> Answer:
        """Do one request and read its answer; raises ProviderRejected, -Unknown, -Unreadable or -Throttled."""
        sdk = self._sdk()
        session: _Session = sdk.session
        session.last = None
        try:
            answer = _object(act(sdk))
        except (*_SDK_ERRORS, requests.exceptions.RequestException) as error:
            raise classify(session.last, error) from error
        except _GARBAGE as error:
            if session.last is None:  # nothing was answered: this is our own mistake
                raise
            raise classify(session.last, error) from error
        try:
            return read(answer)
        except _GARBAGE as error:
            raise ProviderUnreadable(f"unreadable answer: {type(error).__name__} {error}"[:300]) from error

    def _sdk(self) -> razorpay.Client:
        """This thread's client; a forked process gets connections of its own."""
        if getattr(self._mine, "pid", None) != os.getpid():
            session = _Session(self._timeout)
            # A plain-http address is on this machine: no proxy stands between.
            session.trust_env = not self._base_url.startswith("http://")
            sdk = razorpay.Client(session=session, auth=self._auth, base_url=self._base_url)
            # The SDK ships certificates of 2015; True means the ones requests keeps current.
            sdk.cert_path = True
            sdk.set_app_details({"title": "Cleanit", "version": "1"})
            self._mine.sdk, self._mine.pid = sdk, os.getpid()
        sdk_of_thread: razorpay.Client = self._mine.sdk
        return sdk_of_thread


def _object(answer: Any) -> Json:
    if not isinstance(answer, dict):
        raise TypeError(f"expected a JSON object, got {type(answer).__name__}")
    return answer


def known_id(prefix: str, value: str) -> str:
    """The id itself; ProviderRejected for anything that could not be one, so no path is ever built of it."""
    if not re.fullmatch(rf"{prefix}_[A-Za-z0-9]{{1,40}}", value):
        raise ProviderRejected(f"not a valid {prefix} id")
    return value


def classify(last: tuple[int, bytes] | None, cause: Exception) -> Exception:
    """Which of the three errors an answer is: `last` is its status and body, None when there was none."""
    if last is None and isinstance(cause, requests.exceptions.ReadTimeout):
        return ProviderTimeout(f"no answer: {type(cause).__name__}")
    if last is None:
        return ProviderUnknown(f"no answer: {type(cause).__name__}")
    status, raw = last
    if status == 429:
        return ProviderThrottled("asked to slow down")
    code, description, field = _told(raw)
    certain = 400 <= status < 500 and code not in _UNCERTAIN_CODES
    if certain and description and any(text in description.lower() for text in words.OTHER_BODY):
        return ProviderKeyConflict(description, field=field, status=status)
    if certain and description and words.STILL_RUNNING not in description:
        reason = words.why_refused(status, description, field)
        return ProviderRejected(description, reason=reason, field=field, status=status)
    return ProviderUnknown(f"HTTP {status}: {description or 'unreadable answer'}")


def _told(raw: bytes) -> list[str | None]:
    """Code, description and field of an error body; None for what it does not say."""
    names = ("code", "description", "field")
    try:
        error = json.loads(raw)["error"]
        return [str(error[name]) if error.get(name) else None for name in names]
    except _GARBAGE:
        return [None for _ in names]
