"""The store, and the one place that speaks SQL."""

from core.store.connection import file_of
from core.store.database import HISTORY_LIMIT, Store, User, readable

__all__ = ["HISTORY_LIMIT", "Store", "User", "file_of", "readable"]
