"""Pages of cleaners."""

from types import ModuleType

from cleanit_app.pages.cleaner import earnings, job, jobs, my_job, payout, proof, statement
from cleanit_app.pages.cleaner.papers import page as papers
from cleanit_app.pages.cleaner.work import page as work

PAGES: tuple[ModuleType, ...] = (jobs, job, work, my_job, proof, earnings, statement, payout, papers)
