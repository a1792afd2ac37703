place = "two"
