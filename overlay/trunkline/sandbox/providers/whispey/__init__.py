"""Whispey in the sandbox: the REST API, and the ingest API that fills the same store."""

from trunkline.sandbox.providers.whispey.handlers import WhispeyProvider
from trunkline.sandbox.providers.whispey.ingest import WhispeyIngestProvider
from trunkline.sandbox.providers.whispey.store import WhispeyStore

__all__ = ["WhispeyIngestProvider", "WhispeyProvider", "WhispeyStore"]
