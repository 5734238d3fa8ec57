"""The sources of figures. Each module asks one source and knows nothing of the database."""
