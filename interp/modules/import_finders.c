// import_finders.c — PathFinder: modules in the folders of sys.path or of a package's __path__; and
// the __path__ of namespace packages (PEP 420).
//
// In one folder a package with __init__ comes before a module of that name, a source file before a
// .pyc without one, and a folder without __init__ is a portion of a namespace package, which counts
// only if no entry of the path has more. What sys.path_hooks knows of an entry comes first.
#include "modules/import_internal.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include <sys/stat.h>

enum { SUFFIX_COUNT = 2 };
static const char *const suffixes[SUFFIX_COUNT] = {".py", ".pyc"};

// 'f' a file, 'd' a folder, 0 neither; -1 error.
static int kind_of(Thread *thread, Value path) {
    struct stat status;
    const char *system_path = path_encode(thread, path);
    if (!system_path) return error_clear_if(thread, &exception_ValueError) ? 0 : -1;
    if (stat(system_path, &status) < 0) return 0;
    return S_ISREG(status.st_mode) ? 'f' : S_ISDIR(status.st_mode) ? 'd' : 0;
}

static Value file_spec(Thread *thread, Value name, Value path, int suffix, Value locations) {
    Type *type = suffix == 0 ? &source_loader_type : &sourceless_loader_type;
    Value loader = loader_new(thread, type, name, path);
    return value_is_error(loader) ? loader : spec_new(thread, name, loader, path, locations, true);
}

static Value try_files(Thread *thread, Value name, Value stem, Value package) {
    for (int i = 0; i < SUFFIX_COUNT; i++) {
        Value path = value_is_absent(package)
                         ? str_format(thread, "%U%s", stem, suffixes[i])
                         : str_format(thread, "%U/__init__%s", stem, suffixes[i]);
        int kind = value_is_error(path) ? -1 : kind_of(thread, path);
        if (kind < 0) return VALUE_ERROR;
        if (kind != 'f') continue;
        Value locations = VALUE_NONE;
        if (!value_is_absent(package)) locations = list_from_values(thread, &package, 1);
        return value_is_error(locations) ? locations : file_spec(thread, name, path, i, locations);
    }
    return VALUE_NONE;
}

// What one folder has: a spec, VALUE_NONE, or VALUE_ABSENT after adding a portion to `portions`.
static Value find_in_folder(Thread *thread, Value name, Value folder, List *portions) {
    if (str_equals_c(value_as_str(folder), ".")) folder = NAMES(thread)->empty;
    folder = path_make_absolute(thread, folder);
    Value leaf = value_is_error(folder) ? folder : name_leaf(thread, name);
    if (value_is_error(leaf)) {
        // The current folder may have been removed.
        return error_clear_if(thread, &exception_OSError) ? VALUE_NONE : VALUE_ERROR;
    }
    if (value_as_str(leaf)->length == 0) return VALUE_NONE;
    const Str *text = value_as_str(folder);
    size_t length = text->length;
    while (length > 1 && str_at(text, length - 1) == '/') length--;
    folder = str_substring(thread, folder, 0, length);
    if (value_is_error(folder)) return folder;
    Value stem = str_format(thread, length == 1 ? "%U%U" : "%U/%U", folder, leaf);
    int kind = value_is_error(stem) ? -1 : kind_of(thread, stem);
    if (kind < 0) return VALUE_ERROR;
    Value spec = VALUE_NONE;
    if (kind == 'd') spec = try_files(thread, name, stem, stem);
    if (value_is_none(spec)) spec = try_files(thread, name, stem, VALUE_ABSENT);
    if (!value_is_none(spec) || kind != 'd') return spec;
    return list_append(thread, portions, stem) ? VALUE_ABSENT : VALUE_ERROR;
}

// The finder that sys.path_hooks has for an entry; VALUE_NONE if there is none.
static Value hooked_finder(Thread *thread, Value entry) {
    Value hooks = sys_get(thread, "path_hooks"), cache = sys_get(thread, "path_importer_cache");
    if (!value_is_list(hooks) || value_as_list(hooks)->length == 0) return VALUE_NONE;
    if (value_is_dict(cache)) {
        Value known = dict_find(thread, value_as_dict(cache), entry);
        if (!value_is_absent(known)) return known;
    }
    Value finder = VALUE_NONE;
    for (size_t i = 0; i < value_as_list(hooks)->length && value_is_none(finder); i++) {
        finder = object_call1(thread, value_as_list(hooks)->items->items[i], entry);
        if (!value_is_error(finder)) continue;
        if (!error_clear_if(thread, &exception_ImportError)) return VALUE_ERROR;
        finder = VALUE_NONE;
    }
    if (value_is_dict(cache) && !dict_set(thread, value_as_dict(cache), entry, finder))
        return VALUE_ERROR;
    return finder;
}

