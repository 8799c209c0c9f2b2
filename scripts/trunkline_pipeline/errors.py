"""Errors that stop the pipeline."""

from __future__ import annotations


class PipelineError(Exception):
    """An input is wrong; the message names the file and what to do about it."""


class ToolError(PipelineError):
    """A tool is missing or is not the pinned version, so results would be unreliable."""
