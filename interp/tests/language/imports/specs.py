# What __spec__ and its neighbours say of modules of every kind.
import sys

sys.path[:] = sys.path[:1]
import _tree
import _tree.root
import _tree.branch.twig
import _spaces.inner.one
import math


def tail(path):
    return path if path is None else "/".join(path.split("/")[-2:])


for module in (_tree, _tree.root, _tree.branch.twig, _spaces, _spaces.inner, _spaces.inner.one):
    spec = module.__spec__
    print(spec.name, type(spec.loader).__name__, tail(spec.origin), spec.parent, spec.has_location)
    print("  cached", spec.cached and spec.cached.split("/")[-2:])
    locations = spec.submodule_search_locations
    print("  locations", locations and [tail(place) for place in locations], type(locations).__name__)
    print("  module", tail(module.__file__), repr(module.__package__), module.__loader__ is spec.loader)
    print("  path", hasattr(module, "__path__") and module.__path__ is locations)
    print("  cached", getattr(module, "__cached__", "none") == spec.cached, spec.loader_state)
    print("  names", [n for n in vars(module) if n[:2] == "__"])
    print("  spec", list(vars(spec)), type(spec).__name__, type(spec).__module__)
for module in (math, sys):
    spec = module.__spec__
    print(spec, spec.loader is module.__loader__, module.__package__ == "", spec.parent == "")
    print(spec.has_location, spec.cached, spec.submodule_search_locations, module)
print(repr(_tree).startswith("<module '_tree' from '/"), repr(_tree).endswith("_tree/__init__.py'>"))
print(repr(_spaces).split(" from")[0])
loader = _tree.root.__loader__
print(loader.name, tail(loader.path), loader.is_package("_tree.root"), list(vars(loader)))
print(_tree.__loader__.is_package("_tree"), tail(loader.get_filename()), loader.get_filename("_tree.root") == loader.path)
print(loader.get_code("_tree.root").co_names)
print(loader.get_source("_tree.root").splitlines()[0])
print(loader.get_data(loader.path)[:6])
try:
    loader.get_filename("other")
except ImportError as error:
    print(error, error.name)
print(loader == type(loader)(loader.name, loader.path), loader == type(loader)("x", loader.path))
print(len({loader, type(loader)(loader.name, loader.path)}))
Spec = type(sys.__spec__)
made = Spec("a.b", None, origin="here", is_package=True)
print(made, made.parent, made.has_location, made.cached, made.loader_state)
made.has_location = 1
made.cached = "there"
print(made.has_location, made.cached, made == Spec("a.b", None), made != 1, Spec("a", None) == Spec("a", None))
made = Spec("a.b", None)
print(made, made.parent, repr(Spec("top", None).parent))
for args in ((), ("x",), (1, 2, 3)):
    try:
        Spec(*args)
    except TypeError as error:
        print("TypeError")
print(__spec__, __package__ in (None, ""), __name__)
finders = [finder.__name__ for finder in sys.meta_path if isinstance(finder, type)]
print("BuiltinImporter" in finders, "PathFinder" in finders)
