# A keyword as a name.
class = "first"
