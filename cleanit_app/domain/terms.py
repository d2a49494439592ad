"""The terms that people accept."""

from __future__ import annotations

TERMS_VERSION = "2026-12"  # another one asks everybody again (LAW-06)
