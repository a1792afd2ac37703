error = ValueError("message")
error.add_note("a note")
error.add_note("a note\nof two lines")
error.add_note("日本")
error.add_note("")
raise error
