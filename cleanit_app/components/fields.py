"""Form fields: label above, control, hint, error below; ids tie them together for listeners."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.islands.forms import form_error, password_toggle
from cleanit_app.components.islands.reading import Kind, read_field
from cleanit_app.components.text import Text, t, words
from cleanit_app.domain.bounds import room


def _ids(name: str, hint: Text | None) -> str:
    return f"{name}-hint {name}-error" if hint is not None else f"{name}-error"


def _is_wrong(error: Any) -> Any:
    """Whether there is an error: known now, or a Var that is asked in the browser."""
    if isinstance(error, rx.Var):
        return rx.cond(error, True, False)  # also while a page has no word about this field
    return True if isinstance(error, rx.Component) else error not in (None, "")


def error_line(name: str, error: Any = None) -> rx.Component:
    """The place of a field's error: text, a Var or a pair. Without ``error`` the form around fills it."""
    if error is None:
        return form_error(name)
    face = rx.el.p(icon("circle-alert", 16), rx.el.span(words(error)), class_name="ermsg")
    wrong = _is_wrong(error)
    shown = rx.cond(wrong, face, rx.fragment()) if isinstance(wrong, rx.Var) else face if wrong else ""
    return rx.el.div(shown, id=f"{name}-error", role="alert")


def _wrong(error: Any) -> dict[str, Any]:
    if not isinstance(error, rx.Var) and error in (None, ""):
        return {}
    return {"aria_invalid": _is_wrong(error)}


def field(
    name: str, label: Text, control: rx.Component, *, hint: Text | None = None, error: Any = None
) -> rx.Component:
    """A control with its label, hint and error; the control carries ``id=name``."""
    return rx.el.div(_label(name, label), control, _hint(name, hint), error_line(name, error))


def _label(name: str, label: Text) -> rx.Component:
    return rx.el.label(words(label), html_for=name, class_name="label")


def _hint(name: str, hint: Text | None) -> rx.Component:
    return rx.fragment() if hint is None else rx.el.p(words(hint), id=f"{name}-hint", class_name="hint")


def _roomy(props: dict[str, Any]) -> dict[str, Any]:
    """A browser cuts what is pasted and counts a Hindi letter as three; so it gets room, and the server counts."""
    return props | {"max_length": room(props["max_length"])} if "max_length" in props else props


def text_field(
    name: str, label: Text, *, hint: Text | None = None, error: Any = None, kind: str = "text", **props: Any
) -> rx.Component:
    """One line of text, ``max_length`` in letters; ``kind`` is the input type; other props go to the input.

    For phones, mailboxes, accounts and codes there is `typed_field`.
    """
    key = str(props.get("id", name))
    props = {"id": key, "name": name, "type": kind, "aria_describedby": _ids(key, hint)} | _wrong(error) | _roomy(props)
    return field(key, label, rx.el.input(class_name="input", **props), hint=hint, error=error)


def typed_field(
    name: str, label: Text, reads: Kind, *, hint: Text | None = None, error: Any = None, **props: Any
) -> rx.Component:
    """One line that the browser reads as the server does when people leave it; other props go to the input."""
    key = str(props.pop("id", name))
    shown = _label(key, label), _hint(key, hint), error_line(key, error)
    return read_field(reads, *shown, wrong=_is_wrong(error), id=key, name=name, **props)


def text_area(name: str, label: Text, *, hint: Text | None = None, error: Any = None, **props: Any) -> rx.Component:
    """Several lines of text, ``max_length`` in letters; the box grows with them."""
    key = str(props.get("id", name))
    props = {"id": key, "name": name, "aria_describedby": _ids(key, hint)} | _wrong(error) | _roomy(props)
    return field(key, label, rx.el.textarea(class_name="input", **props), hint=hint, error=error)


def money_field(name: str, label: Text, *, hint: Text | None = None, error: Any = None, **props: Any) -> rx.Component:
    """Whole rupees with the ₹ outside the value. For grouping while typing use the `money_input` island."""
    plain = {
        "id": name,
        "name": name,
        "type": "text",
        "inputmode": "numeric",
        "auto_complete": "off",
        "aria_describedby": _ids(name, hint),
    }
    custom = {"inputMode": plain.pop("inputmode")}
    control = rx.el.div(
        rx.el.span("₹", class_name="cur", aria_hidden="true"),
        rx.el.input(custom_attrs=custom, **(plain | _wrong(error) | props)),
        class_name="input money",
    )
    return field(name, label, control, hint=hint, error=error)


def password_field(
    name: str,
    label: Text,
    *,
    new: bool = False,
    hint: Text | None = None,
    error: Any = None,
    **props: Any,
) -> rx.Component:
    """A password with a button to show it; pasting and password managers work."""
    plain = {
        "id": name,
        "name": name,
        "type": "password",
        "auto_complete": "new-password" if new else "current-password",
        "aria_describedby": _ids(name, hint),
    }
    control = rx.el.div(rx.el.input(**(plain | _wrong(error) | props)), password_toggle(name), class_name="input pr-1")
    return field(name, label, control, hint=hint, error=error)


