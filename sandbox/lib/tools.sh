# Sourced by the commands: finds programs of the machine, and installs those that are missing where that is possible.

# need_tool PROGRAM PACKAGE…
need_tool() {
    local program=$1
    shift
    if command -v "$program" > /dev/null; then
        return
    fi
    echo "installing $*" >&2
    # The run level keeps a package from starting its server.
    if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ] && { apt-get update --quiet \
        && RUNLEVEL=1 apt-get install --yes --quiet --no-install-recommends "$@"; } >&2 && command -v "$program" > /dev/null; then
        return
    fi
    echo "No $program found: install it (Debian: $*)." >&2
    return 1
}

# need_open_files COUNT: lets this process and those that it starts open so many at once.
need_open_files() {
    local most
    most=$(ulimit -Hn)
    if [ "$most" != unlimited ] && [ "$most" -lt "$1" ]; then
        echo "open files a process: $most (expected: at least $1): raise the hard limit, as root with ulimit -Hn $1" >&2
        return 1
    fi
    [ "$(ulimit -Sn)" = unlimited ] || [ "$(ulimit -Sn)" -ge "$1" ] || ulimit -Sn "$1"
}
