# An uncaught exception group.
raise ExceptionGroup("several", [ValueError(1), TypeError("two")])
