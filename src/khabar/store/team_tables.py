"""The tables of a team's accounts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table

ACCOUNTS = MetaData()

account = Table(
    "account", ACCOUNTS,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("password", String, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("made", Float, nullable=False),
)  # fmt: skip

session = Table(
    "account_session", ACCOUNTS,
    Column("digest", String, primary_key=True),
    Column("name", String, ForeignKey("account.name"), nullable=False),
    Column("opened", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Index("account_session_name", "name"),
)  # fmt: skip

attempt = Table(
    "account_attempt", ACCOUNTS,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("key", String, nullable=False),
    Column("at", Float, nullable=False),
    Index("account_attempt_key", "key", "at"),
)  # fmt: skip
