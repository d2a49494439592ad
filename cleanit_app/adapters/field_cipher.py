"""AES-256-GCM for single fields and files, with key ids so that keys can be changed (SEC-07)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cleanit_app.ports import CannotUnlock

_FORMAT = 1


class AesFieldCipher:
    """A FieldCipher: format byte, key id, 12-byte nonce, then text and tag; the highest key id locks."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        if not keys:
            raise ValueError("field encryption needs at least one key")
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self.newest = max(keys)

    def lock(self, plain: str, *, context: str) -> bytes:
        """Encrypt a value for one place (`table:column:row`)."""
        return self.seal(plain.encode(), context=context)

    def unlock(self, blob: bytes, *, context: str) -> str:
        """Decrypt a value; CannotUnlock when it was changed, moved from another place or its key is gone."""
        return self.unseal(blob, context=context).decode()

    def seal(self, data: bytes, *, context: str) -> bytes:
        """Encrypt the bytes of a file for one place."""
        header = bytes([_FORMAT, self.newest])
        nonce = secrets.token_bytes(12)
        return header + nonce + self._ciphers[self.newest].encrypt(nonce, data, header + context.encode())

    def unseal(self, blob: bytes, *, context: str) -> bytes:
        """Decrypt a file; CannotUnlock when it was changed, moved from another place or its key is gone."""
        header, nonce, sealed = blob[:2], blob[2:14], blob[14:]
        if len(header) < 2 or header[0] != _FORMAT or header[1] not in self._ciphers:
            raise CannotUnlock("unknown key or format")
        try:
            return self._ciphers[header[1]].decrypt(nonce, sealed, header + context.encode())
        except InvalidTag as changed:
            raise CannotUnlock("changed, or moved from another place") from changed
