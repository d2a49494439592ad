"""Which failures mean that a part does not answer or has no room now, at whichever door they are met."""

from __future__ import annotations

import errno

from redis.exceptions import RedisError
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from cleanit_app.ports import StoreAway

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE})
ONLY_READS = frozenset({"25006"})


def only_reads(trouble: BaseException) -> bool:
    """Whether a database refused because it only reads, as after a failover or when its disk is full."""
    return getattr(getattr(trouble, "orig", None), "pgcode", None) in ONLY_READS


def is_outage(trouble: BaseException) -> bool:
    """Whether nothing was changed and a moment later it may go well; False for what surprises."""
    if isinstance(trouble, InternalError):
        return only_reads(trouble)
    if isinstance(trouble, OperationalError | NoConnection | InterfaceError | RedisError | StoreAway):
        return True
    return isinstance(trouble, OSError) and trouble.errno in NO_ROOM
