# Sourced by sandbox/run: builds all modules without their tests, one line a module.

build_all() {
    local log="$target/logs/build.log"
    mkdir -p "$target/logs"
    echo "building (log: $log)"
    # In the background, so that a signal is answered at once and not after the build.
    mvn --batch-mode --file "$repository/pom.xml" -DskipTests package > "$log" 2>&1 9>&- &
    local maven=$!
    trap 'kill "$maven" 2> /dev/null; wait "$maven" 2> /dev/null; exit 143' TERM
    trap 'kill "$maven" 2> /dev/null; wait "$maven" 2> /dev/null; exit 130' INT
    show_modules "$log" "$maven" &
    local progress=$!
    if ! wait "$maven"; then
        wait "$progress" || true
        grep -E '^\[ERROR\]|BUILD FAILURE' "$log" | head -40 >&2
        echo "The build failed, see $log" >&2
        exit 1
    fi
    wait "$progress" || true
    trap - TERM INT
}

# Prints each module's name once Maven has begun it, until Maven ends.
show_modules() {
    tail --lines=+1 --follow --pid="$2" --sleep-interval=0.3 "$1" 2> /dev/null \
        | sed --unbuffered -n 's/^\[INFO\] Building \([a-z-]*\) .*\(\[[0-9/]*\]\)$/  \2 \1/p'
}
