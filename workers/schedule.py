"""One table: which job runs when, why, and what a missed run means."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import time

from cleanit_app.services.operations.daily_runs import Daily
from workers.queues import DEFAULT, IN_ORDER, MONEY, NOTIFY

_INDIA_IS_AHEAD_MINUTES = 330


@dataclass(frozen=True)
class Scheduled:
    """A job the clock causes. `cron` is in UTC; make it with the functions below."""

    name: str
    job: str
    cron: str
    queue: str
    why: str
    when_missed: str
    args: tuple[str, ...] = ()
    most_seconds: int = 180
    until: str | None = None
    """For daily ones: after this HH:MM in India a missed run is left to the next day."""
    each_day: bool = False
    """For daily ones: whether a missed day needs a run of its own; the job then gets the day as text."""

    @property
    def id(self) -> str:
        """The same in every process and after every restart, so that a job is never scheduled twice."""
        return f"cron-{self.name}"

    @property
    def daily(self) -> Daily | None:
        """When it is due in India, for those that run once a day."""
        minute, hour, *_ = self.cron.split()
        if not hour.isdigit():
            return None
        in_india = (int(hour) * 60 + int(minute) + _INDIA_IS_AHEAD_MINUTES) % (24 * 60)
        until = time.fromisoformat(self.until) if self.until else None
        return Daily(self.name, time(in_india // 60, in_india % 60), until, self.each_day)

    @property
    def may_be_silent_seconds(self) -> int:
        """After this long without having gone well, /health says that it is down."""
        minute, hour, *_ = self.cron.split()
        if hour.isdigit():
            return 50 * 3600
        if minute.isdigit():
            return 3 * 3600
        return 180 * int(minute.removeprefix("*/") if "/" in minute else 1) + 60

    def work(self, *more: str) -> None:
        """Do it now."""
        module, _, name = self.job.rpartition(".")
        getattr(importlib.import_module(module), name)(*self.args, *more)


def every_minutes(minutes: int) -> str:
    """Every so many minutes of the hour."""
    return "* * * * *" if minutes == 1 else f"*/{minutes} * * * *"


def hourly_at(minute: int) -> str:
    """Once an hour, at this minute of the Indian hour."""
    return f"{(minute - _INDIA_IS_AHEAD_MINUTES) % 60} * * * *"


def daily_at(time_in_india: str) -> str:
    """Once a day, at this HH:MM in India."""
    hour, minute = map(int, time_in_india.split(":"))
    in_utc = (hour * 60 + minute - _INDIA_IS_AHEAD_MINUTES) % (24 * 60)
    return f"{in_utc % 60} {in_utc // 60} * * *"


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled(
        name="catch-up",
        job="workers.jobs.operations.catch_up",
        cron=every_minutes(1),
        queue=DEFAULT,
        why="Runs daily jobs whose time passed while nothing ran, or marks why not.",
        when_missed="The next minute does it.",
    ),
    Scheduled(
        name="close-campaigns",
        job="workers.jobs.campaigns.close_due_campaigns",
        cron=daily_at("00:00"),
        queue=DEFAULT,
        why="Campaigns whose time is over go ahead from 80 % on, else everyone gets the money back (CAM-10).",
        when_missed="They stay open for contributions a little longer; the run is caught up and decides them.",
        most_seconds=3600,
    ),
    Scheduled(
        name="look-after-jobs",
        job="workers.jobs.jobs.look_after_jobs",
        cron=hourly_at(5),
        queue=DEFAULT,
        why="Overdue claims are taken back, jobs past 90 days end and their money goes back (JOB-06, JOB-14).",
        when_missed="The next hour does it; a deadline that passed refuses the photo all the same.",
    ),
    Scheduled(
        name="reminders",
        job="workers.jobs.jobs.remind_of_deadlines",
        cron=every_minutes(5),
        queue=NOTIFY,
        why="Cleaners hear 24 hours and 1 hour before a deadline (NOT-03).",
        when_missed="They come a little later; who would get both at once gets the nearer one.",
    ),
    Scheduled(
        name="decisions",
        job="workers.jobs.review.carry_out_decisions",
        cron=every_minutes(1),
        queue=DEFAULT,
        why="Carries out decisions on after-photos that can be undone no more and whose hint was lost (VER-03).",
        when_missed="They wait for the next run; the cleaner's day runs from the decision, an hour back at most.",
    ),
    Scheduled(
        name="verification-watch",
        job="workers.jobs.review.watch_verification_queue",
        cron=every_minutes(5),
        queue=NOTIFY,
        why="Admins hear once when decisions take too long (VER-08).",
        when_missed="They hear a little later.",
    ),
    Scheduled(
        name="dispute-watch",
        job="workers.jobs.review.watch_disputes",
        cron=every_minutes(5),
        queue=NOTIFY,
        why="Who decides hears once of each dispute that has waited longer than 48 hours (OPS-03).",
        when_missed="They hear a little later.",
    ),
    Scheduled(
        name="support-watch",
        job="workers.jobs.support.watch_support",
        cron=every_minutes(5),
        queue=NOTIFY,
        why="Who answers hears once of each question that has waited longer than a day (OPS-02).",
        when_missed="They hear a little later.",
    ),
    Scheduled(
        name="fraud",
        job="workers.jobs.fraud.look_for_fraud",
        cron=every_minutes(10),
        queue=DEFAULT,
        why="Looks for signs of fraud and keeps them as cases for people; nothing is blocked by itself (OPS-04).",
        when_missed="Each rule goes on where it stopped; the cases come later.",
    ),
    Scheduled(
        name="payouts",
        job="workers.jobs.payouts.send_due_payouts",
        cron=daily_at("10:00"),
        queue=MONEY,
        why="Cleaners are paid every morning at ten, a day after approval (PAY-04).",
        when_missed="Due payouts stay due; `payouts-again` sends them within ten minutes.",
    ),
    Scheduled(
        name="payouts-again",
        job="workers.jobs.payouts.send_payouts_again",
        cron=every_minutes(10),
        queue=MONEY,
        why="Tries failed payouts again after their pause, and sends what the last 10 AM left behind (PAY-04, PAY-06).",
        when_missed="They stay due and are tried at the next run.",
    ),
    Scheduled(
        name="account-checks",
        job="workers.jobs.people.check_accounts",
        cron=every_minutes(2),
        queue=DEFAULT,  # four calls an account: nobody's money waits behind them
        why="Asks banks whose account a cleaner gave, and what became of earlier questions (LAW-08).",
        when_missed="They wait for the next run; nobody is paid to an account that was not confirmed.",
    ),
    Scheduled(
        name="identity-checks",
        job="workers.jobs.people.check_documents",
        cron=every_minutes(2),
        queue=DEFAULT,
        why="Asks issuers about IDs whose hint was lost, and drops pictures of IDs that have served (LAW-08).",
        when_missed="They wait for the next run; a person may decide meanwhile.",
    ),
    Scheduled(
        name="quarantine",
        job="workers.jobs.photos.scan_photos",
        cron=every_minutes(2),
        queue=DEFAULT,
        why="Scans photos that came while no scanner answered, then shows or destroys them (SEC-06).",
        when_missed="They stay unseen until the next run.",
    ),
    Scheduled(
        name="takedowns",
        job="workers.jobs.photos.take_photos_down",
        cron=every_minutes(1),
        queue=DEFAULT,
        why="Shared caches forget photos that are public no more, and are asked again until they have (SEC-06).",
        when_missed="They may show such a photo until the next run; we do not.",
    ),
    Scheduled(
        name="refunds",
        job="workers.jobs.refunds.send_due_refunds",
        cron=every_minutes(5),
        queue=MONEY,
        why="Sends refunds whose hint was lost or that are tried again (PAY-08).",
        when_missed="They wait for the next run.",
    ),
    Scheduled(
        name="open-attempts",
        job="workers.jobs.transfers.settle_open_attempts",
        cron=every_minutes(1),
        queue=MONEY,
        why="Repeats or asks about calls of which nobody knows the outcome (PAY-07).",
        when_missed="They stay open and are asked about at the next run; nothing is sent under a new key.",
    ),
    Scheduled(
        name="webhooks",
        job="workers.jobs.webhooks.sweep_webhooks",
        cron=every_minutes(1),
        queue=MONEY,
        why="Works on messages whose hint was lost or that came before their subject (PAY-01).",
        when_missed="They stay stored and wait.",
    ),
    Scheduled(
        name="message-watch",
        job="workers.jobs.webhooks.watch_messages",
        cron=every_minutes(5),
        queue=NOTIFY,
        why="Finance hears of messages about something that is not known here for ten minutes (PAY-13).",
        when_missed="They hear a little later.",
    ),
    Scheduled(
        name="contributions",
        job="workers.jobs.payments.ask_about_contributions",
        cron=every_minutes(2),
        queue=MONEY,
        why="Asks about payments when neither browser nor webhook told us (PAY-01).",
        when_missed="They are asked about at the next run.",
    ),
    Scheduled(
        name="outbox",
        job="workers.jobs.notifications.sweep_outbox",
        cron=every_minutes(1),
        queue=NOTIFY,
        why="Tells people what the relay did not tell them (NOT-01).",
        when_missed="The news comes with the next run.",
    ),
    Scheduled(
        name="codes",
        job="workers.jobs.auth.send_codes",
        cron=every_minutes(1),
        queue=NOTIFY,
        why="Sends one-time codes whose hint was lost or that the message service refused.",
        when_missed="Whoever waits asks for another one; a code is sent three times at most.",
    ),
    Scheduled(
        name="pending-accounts",
        job="workers.jobs.auth.forget_pending_accounts",
        cron=every_minutes(10),
        queue=DEFAULT,
        why="What somebody typed to join is kept an hour after the last code; without the code there is no account.",
        when_missed="It is forgotten at the next run; an account opens no later for it.",
    ),
    Scheduled(
        name="old-traces",
        job="workers.jobs.auth.clear_old_traces",
        cron=daily_at("03:45"),
        queue=DEFAULT,
        why="Codes, failed sign-ins, browsers, sessions and runs of jobs that have had their time are not kept.",
        when_missed="The next night clears what the missed one left.",
    ),
    Scheduled(
        name="new-terms",
        job="workers.jobs.people.tell_of_new_terms",
        cron=daily_at("09:00"),
        queue=NOTIFY,
        why="Whoever accepted an earlier version of the terms is told of the new one, once (LAW-06).",
        when_missed="They hear the next day; the new terms are asked for at the next visit all the same.",
    ),
    Scheduled(
        name="erasures",
        job="workers.jobs.people.erase_accounts",
        cron=hourly_at(35),
        queue=DEFAULT,
        why="Accounts are erased seven days after their owners asked, unless they signed in (LAW-02).",
        when_missed="They are erased an hour later; nobody but their owners can use them meanwhile.",
    ),
    Scheduled(
        name="erased-files",
        job="workers.jobs.photos.drop_erased_files",
        cron=every_minutes(10),
        queue=DEFAULT,
        why="The files of photos whose owners' accounts are deleted leave the store (LAW-02).",
        when_missed="They lie there until the next run; no address leads to them.",
    ),
    Scheduled(
        name="old-records",
        job="workers.jobs.people.clear_old_records",
        cron=daily_at("04:15"),
        queue=DEFAULT,
        why="What tax law and safety ask to keep goes when its time is over, by `domain.retention` (LAW-02).",
        when_missed="The next night clears what the missed one left.",
    ),
    Scheduled(
        name="old-news",
        job="workers.jobs.notifications.clear_notifications",
        cron=daily_at("03:30"),
        queue=NOTIFY,
        why="Notifications are kept for 90 days (NOT-07).",
        when_missed="The next night clears what the missed one left.",
    ),
    Scheduled(
        name="bulk-runs",
        job="workers.jobs.bulk.carry_on_all",
        cron=every_minutes(1),
        queue=DEFAULT,
        why="Goes on with runs over many campaigns whose worker was broken off (OPS-01).",
        when_missed="They wait for the next run; nothing is done twice.",
    ),
    Scheduled(
        name="archive",
        job="workers.jobs.campaigns.archive",
        cron=daily_at("04:00"),
        queue=DEFAULT,
        why="Campaigns that ended a year ago leave the public lists; their pages stay (OPS-05).",
        when_missed="They are listed for another day.",
    ),
    Scheduled(
        name="figures",
        job="workers.jobs.boards.count_recent",
        cron=every_minutes(10),
        queue=DEFAULT,
        why="Counts the boards' figures of today and yesterday, and of every day nothing counted yet (MON-04).",
        when_missed="The next run counts from the last counted day on.",
        most_seconds=900,
    ),
    Scheduled(
        name="figures-nightly",
        job="workers.jobs.boards.count_settling",
        cron=daily_at("01:00"),
        queue=DEFAULT,
        why="Counts five weeks anew for what was booked late, and any day that differs from the ledger (MON-04).",
        when_missed="The next night does it.",
        most_seconds=900,
    ),
    Scheduled(
        name="reconciliation",
        job="workers.jobs.reconciliation.reconcile",
        cron=daily_at("02:00"),
        queue=DEFAULT,
        why="Matches every payment, refund, payout and settlement with Razorpay's book (PAY-13).",
        when_missed="It is tried again the same day; each run looks days back, so nothing is left out.",
        most_seconds=900,
    ),
    Scheduled(
        name="reconciliation-watch",
        job="workers.jobs.reconciliation.watch_reconciliation",
        cron=hourly_at(20),
        queue=NOTIFY,
        why="Finance hears when both books were not compared for more than 36 hours (PAY-13).",
        when_missed="They hear an hour later.",
    ),
    Scheduled(
        name="books",
        job="workers.jobs.reconciliation.check_books",
        cron=daily_at("02:30"),
        queue=DEFAULT,
        why="Checks every rule of the books and tells finance what does not hold.",
        when_missed="The next night checks all the same; the admin page checks on request.",
    ),
    Scheduled(
        name="backup",
        job="workers.jobs.operations.back_up",
        cron=daily_at("03:00"),
        queue=DEFAULT,
        why="An encrypted backup a day, thirty days kept (SEC-09).",
        when_missed="It is written late; `make backup` writes one at once.",
        most_seconds=900,
    ),
    Scheduled(
        name="keys",
        job="workers.jobs.people.rotate_keys",
        cron=daily_at("03:45"),
        queue=DEFAULT,
        why="Locks anew what lies under an older key once there is a newer one (SEC-07).",
        when_missed="The next night does it; older keys stay in the ring until nothing needs them.",
        most_seconds=3600,
    ),
    *(
        Scheduled(
            name=f"heartbeat-{queue}",
            job="workers.jobs.operations.beat",
            cron=every_minutes(1),
            queue=queue,
            args=(queue,),
            why="Shows that the clock reaches this queue's worker (MON-06).",
            when_missed="After three missed minutes /health turns red; nothing is lost.",
        )
        for queue in IN_ORDER
    ),
)


def entry(name: str) -> Scheduled | None:
    """The entry with this name; None when it is not in the table (any more)."""
    return next((one for one in SCHEDULE if one.name == name), None)
