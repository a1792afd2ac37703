raise ExceptionGroup("sixteen", [ValueError(i) for i in range(16)])
