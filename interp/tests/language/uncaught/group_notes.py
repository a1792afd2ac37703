group = ExceptionGroup("noted", [ValueError("one"), TypeError("two")])
group.add_note("about the group")
group.add_note("two\nlines")
group.exceptions[0].add_note("about one")
group.exceptions[1].add_note("")
raise group
