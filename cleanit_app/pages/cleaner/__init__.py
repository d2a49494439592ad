"""Pages of cleaners."""

from types import ModuleType

from cleanit_app.pages.cleaner import job, jobs

PAGES: tuple[ModuleType, ...] = (jobs, job)
