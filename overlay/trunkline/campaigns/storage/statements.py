"""The store's SQL statements; all times are of the server's clock."""

from __future__ import annotations

from typing import Final

CREATE: Final = "INSERT INTO campaign (name, settings) VALUES (%s, %s) ON CONFLICT DO NOTHING"
ROWS: Final = "COPY campaign_row (campaign, line, key, number, fields, zones) FROM STDIN"
PROBLEMS: Final = "COPY campaign_problem (campaign, line, problem, is_duplicate) FROM STDIN"
CAMPAIGN: Final = "SELECT settings, state, reason FROM campaign WHERE name = %s"
NAMES: Final = "SELECT name FROM campaign ORDER BY created DESC"
STEER: Final = """
UPDATE campaign SET state = %s, reason = %s WHERE name = %s AND (state != 'cancelled' OR state = %s)
"""
DELETE: Final = "DELETE FROM campaign WHERE name = %s"

CANCEL: Final = """
UPDATE campaign_row SET state = 'cancelled', changed = clock_timestamp()
WHERE campaign = %s AND state = 'ready'
"""
#: One feeder at a time: two that count at once would exceed the limit together.
ONE_FEEDER: Final = "SELECT 1 FROM campaign WHERE name = %s FOR NO KEY UPDATE"
BUSY: Final = """
SELECT count(*) FROM campaign_row WHERE campaign = %s AND state IN ('queued', 'accepted')
"""
CLAIM: Final = """
UPDATE campaign_row SET state = 'queued', changed = clock_timestamp()
WHERE (campaign, line) IN (
  SELECT campaign, line FROM campaign_row
  WHERE campaign = %s AND state IN ('ready', 'unknown') AND due <= clock_timestamp()
  ORDER BY due, line LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING line, key, number, fields, zones, attempts, state
"""
ROW: Final = """
SELECT line, key, number, fields, zones, attempts, state
FROM campaign_row WHERE campaign = %s AND line = %s
"""
POSTPONE: Final = """
UPDATE campaign_row SET state = 'ready', due = %s, changed = clock_timestamp()
WHERE campaign = %s AND line = %s AND state = 'queued'
"""
RECORD: Final = """
UPDATE campaign_row SET state = %s, due = clock_timestamp() + %s * interval '1 second',
  attempts = attempts + %s, call_id = coalesce(%s, call_id), error = %s, changed = clock_timestamp()
WHERE campaign = %s AND line = %s AND state IN ('ready', 'queued', 'unknown')
"""
FINISH: Final = """
UPDATE campaign_row SET state = 'finished', outcome = %s, seconds = %s, cost = %s,
  changed = clock_timestamp()
WHERE call_id = %s AND state = 'accepted'
"""
ACCEPTED: Final = """
UPDATE campaign_row SET due = clock_timestamp()
WHERE (campaign, line) IN (
  SELECT campaign, line FROM campaign_row
  WHERE campaign = %s AND state = 'accepted'
    AND due <= clock_timestamp() - %s * interval '1 second'
  ORDER BY due LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING call_id, changed
"""
RECOVER: Final = """
UPDATE campaign_row SET state = 'unknown', due = clock_timestamp(), changed = clock_timestamp()
WHERE campaign = %s AND state = 'queued'
  AND changed < clock_timestamp() - %s * interval '1 second'
"""
GIVE_UP: Final = """
UPDATE campaign_row SET state = 'finished', outcome = 'not observed', changed = clock_timestamp()
WHERE campaign = %s AND state = 'accepted'
  AND changed < clock_timestamp() - %s * interval '1 second'
"""
COUNTS: Final = "SELECT state, count(*) FROM campaign_row WHERE campaign = %s GROUP BY state"
PROBLEM_COUNTS: Final = """
SELECT is_duplicate, count(*) FROM campaign_problem WHERE campaign = %s GROUP BY is_duplicate
"""
PROBLEM_LIST: Final = """
SELECT line, problem, is_duplicate FROM campaign_problem WHERE campaign = %s ORDER BY line
"""
RESULTS: Final = """
SELECT line, key, state, outcome, call_id, seconds, cost, attempts, error
FROM campaign_row WHERE campaign = %s ORDER BY line
"""
