"""Where the scripts of the islands come from; all are linked into one folder, so they import each other."""

from typing import Any

import reflex as rx

from cleanit_app.i18n import keys_below
from cleanit_app.i18n.built import mark

# Every script is linked, also those that only other scripts import.
SCRIPTS = (
    "before_after.jsx",
    "checkout.jsx",
    "claim.jsx",
    "codes.jsx",
    "compare.jsx",
    "distance.jsx",
    "document_form.jsx",
    "drafts.js",
    "exif.js",
    "hotkeys.jsx",
    "identifiers.js",
    "join_steps.jsx",
    "kit.jsx",
    "lang.js",
    "live.jsx",
    "map.jsx",
    "message_form.jsx",
    "money_input.jsx",
    "net.js",
    "photo.js",
    "proof_camera.jsx",
    "proof_sending.js",
    "read_field.jsx",
    "reading.js",
    "search_box.jsx",
    "session_form.jsx",
    "sign_out.jsx",
    "start_draft.js",
    "start_form.jsx",
    "start_rules.js",
    "start_steps.jsx",
    "waiting_proofs.jsx",
    "words.js",
)
_PATHS = {name: rx.asset(name, shared=True).importable_path for name in SCRIPTS}


def script(name: str) -> str:
    """The import path of one of our scripts."""
    return _PATHS[name]


def island_words(*prefixes: str) -> dict[str, str]:
    """The words an island needs, by key: all whose keys begin with these prefixes."""
    return {key: mark(key) for prefix in prefixes for key in keys_below(prefix)}


def word_prop(*prefixes: str) -> rx.Var[Any]:
    """`island_words` as a prop."""
    return rx.Var.create(island_words(*prefixes))
