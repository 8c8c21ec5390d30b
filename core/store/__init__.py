"""The store, and the one place that speaks SQL."""

from core.store.database import HISTORY_LIMIT, Store, User, readable

__all__ = ["HISTORY_LIMIT", "Store", "User", "readable"]
