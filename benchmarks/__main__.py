"""`python -m benchmarks [scan] [pull]`: every benchmark, or the ones that are named."""

import argparse

from benchmarks import pull, scan
from tests.replica import running_replica
from tests.replica.facts import FACTS, default_folder

BENCHMARKS = {"scan": scan.report, "pull": pull.report}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="default: all")
    chosen = parser.parse_args().names or list(BENCHMARKS)
    small = default_folder() == FACTS
    if small:
        print("Small tables. OPENDATA_TABLES names a folder with complete ones.\n")  # noqa: T201
    with running_replica(warm=True) as replica:
        for name in chosen:
            print(BENCHMARKS[name](replica), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
