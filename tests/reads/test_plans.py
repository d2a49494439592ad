"""Every question that many people ask finds its rows by an index, looked at over twenty thousand of each thing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, event, text

from cleanit_app.domain.actors import NOBODY, Actor, AdminDuty, Role, permissions_of
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.local.postgres import Postgres
from cleanit_app.metrics import METRICS, Metric, MetricUnit
from cleanit_app.reads.boards.now import business_now
from cleanit_app.reads.campaigns import campaigns
from cleanit_app.reads.campaigns.campaigns import DiscoverSort
from cleanit_app.reads.jobs import jobs
from cleanit_app.reads.jobs.jobs import JobSort
from cleanit_app.reads.ledger import money, money_lists
from cleanit_app.reads.ledger.transaction_search import (
    TransactionOrder,
    TransactionStatus,
    TransactionsWanted,
    TransactionType,
    find_transactions,
)
from cleanit_app.reads.notifications import inbox
from cleanit_app.reads.operations import forecast
from cleanit_app.reads.people import people
from cleanit_app.reads.review import verification
from cleanit_app.services.boards.figures import FigureSpan, count_figures, span_of
from cleanit_app.services.unit_of_work import UnitOfWork, unit_of_work
from tests.support.machine import fresh_database

pytestmark = pytest.mark.row("JOB-03", "TST-04")
MANY = 20_000
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
HERE = (26.8467, 80.9462)
BIG = {
    "search_vocabulary",
    "identity_documents",
    "campaigns",
    "jobs",
    "photos",
    "contributions",
    "payments",
    "escrow_transactions",
    "refunds",
    "payouts",
    "status_history",
    "notifications",
    "ledger_lines",
    "ledger_transfers",
    "transactions",
    "users",
    "cleaners",
}


def nth(kind: int, number: int) -> UUID:
    """The id of the n-th thing of a kind."""
    return UUID(f"{kind:08x}-0000-7000-8000-{number:012x}")


PERSON, PHOTO, CAMPAIGN, JOB, GIFT, PAYMENT, TRANSFER, PAYOUT, REFUND = range(1, 10)


def _fill(engine: Engine) -> None:
    """A large, dull town, straight into the tables; only shapes and sizes matter here."""

    def nth_of(kind: int, number: str = "n") -> str:
        return f"(lpad(to_hex({kind}), 8, '0') || '-0000-7000-8000-' || lpad(to_hex({number}::int), 12, '0'))::uuid"

    at = "timestamptz '2026-11-24 06:00Z' - n * interval '1 minute'"
    rows = f"FROM generate_series(1, {MANY}) n"
    statements = [
        f"""INSERT INTO users (id, name, email, password_hash, role, duties, status, language, created_at,
                               words)
            SELECT {nth_of(PERSON)}, 'Person ' || n, 'p' || n || '@example.in', 'x', 'CLEANER', '{{}}', 'ACTIVE', 'en',
                   {at}, to_tsvector('simple', 'person ' || n) {rows}""",
        f"""INSERT INTO cleaners (user_id, status, verified_count, rejected_count, failed_count, released_count,
                                  identity_waits_since)
            SELECT {nth_of(PERSON)}, CASE WHEN n % 500 = 0 THEN 'PENDING' ELSE 'ACTIVE' END, n % 7, 0, 0, 0,
                   CASE WHEN n % 500 = 0 THEN {at} END {rows}""",
        f"""INSERT INTO identity_documents (id, cleaner_id, document_kind, status, number_mask, file_key, file_key_id,
                                            file_hash, next_try_at, created_at, decided_at)
            SELECT {nth_of(GIFT)}, {nth_of(PERSON)}, 'PAN', CASE WHEN n % 500 = 0 THEN 'MATCHES' ELSE 'ACCEPTED' END,
                   'x', 'identity/' || n, 1, int8send(n), {at}, {at}, CASE WHEN n % 500 <> 0 THEN {at} END {rows}""",
        f"""INSERT INTO photos (id, owner_id, sha256, phash, original_key, base_key, widths, width, height,
                                bytes_received, received_at, brightness, sharpness, location_source, exif)
            SELECT {nth_of(PHOTO)}, {nth_of(PERSON, "(n - 1) % " + str(MANY) + " + 1")},
                   sha256(n::text::bytea), n, 'o' || n, 'b' || n, '{{160}}', 9, 9, 9, {at}, 9, 9, 'E0', '{{}}'
            FROM generate_series(1, {2 * MANY}) n""",
        f"""INSERT INTO campaigns (id, creator_id, title, description, target_paise, raised_paise, status, latitude,
                longitude, address, photo_id, possible_spam, refund_status, created_at, activated_at, expires_at,
                cancelled_at, fee_bps, terms_version, words)
            SELECT {nth_of(CAMPAIGN)}, {nth_of(PERSON)}, 'Heap number ' || n, 'x', 1000000, (n * 37 % 10000) * 100,
                   CASE WHEN n % 10 < 3 THEN 'ACTIVE' WHEN n % 10 < 9 THEN 'EXPIRED'
                        WHEN n % 100 = 99 THEN 'DRAFT' ELSE 'CANCELLED' END,
                   8 + (n * 7919 % 27000) / 1000.0, 70 + (n * 104729 % 25000) / 1000.0, 'Street ' || n % 400,
                   {nth_of(PHOTO)}, false, 'NONE', {at}, CASE WHEN n % 100 <> 99 THEN {at} END,
                   CASE WHEN n % 100 <> 99 THEN {at} + interval '45 days' END,
                   CASE WHEN n % 10 = 9 AND n % 100 <> 99 THEN {at} END, 500, '2026-12',
                   to_tsvector('simple', 'heap number ' || n || ' street ' || n % 400) {rows}""",
        f"""INSERT INTO search_vocabulary (word, slips) SELECT w, one_letter_less(w)
            FROM (SELECT translate(n::text, '0123456789', 'bcdfghjklm') || 'quarter' AS w {rows}) t""",
        f"""INSERT INTO jobs (id, campaign_id, status, amount_paise, platform_fee_paise, latitude, longitude,
                created_at, expires_at, claim_count, flags, checklist, claimed_by, claimed_at, completed_at,
                completion_photo_id, completion_deadline, verified_at)
            SELECT {nth_of(JOB)}, {nth_of(CAMPAIGN)}, s, 50000 + n, 2500, 8 + (n * 7919 % 27000) / 1000.0,
                   70 + (n * 104729 % 25000) / 1000.0, {at}, {at} + interval '90 days', 0, '[]', '{{}}',
                   CASE WHEN s <> 'AVAILABLE' THEN {nth_of(PERSON)} END, CASE WHEN s <> 'AVAILABLE' THEN {at} END,
                   CASE WHEN s IN ('COMPLETED', 'VERIFIED') THEN {at} END,
                   CASE WHEN s IN ('COMPLETED', 'VERIFIED') THEN {nth_of(PHOTO, "n + " + str(MANY))} END,
                   CASE WHEN s = 'CLAIMED' THEN {at} + interval '7 days' END, CASE WHEN s = 'VERIFIED' THEN {at} END
            FROM (SELECT n, CASE WHEN n % 10 < 4 THEN 'AVAILABLE' WHEN n % 10 < 5 THEN 'CLAIMED'
                            WHEN n % 200 = 9 THEN 'COMPLETED' ELSE 'VERIFIED' END AS s {rows}) t""",
        f"""INSERT INTO contributions (id, campaign_id, contributor_id, amount_paise, kept_paise, anonymous, status,
                idempotency_key, razorpay_order_id, razorpay_payment_id, receipt_number, created_at, next_check_at,
                checks, paid_at)
            SELECT {nth_of(GIFT)}, {nth_of(CAMPAIGN)}, {nth_of(PERSON)}, 10000, 10000, false, 'SUCCESS', 'k' || n,
                   'order_' || n, 'pay_' || n, 'r' || n, {at}, {at}, 0, {at} {rows}""",
        f"""INSERT INTO payments (id, razorpay_payment_id, contribution_id, amount_paise, kept_paise, fee_paise,
                tax_paise, captured_at)
            SELECT {nth_of(PAYMENT)}, 'pay_' || n, {nth_of(GIFT)}, 10000, 10000, 0, 0, {at} {rows}""",
        f"""INSERT INTO escrow_transactions (id, contribution_id, campaign_id, amount_paise, status, held_at,
                released_at, released_for)
            SELECT {nth_of(GIFT)}, {nth_of(GIFT)}, {nth_of(CAMPAIGN)}, 10000,
                   CASE WHEN n % 20 = 0 THEN 'HELD' ELSE 'RELEASED' END, {at},
                   CASE WHEN n % 20 <> 0 THEN {at} END, CASE WHEN n % 20 <> 0 THEN 'PAYOUT' END {rows}""",
        f"""INSERT INTO ledger_transfers (id, kind, business_key, campaign_id, created_at)
            SELECT {nth_of(TRANSFER)}, 'PAYMENT_CAPTURED', 'captured:pay_' || n, {nth_of(CAMPAIGN)}, {at} {rows}""",
        f"""INSERT INTO ledger_lines (transfer_id, account, subject_id, amount_paise)
            SELECT {nth_of(TRANSFER)}, 'GATEWAY', NULL, 10000 {rows} UNION ALL
            SELECT {nth_of(TRANSFER)}, 'HELD', {nth_of(CAMPAIGN)}, -10000 {rows}""",
        f"""INSERT INTO payouts (id, job_id, campaign_id, cleaner_id, amount_paise, status, scheduled_for, created_at,
                paid_at)
            SELECT {nth_of(PAYOUT)}, {nth_of(JOB)}, {nth_of(CAMPAIGN)}, {nth_of(PERSON)}, 50000 + n,
                   CASE WHEN n % 100 = 0 THEN 'PENDING' ELSE 'PAID' END, {at}, {at},
                   CASE WHEN n % 100 <> 0 THEN {at} END {rows}""",
        f"""INSERT INTO refunds (id, payment_id, contribution_id, campaign_id, contributor_id, amount_paise, cause,
                status, created_at, due_on, next_try_at, completed_at)
            SELECT {nth_of(REFUND)}, {nth_of(PAYMENT)}, {nth_of(GIFT)}, {nth_of(CAMPAIGN)}, {nth_of(PERSON)}, 100,
                   'SURPLUS', CASE WHEN n % 100 = 0 THEN 'PENDING' ELSE 'COMPLETED' END, {at}, '2026-12-01', {at},
                   CASE WHEN n % 100 <> 0 THEN {at} END {rows}""",
        f"""INSERT INTO transactions (id, type, from_account, to_account, amount_paise, status, source_id,
                campaign_id, created_at, updated_at)
            SELECT {nth_of(PAYMENT)}, 'CONTRIBUTION', 'x', 'y', 10000, 'COMPLETED', {nth_of(PAYMENT)},
                   {nth_of(CAMPAIGN)}, {at}, {at} {rows}""",
        f"""INSERT INTO notifications (id, user_id, kind, "values", link, dedupe_key, created_at, read_at)
            SELECT {nth_of(GIFT)}, {nth_of(PERSON, "n % 100 + 1")}, 'campaign_approved', '{{}}', '/', 'k' || n, {at},
                   CASE WHEN n % 20 <> 0 THEN {at} END {rows}""",
        f"""INSERT INTO status_history (kind, subject_id, from_status, to_status, by_id, at, why)
            SELECT 'job', {nth_of(JOB)}, 'COMPLETED', 'VERIFIED', {nth_of(PERSON)}, {at}, '' {rows} UNION ALL
            SELECT 'campaign', {nth_of(CAMPAIGN)}, 'DRAFT', 'ACTIVE', NULL, {at}, '' {rows}""",
        f"UPDATE campaigns SET job_id = {nth_of(JOB, 'n')} FROM generate_series(1, {MANY}) n "
        f"WHERE campaigns.id = {nth_of(CAMPAIGN)} AND n % 10 = 1",
    ]
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement.replace("captured:", r"captured\:").replace("::", r"\:\:")))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


@pytest.fixture(scope="module")
def big_town(postgres_server: Postgres) -> Iterator[Engine]:
    """Twenty thousand of each thing."""
    with fresh_database(postgres_server) as url:
        engine = create_engine(url)
        _fill(engine)
        yield engine
        engine.dispose()


@dataclass
class Watched:
    """What a question asked the database."""

    statement: str
    parameters: Any


def _ask(engine: Engine, question: Callable[[UnitOfWork], Any]) -> tuple[Any, list[Watched]]:
    asked: list[Watched] = []

    def note(_c: Any, _cur: Any, statement: str, parameters: Any, _ctx: Any, _many: bool) -> None:
        asked.append(Watched(statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        with unit_of_work(engine, NOW) as uow:
            answer = question(uow)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return answer, asked


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from _nodes(inner)


def _plan(engine: Engine, asked: Watched) -> dict[str, Any]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {asked.statement}", asked.parameters
        ).scalar_one()
    found: dict[str, Any] = (rows if isinstance(rows, list) else json.loads(rows))[0]
    return found


def _actor(number: int, role: Role, *duties: AdminDuty) -> Actor:
    return Actor(nth(PERSON, number), role, permissions_of(role, frozenset(duties)))


CLEANER = _actor(5, Role.CLEANER)
ADMIN = _actor(7, Role.ADMIN, AdminDuty.SENIOR)
ACTIVE = {CampaignStatus.ACTIVE}


def _coming(uow: UnitOfWork, what: forecast.Coming) -> Any:
    """A day on which very much is due."""
    uow.now = NOW + timedelta(days=80)
    return forecast.coming(uow, actor=ADMIN, what=what, limit=50)


def _transactions(uow: UnitOfWork, wanted: TransactionsWanted) -> Any:
    page = find_transactions(uow, actor=ADMIN, wanted=wanted)
    return page if page.items else replace(page, items=(None,))  # nothing may be found; how is what counts


CLEANED = {CampaignStatus.EXPIRED, CampaignStatus.CANCELLED}
QUESTIONS: dict[str, tuple[int, Callable[[UnitOfWork], Any]]] = {
    "newest": (1, lambda u: campaigns.discover(u, actor=NOBODY)),
    "newest that collect": (1, lambda u: campaigns.discover(u, actor=NOBODY, status=ACTIVE)),
    "newest of two kinds": (1, lambda u: campaigns.discover(u, actor=NOBODY, status=CLEANED)),
    "ending soon": (1, lambda u: campaigns.discover(u, actor=NOBODY, sort=DiscoverSort.ENDING)),
    "almost there": (1, lambda u: campaigns.discover(u, actor=NOBODY, sort=DiscoverSort.ALMOST)),
    "nearest": (1, lambda u: campaigns.discover(u, actor=NOBODY, near=HERE, sort=DiscoverSort.NEAR)),
    "nearest that collect": (
        1,
        lambda u: campaigns.discover(u, actor=NOBODY, near=HERE, radius_km=30, status=ACTIVE, sort=DiscoverSort.NEAR),
    ),
    "by words": (3, lambda u: campaigns.discover(u, actor=NOBODY, q="number 1234")),
    "by words with slips": (4, lambda u: campaigns.discover(u, actor=NOBODY, q="nubmer sreet 123")),
    "one campaign": (3, lambda u: campaigns.campaign_detail(u, actor=NOBODY, campaign_id=nth(CAMPAIGN, 31))),
    "mine": (1, lambda u: campaigns.my_campaigns(u, actor=CLEANER)),
    "waiting for approval": (1, lambda u: campaigns.campaigns_waiting(u, actor=ADMIN)),
    "is it this one": (1, lambda u: campaigns.near_duplicate(u, actor=CLEANER, latitude=HERE[0], longitude=HERE[1])),
    "jobs nearest": (2, lambda u: jobs.open_jobs(u, actor=CLEANER, near=HERE)),
    "jobs near": (2, lambda u: jobs.open_jobs(u, actor=CLEANER, near=HERE, radius_km=50)),
    "jobs best paid": (2, lambda u: jobs.open_jobs(u, actor=CLEANER, sort=JobSort.PAY)),
    "jobs smallest": (2, lambda u: jobs.open_jobs(u, actor=CLEANER, sort=JobSort.SMALL)),
    "one job": (1, lambda u: jobs.job_detail(u, actor=CLEANER, job_id=nth(JOB, 3))),
    "my work": (1, lambda u: jobs.my_work(u, actor=CLEANER)),
    "in hand": (1, lambda u: jobs.in_hand_count(u, actor=CLEANER)),
    "my money": (2, lambda u: money.my_transactions(u, actor=CLEANER)),
    "one gift": (1, lambda u: money.transaction_detail(u, actor=CLEANER, contribution_id=nth(GIFT, 5))),
    "a payment": (1, lambda u: money.contribution_state(u, actor=CLEANER, contribution_id=nth(GIFT, 5))),
    "a receipt": (1, lambda u: money.receipt(u, actor=CLEANER, contribution_id=nth(GIFT, 5))),
    "earnings": (2, lambda u: money.earnings(u, actor=CLEANER)),
    "pending payouts": (1, lambda u: money.pending_payouts(u, actor=CLEANER)),
    "payouts to do": (1, lambda u: money_lists.payouts_to_do(u, actor=ADMIN, limit=50)),
    "refunds to do": (1, lambda u: money_lists.refunds_to_do(u, actor=ADMIN, limit=50)),
    **{
        f"transactions {order} {kind or ''} {status or ''} {q}".strip(): (
            2,
            partial(_transactions, wanted=TransactionsWanted(q, kind, status, order=order)),
        )
        for order in TransactionOrder
        for q, kind, status in (
            ("", None, None),
            ("", TransactionType.REFUND, None),
            ("", None, TransactionStatus.FAILED),
            ("pay_1234", None, None),
            ("9876543210", None, None),
            ("₹500", None, None),
        )
    },
    "movements": (1, lambda u: money_lists.movements(u, actor=ADMIN, limit=50)),
    "a payout": (1, lambda u: money.payout_detail(u, actor=CLEANER, payout_id=nth(PAYOUT, 5))),
    **{f"coming {what.lower()}": (1, partial(_coming, what=what)) for what in forecast.Coming},
    "queue": (1, lambda u: verification.queue(u, actor=ADMIN)),
    "one to verify": (1, lambda u: verification.item(u, actor=ADMIN, job_id=nth(JOB, 9))),
    "business now": (1, lambda u: business_now(u, actor=ADMIN)),
    "profile": (1, lambda u: people.profile(u, actor=CLEANER)),
    "cleaners waiting": (1, lambda u: people.cleaners_waiting(u, actor=ADMIN)),
    "find people": (1, lambda u: people.find_people(u, actor=ADMIN, q="person 123")),
    "inbox": (2, lambda u: inbox.notifications(u, actor=CLEANER)),
    "inbox unread": (2, lambda u: inbox.notifications(u, actor=CLEANER, unread_only=True)),
}


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_is_few_statements_and_no_long_scan(name: str, big_town: Engine) -> None:
    most, question = QUESTIONS[name]
    answer, asked = _ask(big_town, question)
    assert getattr(answer, "items", True)
    assert len(asked) <= most
    for one in asked:
        plan = _plan(big_town, one)
        long = [
            f"{node['Node Type']} on {node.get('Relation Name')}"
            for node in _nodes(plan["Plan"])
            if node["Node Type"] == "Seq Scan" and node.get("Relation Name") in BIG
        ]
        assert long == [], re.sub(r"\s+", " ", one.statement)
        assert plan["Execution Time"] < 60


def _busy_day(metric: Metric) -> FigureSpan:
    """The week in which most happened lately; for sums and people a day that is a small part of all, as in life."""
    small = metric.unit is MetricUnit.PAISE or metric.name == "retention"
    day = date(2026, 9, 1) if small else date(2026, 11, 24)
    return span_of(metric.period, day)


@pytest.mark.row("MON-04")
@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_a_figure_costs_what_happened_in_its_day(metric: Metric, big_town: Engine) -> None:
    span = _busy_day(metric)
    _, asked = _ask(big_town, lambda u: count_figures(u, span=span))
    mine = [one for one in asked if one.parameters["metric"] == metric.name]
    assert len(mine) == 1
    plan = _plan(big_town, mine[0])
    read = [node for node in _nodes(plan["Plan"]) if node["Node Type"] == "Seq Scan"]
    assert [node["Relation Name"] for node in read if node.get("Relation Name") in BIG] == []
    assert plan["Execution Time"] < 100


@pytest.mark.parametrize("sort", list(DiscoverSort))
def test_the_hundredth_page_is_as_quick_as_the_first(sort: DiscoverSort, big_town: Engine) -> None:
    cursor: str | None = None
    seen: set[UUID] = set()
    for _ in range(12):
        page, asked = _ask(
            big_town,
            lambda u, c=cursor: campaigns.discover(
                u, actor=NOBODY, status=ACTIVE, near=HERE, sort=sort, cursor=c, limit=50
            ),
        )
        assert not seen & {item.id for item in page.items}
        seen |= {item.id for item in page.items}
        cursor = page.next_cursor
    assert len(seen) == 600
    assert _plan(big_town, asked[0])["Execution Time"] < 120


def test_pages_in_every_order_hold_everything_once(big_town: Engine) -> None:
    for sort in JobSort:
        cursor: str | None = None
        seen: list[UUID] = []
        while True:
            page, _ = _ask(
                big_town,
                lambda u, c=cursor, s=sort: jobs.open_jobs(
                    u, actor=CLEANER, near=HERE, radius_km=400, sort=s, cursor=c, limit=100
                ),
            )
            seen += [item.id for item in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) > 500
