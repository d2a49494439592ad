"""What no log and no note of a failure may hold, blotted out in one place: whatever opens a door or names a person."""

from __future__ import annotations

import re

BLOT = "***"
# Names whose values open a door or are somebody's, in headers, JSON, forms, cookies, query strings and Python's repr.
_NAMES = (
    r"cookie|authorization|x-razorpay-signature|api[-_]?key|\bpass|pass(?:word|wd|phrase|code)|pwd|secret|token|session"
    r"|\bsid|\bsig|refresh|recovery_?code|device|csrf|signature|account_?number|upi|vpa|pan|aadhaar|e?mail|phone|mobile|contact|identifier"
)
_NAMED = re.compile(
    rf"""((?:{_NAMES})(?:\\*["'])?\s{{0,3}}(?:[:=]|%3[aAdD])\s{{0,3}})     # the name and what stands between
         (?:(\\+["']).*?(?:\2|$)                                           # a value inside a quoted text
         |(["'])(?:\\.|(?!\3).)*(?:\3|$)                                   # a quoted value
         |(?!\s|[\[{{(%]|{re.escape(BLOT)}|None\b|null\b|true\b|false\b)[^\s,;&"'}}\])]+)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_ONE_TIME = re.compile(
    r"""((?:otp|pin|code)(?:\\*["'])?\s{0,3}(?:[:=]|%3[aAdD])\s{0,3}(?:\\*["'])?)
        (?:\d{4,8}|\d{2,3}[\ -]\d{2,3}(?:[\ -]\d{2,3})?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SPOKEN = re.compile(r"\b((?:otp|code)(?: is)? )\d{6}\b", re.IGNORECASE)
# A header's value goes on to the end of its line.
_HEADER = re.compile(r"((?:set-)?cookie|(?:proxy-)?authorization)(:[ \t]*)[^\r\n\"']+", re.IGNORECASE)
_BEARER = re.compile(r"\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]{6,}", re.IGNORECASE)
_SIGNED = re.compile(r"\beyJ[\w-]{6,}\.[\w-]+\.[\w-]*")
# PostgreSQL quotes the row that it refuses.
_DETAIL = re.compile(r"\b((?:DETAIL|CONTEXT|QUERY|STATEMENT|HINT|LINE \d+):|Failing row contains)[^\n]*")
_MAILBOX = re.compile(r"[\w.+%-]{1,80}(?:@|%40)[^\s@/?&:;,<>()\[\]{}\"'\\]{1,250}")  # a name in any script
_PAN = re.compile(r"\b[A-Z]{5}[0-9]{4}[A-Z]\b", re.IGNORECASE)
# Phones, accounts, cards and IDs: nine digits and more in any script, with what people write between them.
_LONG_NUMBER = re.compile(r"(?<![\w.:-])\+?\d(?:[ -]?\d){8,18}(?![\w:-])")
_ADDRESSED = re.compile(r"(://)[^/\s:@]{0,200}:[^/\s@]{1,200}@")
_SUSPECT = re.compile(r"[:=@]|\d{6}|%[34]|\d[\d -]{7}|eyJ|[A-Z]{5}\d|bearer |basic ", re.IGNORECASE)
_REPLACED: tuple[tuple[re.Pattern[str], str], ...] = (
    (_DETAIL, rf"\1 {BLOT}"),
    (_ADDRESSED, rf"\1{BLOT}@"),
    (_HEADER, rf"\1\2{BLOT}"),
    (_NAMED, rf"\1{BLOT}"),
    (_ONE_TIME, rf"\1{BLOT}"),
    (_SPOKEN, rf"\1{BLOT}"),
    (_BEARER, rf"\1 {BLOT}"),
    (_SIGNED, BLOT),
    (_MAILBOX, BLOT),
    (_PAN, BLOT),
    (_LONG_NUMBER, BLOT),
)


def redact(text: str) -> str:
    """The text without passwords, cookies, tokens, one-time codes, mailboxes, phones, accounts and PANs."""
    if not _SUSPECT.search(text):  # most values of most lines
        return text
    for pattern, instead in _REPLACED:
        text = pattern.sub(instead, text)
    return text
