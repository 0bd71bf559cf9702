"""The same ports without a database, for fast tests of the domain. Held to the same contract tests as SQL."""

from storage.memory.catalogue import MemoryCatalogue
from storage.memory.unit_of_work import MemoryUnitOfWork

__all__ = ["MemoryCatalogue", "MemoryUnitOfWork"]
