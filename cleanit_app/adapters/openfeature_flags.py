"""Feature flags through OpenFeature's SDK, with our own table behind it (OPS-06)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from uuid import UUID, uuid4

from openfeature import api
from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import FlagNotFoundError, TypeMismatchError
from openfeature.flag_evaluation import FlagResolutionDetails, FlagValueType, Reason
from openfeature.provider import AbstractProvider, Metadata

from cleanit_app.domain.features import Feature, Rollout

FRESH_SECONDS = 2.0
"""How long a process goes on by what it read: a switch is heeded everywhere after this at the latest."""
log = logging.getLogger(__name__)


class TableProvider(AbstractProvider):
    """Answers by the rows of our table; what nobody has chosen about is not found, so the caller's default counts."""

    def __init__(self, load: Callable[[], Mapping[str, Rollout]], clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._load, self._clock, self._lock = load, clock, Lock()
        self._known: Mapping[str, Rollout] = {}
        self._read_at = float("-inf")

    def get_metadata(self) -> Metadata:
        """The provider's name."""
        return Metadata(name="cleanit table")

    def rollout(self, key: str) -> Rollout | None:
        """What was chosen about a feature, at most two seconds old."""
        with self._lock:
            if self._clock() - self._read_at > FRESH_SECONDS:
                self._known, self._read_at = self._load(), self._clock()
            return self._known.get(key)

    def resolve_boolean_details(
        self, flag_key: str, default_value: bool, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[bool]:
        """Whether the person of the context (`targeting_key`, an account's id) has the feature."""
        found = self.rollout(flag_key)
        if found is None:
            raise FlagNotFoundError(flag_key)
        target = evaluation_context.targeting_key if evaluation_context else None
        person = UUID(target) if target else None
        reached = found.reaches(flag_key, person)
        return FlagResolutionDetails(reached, reason=Reason.TARGETING_MATCH, variant=found.state.value)

    def resolve_string_details(
        self, flag_key: str, default_value: str, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[str]:
        """Refused: our flags are on or off."""
        raise TypeMismatchError(flag_key)

    def resolve_integer_details(
        self, flag_key: str, default_value: int, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[int]:
        """Refused: our flags are on or off."""
        raise TypeMismatchError(flag_key)

    def resolve_float_details(
        self, flag_key: str, default_value: float, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[float]:
        """Refused: our flags are on or off."""
        raise TypeMismatchError(flag_key)

    def resolve_object_details(
        self,
        flag_key: str,
        default_value: Sequence[FlagValueType] | Mapping[str, FlagValueType],
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[Sequence[FlagValueType] | Mapping[str, FlagValueType]]:
        """Refused: our flags are on or off."""
        raise TypeMismatchError(flag_key)


class OpenFeatureFlags:
    """A FeatureFlags port on OpenFeature's client; on for all where nothing was chosen or nothing can be read."""

    def __init__(self, load: Callable[[], Mapping[str, Rollout]]) -> None:
        domain = f"cleanit-{uuid4()}"
        api.set_provider(TableProvider(load), domain)
        self._client = api.get_client(domain)

    def is_on(self, feature: Feature, person_id: UUID | None) -> bool:
        """Whether somebody has a feature; for None, whether everybody has."""
        context = EvaluationContext(targeting_key=str(person_id) if person_id else None)
        return self._client.get_boolean_value(feature.value, True, context)
