"""The recipes need both a real store and a tiny model to start from."""

from tests.summarization.conftest import tiny_seq2seq
from tests.tracking.conftest import client, empty_database, store

__all__ = ["client", "empty_database", "store", "tiny_seq2seq"]
