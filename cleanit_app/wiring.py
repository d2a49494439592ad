"""Chooses the parts from settings and opens units of work on them."""

from __future__ import annotations

import importlib
import logging
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property, lru_cache
from uuid import UUID

import redis
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from cleanit_app.adapters.access_tokens import AccessTokens
from cleanit_app.adapters.clamav import ClamAv, NoScanner
from cleanit_app.adapters.clock import MovableClock, SystemClock
from cleanit_app.adapters.code_service import CodeService
from cleanit_app.adapters.connection_rights import refuse_unfit_connections
from cleanit_app.adapters.field_cipher import AesFieldCipher
from cleanit_app.adapters.fresh_reading import FreshReading
from cleanit_app.adapters.identity_checks import HttpIdentityChecker, NobodyToAsk
from cleanit_app.adapters.keyed_hash import HmacHash
from cleanit_app.adapters.limited_decoder import LimitedDecoder
from cleanit_app.adapters.local_files import LocalFiles
from cleanit_app.adapters.openfeature_flags import OpenFeatureFlags
from cleanit_app.adapters.outages import NO_ROOM as NO_ROOM
from cleanit_app.adapters.outages import is_outage as is_outage
from cleanit_app.adapters.outages import only_reads as only_reads
from cleanit_app.adapters.prepared import prepare_often_used
from cleanit_app.adapters.razorpay_client import RazorpayClient
from cleanit_app.adapters.razorpay_messages import RazorpayFormat
from cleanit_app.adapters.razorpay_payments import RazorpayPayments
from cleanit_app.adapters.razorpay_payouts import RazorpayPayouts
from cleanit_app.adapters.razorpay_signatures import webhook_is_genuine
from cleanit_app.adapters.redis_limits import RedisLimits
from cleanit_app.adapters.redis_pubsub import RedisLive
from cleanit_app.adapters.redis_queue import RedisQueue
from cleanit_app.adapters.redis_revoked import RedisRevoked
from cleanit_app.adapters.request_ids import current_request
from cleanit_app.adapters.shared_cache import NoSharedCache, PurgedCache
from cleanit_app.adapters.signed_links import SignedLinks
from cleanit_app.adapters.slow_statements import note_slow_statements
from cleanit_app.adapters.strict_values import read_strictly
from cleanit_app.adapters.transaction_modes import leave_writing_to_the_server
from cleanit_app.domain.banners import Banner, BannerTone, next_banner
from cleanit_app.domain.events import BannerEnded, BannerSet
from cleanit_app.domain.features import FlagState, Rollout
from cleanit_app.domain.house_settings import House, SettingChange, house_at
from cleanit_app.domain.policy import HousePolicy
from cleanit_app.ports import (
    Clock,
    FeatureFlags,
    FieldCipher,
    FileStore,
    IdentityChecker,
    KeyedHash,
    Limits,
    Live,
    OtpSender,
    PaymentProvider,
    PayoutProvider,
    PhotoExaminer,
    ProviderFormat,
    RevokedSessions,
    SharedCache,
    VirusScanner,
)
from cleanit_app.services.operations.surprises import fingerprint_of, note_surprise
from cleanit_app.services.unit_of_work import LeftOut, UnitOfWork, unit_of_work
from cleanit_app.settings import Settings, get_settings

log = logging.getLogger(__name__)
_BANNERS = text(
    "SELECT id, said, tone, link, from_at, until_at FROM site_banners WHERE ended_at IS NULL AND until_at > :now"
)
SESSION = {
    "timezone": "UTC",
    "lock_timeout": "5s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "30s",
}
"""How each of our connections begins; behind a pooler of transactions the role brings the same."""
_OPTIONS = " ".join(f"-c {name}={value}" for name, value in SESSION.items())
_NOTED = "is_among_failures"
_EVERY_CHOICE = text("SELECT name, value, effective_from FROM setting_choices ORDER BY id")


