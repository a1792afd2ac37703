# Written by tools/completion/generate; do not edit.
# bash: . tools/completion/krait.bash

_krait_ablate() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --only) COMPREPLY=($(compgen -W "micro macro empty $(cd "$root/macrobench/programs" 2>/dev/null && echo *.py | sed "s/\.py//g")" -- "$word")); return ;;
        --knob) COMPREPLY=(); return ;;
        --dispatch) COMPREPLY=($(compgen -W "switch call token direct tail" -- "$word")); return ;;
        --rounds) COMPREPLY=(); return ;;
        --budget) COMPREPLY=(); return ;;
        --seed) COMPREPLY=(); return ;;
        --out) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --build) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --resume) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")); return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --quick --full --only --knob --dispatch --rounds --budget --seed --out --build --no-setup --resume --json -q --quiet" -- "$word")) ;;
        *) COMPREPLY=() ;;
    esac
}
complete -F _krait_ablate tools/ablate ./tools/ablate "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/ablate"

_krait_bench() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --only) COMPREPLY=($(compgen -W "micro macro empty $(cd "$root/macrobench/programs" 2>/dev/null && echo *.py | sed "s/\.py//g")" -- "$word")); return ;;
        --dispatch) COMPREPLY=($(compgen -W "switch call token direct tail" -- "$word")); return ;;
        --peer) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --processes|--rounds) COMPREPLY=(); return ;;
        --layouts) COMPREPLY=(); return ;;
        --budget) COMPREPLY=(); return ;;
        --seed) COMPREPLY=(); return ;;
        --out) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --build) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --resume) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")); return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --quick --full --only --dispatch --peer --processes --rounds --layouts --budget --seed --out --build --no-setup --resume --json -q --quiet -v --verbose" -- "$word")) ;;
        *) COMPREPLY=() ;;
    esac
}
complete -F _krait_bench tools/bench ./tools/bench "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/bench"

_krait_bisect() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --layouts) COMPREPLY=(); return ;;
        --size) COMPREPLY=($(compgen -W "test bench" -- "$word")); return ;;
        --form) COMPREPLY=($(compgen -W "tuned plain" -- "$word")); return ;;
        --dispatch) COMPREPLY=($(compgen -W "switch call token direct tail" -- "$word")); return ;;
        --seed) COMPREPLY=(); return ;;
        --out) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --resume) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")); return ;;
        --jobs) COMPREPLY=(); return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --step --layouts --size --form --dispatch --seed --out --resume --jobs -q --quiet --no-setup" -- "$word")) ;;
        *) COMPREPLY=() ;;
    esac
}
complete -F _krait_bisect tools/bisect ./tools/bisect "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/bisect"

_krait_check() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --only) COMPREPLY=($(compgen -W "layers handlers opcodes sizes stores descriptions words top_level completion layout" -- "$word")); return ;;
        --root) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --only --list --explain --root --times --fix --json" -- "$word")) ;;
        *) COMPREPLY=() ;;
    esac
}
complete -F _krait_check tools/check ./tools/check "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/check"

_krait_compare() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --technique) COMPREPLY=($(compgen -W "switch call token direct tail" -- "$word")); return ;;
        --only) COMPREPLY=($(compgen -W "micro macro empty $(cd "$root/macrobench/programs" 2>/dev/null && echo *.py | sed "s/\.py//g")" -- "$word")); return ;;
        --dispatch) COMPREPLY=($(compgen -W "switch call token direct tail" -- "$word")); return ;;
        --budget) COMPREPLY=(); return ;;
        --rounds) COMPREPLY=(); return ;;
        --size) COMPREPLY=($(compgen -W "test bench" -- "$word")); return ;;
        --layouts) COMPREPLY=(); return ;;
        --form) COMPREPLY=($(compgen -W "tuned plain" -- "$word")); return ;;
        --clock) COMPREPLY=($(compgen -W "cpu wall" -- "$word")); return ;;
        --min-effect) COMPREPLY=(); return ;;
        --base-build) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --head-build) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --seed) COMPREPLY=(); return ;;
        --out) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --resume) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")); return ;;
        --jobs) COMPREPLY=(); return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --technique --quick --full --only --dispatch --budget --rounds --size --layouts --form --clock --apart --min-effect --strict --even-if-same --base-build --head-build --build-only --seed --out --resume --json --jobs -q --quiet --no-setup" -- "$word")) ;;
        *) COMPREPLY=() ;;
    esac
}
complete -F _krait_compare tools/compare ./tools/compare "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/compare"

