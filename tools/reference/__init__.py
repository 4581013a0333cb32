"""The tables of the documents, made from the product's own: `python -m tools.reference`.

A document has a pair of marks, `<!-- table: NAME -->` and `<!-- end -->`; what stands between them
is written anew in the language of the page.  A code, a state or a column that the product has thus
stands in the documents, and a test fails where it does not.
"""
