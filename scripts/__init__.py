"""What `make` runs: the environment, the databases of the tests, the tests."""
