"""What the papers can draw: texts as the signs that are drawn one by one, and which font has which.

Nothing here reads a font: `tools/fonts/` writes down what each has (docs/adr/0039).
"""
