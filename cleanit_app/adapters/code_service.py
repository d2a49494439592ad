"""One-time codes over HTTP: the message service has the words and the sender's name, we give it the code."""

from __future__ import annotations

import requests

from cleanit_app.ports import CodeNotSent

_TIMEOUT_SECONDS = (3.0, 10.0)


class CodeService:
    """An OtpSender: POSTs `{to, code, purpose, language}` with a bearer key; any answer but 2xx is CodeNotSent.

    Indian carriers take only texts they have registered, so the words belong to the service, one for each purpose
    and language. In development the sandbox takes its place and shows what came under `/codes`.
    """

    def __init__(self, url: str, key: str) -> None:
        self._url, self._key = url, key

    def send(self, *, destination: str, code: str, purpose: str, language: str) -> None:
        """Hand one code over."""
        if not self._url:
            raise CodeNotSent("no message service is set")
        body = {"to": destination, "code": code, "purpose": purpose, "language": language}
        headers = {"Authorization": f"Bearer {self._key}"}
        try:
            answer = requests.post(
                self._url, json=body, headers=headers, timeout=_TIMEOUT_SECONDS, allow_redirects=False
            )
        except requests.exceptions.RequestException as trouble:
            raise CodeNotSent(type(trouble).__name__) from trouble
        if not 200 <= answer.status_code < 300:
            raise CodeNotSent(f"the message service answered {answer.status_code}")
