"""Whispey in the sandbox: the REST API, and the ingest API that fills the same store."""

from trunkline.sandbox.whispey.ingest import IngestRoom
from trunkline.sandbox.whispey.room import WhispeyRoom
from trunkline.sandbox.whispey.store import WhispeyStore

__all__ = ["IngestRoom", "WhispeyRoom", "WhispeyStore"]
