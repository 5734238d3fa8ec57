"""Figures of partners: from any table to numbers with a source."""
