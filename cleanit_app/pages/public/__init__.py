"""Pages anybody can open."""

from types import ModuleType

from cleanit_app.pages.public import home

PAGES: tuple[ModuleType, ...] = (home,)
