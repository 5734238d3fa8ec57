"""The queue in a folder, so that nobody ever reads half a message.

Kombu's own writes a message, or a list of queues, in the place where the worker looks. A worker that comes
in between reads nothing and stops on it. Here a message is put in place in one step, and a list that
cannot be read yet is read again.
"""

import os
import time
import uuid
from collections.abc import Callable
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps

TRIES = 20
PAUSE = 0.02  # seconds


def once_it_is_whole[T](read: Callable[..., T], *args: Any) -> T:
    """What `read` gives once the file can be read as JSON; its ValueError after TRIES."""
    for _attempt in range(TRIES - 1):
        try:
            return read(*args)
        except ValueError:
            time.sleep(PAUSE)
    return read(*args)


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{time.monotonic_ns():020}_{uuid.uuid4()}.{queue}.msg"
        target = os.path.join(self.data_folder_out, name)
        with open(f"{target}.half", "w", encoding="utf-8") as file:
            file.write(dumps(payload))
        os.replace(f"{target}.half", target)

    def get_table(self, exchange: str) -> list[Any]:
        return once_it_is_whole(super().get_table, exchange)

    def _queue_bind(self, *where: Any) -> None:
        once_it_is_whole(super()._queue_bind, *where)


class Transport(filesystem.Transport):
    Channel = Channel
