# Notes are printed below the message.
error = ValueError("wrong")
error.add_note("first note")
error.add_note("second\nnote")
raise error
