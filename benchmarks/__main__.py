"""`python -m benchmarks [scan] [pull] [store] [personal] [submissions] [stories]`: every benchmark, or the ones that are named."""

import argparse

from benchmarks import personal, pull, scan, store, stories, submissions
from benchmarks.databases import databases
from tests.replica import running_replica
from tests.replica.facts import FACTS, default_folder

BENCHMARKS = {
    "pull": pull.report,
    "store": store.report,
    "scan": scan.report,
    "personal": personal.report,
    "submissions": submissions.report,
    "stories": stories.report,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="default: all")
    chosen = parser.parse_args().names or list(BENCHMARKS)
    small = default_folder() == FACTS
    if small:
        print("Small tables. OPENDATA_TABLES names a folder with complete ones.\n")
    with running_replica(warm=True) as replica, databases() as kinds:
        for name in chosen:
            for part in BENCHMARKS[name](replica, kinds):
                print(part, flush=True)


if __name__ == "__main__":
    main()
