"""A line of text that the browser reads as the server does: a phone, a mailbox, an account, a code."""

from typing import Any, Literal

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop

Kind = Literal[
    "phone", "email", "contact", "identifier", "account_number", "ifsc", "upi_id", "pan", "code", "factor_code",
    "bank_reference",
]  # fmt: skip
"""A reader of `identifiers.js`; `contact` is a phone or a mailbox, `identifier` what one signs in with."""

WORDS_AT_FIELD: dict[Kind, tuple[str, ...]] = {
    "phone": ("phone_form", "phone_landline"),
    "email": ("email_form", "email_letters"),
    "contact": ("contact_form",),
    "identifier": ("contact_form",),
    "account_number": ("account_form",),
    "ifsc": ("ifsc_form", "ifsc_zero"),
    "upi_id": ("vpa_form",),
    "pan": ("pan_form",),
    "code": ("code_form",),
    "factor_code": ("recovery_code_form",),
    "bank_reference": ("reference_form",),
}
"""Every problem a reader may find."""

# No `type=email`: it takes no address with signs around it, and shows international domains in another form.
_KEYBOARDS = {
    "phone": "tel", "email": "email", "contact": "email", "identifier": "email", "account_number": "numeric",
    "upi_id": "email", "code": "numeric",
}  # fmt: skip
_CAPITALS = ("ifsc", "pan", "factor_code", "bank_reference")
_COUNTED = ("code", "factor_code")
"""Each wrong one counts as a try, so what is none is not sent."""


class ReadField(rx.Component):
    """See `read_field`."""

    library = script("read_field.jsx")
    tag = "ReadField"
    reads: rx.Var[str]
    holds: rx.Var[bool]
    words: rx.Var[dict[str, str]]
    wrong: rx.Var[bool]
    name: rx.Var[str]
    type: rx.Var[str]
    input_mode: rx.Var[str]
    auto_complete: rx.Var[str]
    auto_capitalize: rx.Var[str]
    spell_check: rx.Var[bool]
    placeholder: rx.Var[str]
    required: rx.Var[bool]


def read_field(reads: Kind, label: Any, hint: Any, line: Any, *, wrong: Any, **props: Any) -> rx.Component:
    """An input with its label, hint and line for the server's error; ``wrong`` says whether there is one.

    What the reader of this kind cannot read is said in that line when people leave the field. A code that is none is
    not sent. No length is given: a browser would cut what is pasted.
    """
    plain = {
        "type": "text",
        "input_mode": _KEYBOARDS.get(reads, "text"),
        "auto_complete": "off",
        "auto_capitalize": "characters" if reads in _CAPITALS else "none",
        "spell_check": False,
    }
    return ReadField.create(
        label,
        hint,
        line,
        reads=reads,
        holds=reads in _COUNTED,
        words=word_prop(*(f"field.{key}" for key in WORDS_AT_FIELD[reads])),
        wrong=wrong,
        **(plain | props),
    )
