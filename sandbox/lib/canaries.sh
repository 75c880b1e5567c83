#!/usr/bin/env bash
# Looks through what test runs left, reports and logs, for secrets and personal data, which no test may leave. See --help.
set -euo pipefail

if [ $# -eq 0 ] || [ "$1" = --help ]; then
    cat << 'TEXT'
sandbox/lib/canaries.sh [--since FILE] FILE|DIRECTORY…
    looks for API keys, session and refresh tokens, JWTs, PANs, phone numbers and e-mail addresses in text files named
    *.log, *.out, *.err, *.txt, *.md or TEST-*.xml; tells file, line and kind, and never what it found

  --since FILE  only in what was written after this file was

Exit code: 0 nothing found, 1 something was, 2 wrong usage.
TEXT
    [ $# -gt 0 ] && exit 0 || exit 2
fi

newer=()
if [ "$1" = --since ]; then
    [ $# -gt 2 ] && [ -e "$2" ] || { echo "--since: ${2:-no value} (expected: a file, and where to look)" >&2; exit 2; }
    newer=(-newer "$2")
    shift 2
fi

kinds=(
    'API key=sk_(test|live)_[A-Za-z0-9_-]{8,}'
    'session token=(bst|pst|hst)_[A-Za-z0-9_-]{20,}'
    'refresh token=(prt|hrt)_[A-Za-z0-9_-]{20,}'
    'JWT=eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.'
    'PAN=(^|[^A-Za-z0-9])[A-Z]{5}[0-9]{4}[A-Z]([^A-Za-z0-9]|$)'
    # Ten digits alone may be nanoseconds; these are the ones that tests use.
    'phone number=\+91[6-9][0-9]{9}|9876501234|90000000[01][0-9]'
    'e-mail address=[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[a-z]{2,}'
)

# Data of brokers and databases is what it is; settings and schemas are inputs.
files() {
    find "$@" \( -name data -o -name classes -o -name test-classes -o -name registry -o -name settings -o -name secrets \
        -o -name lib \) -prune -o -type f "${newer[@]}" \( -name '*.log' -o -name '*.out' -o -name '*.err' -o -name '*.txt' \
        -o -name '*.md' -o -name 'TEST-*.xml' \) -print0
}

found=0
for kind in "${kinds[@]}"; do
    lines=$(files "$@" | xargs -0 --no-run-if-empty grep -IEHno -e "${kind#*=}" | cut -d: -f1,2 | sort -u || true)
    if [ -n "$lines" ]; then
        found=1
        sed "s/\$/: ${kind%%=*}/" <<< "$lines"
    fi
done
exit $found
