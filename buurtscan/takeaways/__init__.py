"""The scan as a file: one content, five forms. What may not leave the kernteam is never in the content."""
