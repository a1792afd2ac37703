def run(text):
    exec(text)


run("run2 = lambda: exec('1/0')\nrun2()")
