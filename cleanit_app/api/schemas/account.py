"""Changing what an account hangs on, as the contract shows it."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.api.schemas.base import In, MaybeText, Moment, Out, Text


class ResetAskIn(In):
    """The email address or mobile number of an account."""

    identifier: Text = None


class ResetIn(In):
    """The code that came, and the new password."""

    code_id: Text = None
    code: Text = None
    password: Text = None


class CodeIn(In):
    """The code that came."""

    code_id: Text = None
    code: Text = None


class ContactIn(In):
    """A new phone number or email address; null for the one the account has."""

    contact: MaybeText = None


class PasswordIn(In):
    """A new password."""

    password: Text = None


class PasswordConfirmIn(In):
    """The password one has."""

    password: Text = None


class TermsIn(In):
    """The version of the terms that was read."""

    version: Text = None


class CodeAskedOut(Out):
    """What the code belongs to, and in how many seconds it ends and another one may be asked for."""

    code_id: UUID
    expires_in: int
    send_again_after: int


class CodeOnlyIn(In):
    """A code of the authenticator app, or a recovery code."""

    code: Text = None


class FactorOut(Out):
    """How a second factor stands."""

    stands: bool
    since: Moment | None
    codes_left: int
    proved_until: Moment | None


class EnrolmentOut(Out):
    """What an authenticator app needs: the secret, and the address behind its QR code."""

    secret: str
    uri: str


class RecoveryCodesOut(Out):
    """Codes that stand in once each for the app; they are shown now and never again."""

    recovery_codes: list[str]
