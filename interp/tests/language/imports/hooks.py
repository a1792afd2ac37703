# Finders and loaders of a program: sys.meta_path and sys.path_hooks.
import sys

Spec = type(sys.__spec__)


class Loader:
    def create_module(self, spec):
        print("create", spec.name)
        return None

    def exec_module(self, module):
        print("exec", module.__name__, module.__spec__._initializing)
        module.value = module.__name__.upper()
        if module.__name__.endswith("bad"):
            raise ValueError("bad module")


class Finder:
    def find_spec(self, name, path, target=None):
        if not name.startswith("virtual"):
            return None
        print("find", name, path, target)
        if name.endswith("missing"):
            return None
        return Spec(name, Loader(), origin="nowhere", is_package=name == "virtual")


class Silent:
    pass


sys.meta_path[:0] = [Silent(), Finder()]
import virtual.inner
from virtual import other, inner
print(virtual.value, virtual.inner.value, other.value, virtual.__path__, virtual.inner.__package__)
print(virtual, virtual.__spec__.origin, hasattr(virtual, "__file__"))
for name in ("virtual.missing", "virtual.bad", "virtual.inner.more"):
    try:
        __import__(name)
    except Exception as error:
        print(type(error).__name__, error)
print("virtual.bad" in sys.modules)


class Own(type(sys)):
    pass


class Maker(Loader):
    def create_module(self, spec):
        return Own("named so")


class OldLoader:
    def load_module(self, name):
        print("load", name)
        module = sys.modules[name] = type(sys)(name)
        return module


class Half:
    def exec_module(self, module):
        pass


class Table:
    specs = {
        "t_maker": Spec("t_maker", Maker()),
        "t_half": Spec("t_half", Half()),
        "t_none": Spec("t_none", None),
    }

    @classmethod
    def find_spec(cls, name, path, target=None):
        return cls.specs.get(name)


sys.meta_path[:2] = [Table]
import t_maker
print(type(t_maker).__name__, t_maker.__name__, t_maker.value, sys.modules["t_maker"] is t_maker)
for name in ("t_half", "t_none"):
    try:
        __import__(name)
    except ImportError as error:
        print(error)


class EntryFinder:
    def __init__(self, entry):
        if entry != "memory:":
            raise ImportError("not mine")
        print("hook", entry)

    def find_spec(self, name, target=None):
        print("entry", name)
        if name == "in_memory":
            return Spec(name, Loader())
        if name == "portion":
            spec = Spec(name, None)
            spec.submodule_search_locations = ["memory:portion"]
            return spec


sys.path_hooks.insert(0, EntryFinder)
sys.path.insert(0, "memory:")
import in_memory
print(in_memory.value, type(sys.path_importer_cache["memory:"]).__name__)
import portion
print(list(portion.__path__))
import _shapes
saved = sys.meta_path[:]
sys.meta_path.clear()
for module in ("_never", "_shapes"):
    try:
        print(__import__(module).__name__)
    except ImportError as error:
        print(error)
sys.meta_path = None
try:
    import _never
except ImportError as error:
    print(error)
sys.meta_path = saved
