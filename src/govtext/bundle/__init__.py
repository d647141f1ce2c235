"""A model on disk: a folder of plain arrays and JSON that says what it is and is complete."""
