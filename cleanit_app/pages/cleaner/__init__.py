"""Pages of cleaners."""

from types import ModuleType

from cleanit_app.pages.cleaner import earnings, job, jobs, my_job, papers, payout, proof, statement, work

PAGES: tuple[ModuleType, ...] = (jobs, job, work, my_job, proof, earnings, statement, payout, papers)
