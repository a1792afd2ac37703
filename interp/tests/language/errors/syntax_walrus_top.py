# An unparenthesised walrus as a statement.
x := 5