// What a finder of sys.path_hooks has; the results are those of find_in_folder.
static Value ask_finder(Thread *thread, Value finder, Value name, List *portions) {
    Value find_spec = attribute_get(thread, finder, "find_spec");
    Value spec = value_is_error(find_spec) ? find_spec : object_call1(thread, find_spec, name);
    if (value_is_error(spec) || value_is_none(spec)) return spec;
    Value loader = attribute_get(thread, spec, "loader");
    if (value_is_error(loader) || !value_is_none(loader))
        return value_is_error(loader) ? loader : spec;
    Value locations = attribute_get(thread, spec, "submodule_search_locations");
    if (value_is_error(locations)) return locations;
    if (value_is_none(locations))
        return raise_error(thread, &exception_ImportError, "spec missing loader");
    return list_extend(thread, portions, locations) ? VALUE_ABSENT : VALUE_ERROR;
}

static Value find_in_entry(Thread *thread, Value name, Value entry, List *portions) {
    if (!value_is_str(entry)) return VALUE_NONE;
    Value finder = hooked_finder(thread, entry);
    if (value_is_error(finder)) return finder;
    return value_is_none(finder) ? find_in_folder(thread, name, entry, portions)
                                 : ask_finder(thread, finder, name, portions);
}

// A spec with a loader, VALUE_NONE, or VALUE_ABSENT if there are only portions.
static Value search(Thread *thread, Value name, Value path, List *portions) {
    Value entries = object_to_list(thread, path);
    if (value_is_error(entries)) return entries;
    for (size_t i = 0; i < value_as_list(entries)->length; i++) {
        Value entry = value_as_list(entries)->items->items[i];
        Value spec = find_in_entry(thread, name, entry, portions);
        if (value_is_error(spec)) return spec;
        if (!value_is_none(spec) && !value_is_absent(spec)) return spec;
    }
    return portions->length > 0 ? VALUE_ABSENT : VALUE_NONE;
}

// The __path__ of a namespace package: the portions, looked for anew when the path that they were
// found on has changed.
typedef struct {
    Object header;
    Value name;
    Value portions; // list
    Value searched; // tuple: the parent's path then
} NamespacePath;

static NamespacePath *as_namespace_path(Value value) {
    return (NamespacePath *)value_as_object(value);
}

// sys.path, or the __path__ of the package that the namespace lies in, as a tuple.
static Value parent_path(Thread *thread, Value name) {
    Value parent = name_parent(thread, name);
    if (value_is_error(parent)) return parent;
    Value path = VALUE_ABSENT;
    if (value_as_str(parent)->length == 0) {
        path = sys_get(thread, "path");
    } else {
        Value module = dict_find(thread, value_as_dict(thread->runtime->modules), parent);
        if (value_is_error(module)) return module;
        if (value_is_absent(module)) return raise_key_error(thread, parent);
        path = object_get_attribute(thread, module, NAMES(thread)->__path__);
    }
    if (value_is_absent(path)) return tuple_from_values(thread, NULL, 0);
    return value_is_error(path) ? path : object_to_tuple(thread, path);
}

static Value namespace_path_new(Thread *thread, Value name, Value portions) {
    Value searched = parent_path(thread, name);
    if (value_is_error(searched)) return searched;
    Object *object = type_allocate(thread, &namespace_path_type, 0);
    if (!object) return VALUE_ERROR;
    NamespacePath *path = (NamespacePath *)object;
    path->name = name;
    path->portions = portions;
    path->searched = searched;
    return value_from_object(path);
}

// The list of portions as it is now.
static Value portions_of(Thread *thread, Value self) {
    NamespacePath *path = as_namespace_path(self);
    Value now = parent_path(thread, path->name);
    int equal = value_is_error(now) ? -1 : object_equal(thread, now, path->searched);
    if (equal < 0) return VALUE_ERROR;
    if (equal) return path->portions;
    Value portions = list_new(thread, 0);
    if (value_is_error(portions)) return portions;
    Value spec = search(thread, path->name, now, value_as_list(portions));
    if (value_is_error(spec)) return spec;
    if (value_is_absent(spec)) object_store(thread->heap, path, &path->portions, portions);
    object_store(thread->heap, path, &path->searched, now);
    return path->portions;
}

static void trace_namespace_path(Marker *marker, Object *object) {
    const NamespacePath *path = (const NamespacePath *)object;
    mark_value(marker, path->name);
    mark_value(marker, path->portions);
    mark_value(marker, path->searched);
}

