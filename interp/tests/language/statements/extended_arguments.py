# More than 256 constants, names, locals and arguments: instructions with wide arguments.
source = ["def many():"]
for i in range(600):
    source.append(f"    v{i} = {i * 1000 + 7} + {i}.5")
source.append("    return " + " + ".join(f"v{i}" for i in range(600)))
namespace = {}
exec("\n".join(source), namespace)
print(namespace["many"](), namespace["many"].__code__.co_nlocals)
exec("\n".join(f"name{i} = 'text{i}'" for i in range(700)), namespace)
print(namespace["name699"], namespace["name256"], namespace["name255"])
exec(
    "def f(" + ", ".join(f"a{i}={i}" for i in range(300)) + "): return a0, a255, a256, a299",
    namespace,
)
print(namespace["f"](), namespace["f"](5, a256="x"), namespace["f"](*range(300, 600)))
print(
    eval("[" + ", ".join(str(i) for i in range(1000)) + "]")[-1],
    len(eval("{" + ", ".join(f"{i}: 'v{i}'" for i in range(400)) + "}")),
    sum(eval("(" + ", ".join(f"abs(-{i})" for i in range(500)) + ")")),
)
exec("class C:\n" + "\n".join(f"    m{i} = lambda self: {i}" for i in range(300)), namespace)
print(namespace["C"]().m299(), sum(getattr(namespace["C"](), f"m{i}")() for i in range(300)))
exec(
    "def g(x):\n" + "\n".join(
        f"    {'if' if i == 0 else 'elif'} x == {i}:\n        y = 'case {i}'" for i in range(400)
    ) + "\n    else:\n        y = 'else'\n    return y",
    namespace,
)
print(namespace["g"](0), namespace["g"](399), namespace["g"](400))
exec(
    "def h(n):\n    t = 0\n    while n:\n        n -= 1\n" + "        t += 1\n        t -= 1\n" * 200 + "        t += n\n        if t > 100: continue\n        if t < -5: break\n    return t",
    namespace,
)
print(namespace["h"](20))
