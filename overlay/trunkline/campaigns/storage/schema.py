"""The tables of campaigns in PostgreSQL."""

from __future__ import annotations

from typing import Final

__all__ = ["LOCK", "TABLES"]

#: The advisory lock under which one process at a time makes the tables.
LOCK: Final = 0x54724C63
TABLES: Final = """
CREATE TABLE IF NOT EXISTS campaign (
  name text PRIMARY KEY,
  settings jsonb NOT NULL,
  state text NOT NULL DEFAULT 'running',
  reason text NOT NULL DEFAULT '',
  created timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE IF NOT EXISTS campaign_row (
  campaign text NOT NULL REFERENCES campaign ON DELETE CASCADE,
  line integer NOT NULL,
  key text NOT NULL,
  number text NOT NULL,
  fields jsonb NOT NULL,
  zones text[] NOT NULL,
  state text NOT NULL DEFAULT 'ready',
  attempts integer NOT NULL DEFAULT 0,
  due timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed timestamptz NOT NULL DEFAULT clock_timestamp(),
  call_id text,
  outcome text NOT NULL DEFAULT '',
  seconds double precision,
  cost numeric,
  error text NOT NULL DEFAULT '',
  PRIMARY KEY (campaign, line),
  UNIQUE (campaign, key)
);
CREATE INDEX IF NOT EXISTS campaign_row_due ON campaign_row (campaign, due)
  WHERE state IN ('ready', 'unknown');
CREATE INDEX IF NOT EXISTS campaign_row_open ON campaign_row (campaign, state, changed)
  WHERE state IN ('queued', 'accepted');
CREATE INDEX IF NOT EXISTS campaign_row_call ON campaign_row (call_id) WHERE call_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS campaign_problem (
  campaign text NOT NULL REFERENCES campaign ON DELETE CASCADE,
  line integer NOT NULL,
  problem text NOT NULL,
  is_duplicate boolean NOT NULL,
  PRIMARY KEY (campaign, line)
);
"""
