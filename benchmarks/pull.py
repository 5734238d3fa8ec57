"""National tables into the store, beside the same table fetched (not stored) by cbsodata."""

import sys
from io import StringIO

from benchmarks.measuring import Measured, cbs_client, measured, prepared, table, tell
from tests.replica import Replica

TABLES = {
    "KWB 2020": ("kwb", "84799NED"),
    "KWB 2024": ("kwb", "85984NED"),
    "RIVM 2012-2020": ("rivm", "50090NED"),
}
THEIRS = {"KWB 2020": ("cbs3", "84799NED"), "KWB 2024": ("cbs3", "85984NED")}


def report(replica: Replica) -> str:
    lines: list[Measured] = []
    for name, (source, identifier) in TABLES.items():
        lines.append(measured(f"pull of {name}", replica, ["benchmarks.pull", "ours", source, identifier]))
        if name in THEIRS:
            command = ["benchmarks.pull", "theirs", *THEIRS[name]]
            lines.append(measured(f"  cbsodata, {name}", replica, command))
    again = ["benchmarks.pull", "again", *TABLES["KWB 2020"]]
    lines.append(measured("pull of KWB 2020, nothing changed", replica, again))
    return table("National pull (rows: numbers stored, or rows of the table)", lines)


def pull(source: str, identifier: str) -> int:
    from django.core.management import call_command

    from buurtscan.models import Pull

    call_command("pull", source=source, table=identifier, stdout=StringIO())
    return Pull.objects.latest("pk").rows


def ours(source: str, identifier: str) -> None:
    prepared()
    tell(lambda: pull(source, identifier))


def again(source: str, identifier: str) -> None:
    prepared()
    pull(source, identifier)
    tell(lambda: pull(source, identifier))


def theirs(service: str, identifier: str) -> None:
    tell(lambda: len(cbs_client(service).get_data(identifier)))


if __name__ == "__main__":
    {"ours": ours, "again": again, "theirs": theirs}[sys.argv[1]](*sys.argv[2:])
