"""What is done with the tables of the whole country: bring them in, keep them fresh, compare."""
