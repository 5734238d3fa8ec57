"""Files that only a gated view gives out."""

from pathlib import Path

from django.core.files.storage import storages


def keep_file(name: str, data: bytes) -> None:
    """Write beside it, then put in place in one step: nobody ever reads half a file."""
    target = Path(storages["private"].path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.half")
    half.write_bytes(data)
    half.replace(target)


def read_file(name: str) -> bytes:
    """Nothing when there is no such file (any more)."""
    try:
        with storages["private"].open(name) as file:
            return bytes(file.read())
    except OSError:
        return b""


def forget_file(name: str) -> None:
    """Also what a killed worker left of it."""
    for one in (name, f"{name}.half"):
        storages["private"].delete(one)


def files_in(folder: str) -> list[str]:
    """The names of all files in a folder, with that folder; none while the folder does not exist."""
    try:
        names = storages["private"].listdir(folder)[1]
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names]
