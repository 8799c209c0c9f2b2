"""The report as one HTML file that can be read without network or scripts."""

from .page import render

__all__ = ["render"]
