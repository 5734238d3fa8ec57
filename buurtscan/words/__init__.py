"""Figures in words a resident understands."""
