"""Where the tables are: the folder named in the environment, or the small one beside this file."""

import os
from pathlib import Path

FACTS = Path(__file__).parent


def default_folder() -> Path:
    named = os.environ.get("OPENDATA_TABLES")
    return Path(named) if named else FACTS
