"""Pages of admins."""

from types import ModuleType

PAGES: tuple[ModuleType, ...] = ()
