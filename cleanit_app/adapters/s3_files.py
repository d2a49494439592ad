"""Files in a bucket of any S3-speaking store; imported only where one is set (SEC-06)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from cleanit_app.ports import StoreAway

_NOT_THERE = {"NoSuchKey", "404", "NotFound"}
Answer = TypeVar("Answer")


class S3Files:
    """A FileStore in one bucket; without a key id the machine's own role is asked for credentials."""

    def __init__(
        self, *, bucket: str, endpoint: str = "", region: str = "", key_id: str = "", secret: str = ""
    ) -> None:
        self._bucket = bucket
        self._client = boto3.client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=region or None,
            aws_access_key_id=key_id or None,
            aws_secret_access_key=secret or None,
            config=Config(
                connect_timeout=5,
                read_timeout=20,
                retries={"max_attempts": 3, "mode": "standard"},
                signature_version="s3v4",
                s3={"addressing_style": "path" if endpoint else "auto"},
                # Stores that are not Amazon's do not all know the newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, key: str, data: bytes, content_type: str) -> None:
        """Keep the bytes under the key; StoreAway when they may not be there."""
        place = {"Bucket": self._bucket, "Key": key}
        _told(lambda: self._client.put_object(**place, Body=data, ContentType=content_type), key)

    def get(self, key: str) -> bytes:
        """The bytes of the key; KeyError when there are none."""
        body: bytes = _told(lambda: self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read(), key)
        return body

    def delete(self, key: str) -> None:
        """Forget the key; fine when it is not there."""
        _told(lambda: self._client.delete_object(Bucket=self._bucket, Key=key), key)


def _told(act: Callable[[], Any], key: str) -> Any:
    try:
        return act()
    except ClientError as no:
        if no.response.get("Error", {}).get("Code") in _NOT_THERE:
            raise KeyError(key) from no
        raise StoreAway(str(no)[:200]) from no
    except BotoCoreError as away:
        raise StoreAway(type(away).__name__) from away
