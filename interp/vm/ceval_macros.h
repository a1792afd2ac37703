// ceval_macros.h — the words that handlers are written in.
//
// The nine stack macros have CPython's names and meanings (Python/ceval_macros.h); `stack_pointer`
// points past the top. An engine page defines before including this:
//   HANDLER(name)     opens the body of an opcode        SHARED(name)     opens a shared tail
//   DISPATCH()        runs the instruction at pc         GO_SHARED(name)  continues in a shared
//   tail EXIT(value)       leaves the engine                  LOCALSPLUS       the running frame's
//   words SET_FRAME(to)     makes `to` the running frame (thread->frame included)
// Every path of a handler ends in one exit word: NEXT, NEXT_PAST, JUMP_BY, ENTER, DISPATCH,
// GO_SHARED, RAISE, EXIT.
#pragma once

// Words on the operand stack. The checked build compares every move with co_stacksize.
#define STACK_LEVEL() ((int)(stack_pointer - frame_stackbase(frame)))
#define STACK_SIZE()  (frame->code->co_stacksize)
#ifdef KRAIT_CHECKED
#define CHECK_LEVEL() ASSERT(STACK_LEVEL() >= 0 && STACK_LEVEL() <= STACK_SIZE())
#else
#define CHECK_LEVEL() ((void)0)
#endif
#define STACK_GROW(n)                                                                              \
    do {                                                                                           \
        stack_pointer += (n);                                                                      \
        CHECK_LEVEL();                                                                             \
    } while (0)
#define STACK_SHRINK(n)                                                                            \
    do {                                                                                           \
        stack_pointer -= (n);                                                                      \
        CHECK_LEVEL();                                                                             \
    } while (0)
#define PUSH(value)                                                                                \
    do {                                                                                           \
        *stack_pointer = (value);                                                                  \
        STACK_GROW(1);                                                                             \
    } while (0)
#ifdef KRAIT_CHECKED
#define POP() (stack_pointer--, CHECK_LEVEL(), *stack_pointer)
#else
#define POP() (*--stack_pointer)
#endif
#define PEEK(n)        (stack_pointer[-(n)]) // PEEK(1) is the top
#define TOP()          PEEK(1)
#define SET_TOP(value) (stack_pointer[-1] = (value))

// The running instruction and what it names.
#define OPERAND     instruction_operand(pc)
#define LOCAL(i)    (LOCALSPLUS[i])
#define CONSTANT(i) (frame->constants[i])
#define NAME_AT(i)  (((const Tuple *)value_as_object(frame->code->co_names))->items[i])
#define CACHE()     instruction_cache(pc)

// Exits.
#define NEXT()                                                                                     \
    do {                                                                                           \
        pc++;                                                                                      \
        DISPATCH();                                                                                \
    } while (0)
#define NEXT_PAST(words) /* steps over the data words too */                                       \
    do {                                                                                           \
        pc = (const Instruction *)(const void *)((const uint64_t *)(const void *)(pc + 1) +        \
                                                 (words));                                         \
        DISPATCH();                                                                                \
    } while (0)
#define JUMP_BY(words) /* from the start of the running instruction */                             \
    do {                                                                                           \
        pc = (const Instruction *)(const void *)((const uint64_t *)(const void *)pc + (words));    \
        DISPATCH();                                                                                \
    } while (0)
#define RAISE() GO_SHARED(raise)

#define ENTER(callee) /* runs a frame that was pushed, from its start */                           \
    do {                                                                                           \
        SET_FRAME(callee);                                                                         \
        stack_pointer = frame_stackbase(frame);                                                    \
        pc = frame->pc;                                                                            \
        DISPATCH();                                                                                \
    } while (0)

// Wraps every call that can raise, allocate or run Python: the frame then tells where it is.
#define CALL_OUT(expression) (frame->pc = pc, (expression))
