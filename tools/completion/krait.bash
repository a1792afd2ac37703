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
        --resume) COMPREPLY=($(compgen -W "last $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")); return ;;
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
        --budget) COMPREPLY=(); return ;;
        --seed) COMPREPLY=(); return ;;
        --out) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --build) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --resume) COMPREPLY=($(compgen -W "last $(ls "$root/results/runs" 2>/dev/null)" -- "$word") $(compgen -d -- "$word")); return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --quick --full --only --dispatch --peer --processes --rounds --budget --seed --out --build --no-setup --resume --json -q --quiet" -- "$word")) ;;
        *) COMPREPLY=() ;;
    esac
}
complete -F _krait_bench tools/bench ./tools/bench "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/bench"

_krait_check() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --only) COMPREPLY=($(compgen -W "layers handlers opcodes sizes stores descriptions words top_level layout" -- "$word")); return ;;
        --root) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --only --list --explain --root --times --fix --json" -- "$word")) ;;
        *) COMPREPLY=() ;;
    esac
}
complete -F _krait_check tools/check ./tools/check "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/check"

_krait_fuzz() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $previous in
        --seconds) COMPREPLY=(); return ;;
        --corpus) COMPREPLY=($(compgen -d -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --input) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
        --jobs) COMPREPLY=(); return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "-h --help --seconds --corpus --minimize --input --jobs --no-build --json" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "bytecode source text" -- "$word")) ;;
    esac
}
complete -F _krait_fuzz tools/fuzz ./tools/fuzz "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/fuzz"

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
        *) COMPREPLY=($(compgen -W "setup listing diff stdlib record-stdlib record-listings record-bytecode record-expected record-messages record-language" -- "$word")) ;;
    esac
}
complete -F _krait_oracle tools/oracle ./tools/oracle "$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/oracle"

_krait_setup() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} root
    root=$(CDPATH= cd -- "$(dirname -- "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd)
    COMPREPLY=()
    case $word in
        -*) COMPREPLY=($(compgen -W "--check --help" -- "$word")) ;;
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
