# Written by tools/completion/generate; do not edit.
# fish: source tools/completion/krait.fish

set -g __krait_root (path resolve (status dirname)/../..)
function __krait_programs; printf '%s\n' micro macro empty; path basename $__krait_root/macrobench/programs/*.py | string replace -r '\.py$' ''; end
function __krait_runs; echo last; path basename $__krait_root/results/runs/*; end

complete -p '*/tools/ablate' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/ablate' -l quick -d 'test sizes, 6 rounds'
complete -p '*/tools/ablate' -l full -d '30 rounds'
complete -p '*/tools/ablate' -l only -x -a '(__krait_programs)' -d 'programs that match'
complete -p '*/tools/ablate' -l knob -x -d 'knobs that match; an allocator is '\''allocator=NAME'\'''
complete -p '*/tools/ablate' -l dispatch -x -a 'switch call token direct tail' -d 'techniques, or TECHNIQUE:COMPILER, separated by commas'
complete -p '*/tools/ablate' -l rounds -x -d 'rounds of all arms'
complete -p '*/tools/ablate' -l budget -x -d 'begin no round that would end later (at least 3): 90s, 5m, 1h'
complete -p '*/tools/ablate' -l seed -x -d 'of all shuffling'
complete -p '*/tools/ablate' -l out -x -a '(__fish_complete_directories)' -d 'where the files go'
complete -p '*/tools/ablate' -l build -x -a '(__fish_complete_directories)' -d 'a finished build to measure instead of building'
complete -p '*/tools/ablate' -l no-setup -d 'do not run tools/setup'
complete -p '*/tools/ablate' -l resume -x -a '(__krait_runs) (__fish_complete_directories)' -d 'go on with a run that was stopped: its folder, its RUN_ID, or '\''last'\'''
complete -p '*/tools/ablate' -l json -d 'print JSON instead of tables'
complete -p '*/tools/ablate' -s q -l quiet -d 'no progress'
complete -p '*/tools/ablate' -f

complete -p '*/tools/bench' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/bench' -l quick -d 'test sizes, 3 processes, one engine a technique'
complete -p '*/tools/bench' -l full -d 'three times as many processes as by'
complete -p '*/tools/bench' -l only -x -a '(__krait_programs)' -d 'programs ('\''empty'\'': start-up) and opcode benchmarks (OPCODE.variant) that match; '\''micro'\'''
complete -p '*/tools/bench' -l dispatch -x -a 'switch call token direct tail' -d 'techniques, or TECHNIQUE:COMPILER, separated by commas'
complete -p '*/tools/bench' -l peer -r -F -d 'another interpreter to time the programs with (repeatable)'
complete -p '*/tools/bench' -l processes -l rounds -x -d 'processes an engine and opcode, rounds of the programs'
complete -p '*/tools/bench' -l budget -x -d 'end the rounds of the programs in time (at least 3): 90s, 5m, 1h'
complete -p '*/tools/bench' -l seed -x -d 'of all shuffling'
complete -p '*/tools/bench' -l out -x -a '(__fish_complete_directories)' -d 'where the files go'
complete -p '*/tools/bench' -l build -x -a '(__fish_complete_directories)' -d 'a finished build to measure instead of building'
complete -p '*/tools/bench' -l no-setup -d 'do not run tools/setup'
complete -p '*/tools/bench' -l resume -x -a '(__krait_runs) (__fish_complete_directories)' -d 'go on with a run that was stopped: its folder, its RUN_ID, or '\''last'\'''
complete -p '*/tools/bench' -l json -d 'print JSON instead of tables'
complete -p '*/tools/bench' -s q -l quiet -d 'no progress'
complete -p '*/tools/bench' -f

complete -p '*/tools/check' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/check' -l only -x -a 'layers handlers opcodes sizes stores descriptions words top_level layout' -d 'only this rule'
complete -p '*/tools/check' -l list -d 'print the rules and stop'
complete -p '*/tools/check' -l explain -d 'say what each rule demands'
complete -p '*/tools/check' -l root -x -a '(__fish_complete_directories)' -d 'the tree to check'
complete -p '*/tools/check' -l times -d 'print how long each rule took'
complete -p '*/tools/check' -l fix -d 'lay out all C files, then check'
complete -p '*/tools/check' -l json -d 'print the problems as JSON'
complete -p '*/tools/check' -f

