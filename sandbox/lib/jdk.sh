# Sourced by the commands: finds a JDK 25 and exports JAVA_HOME. Maven itself must run on it.

is_jdk_25() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

find_jdk_25() {
    local candidate
    if [ -n "${JAVA_HOME:-}" ] && is_jdk_25 "$JAVA_HOME"; then
        echo "$JAVA_HOME"
        return
    fi
    if command -v javac > /dev/null; then
        candidate=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
        is_jdk_25 "$candidate" && echo "$candidate" && return
    fi
    for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        is_jdk_25 "$candidate" && echo "$candidate" && return
    done
    return 1
}

use_jdk_25() {
    local found
    if ! found=$(find_jdk_25); then
        echo "No JDK 25 found in JAVA_HOME, on PATH or in the usual folders: install one, or set JAVA_HOME to it." >&2
        return 1
    fi
    export JAVA_HOME="$found"
    export PATH="$JAVA_HOME/bin:$PATH"
}

need_maven() {
    if ! command -v mvn > /dev/null; then
        echo "No Maven found: install Maven 3.8.7 or later, and have mvn on PATH." >&2
        return 1
    fi
}