_krait_explain() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --costs) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")); return ;;
        --dispatch) COMPREPLY=($(compgen -W "switch call token direct tail" -- "$word")); return ;;
        --only) COMPREPLY=($(compgen -W "micro macro empty $(cd "$root/macrobench/programs" 2>/dev/null && echo *.py | sed "s/\.py//g")" -- "$word")); return ;;
        --form) COMPREPLY=($(compgen -W "tuned plain" -- "$word")); return ;;
        --clock) COMPREPLY=($(compgen -W "median min user" -- "$word")); return ;;
        --top) COMPREPLY=(); return ;;
        --build) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --costs --dispatch --only --form --clock --profile --top --json -q --quiet --build --no-setup --no-build" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")) ;;
    esac
}
complete -F _krait_explain tools/explain ./tools/explain "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/explain"

_krait_export() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --format) COMPREPLY=($(compgen -W "bmf github-action-benchmark junit markdown pyperf google-benchmark hyperfine" -- "$word")); return ;;
        --suite) COMPREPLY=($(compgen -W "micro macro imported" -- "$word")); return ;;
        --only) COMPREPLY=($(compgen -W "micro macro empty $(cd "$root/macrobench/programs" 2>/dev/null && echo *.py | sed "s/\.py//g")" -- "$word")); return ;;
        --out) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --results) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --format --suite --only --out --list --json --results" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")) ;;
    esac
}
complete -F _krait_export tools/export ./tools/export "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/export"

_krait_fuzz() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --seconds) COMPREPLY=(); return ;;
        --seed) COMPREPLY=(); return ;;
        --corpus) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --input) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --jobs) COMPREPLY=(); return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --seconds --seed --corpus --minimize --input --jobs --no-build --json -q --quiet" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "bytecode marshal source text" -- "$word")) ;;
    esac
}
complete -F _krait_fuzz tools/fuzz ./tools/fuzz "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/fuzz"

_krait_import() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --format) COMPREPLY=($(compgen -W "pyperf google-benchmark hyperfine" -- "$word")); return ;;
        --name) COMPREPLY=(); return ;;
        --out) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --env) COMPREPLY=(); return ;;
        --results) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --format --name --out --here --env --json --results" -- "$word")) ;;
        *) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null ;;
    esac
}
complete -F _krait_import tools/import ./tools/import "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/import"

_krait_oracle() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    local index
    for ((index = 1; index < COMP_CWORD; index++)); do
        case ${COMP_WORDS[index]} in
            setup)
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            listing)
                case $previous in
                    --out) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
                    --optimize) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
                esac
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --out --optimize" -- "$word")) ;;
                    *) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null ;;
                esac
                return ;;
            diff)
                case $previous in
                    --max) COMPREPLY=(); return ;;
                    --fields) COMPREPLY=(); return ;;
                esac
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --max --fields" -- "$word")) ;;
                    *) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null ;;
                esac
                return ;;
            stdlib)
                case $previous in
                    --krait) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
                esac
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --krait" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            compile-speed)
                case $previous in
                    --krait) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
                    --peer) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
                    --rounds) COMPREPLY=(); return ;;
                    --sources) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
                    --json) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
                esac
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --krait --peer --rounds --sources --json" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            record-stdlib)
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            record-listings)
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            record-bytecode)
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            record-expected)
                case $previous in
                    --native) COMPREPLY=(); return ;;
                esac
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --native" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            record-messages)
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            record-language)
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help" -- "$word")) ;;
                    *) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null ;;
                esac
                return ;;
        esac
    done
    case $previous in
        --cache) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --cache" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "setup listing diff stdlib compile-speed record-stdlib record-listings record-bytecode record-expected record-messages record-language" -- "$word")) ;;
    esac
}
complete -F _krait_oracle tools/oracle ./tools/oracle "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/oracle"

_krait_profile() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --dispatch) COMPREPLY=($(compgen -W "switch call token direct tail" -- "$word")); return ;;
        --seconds) COMPREPLY=(); return ;;
        --hz) COMPREPLY=(); return ;;
        --size) COMPREPLY=($(compgen -W "test bench" -- "$word")); return ;;
        --option) COMPREPLY=(); return ;;
        --annotate) COMPREPLY=(); return ;;
        --top) COMPREPLY=(); return ;;
        --out) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --build) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --dispatch --seconds --hz --size --option --no-perf --no-python --no-counts --annotate --folded --top --keep --diff --out --json -q --quiet --build --no-setup --no-build" -- "$word")) ;;
        *) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null ;;
    esac
}
complete -F _krait_profile tools/profile ./tools/profile "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/profile"

