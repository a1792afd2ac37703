raise ExceptionGroup("two\nlines", [ValueError("also\ntwo"), ValueError("x\n\ny")])
