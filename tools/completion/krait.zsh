# Written by tools/completion/generate; do not edit.
# zsh, after compinit: . tools/completion/krait.zsh

_krait_root=${${(%):-%x}:A:h:h:h}
_krait_programs() { compadd micro macro empty $_krait_root/macrobench/programs/*.py(N:t:r) }
_krait_runs() { compadd latest $_krait_root/results/runs/*(N:t); _files -/ }

_krait_ablate() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--quick[test sizes, 6 rounds]' \
        '*--full[30 rounds]' \
        '*--only[programs that match; several by commas]:GLOB:_krait_programs' \
        '*--knob[knobs that match, several by commas; an allocator is '\''allocator=NAME'\'']:GLOB: ' \
        '*--dispatch[techniques, or TECHNIQUE,COMPILER, separated by commas]:LIST:(switch call token direct tail)' \
        '*--rounds[rounds of all arms]:N: ' \
        '*--budget[begin no round that would end later (at least 3), 90s, 5m, 1h]:TIME: ' \
        '*--seed[of all shuffling]:N: ' \
        '*--out[where the files go]:DIR:_files -/' \
        '*--build[a finished build to measure instead of building]:DIR:_files -/' \
        '*--no-setup[do not run tools/setup]' \
        '*--resume[go on with a run that was stopped, its folder, its RUN_ID, or '\''latest'\'']:RUN:_krait_runs' \
        '*--json[print JSON instead of tables]' \
        '*-q[no progress]' \
        '*--quiet[no progress]'
}
compdef _krait_ablate tools/ablate ./tools/ablate $_krait_root/tools/ablate

_krait_bench() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--quick[test sizes, 3 processes, one engine a technique]' \
        '*--full[three times as many processes as by]' \
        '*--only[programs ('\''empty'\'', start-up) and opcode benchmarks (OPCODE.variant) that match; several]:GLOB:_krait_programs' \
        '*--dispatch[techniques, or TECHNIQUE,COMPILER, separated by commas]:LIST:(switch call token direct tail)' \
        '*--peer[another interpreter to time the programs with (repeatable)]:CMD:_files' \
        '*--processes[processes an engine and opcode in all layouts]:N: ' \
        '*--rounds[processes an engine and opcode in all layouts]:N: ' \
        '*--layouts[placements of code that opcodes are measured in]:K: ' \
        '*--budget[end the rounds of the programs in time (at least 3), 90s, 5m, 1h]:TIME: ' \
        '*--seed[of all shuffling]:N: ' \
        '*--out[where the files go]:DIR:_files -/' \
        '*--build[a finished build to measure instead of building]:DIR:_files -/' \
        '*--no-setup[do not run tools/setup]' \
        '*--resume[go on with a run that was stopped, its folder, its RUN_ID, or '\''latest'\'']:RUN:_krait_runs' \
        '*--json[print JSON instead of tables]' \
        '*-q[no progress]' \
        '*--quiet[no progress]' \
        '*-v[say more]' \
        '*--verbose[say more]'
}
compdef _krait_bench tools/bench ./tools/bench $_krait_root/tools/bench

_krait_bisect() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--step[judge what is checked out, for `git bisect run`]' \
        '*--layouts[placements of the code]:N: ' \
        '*--size[of the program]:SIZE:(test bench)' \
        '*--form[of the opcode]:FORM:(tuned plain)' \
        '*--dispatch[technique, or TECHNIQUE,COMPILER]:NAME:(switch call token direct tail)' \
        '*--seed[of all shuffling]:N: ' \
        '*--out[where the files go]:DIR:_files -/' \
        '*--resume[go on with a run that was stopped, its folder, its RUN_ID, or '\''latest'\'']:RUN:_krait_runs' \
        '*--jobs[processes side by side]:N: ' \
        '*-q[no progress]' \
        '*--quiet[no progress]' \
        '*--no-setup[do not run tools/setup]' \
        '*:argument: '
}
compdef _krait_bisect tools/bisect ./tools/bisect $_krait_root/tools/bisect

_krait_check() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--only[only this rule]:RULE:(layers handlers opcodes sizes stores descriptions words top_level completion layout)' \
        '*--list[print the rules and stop]' \
        '*--explain[say what each rule demands]' \
        '*--root[the tree to check]:DIR:_files -/' \
        '*--times[print how long each rule took]' \
        '*--fix[lay out all C files and write the completions, then check]' \
        '*--json[print the problems as JSON]'
}
compdef _krait_check tools/check ./tools/check $_krait_root/tools/check

_krait_compare() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--technique[compare two techniques (or TECHNIQUE,COMPILER) at one commit]:('\''A'\'', '\''B'\''):(switch call token direct tail)' \
        '*--quick[1 layout, 14 rounds, one stage, 6 programs]' \
        '*--full[every opcode and program, 30 rounds]' \
        '*--only[only rows that match, programs, OPCODE.variant; several by commas; '\''micro'\'', '\''macro'\'', one]:GLOB:_krait_programs' \
        '*--dispatch[techniques, or TECHNIQUE,COMPILER, separated by commas]:LIST:(switch call token direct tail)' \
        '*--budget[plan the replications for this much time, 90s, 5m, 1h]:TIME: ' \
        '*--rounds[rounds of all arms]:N: ' \
        '*--size[of the programs]:SIZE:(test bench)' \
        '*--layouts[placements of the code, builds with so many layout seeds]:N: ' \
        '*--form[of the opcodes; plain, all knobs off]:FORM:(tuned plain)' \
        '*--clock[programs, time on the processor]:CLOCK:(cpu wall)' \
        '*--apart[run the arms one after the other, not side by side on one processor]' \
        '*--min-effect[the least change that matters]:SHARE: ' \
        '*--strict[exit code 1 instead of 3]' \
        '*--even-if-same[measure although both commits build the same code]' \
        '*--base-build[a finished build instead of BASE]:DIR:_files -/' \
        '*--head-build[a finished build instead of HEAD]:DIR:_files -/' \
        '*--build-only[build both, as for a cache, and stop]' \
        '*--seed[of all shuffling]:N: ' \
        '*--out[where the files go]:DIR:_files -/' \
        '*--resume[go on with a run that was stopped, its folder, its RUN_ID, or '\''latest'\'']:RUN:_krait_runs' \
        '*--json[print JSON instead of tables]' \
        '*--jobs[processes side by side]:N: ' \
        '*-q[no progress]' \
        '*--quiet[no progress]' \
        '*--no-setup[do not run tools/setup]' \
        '*:argument: '
}
compdef _krait_compare tools/compare ./tools/compare $_krait_root/tools/compare

_krait_explain() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--costs[the run with the costs of opcodes, if RUN has none]:RUN:_krait_runs' \
        '*--dispatch[the engine]:LIST:(switch call token direct tail)' \
        '*--only[only programs that match; several by commas]:GLOB:_krait_programs' \
        '*--form[of the opcodes'\'' costs]:FORM:(tuned plain)' \
        '*--clock[what of macro.csv is measured time; user, processor time]:CLOCK:(median min user)' \
        '*--profile[profile programs whose prediction is off by more than 15 %]' \
        '*--top[rows of each table]:N: ' \
        '*--json[print JSON instead of tables]' \
        '*-q[no progress]' \
        '*--quiet[no progress]' \
        '*--build[a finished build to measure instead of building]:DIR:_files -/' \
        '*--no-setup[do not run tools/setup]' \
        '*--no-build[take what is built]' \
        '*:argument:_krait_runs'
}
compdef _krait_explain tools/explain ./tools/explain $_krait_root/tools/explain

_krait_export() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--format[one of those below]:FORMAT:(bmf github-action-benchmark junit markdown pyperf google-benchmark hyperfine)' \
        '*--suite[only opcodes, programs, or other tools'\'' figures]:SUITE:(micro macro imported)' \
        '*--only[only benchmarks that match, programs, OPCODE.variant; several by commas]:GLOB:_krait_programs' \
        '*--out[instead of standard output]:FILE:_files' \
        '*--list[print the formats and stop]' \
        '*--json[with --list, as JSON]' \
        '*--results[the ledger]:DIR:_files -/' \
        '*:argument:_krait_runs'
}
compdef _krait_export tools/export ./tools/export $_krait_root/tools/export

_krait_fuzz() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--seconds[how long (60)]:N: ' \
        '*--seed[of what is tried, the same inputs for the same build]:N: ' \
        '*--corpus[keep what is found there, and start from it too]:FOLDER:_files -/' \
        '*--minimize[replace the committed corpus by the least part of both that covers as much]' \
        '*--input[run these inputs only]:FILE:_files' \
        '*--jobs[of the build (2)]:N: ' \
        '*--no-build[take what is built]' \
        '*--json[print JSON instead of tables]' \
        '*-q[no progress]' \
        '*--quiet[no progress]' \
        '*:argument:(bytecode marshal source text)'
}
compdef _krait_fuzz tools/fuzz ./tools/fuzz $_krait_root/tools/fuzz

_krait_import() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--format[one of pyperf, google-benchmark, hyperfine]:FORMAT:(pyperf google-benchmark hyperfine)' \
        '*--name[the run'\''s name]:NAME: ' \
        '*--out[where the files go]:DIR:_files -/' \
        '*--here[it was measured on this machine with its compilers, take the fingerprint from here]' \
        '*--env[a fact for env.csv (repeatable)]:KEY=VALUE: ' \
        '*--json[print what was made as JSON]' \
        '*--results[the ledger]:DIR:_files -/' \
        '*:argument:_files'
}
compdef _krait_import tools/import ./tools/import $_krait_root/tools/import

_krait_oracle() {
    if (( ${words[(I)setup]} )) && [[ $words[CURRENT] != setup ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]'
        return
    fi
    if (( ${words[(I)listing]} )) && [[ $words[CURRENT] != listing ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--out[write there instead of to stdout]:FILE:_files' \
            '*--optimize[as python -O]:OPTIMIZE:(0 1 2)' \
            '*:argument:_files'
        return
    fi
    if (( ${words[(I)diff]} )) && [[ $words[CURRENT] != diff ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--max[print at most N]:N: ' \
            '*--fields[compare only these fields]:A,B: ' \
            '*:argument:_files'
        return
    fi
    if (( ${words[(I)stdlib]} )) && [[ $words[CURRENT] != stdlib ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--krait[the command that is compared]:PATH:_files'
        return
    fi
    if (( ${words[(I)compile-speed]} )) && [[ $words[CURRENT] != compile-speed ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--krait[default, %(default)s]:PATH:_files' \
            '*--peer[another Python (may be repeated]:CMD:_files' \
            '*--rounds[default, %(default)s]:N: ' \
            '*--sources[compile these files instead of the library]:DIR:_files -/' \
            '*--json[write all times there]:FILE:_files'
        return
    fi
    if (( ${words[(I)record-stdlib]} )) && [[ $words[CURRENT] != record-stdlib ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]'
        return
    fi
    if (( ${words[(I)record-listings]} )) && [[ $words[CURRENT] != record-listings ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]'
        return
    fi
    if (( ${words[(I)record-bytecode]} )) && [[ $words[CURRENT] != record-bytecode ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]'
        return
    fi
    if (( ${words[(I)record-expected]} )) && [[ $words[CURRENT] != record-expected ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--native[run the bench sizes with this interpreter, once it agrees on the test sizes]:PYTHON: '
        return
    fi
    if (( ${words[(I)record-messages]} )) && [[ $words[CURRENT] != record-messages ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]'
        return
    fi
    if (( ${words[(I)record-language]} )) && [[ $words[CURRENT] != record-language ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*:argument:_files'
        return
    fi
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--cache[where the oracle is installed]:DIR:_files -/' \
        '1:command:(setup listing diff stdlib compile-speed record-stdlib record-listings record-bytecode record-expected record-messages record-language)'
}
compdef _krait_oracle tools/oracle ./tools/oracle $_krait_root/tools/oracle

_krait_profile() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--dispatch[techniques, or TECHNIQUE,COMPILER, separated by commas, or '\''all'\'']:LIST:(switch call token direct tail)' \
        '*--seconds[run again until so much time was sampled]:S: ' \
        '*--hz[samples a second]:N: ' \
        '*--size[of a program of macrobench/ without arguments]:SIZE:(test bench)' \
        '*--option[another option for krait, --option=--knobs-off=all (repeatable)]:OPTION: ' \
        '*--no-perf[Krait'\''s own sampler alone, Python functions, lines, opcodes]' \
        '*--no-python[perf alone, opcodes and C functions]' \
        '*--no-counts[do not count how often each opcode runs]' \
        '*--annotate[also print the machine code of a handler with its samples (perf annotate)]:OPCODE: ' \
        '*--folded[print folded stacks instead of tables, `function;OPCODE;C function microseconds`]' \
        '*--top[rows of each table]:N: ' \
        '*--keep[keep perf'\''s recordings and the copy of the executable for --symfs]' \
        '*--diff[compare two profiles, RUN or RUN@ENGINE, twice; RUN as tools/results takes it]' \
        '*--out[where the files go]:DIR:_files -/' \
        '*--json[print JSON instead of tables]' \
        '*-q[no progress]' \
        '*--quiet[no progress]' \
        '*--build[a finished build to measure instead of building]:DIR:_files -/' \
        '*--no-setup[do not run tools/setup]' \
        '*--no-build[take what is built]' \
        '*:argument:_files'
}
compdef _krait_profile tools/profile ./tools/profile $_krait_root/tools/profile

_krait_report() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--format[a page, pictures, or lines for the terminal]:FORMAT:(html svg text)' \
        '*--only[only benchmarks that match, programs, OPCODE.variant; several by commas]:GLOB:_krait_programs' \
        '*--json[print what was written as JSON]' \
        '*--out[the page]:PATH:_files' \
        '*--force[a history over different machines or compilers]' \
        '*--results[the ledger]:DIR:_files -/' \
        '*:argument:_krait_runs'
}
compdef _krait_report tools/report ./tools/report $_krait_root/tools/report

_krait_results() {
    if (( ${words[(I)list]} )) && [[ $words[CURRENT] != list ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--json[print JSON instead of tables]'
        return
    fi
    if (( ${words[(I)show]} )) && [[ $words[CURRENT] != show ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--only[only benchmarks that match, programs, OPCODE.variant; several by commas]:GLOB:_krait_programs' \
            '*--json[print JSON instead of tables]' \
            '*--suite[only opcodes, programs, or other tools'\'' figures]:SUITE:(micro macro imported)' \
            '*--all[every row]' \
            '*:argument:_krait_runs'
        return
    fi
    if (( ${words[(I)validate]} )) && [[ $words[CURRENT] != validate ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--json[print JSON instead of tables]' \
            '*:argument: '
        return
    fi
    if (( ${words[(I)compare]} )) && [[ $words[CURRENT] != compare ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--only[only benchmarks that match, programs, OPCODE.variant; several by commas]:GLOB:_krait_programs' \
            '*--json[print JSON instead of tables]' \
            '*--suite[only opcodes, programs, or other tools'\'' figures]:SUITE:(micro macro imported)' \
            '*--floor[differences of two times that mean nothing]:PERCENT: ' \
            '*--force[even if the machines or compilers differ]' \
            '*--all[every row, not only those that changed]' \
            '*--out[also write compare.csv there, for tools/report and tools/export]:DIR:_files -/' \
            '*:argument: '
        return
    fi
    if (( ${words[(I)baseline]} )) && [[ $words[CURRENT] != baseline ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--only[only benchmarks that match, programs, OPCODE.variant; several by commas]:GLOB:_krait_programs' \
            '*--json[print JSON instead of tables]' \
            '*--suite[only opcodes, programs, or other tools'\'' figures]:SUITE:(micro macro imported)' \
            '*--floor[differences of two times that mean nothing]:PERCENT: ' \
            '*--force[even if the machines or compilers differ]' \
            '*--all[every row, not only those that changed]' \
            '*--out[also write compare.csv there, for tools/report and tools/export]:DIR:_files -/' \
            '*:argument:(list set compare)'
        return
    fi
    if (( ${words[(I)prune]} )) && [[ $words[CURRENT] != prune ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--keep[the newest N stay]:N: ' \
            '*--except[this one stays (repeatable)]:RUN:_krait_runs' \
            '*--yes[do it; without it only say what would be removed]' \
            '*--json[print JSON instead of tables]'
        return
    fi
    if (( ${words[(I)schema]} )) && [[ $words[CURRENT] != schema ]]; then
        _arguments '*-h[show this help message and exit]' \
            '*--help[show this help message and exit]' \
            '*--markdown[as the table of results/README.md]' \
            '*--json[print JSON instead of tables]' \
            '*:argument:_files'
        return
    fi
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--results[the ledger]:DIR:_files -/' \
        '1:command:(list show validate compare baseline prune schema)'
}
compdef _krait_results tools/results ./tools/results $_krait_root/tools/results

_krait_selfcheck() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--tune[as root, set governor, turbo, ASLR, watchdog, sampling; what was there is written down]' \
        '*--untune[as root, put back what --tune changed]' \
        '*--aa[N comparisons of equal code, the rate of false alarms]:N: ' \
        '*--inject[comparisons in which one row is slower by this share, the power]:SHARE: ' \
        '*--trials[how many with --inject]:N: ' \
        '*--other-layout[--aa, both arms of different layouts, as after a change elsewhere]' \
        '*--dispatch[technique, or TECHNIQUE,COMPILER, of the trials]:NAME:(switch call token direct tail)' \
        '*--build[a finished build to measure instead of building]:DIR:_files -/' \
        '*--seed[of all shuffling]:N: ' \
        '*--out[where the files go]:DIR:_files -/' \
        '*--resume[go on with a run that was stopped, its folder, its RUN_ID, or '\''latest'\'']:RUN:_krait_runs' \
        '*--json[print JSON instead of tables]' \
        '*--jobs[processes side by side]:N: ' \
        '*-q[no progress]' \
        '*--quiet[no progress]' \
        '*--no-setup[do not run tools/setup]'
}
compdef _krait_selfcheck tools/selfcheck ./tools/selfcheck $_krait_root/tools/selfcheck

_krait_setup() {
    _arguments '*--check[only say what is missing; exit 1 if something is]' \
        '*--soak[also what only `tools/test --soak` needs, a browser, other tools that read the results]' \
        '*--help[this text]'
}
compdef _krait_setup tools/setup ./tools/setup $_krait_root/tools/setup

_krait_test() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--quick[release only, fewer engines, at most 3 minutes]' \
        '*--soak[every case under every engine and build]' \
        '*--preset[build and test this preset only (may be repeated)]:NAME:(release release-clang checked fuzz)' \
        '*-k[only cases whose `group, name` matches this regular expression]:PATTERN: ' \
        '*--jobs[processes side by side]:N: ' \
        '*--no-setup[do not run tools/setup]' \
        '*--no-build[take what is built]' \
        '*--list[print the cases and stop]' \
        '*--opcode-coverage[show which instructions the language tests execute, and stop]' \
        '*-v[print every case]' \
        '*--verbose[print every case]' \
        '*--json[print the result as JSON; progress on stderr]'
}
compdef _krait_test tools/test ./tools/test $_krait_root/tools/test
