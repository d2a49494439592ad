"""Files are served as what they are on a machine that has no list of media types."""

from __future__ import annotations

import mimetypes

import pytest

from cleanit_app.web.media_types import MEDIA_TYPES, declare_media_types


@pytest.mark.row("OPS-02")
def test_pictures_recordings_and_captions_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = mimetypes.MimeTypes()
    bare.types_map = ({}, {})
    monkeypatch.setattr(mimetypes, "_db", bare)
    assert mimetypes.guess_type("one.webp")[0] is None
    declare_media_types()
    assert {ending: mimetypes.guess_type(f"one{ending}")[0] for ending in MEDIA_TYPES} == MEDIA_TYPES
