"""Loads the demo data into the database of the settings."""

from __future__ import annotations


def main() -> None:
    """Nothing to load yet."""


if __name__ == "__main__":
    main()
