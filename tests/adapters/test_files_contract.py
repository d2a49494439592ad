"""Both stores of files keep one promise: a folder of this machine, and a bucket reached over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from cleanit_app.adapters.local_files import LocalFiles
from cleanit_app.adapters.s3_files import S3Files
from cleanit_app.ports import FileStore, StoreAway
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.factories import Town, picture
from tests.sandbox.running import free_port

pytestmark = pytest.mark.row("SEC-06")
BUCKET, KEY, SECRET = "cleanit-photos", "tests-key", "tests-secret"


@pytest.fixture(scope="module")
def s3_url() -> Iterator[str]:
    """A server that speaks S3, with our bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    client = boto3.client(
        "s3", endpoint_url=url, region_name="ap-south-1", aws_access_key_id=KEY, aws_secret_access_key=SECRET
    )
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "ap-south-1"})
    yield url
    server.stop()


def bucket(url: str) -> S3Files:
    """Our store in that bucket."""
    return S3Files(bucket=BUCKET, endpoint=url, region="ap-south-1", key_id=KEY, secret=SECRET)


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """Each store."""
    if request.param == "folder":
        return LocalFiles(tmp_path / "files")
    return bucket(request.getfixturevalue("s3_url"))


def test_what_is_kept_comes_back_byte_for_byte_and_can_be_replaced_and_forgotten(store: FileStore) -> None:
    photo = picture(1, (2000, 1500))
    store.put("campaigns/a/480.webp", photo, "image/webp")
    store.put("identity/b.bin", bytes(range(256)) * 400, "application/octet-stream")
    assert store.get("campaigns/a/480.webp") == photo
    assert store.get("identity/b.bin") == bytes(range(256)) * 400
    store.put("campaigns/a/480.webp", b"newer", "image/webp")
    assert store.get("campaigns/a/480.webp") == b"newer"
    store.delete("campaigns/a/480.webp")
    store.delete("campaigns/a/480.webp")
    with pytest.raises(KeyError):
        store.get("campaigns/a/480.webp")


def test_a_bucket_that_is_away_or_not_ours_says_so(s3_url: str) -> None:
    gone = S3Files(bucket="another", endpoint=s3_url, region="ap-south-1", key_id=KEY, secret=SECRET)
    with pytest.raises(StoreAway):
        gone.put("a/b.webp", b"x", "image/webp")
    silent = S3Files(bucket=BUCKET, endpoint="http://127.0.0.1:9", region="ap-south-1", key_id=KEY, secret=SECRET)
    with pytest.raises(StoreAway):
        silent.get("a/b.webp")


def test_a_setting_chooses_the_bucket_for_everything(s3_url: str, settings: Settings, town: Town) -> None:
    chosen = settings.model_copy(
        update={
            "storage_s3_bucket": BUCKET,
            "storage_s3_endpoint": s3_url,
            "storage_s3_region": "ap-south-1",
            "storage_s3_key_id": KEY,
            "storage_s3_secret": SECRET,
        }
    )
    parts = Wiring(chosen)
    town.files = parts.files
    stored = town.photo()
    assert parts.files.get(stored.original_key) == stored.photo.original
    assert bucket(s3_url).get(f"{stored.base_key}/160.webp") == stored.photo.sizes[160]
    assert not settings.storage_dir.exists()
