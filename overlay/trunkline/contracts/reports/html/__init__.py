"""The report as one HTML file that needs no network, and no script to be read."""

from .page import render

__all__ = ["render"]
