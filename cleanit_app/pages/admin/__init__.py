"""Pages of admins."""

from types import ModuleType

from cleanit_app.pages.admin import campaigns, verification, verification_job

PAGES: tuple[ModuleType, ...] = (verification, verification_job, campaigns)
