raise BaseExceptionGroup("base", [KeyboardInterrupt("k"), SystemExit(3), GeneratorExit()])
