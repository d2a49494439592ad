"""HTML that somebody pasted into plain text (CAM-02): its tags go, and all else that has a `<` in it stays.

Text is escaped wherever it is shown, so nothing here guards anything. It is no HTML parser on purpose: a parser takes
`heap is <taller than a child` for a tag without an end, and `?a=1&region=UP` for a letter. A tag is taken out only
when it is whole, HTML knows its name, and what stands in it are attributes; character references stay as typed.
"""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"<!--(?:(?!<!--|-->).)*-->|<!\[CDATA\[[^<>]*\]\]>|<!doctype\b[^<>]*>|<\?[a-z][^<>]*>"
    r"|<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)(?P<rest>(?:[\s/](?:(?:[^<>\"']|\"[^\"]*\"|'[^']*')*|[^<>]*))?)>",
    re.I | re.S | re.A,  # HTML knows names of plain letters only: `</ſcript>` ends nothing
)
# These names are words and letters of sentences, too: `a <b and c> d` is no tag, `<b class="x">` is one.
_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        a address article aside audio b base big body button canvas caption center cite code data datalist details
        dialog dir em font footer form frame head header i image input label legend link main map mark menu meter
        object option output p param picture progress q s samp search section select slot small source strike strong
        sub summary table template time title track u var video
        """,
    )
)
_NAMES = _WORDS | frozenset(
    re.findall(
        r"\S+",
        """
        abbr acronym animate applet area bdi bdo basefont bgsound blink blockquote br circle col colgroup dd del dfn
        div dl dt embed fieldset figcaption figure foreignobject frameset g h1 h2 h3 h4 h5 h6 hgroup hr html iframe
        img ins kbd keygen li listing marquee math meta nav nobr noembed noframes noscript ol optgroup path
        plaintext pre rect rp rt ruby script set span style sup svg tbody td textarea tfoot th thead tr tt ul use
        wbr xmp
        """,
    )
)
_ATTRIBUTES = re.compile(
    r"(?:[\s/]+(?:[a-z_:@][\w:.-]*\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=`]+)|data-[\w-]+|allowfullscreen|async"
    r"|autofocus|autoplay|checked|controls|default|defer|disabled|download|hidden|inert|loop|multiple|muted|novalidate"
    r"|open|readonly|required|reversed|selected))*[\s/]*",
    re.I | re.A,
)
_HANDLER = re.compile(r"[\s/](?:on[a-z]+|href|src|style|srcdoc)\s*=", re.I | re.A)
_WITH_CONTENT = ("script", "style")


def without_tags(text: str) -> str:
    """The text without whole tags and comments, and without what stands in scripts and styles.

    Once more after each that goes, so that `<<b>script>` leaves nothing behind.
    """
    while (shorter := _once(text)) != text:
        text = shorter
    return text


def _once(text: str) -> str:
    at = 0
    while found := _MARKUP.search(text, at):
        if not _is_real(found):
            at = found.start() + 1
            continue
        text = text[: found.start()] + text[_end(text, found) :]
        at = max(0, text.rfind("<", 0, found.start()))
    return text


def _is_real(found: re.Match[str]) -> bool:
    name, rest = (found["name"] or "").lower(), found["rest"] or ""
    if not name:
        return True  # a comment, a doctype, an instruction
    if name not in _NAMES:
        return bool(_HANDLER.search(rest))
    return name not in _WORDS or bool(_ATTRIBUTES.fullmatch(rest)) or bool(_HANDLER.search(rest))


def _end(text: str, found: re.Match[str]) -> int:
    name = (found["name"] or "").lower()
    if name not in _WITH_CONTENT or found["end"]:
        return found.end()
    closing = re.compile(rf"</{name}(?=[\s/>])[^>]*>", re.I | re.A).search(text, found.end())
    return closing.end() if closing else found.end()