@dataclass
class Wiring:
    """Every part of a running Cleanit, made when first needed."""

    settings: Settings
    _noted: set[UUID] = field(default_factory=set)
    """Unreadable rows that this process has noted: who asks again need not write."""
    _surprises: dict[str, int] = field(default_factory=dict)
    """How many of each kind were not written yet."""
    _surprised_at: dict[str, float] = field(default_factory=dict)

    @cached_property
    def engine(self) -> Engine:
        """The database that is written to."""
        return _engine(self.settings.database_url, self.settings)

    @cached_property
    def read_engine(self) -> Engine:
        """The same database for questions: it refuses writes."""
        return self.engine.execution_options(postgresql_readonly=True)

    @cached_property
    def clock(self) -> Clock:
        """The clock, moved where development asks for it."""
        offset = timedelta(seconds=self.settings.clock_offset_seconds)
        if self.settings.clock_file is not None:
            return MovableClock(self.settings.clock_file, offset)
        return SystemClock(offset)

    @cached_property
    def policy(self) -> HousePolicy:
        """The choices that law and owner leave to the house, as they stood when this process began."""
        return self.settings.house_policy

    @property
    def policy_now(self) -> HousePolicy:
        """The same with the numbers and terms that seniors have chosen and that hold at this moment (OPS-01)."""
        choices = self._choices.get()
        if not choices:
            return self.policy
        return _policy_of(self.policy, house_at(choices, self.clock.now()), choices)

    @property
    def house(self) -> House:
        """The numbers and terms of the business that hold at this moment."""
        return house_at(self._choices.get(), self.clock.now())

    @property
    def house_known(self) -> House:
        """As `house`, by what this process read last: it asks nobody, so that words can be made anywhere."""
        return house_at(self._choices.known() or (), self.clock.now())

    @cached_property
    def _choices(self) -> FreshReading[tuple[SettingChange, ...]]:
        return FreshReading(self._read_choices)

    def _read_choices(self) -> tuple[SettingChange, ...]:
        with self.read_engine.connect() as connection:
            return tuple(SettingChange(*row) for row in connection.execute(_EVERY_CHOICE))

    @property
    def banner(self) -> Banner | None:
        """The banner that stands on every page now, else the one that comes next."""
        return next_banner(self._banners.get(), self.clock.now())

    def banner_changed(self) -> None:
        """Somebody set a banner or took one away: whoever asks next reads it anew."""
        self._banners.forget()

    @cached_property
    def _banners(self) -> FreshReading[tuple[Banner, ...]]:
        return FreshReading(self._read_banners)

    def _read_banners(self) -> tuple[Banner, ...]:
        with self.read_engine.connect() as connection:
            found = connection.execute(_BANNERS, {"now": self.clock.now()})
            return tuple(Banner(r.id, r.said, BannerTone(r.tone), r.link, r.from_at, r.until_at) for r in found)

    @cached_property
    def redis(self) -> redis.Redis:
        """Queues, bells and limits."""
        return redis.Redis.from_url(self.settings.redis_url, socket_timeout=5, socket_connect_timeout=2)

    @cached_property
    def payments(self) -> PaymentProvider:
        """Who takes money in and gives it back."""
        return RazorpayPayments(
            self._razorpay,
            key_secret=self.settings.razorpay_key_secret,
            checkout_script_url=self.settings.razorpay_checkout_script_url,
        )

    @cached_property
    def payouts(self) -> PayoutProvider:
        """Who sends money to cleaners."""
        return RazorpayPayouts(self._razorpay, account_number=self.settings.razorpay_x_account_number)

    @cached_property
    def provider_format(self) -> ProviderFormat:
        """The language of the provider; it calls nobody."""
        return RazorpayFormat(account_number=self.settings.razorpay_x_account_number)

    @cached_property
    def _razorpay(self) -> RazorpayClient:
        return RazorpayClient(
            key_id=self.settings.razorpay_key_id,
            key_secret=self.settings.razorpay_key_secret,
            base_url=self.settings.razorpay_base_url,
        )

    @cached_property
    def files(self) -> FileStore:
        """Where photos and documents are kept."""
        if not self.settings.storage_s3_bucket:
            return LocalFiles(self.settings.storage_dir)
        # Its library is large: only processes that keep files in a bucket carry it.
        s3 = importlib.import_module("cleanit_app.adapters.s3_files")
        kept: FileStore = s3.S3Files(
            bucket=self.settings.storage_s3_bucket,
            endpoint=self.settings.storage_s3_endpoint,
            region=self.settings.storage_s3_region,
            key_id=self.settings.storage_s3_key_id,
            secret=self.settings.storage_s3_secret,
        )
        return kept

    @cached_property
    def links(self) -> SignedLinks:
        """Short links to private files."""
        return SignedLinks(self.settings.file_signing_secret)

    @cached_property
    def identities(self) -> IdentityChecker:
        """Who knows whose an ID is."""
        url, key = self.settings.identity_check_url, self.settings.identity_check_key
        return HttpIdentityChecker(url=url, key=key) if url else NobodyToAsk()

    @property
    def examiner(self) -> PhotoExaminer:
        """Who takes photos apart, for all of this process together."""
        return _decoder_of(os.getpid())

    @cached_property
    def scanner(self) -> VirusScanner:
        """Who looks for what is known to be harmful."""
        return ClamAv(self.settings.clamav_address) if self.settings.clamav_address else NoScanner()

    @cached_property
    def cipher(self) -> FieldCipher:
        """The lock for bank details and IDs."""
        return AesFieldCipher(self.settings.field_encryption_keys)

    @cached_property
    def codes(self) -> OtpSender:
        """Who brings one-time codes to phones and mailboxes."""
        return CodeService(self.settings.code_service_url, self.settings.code_service_key)

    @cached_property
    def shared_cache(self) -> SharedCache:
        """What keeps public files between us and browsers, and can be told to forget them."""
        url, key = self.settings.cache_purge_url, self.settings.cache_purge_key
        return PurgedCache(url, key, public_url=self.settings.public_url) if url else NoSharedCache()

    @cached_property
    def features(self) -> FeatureFlags:
        """Which features are on for whom."""
        return OpenFeatureFlags(self._rollouts)

    def _rollouts(self) -> Mapping[str, Rollout]:
        with self.open_read() as uow:
            return {
                row.key: Rollout(FlagState(row.state), row.percent, frozenset(row.people))
                for row in uow.run(text("SELECT key, state, percent, people FROM feature_flags"))
            }

    @cached_property
    def keyed_hash(self) -> KeyedHash:
        """The hash for what is short enough to be tried out: codes and addresses."""
        return HmacHash(self.settings.jwt_secret)

    @cached_property
    def tokens(self) -> AccessTokens:
        """Access tokens of REST callers."""
        return AccessTokens(self.settings.jwt_secret)

    @cached_property
    def live(self) -> Live:
        """The wire to open tabs."""
        return RedisLive(self.redis)

    @cached_property
    def revoked(self) -> RevokedSessions:
        """Sessions that ended a moment ago."""
        return RedisRevoked(self.redis)

    @cached_property
    def limits(self) -> Limits:
        """The count of what is limited."""
        return RedisLimits(self.redis)

    def webhook_is_genuine(self, raw: bytes, signature: str | None) -> bool:
        """Whether the provider signed this body with one of our webhook secrets (PAY-01)."""
        return webhook_is_genuine(raw, signature, self.settings.razorpay_webhook_secrets)

    @cached_property
    def queue(self) -> RedisQueue:
        """The wire to the workers."""
        return RedisQueue(self.redis)

    @contextmanager
    def open_uow(self) -> Iterator[UnitOfWork]:
        """A transaction that commits at the end; what it recorded and hinted is passed on once it is safe."""
        with unit_of_work(self.engine, self.clock.now(), self._after_commit, self.policy_now, current_request()) as uow:
            uow.note_late = self._note_left_out
            yield uow

    @contextmanager
    def open_read(self) -> Iterator[UnitOfWork]:
        """A transaction that can only read."""
        with unit_of_work(
            self.read_engine, self.clock.now(), self._after_commit, self.policy_now, current_request()
        ) as uow:
            uow.note_late = self._note_left_out
            yield uow

    def _after_commit(self, uow: UnitOfWork) -> None:
        if uow.left_out:
            self._note_left_out(uow.left_out)
        if uow.ended:
            self.revoked.add(uow.ended)
            for session_id in uow.ended:
                self.live.end_session(str(session_id))
        if uow.recorded:
            self.queue.ring_outbox()
        if any(isinstance(event, BannerSet | BannerEnded) for event in uow.recorded):
            self.banner_changed()
            self.live.wake_all_tabs()
        for hint in dict.fromkeys(uow.hints):
            self.queue.enqueue(
                *hint,
                most_seconds=uow.most_seconds[hint],
                in_seconds=uow.in_seconds[hint],
                request_id=uow.request_id,
            )

    def surprised(
        self, trouble: BaseException, *, source: str, asked: Mapping[str, object], user_id: UUID | None = None
    ) -> None:
        """Keep an error that nobody expected among the failures, with those like it (MON-05).

        Each kind is written once a second at most; what comes between is counted with the next. One that passes
        several doors is one. It never raises.
        """
        if getattr(trouble, _NOTED, False):
            return
        setattr(trouble, _NOTED, True)
        kind = fingerprint_of(source, trouble)
        times = self._surprises.get(kind, 0) + 1
        now = time.monotonic()
        if now - self._surprised_at.get(kind, -1.0) < 1.0:
            self._surprises[kind] = times
            return
        self._surprised_at[kind] = now
        self._surprises.pop(kind, None)
        try:
            with self.open_uow() as uow:
                release = self.settings.release
                note_surprise(
                    uow, source=source, trouble=trouble, asked=asked, user_id=user_id, release=release, times=times
                )  # fmt: skip
        except Exception:  # whatever keeps it from being noted must not hide it: the door logs the error itself
            log.exception("a surprise could not be noted")

    def _note_left_out(self, rows: Sequence[LeftOut]) -> None:
        """Write down rows that a list had to leave out; the list itself was answered and stays so."""
        fresh = [row for row in rows if row.subject_id not in self._noted]
        if not fresh:
            return
        try:
            with self.open_uow() as uow:
                uow.note_left_out(fresh)
        except SQLAlchemyError:
            log.exception("rows that cannot be read could not be noted")
        else:
            self._noted.update(row.subject_id for row in fresh if row.subject_id)


