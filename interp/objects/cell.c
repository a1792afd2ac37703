// cell.c — closure cells.
#include "objects/builtin_types.h"
#include "objects/native.h"
#include "objects/str.h"
#include "runtime/protocols.h"

Value cell_new(Thread *thread, Value content) {
    Cell *cell = (Cell *)heap_allocate(thread->heap, sizeof *cell, SHAPE_cell);
    if (!cell) return raise_memory_error(thread);
    cell->content = content;
    return value_from_object(cell);
}

static Cell *as_cell(Value value) { return (Cell *)value_as_object(value); }

static void trace_cell(Marker *marker, Object *object) {
    mark_value(marker, ((Cell *)object)->content);
}

static Value make_cell(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    Value content;
    if (!arguments_bind(thread, "cell", "contents=None, /", args, count, names, &content))
        return VALUE_ERROR;
    return cell_new(thread, content);
}

static Value repr_cell(Thread *thread, Value self) {
    Value content = as_cell(self)->content;
    if (value_is_absent(content))
        return str_format(thread, "<cell at %p: empty>", (void *)self.bits);
    return str_format(thread, "<cell at %p: %T object at %p>", (void *)self.bits, content,
                      (void *)content.bits);
}

// By content; an empty cell is less than any other.
static Value compare_cells(Thread *thread, Value self, Value other, CompareOperator op) {
    if (!value_is_cell(other)) return VALUE_NOT_IMPLEMENTED;
    Value a = as_cell(self)->content, b = as_cell(other)->content;
    if (!value_is_absent(a) && !value_is_absent(b)) return object_compare(thread, a, b, op);
    int left = !value_is_absent(a), right = !value_is_absent(b);
    return object_compare(thread, value_from_fixnum(left), value_from_fixnum(right), op);
}

static Value cell_py_get_contents(Thread *thread, Value self) {
    Value content = as_cell(self)->content;
    if (!value_is_absent(content)) return content;
    return raise_value_error(thread, "Cell is empty");
}

static bool cell_py_set_contents(Thread *thread, Value self, Value value) {
    object_store(thread->heap, as_cell(self), &as_cell(self)->content, value);
    return true;
}

static const GetSetRow getsets[] = {
    {"cell_contents", cell_py_get_contents, cell_py_set_contents, NULL},
    {0},
};

Type cell_type = {
    TYPE_STATIC_HEADER(cell),   .name = "cell",     .documentation = "Create a new cell object.",
    .basic_size = sizeof(Cell), .getsets = getsets, .trace = trace_cell,
    .make = make_cell,          .repr = repr_cell,  .compare = compare_cells,
};