complete -p '*/tools/fuzz' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/fuzz' -l seconds -x -d 'how long (60)'
complete -p '*/tools/fuzz' -l corpus -x -a '(__fish_complete_directories)' -d 'keep what is found there, and start from it too'
complete -p '*/tools/fuzz' -l minimize -d 'replace the committed corpus by the least part of both that covers as much'
complete -p '*/tools/fuzz' -l input -r -F -d 'run these inputs only'
complete -p '*/tools/fuzz' -l jobs -x -d 'of the build (2)'
complete -p '*/tools/fuzz' -l no-build -d 'take what is built'
complete -p '*/tools/fuzz' -l json -d 'print JSON instead of tables'
complete -p '*/tools/fuzz' -f
complete -p '*/tools/fuzz' -a 'bytecode source text'

complete -p '*/tools/oracle' -n __fish_use_subcommand -s h -l help -d 'show this help message and exit'
complete -p '*/tools/oracle' -n __fish_use_subcommand -l cache -x -a '(__fish_complete_directories)' -d 'where the oracle is installed'
complete -p '*/tools/oracle' -n __fish_use_subcommand -f
complete -p '*/tools/oracle' -n __fish_use_subcommand -f -a setup -d 'install the npm package pyodide@0.27.7 into the cache'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from setup' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from setup' -f
complete -p '*/tools/oracle' -n __fish_use_subcommand -f -a listing -d 'print the bytecode of sources, one JSON line a file'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from listing' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from listing' -l out -r -F -d 'write there instead of to stdout'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from listing' -l optimize -x -a '0 1 2' -d 'as python -O'
complete -p '*/tools/oracle' -n __fish_use_subcommand -f -a diff -d 'compare two listings and print how each code object differs first'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from diff' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from diff' -l max -x -d 'print at most N'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from diff' -l fields -x -d 'compare only these fields'
complete -p '*/tools/oracle' -n __fish_use_subcommand -f -a stdlib -d 'compare Krait'\''s bytecode of the standard library with CPython'\''s'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from stdlib' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from stdlib' -l krait -r -F -d 'the command that is compared'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from stdlib' -f
complete -p '*/tools/oracle' -n __fish_use_subcommand -f -a record-stdlib -d 'write the hashes of the standard library'\''s code objects'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-stdlib' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-stdlib' -f
complete -p '*/tools/oracle' -n __fish_use_subcommand -f -a record-listings -d 'write macrobench/listings'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-listings' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-listings' -f
complete -p '*/tools/oracle' -n __fish_use_subcommand -f -a record-bytecode -d 'write the .pyc files of interp/tests/bytecode'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-bytecode' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-bytecode' -f
complete -p '*/tools/oracle' -n __fish_use_subcommand -f -a record-expected -d 'write macrobench/expected.csv'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-expected' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-expected' -l native -x -d 'run the bench sizes with this interpreter, once it agrees on the test sizes'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-expected' -f
complete -p '*/tools/oracle' -n __fish_use_subcommand -f -a record-messages -d 'write the recorded columns of interp/tests/messages/messages.csv'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-messages' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-messages' -f
complete -p '*/tools/oracle' -n __fish_use_subcommand -f -a record-language -d 'write .out, .err and .exit beside the language tests'
complete -p '*/tools/oracle' -n '__fish_seen_subcommand_from record-language' -s h -l help -d 'show this help message and exit'

complete -p '*/tools/setup' -l check -d 'only say what is missing; exit 1 if something is'
complete -p '*/tools/setup' -l help -d 'this text'
complete -p '*/tools/setup' -f

complete -p '*/tools/test' -s h -l help -d 'show this help message and exit'
complete -p '*/tools/test' -l quick -d 'release only, fewer engines: at most 3 minutes'
complete -p '*/tools/test' -l soak -d 'every case under every engine and build'
complete -p '*/tools/test' -l preset -x -a 'release release-clang checked fuzz' -d 'build and test this preset only (may be repeated)'
complete -p '*/tools/test' -s k -x -d 'only cases whose `group: name` matches this regular expression'
complete -p '*/tools/test' -l jobs -x -d 'processes side by side'
complete -p '*/tools/test' -l no-setup -d 'do not run tools/setup'
complete -p '*/tools/test' -l no-build -d 'take what is built'
complete -p '*/tools/test' -l list -d 'print the cases and stop'
complete -p '*/tools/test' -l opcode-coverage -d 'show which instructions the language tests execute, and stop'
complete -p '*/tools/test' -s v -l verbose -d 'print every case'
complete -p '*/tools/test' -l json -d 'print the result as JSON; progress on stderr'
complete -p '*/tools/test' -f
