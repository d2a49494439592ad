"""The servers under the tests are real and empty."""

import redis
from sqlalchemy import Engine, text

from cleanit_app.settings import Settings


def test_every_test_gets_an_empty_migrated_database(db: Engine) -> None:
    with db.connect() as connection:
        assert connection.execute(text("SELECT version()")).scalar_one().startswith("PostgreSQL 18")
        connection.execute(text("SELECT count(*) FROM alembic_version"))


def test_every_test_gets_an_empty_queue(settings: Settings) -> None:
    with redis.Redis.from_url(settings.redis_url) as client:
        assert client.dbsize() == 0
        client.set("left over", "1")


def test_a_queue_used_by_another_test_is_empty_again(settings: Settings) -> None:
    with redis.Redis.from_url(settings.redis_url) as client:
        assert client.dbsize() == 0
