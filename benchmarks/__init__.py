"""Measurements against the replica of the open-data services: `python -m benchmarks`.

OPENDATA_TABLES names a folder with complete tables; without it the small facts of the tests serve.
"""