def select_field(
    name: str,
    label: Text,
    options: Sequence[tuple[str, Any]],
    *,
    hint: Text | None = None,
    error: Any = None,
    **props: Any,
) -> rx.Component:
    """A choice from a short list of (value, words); options are attributes, so give `attr(...)` words."""
    props = {"id": name, "name": name, "aria_describedby": _ids(name, hint)} | _wrong(error) | props
    made = [rx.el.option(shown, value=value) for value, shown in options]
    control = rx.el.select(*made, class_name="input", **props)
    return field(name, label, control, hint=hint, error=error)


def checkbox(name: str, label: Text, *, error: Any = None, field_error: bool = False, **props: Any) -> rx.Component:
    """A box to tick; the whole line is its target. ``field_error`` gives it a place for its error."""
    props = {"id": name, "name": name, "type": "checkbox", "aria_describedby": f"{name}-error"} | props
    line = rx.el.label(
        rx.el.input(class_name="cb", **(props | _wrong(error))), rx.el.span(words(label)), class_name="check"
    )
    return rx.el.div(line, error_line(name, error)) if field_error or error is not None else line


def switch(name: str, label: Text, note: Text = "", **props: Any) -> rx.Component:
    """A choice that works at once; the words stand at the left."""
    control = rx.el.input(
        type="checkbox",
        role="switch",
        id=name,
        name=name,
        class_name="sw",
        aria_describedby=f"{name}-note",
        **props,
    )
    return rx.el.label(
        rx.el.span(
            rx.el.span(words(label), class_name="b block"),
            rx.el.span(words(note), id=f"{name}-note", class_name="t-sm mute"),
            class_name="grow",
        ),
        control,
        class_name="flex items-center gap-4 min-h-[64px] py-2 cursor-pointer",
    )


def option(
    name: str, value: str, label: Text, note: Text | None = None, icon_name: str | None = None, **props: Any
) -> rx.Component:
    """One of several choices as a line with a radio; options of one question share ``name``."""
    text = [rx.el.span(words(label), class_name="b block")]
    if note is not None:
        text.append(rx.el.span(words(note), class_name="t-sm mute"))
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, class_name="radio", **props),
        rx.el.span(*text, class_name="grow"),
        icon(icon_name) if icon_name else rx.fragment(),
        class_name="opt",
    )


def options(label: Text, *choices: rx.Component) -> rx.Component:
    """A question with its options, named for listeners."""
    return rx.el.fieldset(
        rx.el.legend(words(label), class_name="label"),
        rx.el.div(*choices, class_name="flex flex-col gap-2.5"),
    )


def pill_choice(name: str, value: str, label: Text, **props: Any) -> rx.Component:
    """A round choice, for amounts and filters; pills of one question share ``name``."""
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, class_name="sr", **props),
        words(label),
        class_name="pill relative",
    )


def pill(label: Text, *, on: int | rx.Var[bool] = False, icon_name: str | None = None, **props: Any) -> rx.Component:
    """A filter button; ``on`` is pressed. With ``href`` it is a link and ``on`` is the page one is on."""
    face = [icon(icon_name, 16)] if icon_name else []
    if "href" in props:
        here = rx.cond(on, "page", "false") if isinstance(on, rx.Var) else "page"
        marks = {"aria_current": here} if on is not False else {}
        return rx.el.a(*face, words(label), class_name="pill", **marks, **props)
    return rx.el.button(*face, words(label), class_name="pill", type="button", aria_pressed=on, **props)


def pills(*items: rx.Component, label: Any = None) -> rx.Component:
    """Pills in a row that scrolls sideways on phones; ``label`` (an attribute, see `attr`) names the group."""
    name = {} if label is None else {"role": "group", "aria_label": label}
    return rx.el.div(*items, class_name="pills", **name)


def error_summary(items: Sequence[tuple[str, Text]]) -> rx.Component:
    """All errors on top of a form, each a link to its field (field id, sentence)."""
    rows = [rx.el.li(rx.el.a(words(text), href=f"#{name}", class_name="link")) for name, text in items]
    return rx.el.div(
        icon("circle-alert"),
        rx.el.div(rx.el.b(t("form.errors"), class_name="bb"), rx.el.ul(*rows, class_name="wrongs")),
        class_name="note err",
        role="alert",
        tab_index=-1,
    )


Tab = tuple[str, Text, str]


def tabs(items: Sequence[Tab], active: str) -> rx.Component:
    """Pages side by side as links (name, words, href); keeps browser history and works without scripts."""
    links = [
        rx.el.a(
            words(text),
            href=href,
            class_name="inline-flex items-center min-h-[44px] px-1 font-semibold border-b-[3px] "
            + ("border-genda-400 text-mor-700" if name == active else "border-transparent text-tar-700"),
            **({"aria_current": "page"} if name == active else {}),
        )
        for name, text, href in items
    ]
    return rx.el.div(*links, class_name="relative flex gap-6 overflow-x-auto border-b border-chuna-200")
