"""Pages anybody can open."""

from types import ModuleType

from cleanit_app.pages.public import campaign, discover, home, join, login

PAGES: tuple[ModuleType, ...] = (home, discover, campaign, login, join)
