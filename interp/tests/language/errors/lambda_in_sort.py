# An exception in a key function called from native code.
people = [{"name": "Ada"}, {"nam": "Alan"}]
people.sort(key=lambda person: person["name"])
