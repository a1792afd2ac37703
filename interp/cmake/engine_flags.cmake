# Flags per engine and compiler: engine_flags_<technique>_<compiler>, and for the Checked build
# engine_checked_flags_<technique>. interp/tests/dispatch_shape.py proves on the final binary what
# they are for: in token, direct and tail every handler keeps a jump of its own, and switch has one.
#
#   gcc       -O2: at -Os or -O1 all handlers share one jump. Jump tables would count as dispatch.
#             Cross jumping, hoisting and global common subexpressions would join what handlers
#             have in common, above all the load before the jump.
#   clang-19  merges the jumps of a goto engine unless the tail duplication limit is raised; the
#             same limit would replicate the one jump of `switch`.
set(own_jumps -fno-jump-tables)
set(gcc_goto -fno-gcse -fno-crossjumping -fno-code-hoisting)
set(clang_goto -mllvm -tail-dup-pred-size=5000)

set(engine_flags_switch_gcc       -O2)
set(engine_flags_call_gcc         -O2 ${own_jumps})
set(engine_flags_token_gcc        -O2 ${own_jumps} ${gcc_goto})
set(engine_flags_direct_gcc       -O2 ${own_jumps} ${gcc_goto})
set(engine_flags_tail_gcc         -O2 ${own_jumps})

set(engine_flags_switch_clang_19  -O2)
set(engine_flags_call_clang_19    -O2 ${own_jumps})
set(engine_flags_token_clang_19   -O2 ${own_jumps} ${clang_goto})
set(engine_flags_direct_clang_19  -O2 ${own_jumps} ${clang_goto})
set(engine_flags_tail_clang_19    -O2 ${own_jumps})

# Sanitizers take minutes over a function of hundreds of labels unless it is left unoptimised.
set(engine_checked_flags_switch   -O1)
set(engine_checked_flags_call     -O1)
set(engine_checked_flags_token    -O0)
set(engine_checked_flags_direct   -O0)
set(engine_checked_flags_tail     -O1)
