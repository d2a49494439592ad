"""The refusals Razorpay gives, in its own words and shapes."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An error answer: HTTP status and the object that stands under `error` in the body."""

    def __init__(self, description: str, *, status: int = 400, code: str = "BAD_REQUEST_ERROR", **details: Any) -> None:
        super().__init__(description)
        self.status = status
        self.body: dict[str, Any] = {"error": {"code": code, "description": description, **details}}


def invalid(description: str, field: str | None = None) -> ApiError:
    """An input that breaks a rule; `field` names the offender."""
    details: dict[str, Any] = {
        "source": "business",
        "step": "payment_initiation",
        "reason": "input_validation_failed",
        "metadata": {},
    }
    if field is not None:
        details["field"] = field
    return ApiError(description, **details)


def refused(description: str, **details: Any) -> ApiError:
    """A request that is well formed but not possible now."""
    shape = {"source": "NA", "step": "NA", "reason": "NA", "metadata": {}} | details
    return ApiError(description, **shape)


def unauthenticated() -> ApiError:
    """Missing or wrong key pair."""
    return ApiError("Authentication failed", status=401)


def unknown_url() -> ApiError:
    """No such route; Razorpay answers 400 here, not 404."""
    return refused("The requested URL was not found on the server.")


def no_such_id() -> ApiError:
    """A well-formed id that belongs to nothing; 400 as well."""
    return invalid("The id provided does not exist")
