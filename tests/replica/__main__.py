"""`python -m tests.replica --port 8899`: serves until interrupted; prints the base URL and the settings."""

import argparse
from contextlib import suppress
from pathlib import Path

from tests.replica.facts import default_folder
from tests.replica.library import Library
from tests.replica.server import Replica


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.replica")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--tables", type=Path, default=None, help="folder of tables; default OPENDATA_TABLES")
    parser.add_argument("--warm", action="store_true", help="read all tables before serving")
    chosen = parser.parse_args()
    library = Library(chosen.tables or default_folder())
    if chosen.warm:
        library.warm()
    replica = Replica(library, chosen.port)
    print(replica.url, flush=True)
    for name, value in replica.environ().items():
        print(f"{name}={value}", flush=True)
    with suppress(KeyboardInterrupt):
        replica.serve()


if __name__ == "__main__":
    main()
