"""Pages of cleaners."""

from types import ModuleType

PAGES: tuple[ModuleType, ...] = ()
