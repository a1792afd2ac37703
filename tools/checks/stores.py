"""A Value, or a typed pointer to a heap object, is stored into a heap object by object_store or
object_store_pointer (memory/barrier.h), unless the object was made in the same function or the Value
is a word without a pointer (VALUE_NONE, value_from_fixnum(...)).

A heap struct is one whose first member is `Object header`; its fields of type Value, and of pointers
to heap structs, are watched in every .c file: `object->field = ...`, `object->field[i] = ...`."""
import re

STRUCT = re.compile(
    r"(?:typedef\s+)?struct\s*(\w*)\s*\{\s*(?:Object|Instance)\s+header\s*;(.*?)\n\}\s*(\w*)\s*;", re.S
)
OWN_STRUCT = re.compile(r"^\}\s*(\w+)\s*;", re.M)
FIELD = re.compile(r"^\s*(?:const\s+|struct\s+)*(\w+)\s+([^;()]+);", re.M)
STORE = re.compile(r"\b(\w+)((?:->\w+|\.\w+|\[[^\]\n]*\])*->(\w+)(?:\s*\[[^;=\n]*\])?(?:\.\w+)?)\s*=(?!=)")
IMMEDIATE = re.compile(
    r"\s*(?:[\w>-]+\s*=\s*)*(?:VALUE_[A-Z_]+|NULL|value_from_(?:fixnum|bool)\([^;]*\))\s*;"
)
ALIAS = r"\b{name}\s*=\s*(?:\([^()]*\)\s*)*(?:value_as_\w+\(\s*(\w+)\s*\)|(\w+)\s*;)"
FRESH = r"\b{name}\s*=[^;=]*(?:_new|_allocate|heap_allocate|_create|_make|_copy|allocate)\w*\s*\("
PLAIN_FOLDERS = ("interp/runtime/", "interp/objects/", "interp/bytecode/", "interp/vm/", "interp/modules/")


def heap_structs(tree):
    """{struct: {field: type}} of every heap struct."""
    found = {}
    for file in tree.select({".h", ".c"}, "interp/"):
        for tag, body, alias in STRUCT.findall(file.plain):
            fields = found.setdefault(alias or tag, {})
            for kind, declarators in FIELD.findall(body):
                for declarator in declarators.split(","):
                    name = re.search(r"(\w+)\s*(\[[^\]]*\])?\s*$", declarator)
                    if name:
                        fields[name[1]] = (kind, "*" in declarator)
    return found


def is_watched(structs, kind, is_pointer):
    return kind == "Value" or is_pointer and kind in structs


def shared_fields(structs):
    """Names of fields that are watched in every heap struct that has such a field."""
    watched, others = set(), set()
    for fields in structs.values():
        for name, declared in fields.items():
            (watched if is_watched(structs, *declared) else others).add(name)
    return watched - others


def declared_types(function, header):
    """{variable: type} of the pointers that a function declares, parameters included."""
    text = header + function.text
    return {name: kind for kind, name in re.findall(r"\b([A-Z]\w*)\s*\*\s*(?:const\s+)?(\w+)\b", text)}


def is_fresh(variable, before):
    """Was the object that the variable holds made in the text before the store?"""
    if re.search(FRESH.format(name=variable), before):
        return True
    alias = re.search(ALIAS.format(name=variable), before)
    source = alias and (alias[1] or alias[2])
    return bool(source and source != variable and is_fresh(source, before))


def problems(tree):
    structs = heap_structs(tree)
    shared = shared_fields(structs)
    for file in tree.select({".c", ".h", ".inc"}, *PLAIN_FOLDERS):
        # A file's own plain struct may have the name of a heap struct that it does not include.
        heap = {alias or tag for tag, _, alias in STRUCT.findall(file.plain)}
        own = set(OWN_STRUCT.findall(file.plain)) - heap
        for function in file.functions:
            header = "\n".join(file.plain.splitlines()[function.first - 1 : function.opening])
            types = declared_types(function, header)
            for match in STORE.finditer(function.text):
                variable, field = match[1], match[3]
                owner = structs.get(types.get(variable))
                if owner is None or types[variable] in own:
                    continue
                if match[2].count("->") > 1:
                    if field not in shared:
                        continue
                elif field not in owner or not is_watched(structs, *owner[field]):
                    continue
                if is_fresh(variable, function.text[: match.start()]):
                    continue
                if IMMEDIATE.match(function.text, match.end()):
                    continue
                line = function.opening + function.text.count("\n", 0, match.start())
                yield file.path, line, f"{match[1]}{match[2]} = ... by-passes object_store"
