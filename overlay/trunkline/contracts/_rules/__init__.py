"""The level table, and the judgement of edits by it."""
