"""`python -m train.report`: docs/results.md and the README's tables out of assets/results."""

import argparse
import sys
from collections.abc import Sequence

from core.errors import MsrError
from core.results import read_results
from core.settings import REPOSITORY
from train.report.readme import with_tables
from train.report.results_page import page


def main(argv: Sequence[str] | None = None) -> int:
    """Write both."""
    argparse.ArgumentParser(prog="python -m train.report", description=__doc__).parse_args(argv)
    results, readme = REPOSITORY / "assets" / "results", REPOSITORY / "README.md"
    try:
        tables = with_tables(readme.read_text("utf-8"), read_results(results))
    except MsrError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    (REPOSITORY / "docs" / "results.md").write_text(page(results), "utf-8")
    readme.write_text(tables, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
