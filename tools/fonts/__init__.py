"""Makes the fonts that reports embed, and writes down what each of them has."""