static Value repr_namespace_path(Thread *thread, Value self) {
    return str_format(thread, "_NamespacePath(%R)", as_namespace_path(self)->portions);
}

static Value iterate_namespace_path(Thread *thread, Value self) {
    Value portions = portions_of(thread, self);
    return value_is_error(portions) ? portions : object_iterate(thread, portions);
}

static ssize_t namespace_path_length(Thread *thread, Value self) {
    Value portions = portions_of(thread, self);
    return value_is_error(portions) ? -1 : (ssize_t)value_as_list(portions)->length;
}

static Value namespace_path_get_item(Thread *thread, Value self, Value key) {
    return object_get_item(thread, as_namespace_path(self)->portions, key);
}

static bool namespace_path_set_item(Thread *thread, Value self, Value key, Value value) {
    if (value_is_absent(value)) {
        raise_type_error(thread, "'_NamespacePath' object doesn't support item deletion");
        return false;
    }
    return object_set_item(thread, as_namespace_path(self)->portions, key, value);
}

static int namespace_path_contains(Thread *thread, Value self, Value item) {
    Value portions = portions_of(thread, self);
    return value_is_error(portions) ? -1 : object_contains(thread, portions, item);
}

static Value namespace_path_py_append(Thread *thread, Value *args, int count) {
    (void)count;
    Value portions = as_namespace_path(args[0])->portions;
    return list_append(thread, value_as_list(portions), args[1]) ? VALUE_NONE : VALUE_ERROR;
}

static const MethodRow namespace_path_methods[] = {
    {"append", namespace_path_py_append, "self, item", NULL, METHOD_INSTANCE},
    {NULL, NULL, NULL, NULL, 0},
};

Type namespace_path_type = {
    TYPE_STATIC_HEADER(namespace_path),
    .name = "_frozen_importlib_external._NamespacePath",
    .documentation = "Represents a namespace package's path.",
    .basic_size = sizeof(NamespacePath),
    .flags = TYPE_NO_NEW,
    .methods = namespace_path_methods,
    .trace = trace_namespace_path,
    .repr = repr_namespace_path,
    .iterate = iterate_namespace_path,
    .length = namespace_path_length,
    .get_item = namespace_path_get_item,
    .set_item = namespace_path_set_item,
    .contains = namespace_path_contains,
};

Value path_find_spec(Thread *thread, Value name, Value path) {
    if (value_is_absent(path) || value_is_none(path)) path = sys_get(thread, "path");
    if (value_is_absent(path)) return VALUE_NONE;
    Value portions = list_new(thread, 0);
    if (value_is_error(portions)) return portions;
    Value spec = search(thread, name, path, value_as_list(portions));
    if (!value_is_absent(spec)) return spec;
    Value locations = namespace_path_new(thread, name, portions);
    if (value_is_error(locations)) return locations;
    return spec_new(thread, name, VALUE_NONE, VALUE_NONE, locations, false);
}

static Value finder_py_find_spec(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_type_error(thread, "fullname must be a str, not %T", args[1]);
    return path_find_spec(thread, args[1], args[2]);
}

static Value finder_py_invalidate_caches(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    Value cache = sys_get(thread, "path_importer_cache");
    if (!value_is_dict(cache)) return VALUE_NONE;
    Value finders = dict_values_list(thread, value_as_dict(cache));
    if (value_is_error(finders)) return finders;
    for (size_t i = 0; i < value_as_list(finders)->length; i++) {
        Value finder = value_as_list(finders)->items->items[i];
        Value method = attribute_find(thread, finder, "invalidate_caches");
        if (value_is_error(method)) return method;
        if (!value_is_absent(method) && value_is_error(object_call0(thread, method)))
            return VALUE_ERROR;
    }
    return VALUE_NONE;
}

static const MethodRow finder_methods[] = {
    {"find_spec", finder_py_find_spec, "cls, fullname, path=None, target=None",
     "Try to find a spec for 'fullname' on sys.path or 'path'.", METHOD_CLASS},
    {"invalidate_caches", finder_py_invalidate_caches, "cls",
     "Call the invalidate_caches() method on all path entry finders stored in\n"
     "sys.path_importer_cache (where implemented).",
     METHOD_CLASS},
    {NULL, NULL, NULL, NULL, 0},
};

Type path_finder_type = {
    TYPE_STATIC_HEADER(path_finder),
    .name = "_frozen_importlib_external.PathFinder",
    .documentation = "Meta path finder for sys.path and package __path__ attributes.",
    .basic_size = sizeof(Object),
    .flags = TYPE_NO_NEW,
    .methods = finder_methods,
};
