#!/bin/sh
# start.sh PROGRAM.py [ARGUMENT]...: what commands in tools/ begin with. Sets up first, unless only help
# is wanted or --no-setup says that all is there; then runs the program beside this file.
set -eu
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
program=$1
shift
case " $* " in
    *" --help "* | *" -h "* | *" --no-setup "*) ;;
    *" --soak "*) [ -n "${KRAIT_DESCRIBE_COMMAND-}" ] || "$folder/../setup" --soak ;;
    *) [ -n "${KRAIT_DESCRIBE_COMMAND-}" ] || "$folder/../setup" ;;
esac
exec /usr/bin/python3 -B "$folder/$program" "$@"