def _engine(url: str, settings: Settings) -> Engine:
    pooled = settings.database_pooler == "transaction"
    # Behind such a pooler no two transactions share a session: what holds for one is the role's (ops.database_roles).
    connect = {} if pooled else {"options": _OPTIONS}
    if settings.database_sslmode:
        connect["sslmode"] = settings.database_sslmode
    engine = create_engine(
        url,
        connect_args=connect,
        executemany_mode="values_plus_batch",  # many changed rows go in one round trip, not in one each
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,  # after a restart or failover nobody is given a connection that is gone
        pool_recycle=1800,
        hide_parameters=True,  # what people typed does not belong into logs
    )
    if not pooled:
        prepare_often_used(engine)
    if settings.is_production:
        refuse_unfit_connections(engine)
    read_strictly(engine)
    note_slow_statements(engine)
    leave_writing_to_the_server(engine)
    return engine


@lru_cache(maxsize=8)
def _policy_of(policy: HousePolicy, house: House, choices: tuple[SettingChange, ...]) -> HousePolicy:
    return replace(policy, terms=house.terms, limits=house.limits, choices=choices)


@lru_cache(maxsize=1)
def _decoder_of(pid: int) -> LimitedDecoder:
    return LimitedDecoder()


@lru_cache(maxsize=1)
def _wiring_of(pid: int) -> Wiring:
    return Wiring(get_settings())


def wiring() -> Wiring:
    """The parts of this process; a forked child gets its own, for connections cannot be shared."""
    return _wiring_of(os.getpid())
