"""Pages anybody can open."""

from types import ModuleType

from cleanit_app.pages.public import discover, home, join, login

PAGES: tuple[ModuleType, ...] = (home, discover, login, join)
