"""Looking for signs of fraud; what is found waits for a person (OPS-04)."""

from __future__ import annotations

import logging

from rq.timeouts import BaseTimeoutException

from cleanit_app.domain.features import Feature
from cleanit_app.domain.fraud import FraudRule
from cleanit_app.services.fraud import fingerprints, scanning
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.wiring import wiring

log = logging.getLogger(__name__)


def look_for_fraud() -> None:
    """Let each rule look on from where it stopped; one that fails is noted and holds up no other."""
    parts = wiring()
    if not parts.features.is_on(Feature.FRAUD_LOOK, None):
        return  # each rule goes on where it stopped once it is on again
    fingerprints.fingerprint_accounts(parts.open_uow, parts.cipher, parts.keyed_hash)
    for rule in FraudRule:
        try:
            scanning.scan(parts.open_uow, rule)
        except BaseTimeoutException:
            raise  # the worker ends this job; each rule goes on where it stopped
        except Exception as trouble:  # kept in error_logs with its stack; the rule goes on there at the next run
            log.exception("a rule of fraud failed", extra={"rule": rule.value})
            with parts.open_uow() as uow:
                note_failure(uow, source="fraud", subject_id=None, trouble=trouble, where=rule.value)
