# Written by tools/completion/generate; do not edit.
# zsh, after compinit: . tools/completion/krait.zsh

_krait_root=${${(%):-%x}:A:h:h:h}
_krait_programs() { compadd micro macro empty $_krait_root/macrobench/programs/*.py(N:t:r) }
_krait_runs() { compadd last $_krait_root/results/runs/*(N:t); _files -/ }

_krait_ablate() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--quick[test sizes, 6 rounds]' \
        '*--full[30 rounds]' \
        '*--only[programs that match]:GLOB:_krait_programs' \
        '*--knob[knobs that match; an allocator is '\''allocator=NAME'\'']:GLOB: ' \
        '*--dispatch[techniques, or TECHNIQUE,COMPILER, separated by commas]:LIST:(switch call token direct tail)' \
        '*--rounds[rounds of all arms]:N: ' \
        '*--budget[begin no round that would end later (at least 3), 90s, 5m, 1h]:TIME: ' \
        '*--seed[of all shuffling]:N: ' \
        '*--out[where the files go]:DIR:_files -/' \
        '*--build[a finished build to measure instead of building]:DIR:_files -/' \
        '*--no-setup[do not run tools/setup]' \
        '*--resume[go on with a run that was stopped, its folder, its RUN_ID, or '\''last'\'']:RUN:_krait_runs' \
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
        '*--only[programs ('\''empty'\'', start-up) and opcode benchmarks (OPCODE.variant) that match; '\''micro'\'']:GLOB:_krait_programs' \
        '*--dispatch[techniques, or TECHNIQUE,COMPILER, separated by commas]:LIST:(switch call token direct tail)' \
        '*--peer[another interpreter to time the programs with (repeatable)]:CMD:_files' \
        '*--processes[processes an engine and opcode, rounds of the programs]:N: ' \
        '*--rounds[processes an engine and opcode, rounds of the programs]:N: ' \
        '*--budget[end the rounds of the programs in time (at least 3), 90s, 5m, 1h]:TIME: ' \
        '*--seed[of all shuffling]:N: ' \
        '*--out[where the files go]:DIR:_files -/' \
        '*--build[a finished build to measure instead of building]:DIR:_files -/' \
        '*--no-setup[do not run tools/setup]' \
        '*--resume[go on with a run that was stopped, its folder, its RUN_ID, or '\''last'\'']:RUN:_krait_runs' \
        '*--json[print JSON instead of tables]' \
        '*-q[no progress]' \
        '*--quiet[no progress]'
}
compdef _krait_bench tools/bench ./tools/bench $_krait_root/tools/bench

_krait_check() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--only[only this rule]:RULE:(layers handlers opcodes sizes stores descriptions words top_level layout)' \
        '*--list[print the rules and stop]' \
        '*--explain[say what each rule demands]' \
        '*--root[the tree to check]:DIR:_files -/' \
        '*--times[print how long each rule took]' \
        '*--fix[lay out all C files, then check]' \
        '*--json[print the problems as JSON]'
}
compdef _krait_check tools/check ./tools/check $_krait_root/tools/check

_krait_fuzz() {
    _arguments '*-h[show this help message and exit]' \
        '*--help[show this help message and exit]' \
        '*--seconds[how long (60)]:N: ' \
        '*--corpus[keep what is found there, and start from it too]:FOLDER:_files -/' \
        '*--minimize[replace the committed corpus by the least part of both that covers as much]' \
        '*--input[run these inputs only]:FILE:_files' \
        '*--jobs[of the build (2)]:N: ' \
        '*--no-build[take what is built]' \
        '*--json[print JSON instead of tables]' \
        '*:argument:(bytecode source text)'
}
compdef _krait_fuzz tools/fuzz ./tools/fuzz $_krait_root/tools/fuzz

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
        '1:command:(setup listing diff stdlib record-stdlib record-listings record-bytecode record-expected record-messages record-language)'
}
compdef _krait_oracle tools/oracle ./tools/oracle $_krait_root/tools/oracle

_krait_setup() {
    _arguments '*--check[only say what is missing; exit 1 if something is]' \
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
