"doc string behind a mark"
print(__doc__)
