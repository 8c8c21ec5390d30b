"""Draws the sample catalogue: made-up items whose themes, styles and tastes are known."""
