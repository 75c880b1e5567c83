# Sourced by the commands: finds programs of the machine, and installs those that are missing where that is possible.

# need_tool PROGRAM PACKAGE
need_tool() {
    if command -v "$1" > /dev/null; then
        return
    fi
    echo "installing $2" >&2
    # The run level keeps a package from starting its server.
    if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ] && { apt-get update --quiet \
        && RUNLEVEL=1 apt-get install --yes --quiet --no-install-recommends "$2"; } >&2 && command -v "$1" > /dev/null; then
        return
    fi
    echo "No $1 found: install it (Debian: $2)." >&2
    return 1
}
