"""Outlives its supervisor by a few seconds, to end what a killed supervisor left running.

Reads process groups on standard input, `+12` when one starts and `-12` when it has ended. End of
file means that the supervisor is gone.
"""

import contextlib
import os
import signal
import sys
import time

PATIENCE = 2.0  # seconds between the polite signal and the other one


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def end(groups: set[int], patience: float = PATIENCE) -> None:
    for word in (signal.SIGTERM, signal.SIGKILL):
        for group in groups:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, word)
        limit = time.monotonic() + patience
        while any(alive(group) for group in groups) and time.monotonic() < limit:
            time.sleep(0.05)


def main() -> None:
    for word in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(word, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        sign, group = line[0], int(line[1:])
        (groups.add if sign == "+" else groups.discard)(group)
    end(groups)


if __name__ == "__main__":
    main()
