"""From URLs to bytes: politely, within limits, from public addresses only. Knows HTTP; nothing of what the bytes hold."""

from khabar.collect.fetch.answers import Fetched, FetchRefused, NotModified, Reason, Request, Result
from khabar.collect.fetch.archive import Archive, ArchiveFault
from khabar.collect.fetch.session import Fetcher, user_agent

__all__ = ["Archive", "ArchiveFault", "FetchRefused", "Fetched", "Fetcher", "NotModified", "Reason", "Request", "Result", "user_agent"]
