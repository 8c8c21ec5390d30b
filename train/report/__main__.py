"""`python -m train.report`: docs/results.md and the README's tables out of assets/results."""

import argparse
import sys

from core.commands import command
from core.results import read_results
from core.settings import REPOSITORY
from train.report.readme import with_tables
from train.report.results_page import page


@command
def main(argv: list[str]) -> None:
    """Write both."""
    argparse.ArgumentParser(prog="python -m train.report", description=__doc__).parse_args(argv)
    results, readme = REPOSITORY / "assets" / "results", REPOSITORY / "README.md"
    tables = with_tables(readme.read_text("utf-8"), read_results(results))
    (REPOSITORY / "docs" / "results.md").write_text(page(results), "utf-8")
    readme.write_text(tables, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
