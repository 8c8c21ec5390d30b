"""Writes what was measured as pages: docs/results.md and the tables of the README."""
