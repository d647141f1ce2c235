"""Pure functions on strings: sentences, units of counting, normal forms."""
