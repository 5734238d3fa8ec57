"""Coding by arithmetic: highlights, agreement, suggestions, and the codebook and quotes as files."""
