"""Pages of citizens."""

from types import ModuleType

PAGES: tuple[ModuleType, ...] = ()
