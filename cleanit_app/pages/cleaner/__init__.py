"""Pages of cleaners."""

from types import ModuleType

from cleanit_app.pages.cleaner import job, jobs, my_job, proof, work

PAGES: tuple[ModuleType, ...] = (jobs, job, work, my_job, proof)
