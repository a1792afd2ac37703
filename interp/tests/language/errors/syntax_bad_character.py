# A character that is not Python.
price = 5 €
