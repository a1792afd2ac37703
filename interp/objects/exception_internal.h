// exception_internal.h — what the files of the exception classes share.
#pragma once
#include "objects/exception.h"

// BaseException.__new__: any arguments go to args.
Value exception_make(Thread *thread, Type *type, Value *args, int count, Value names);
// BaseException.__init__: sets args; TypeError for keywords.
bool exception_initialize(Thread *thread, Value self, Value *args, int count, Value names);
Value exception_str(Thread *thread, Value self);
// Sets args from positionals.
RAISES bool exception_set_args(Thread *thread, Exception *exception, const Value *args, int count);
void exception_set_field(Thread *thread, Exception *exception, int index, Value value);
// Gives the classes with fields of their own their slots and tables, before they are made ready.
void exception_details_prepare(void);
void exception_groups_prepare(void);
void os_errors_prepare(void);
