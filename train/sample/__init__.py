"""Draws the sample catalogue: made-up items whose themes, styles and tastes are known."""

import sys
from importlib.util import find_spec

# Every command that draws or knows the planted themes comes by here: one line, no traceback.
if find_spec("skia") is None:
    sys.exit("The drawing engine is missing. Install it with: pip install -e '.[train]'")
