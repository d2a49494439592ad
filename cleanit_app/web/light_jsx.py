"""Makes elements with React alone: Reflex's styling library would be 8 KB of every first visit, for nothing we use."""

from __future__ import annotations

import reflex as rx

_ALIASES = "    alias: [\n"
_OURS = """      {
        find: "@emotion/react",
        replacement: fileURLToPath(new URL("./utils/light_jsx.js", import.meta.url)),
      },
"""
LIGHT_JSX = """import { createElement } from "react";

// Our look is in the style sheet; a style given in a page is plain (a width, a custom property), never a rule.
export function jsx(type, props, ...children) {
  if (!props || props.css === undefined) return createElement(type, props, ...children);
  const { css, style, ...rest } = props;
  return createElement(type, { ...rest, style: { ...css, ...style } }, ...children);
}

export const keyframes = () => "none";
"""


def with_light_jsx(source: str) -> str:
    """Reflex's `vite.config.js`, with its styling library replaced by `light_jsx.js`.

    Raises RuntimeError when the place to change is not there once, as after an upgrade of Reflex.
    """
    if _OURS in source:
        return source
    if source.count(_ALIASES) != 1:
        raise RuntimeError("Reflex's vite.config.js has changed: look again at how names are replaced")
    return source.replace(_ALIASES, _ALIASES + _OURS)


def _light_jsx() -> tuple[str, str]:
    return "utils/light_jsx.js", LIGHT_JSX


class LightJsxPlugin(rx.plugins.Plugin):
    """Puts a plain `jsx` in the place of the one with styles, before the frontend is built."""

    def pre_compile(self, **context) -> None:  # type: ignore[no-untyped-def]  # as in the base class
        """Ask Reflex to write the one file and to change the other while it compiles."""
        context["add_save_task"](_light_jsx)
        context["add_modify_task"]("vite.config.js", with_light_jsx)
