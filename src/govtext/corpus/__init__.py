"""Annotated reports and labelled sentences: read, check, split, export."""
