"""National tables into the store, beside the raw limit and beside the same table fetched by cbsodata.

The raw limit does the least that can be done: get the pages, decode the JSON, insert each row as it came,
as one JSON text, in bulk. No check, no measure looked up, no number chosen, nothing compared.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.databases import Kind
from benchmarks.measuring import Measured, cbs_client, kept, measured, started, table, tell
from tests.replica import Replica

TABLES = {
    "KWB 2020": ("kwb", "84799NED", "cbs3"),
    "KWB 2024": ("kwb", "85984NED", "cbs3"),
    "RIVM 2012-2020": ("rivm", "50090NED", "derden"),
}
AT_MOST = 2.0  # times the raw limit
MEMORY = 600.0  # MB


def report(replica: Replica, kinds: Sequence[Kind]) -> Iterator[str]:
    return (report_on(replica, kind) for kind in kinds)


def report_on(replica: Replica, kind: Kind) -> str:
    lines: list[Measured] = []
    for name, (source, identifier, service) in TABLES.items():
        with kind.fresh() as database:
            raw = measured(
                f"  raw limit, {name}", replica, ["benchmarks.pull", "raw", service, identifier], database
            )
        with kind.fresh() as database:
            ours = measured(
                f"pull of {name}", replica, ["benchmarks.pull", "ours", source, identifier], database
            )
            again = measured(
                "  nothing changed", replica, ["benchmarks.pull", "ours", source, identifier], database
            )
        ratio = kept(ours.seconds / raw.seconds, AT_MOST, "x the raw limit")
        lines += [replace(ours, bound=f"{ratio}; {kept(ours.peak, MEMORY, 'MB')}"), again, raw]
    for name, (_source, identifier, service) in TABLES.items():
        if service == "cbs3" and not kind.server:
            command = ["benchmarks.pull", "theirs", service, identifier]
            lines.append(measured(f"  cbsodata, {name} (stores nothing)", replica, command))
    return table(f"National pull on {kind.name} (rows: numbers stored, or rows of the table)", lines)


def pulled(source: str, table: str = "") -> int:
    """As the command and the worker do it; without what is worked out of the tables afterwards."""
    from buurtscan.actions import begin_pull, run_pull
    from core.jobs import claim, perform

    pull = begin_pull(source, table=table)
    run = claim(pull.job_id)
    assert run is not None
    perform(run, lambda run: run_pull(pull, run), beating=True)
    pull.job.refresh_from_db()
    if pull.job.state != pull.job.State.DONE:
        raise SystemExit(f"{source}: {pull.job.error}")
    return pull.rows


def ready_as_a_worker() -> None:
    """What a worker has loaded before its first job."""
    from celery import current_app

    current_app.loader.import_default_modules()


def ours(source: str, identifier: str) -> None:
    started()
    ready_as_a_worker()
    tell(lambda: pulled(source, identifier))


def raw(service: str, identifier: str) -> None:
    started()
    import requests

    url = f"http://{os.environ['REPLICA']}/{service}/ODataFeed/odata/{identifier}/TypedDataSet?$format=json"

    def pages() -> Iterator[list[dict[str, Any]]]:
        link = url
        with requests.Session() as session:
            while link:
                reply = json.loads(session.get(link).content)
                yield reply["value"]
                link = reply.get("odata.nextLink", "")

    tell(lambda: inserted(pages()))


def inserted(pages: Iterator[list[dict[str, Any]]]) -> int:
    from django.db import connection, transaction

    count = 0
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute('CREATE TABLE raw (id integer PRIMARY KEY, area varchar(10), "row" jsonb)')
        for page in pages:
            lines = [(row["ID"], row["WijkenEnBuurten"], json.dumps(row)) for row in page]
            count += len(lines)
            if connection.vendor == "postgresql":
                with cursor.copy("COPY raw FROM STDIN") as copy:
                    for line in lines:
                        copy.write_row(line)
            else:
                cursor.executemany("INSERT INTO raw VALUES (%s, %s, %s)", lines)
    return count


def theirs(service: str, identifier: str) -> None:
    tell(lambda: len(cbs_client(service).get_data(identifier)))


if __name__ == "__main__":
    {"ours": ours, "raw": raw, "theirs": theirs}[sys.argv[1]](*sys.argv[2:])
