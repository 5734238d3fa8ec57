"""A scan with an empty store, of one buurt, of a village of two, and of a wijk, beside the same rows fetched by
cbsodata. `benchmarks.store` measures the scan from a store that was filled before."""

import sys
from collections.abc import Iterator, Sequence

from benchmarks.databases import Kind
from benchmarks.measuring import Measured, cbs_client, measured, started, table, tell
from tests.replica import Replica

AREAS = {"buurt": ["BU05183620"], "two buurten": ["BU18590004", "BU18590006"], "wijk": ["WK039208"]}
CBS = ("85984NED", "84799NED", "84583NED", "83765NED")
HEALTH = ("50150NED", "50090NED")


def report(replica: Replica, kinds: Sequence[Kind]) -> Iterator[str]:
    lines: list[Measured] = []
    for name, codes in AREAS.items():
        with kinds[0].fresh() as database:
            command = ["benchmarks.scan", "ours", *codes]
            lines.append(measured(f"scan of a {name}", replica, command, database))
        lines.append(measured(f"  cbsodata, same {name}", replica, ["benchmarks.scan", "theirs", *codes]))
    yield table("Scan with an empty store, on SQLite (rows: figures, or rows of tables)", lines)


def ours(codes: list[str]) -> None:
    started()
    from buurtscan.actions import scan_areas
    from buurtscan.target import target_of

    target = target_of(codes)
    tell(lambda: len(scan_areas([target]).figures[target]))


def theirs(codes: list[str]) -> None:
    """The same areas from the same tables: not the years, the levels and the rates."""
    from buurtscan.target import target_of

    around = target_of(codes).all_codes
    where = " or ".join(f"WijkenEnBuurten eq '{code:<10}'" for code in (*around, "NL01"))
    people = f"Leeftijd eq '20300' and Marges eq 'MW00000' and ({where})"

    def work() -> int:
        cbs = cbs_client("cbs3")
        rows = sum(len(cbs.get_data(name, filters=where)) for name in CBS)
        cbs_client("derden")
        rows += len(cbs.get_data("47018NED", filters=where))
        return rows + sum(len(cbs.get_data(name, filters=people)) for name in HEALTH)

    tell(work)


if __name__ == "__main__":
    {"ours": ours, "theirs": theirs}[sys.argv[1]](sys.argv[2:])
