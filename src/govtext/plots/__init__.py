"""What every picture shares: colours, fonts, and a canvas that needs no display."""
