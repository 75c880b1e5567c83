# Sourced by the commands: runs Maven with one line of progress a module. Needs $repository and $target.

# Kept until the command (or the launcher it becomes) ends: two builds at once would spoil each other, and a build
# would replace the jars under a running demo.
lock_checkout() {
    mkdir -p "$target/logs"
    exec 9> "$target/run.lock"
    if ! flock --nonblock 9; then
        echo "Another sandbox command runs in this checkout: wait for it or stop it. (Once sandbox/run is ready, sandbox/run journey, hostile, trigger, listen, events and replay may run beside it.)" >&2
        return 1
    fi
}

# run_maven LOG ARGUMENT...: 0 if Maven succeeded.
run_maven() {
    local log=$1
    shift
    : > "$log"
    # Three modules at a time: a compiler uses one core, and tests wait as much as they compute.
    # In the background, so that a signal is answered at once and not after the build.
    mvn --batch-mode --threads 3 --file "$repository/pom.xml" "$@" > "$log" 2>&1 9>&- < /dev/null &
    local maven=$!
    trap 'kill "$maven" 2> /dev/null; wait "$maven" 2> /dev/null; exit 143' TERM
    trap 'kill "$maven" 2> /dev/null; wait "$maven" 2> /dev/null; exit 130' INT
    show_modules "$log" "$maven" &
    local progress=$! result=0
    wait "$maven" || result=$?
    wait "$progress" || true
    trap - TERM INT
    return "$result"
}

# Prints each module's name once Maven has begun it, until Maven ends.
show_modules() {
    tail --lines=+1 --follow --pid="$2" --sleep-interval=0.3 "$1" 2> /dev/null 9>&- \
        | sed --unbuffered -n 's/^\[INFO\] Building \([A-Za-z -]*[A-Za-z]\) .*\(\[[0-9/]*\]\)$/  \2 \1/p' 9>&-
}

show_errors() {
    grep -E '^\[ERROR\]|^\[WARNING\] .*\.java:|BUILD FAILURE' "$1" | head -60 >&2
    echo "See $1" >&2
}
