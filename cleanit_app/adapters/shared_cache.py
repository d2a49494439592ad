"""Shared caches in front of the site (a CDN), told by address what to forget."""

from __future__ import annotations

from collections.abc import Sequence

import requests

from cleanit_app import routes
from cleanit_app.ports import CacheAway

_TIMEOUT_SECONDS = (3.0, 10.0)


class PurgedCache:
    """A SharedCache: POSTs `{"files": [addresses]}` with a bearer key, as Cloudflare's purge by address takes it.

    https://developers.cloudflare.com/api/resources/cache/methods/purge/ (thirty addresses at once); any answer but
    2xx is CacheAway.
    """

    def __init__(self, url: str, key: str, *, public_url: str) -> None:
        self._url, self._key, self._public_url = url, key, public_url

    def forget(self, keys: Sequence[str]) -> None:
        """Ask for all of them at once, each by its whole address."""
        addresses = [f"{self._public_url}{routes.photo(key)}" for key in keys]
        headers = {"Authorization": f"Bearer {self._key}"}
        try:
            answer = requests.post(
                self._url, json={"files": addresses}, headers=headers, timeout=_TIMEOUT_SECONDS,
                allow_redirects=False,
            )  # fmt: skip
        except requests.exceptions.RequestException as trouble:
            raise CacheAway(type(trouble).__name__) from trouble
        if not 200 <= answer.status_code < 300:
            raise CacheAway(f"the cache answered {answer.status_code}")


class NoSharedCache:
    """A SharedCache where none stands in front of the site: files are answered for minutes to any on the way."""

    def forget(self, keys: Sequence[str]) -> None:
        """Nobody keeps them."""