_krait_report() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --format) COMPREPLY=($(compgen -W "html svg text" -- "$word")); return ;;
        --only) COMPREPLY=($(compgen -W "micro macro empty $(cd "$root/macrobench/programs" 2>/dev/null && echo *.py | sed "s/\.py//g")" -- "$word")); return ;;
        --out) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --results) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --format --only --json --out --force --results" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")) ;;
    esac
}
complete -F _krait_report tools/report ./tools/report "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/report"

_krait_results() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    local index
    for ((index = 1; index < COMP_CWORD; index++)); do
        case ${COMP_WORDS[index]} in
            list)
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --json" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            show)
                case $previous in
                    --only) COMPREPLY=($(compgen -W "micro macro empty $(cd "$root/macrobench/programs" 2>/dev/null && echo *.py | sed "s/\.py//g")" -- "$word")); return ;;
                    --suite) COMPREPLY=($(compgen -W "micro macro imported" -- "$word")); return ;;
                esac
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --only --json --suite --all" -- "$word")) ;;
                    *) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")) ;;
                esac
                return ;;
            validate)
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --json" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            compare)
                case $previous in
                    --only) COMPREPLY=($(compgen -W "micro macro empty $(cd "$root/macrobench/programs" 2>/dev/null && echo *.py | sed "s/\.py//g")" -- "$word")); return ;;
                    --suite) COMPREPLY=($(compgen -W "micro macro imported" -- "$word")); return ;;
                    --floor) COMPREPLY=(); return ;;
                    --out) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
                esac
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --only --json --suite --floor --force --all --out" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            baseline)
                case $previous in
                    --only) COMPREPLY=($(compgen -W "micro macro empty $(cd "$root/macrobench/programs" 2>/dev/null && echo *.py | sed "s/\.py//g")" -- "$word")); return ;;
                    --suite) COMPREPLY=($(compgen -W "micro macro imported" -- "$word")); return ;;
                    --floor) COMPREPLY=(); return ;;
                    --out) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
                esac
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --only --json --suite --floor --force --all --out" -- "$word")) ;;
                    *) COMPREPLY=($(compgen -W "list set compare" -- "$word")) ;;
                esac
                return ;;
            prune)
                case $previous in
                    --keep) COMPREPLY=(); return ;;
                    --except) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")); return ;;
                esac
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --keep --except --yes --json" -- "$word")) ;;
                    *) COMPREPLY=() ;;
                esac
                return ;;
            schema)
                case $word in
                    -*) COMPREPLY=($(compgen -W "-h --help --markdown --json" -- "$word")) ;;
                    *) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null ;;
                esac
                return ;;
        esac
    done
    case $previous in
        --results) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --results" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "list show validate compare baseline prune schema" -- "$word")) ;;
    esac
}
complete -F _krait_results tools/results ./tools/results "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/results"

_krait_selfcheck() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --aa) COMPREPLY=(); return ;;
        --inject) COMPREPLY=(); return ;;
        --trials) COMPREPLY=(); return ;;
        --dispatch) COMPREPLY=($(compgen -W "switch call token direct tail" -- "$word")); return ;;
        --build) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --seed) COMPREPLY=(); return ;;
        --out) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --resume) COMPREPLY=($(compgen -W "latest $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")); return ;;
        --jobs) COMPREPLY=(); return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --tune --untune --aa --inject --trials --other-layout --dispatch --build --seed --out --resume --json --jobs -q --quiet --no-setup" -- "$word")) ;;
        *) COMPREPLY=() ;;
    esac
}
complete -F _krait_selfcheck tools/selfcheck ./tools/selfcheck "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/selfcheck"

_krait_setup() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $word in
        -*) COMPREPLY=($(compgen -W "--check --soak --help" -- "$word")) ;;
        *) COMPREPLY=() ;;
    esac
}
complete -F _krait_setup tools/setup ./tools/setup "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/setup"

_krait_test() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --preset) COMPREPLY=($(compgen -W "release release-clang checked fuzz" -- "$word")); return ;;
        -k) COMPREPLY=(); return ;;
        --jobs) COMPREPLY=(); return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --quick --soak --preset -k --jobs --no-setup --no-build --list --opcode-coverage -v --verbose --json" -- "$word")) ;;
        *) COMPREPLY=() ;;
    esac
}
complete -F _krait_test tools/test ./tools/test "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/test"
