"""Files made of stories: posters, forms on paper, booklets and quotes."""
