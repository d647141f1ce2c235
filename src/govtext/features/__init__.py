"""From text to numbers: words and n-grams, the pretrained encoder."""
