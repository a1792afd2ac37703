# Behind a field in a format spec a doubled brace is a brace, as at the beginning of the f-string.
class Shown:
    def __format__(self, spec):
        return f"<{spec}>"


a, b = Shown(), 5
print(f"{a:{b}{{c}}}")
print(f"{a:{b}{{}")
print(f"{a:{b}x{{y}|{a:{b}{{{b}}|")
print(f'''{a:{b}{{
}''')
print(f"{a:{f"{a:{b}{{<5}"}{{}")
print(f"{a:x{b}}}}")
