"""Pages of citizens."""

from types import ModuleType

from cleanit_app.pages.citizen import fund, wait

PAGES: tuple[ModuleType, ...] = (fund, wait)
