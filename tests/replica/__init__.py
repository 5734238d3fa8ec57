"""A loopback stand-in for the open data services: the same protocols, figures from a folder of tables."""

from tests.replica.library import Options
from tests.replica.server import Replica, running_replica

__all__ = ["Options", "Replica", "running_replica"]
