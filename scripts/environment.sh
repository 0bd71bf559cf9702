# Makes the project's own environment in .venv, or brings it up to date; prints nothing when there is nothing to do.
# Sourced by the scripts beside it with the requirements file as its argument. Needs only Python 3.11 or newer.

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
        [ -n "$candidate" ] || continue
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    echo "Bookstall needs Python 3.11 or newer, and none was found. Set PYTHON to its path if it is elsewhere." >&2
    return 1
}

prepare_environment() {
    requirements=$1
    stamp=".venv/.installed-$(basename "$requirements")"
    if [ -x .venv/bin/python ] && cmp -s "$requirements" "$stamp" 2>/dev/null; then
        return 0
    fi
    if [ ! -x .venv/bin/python ]; then
        python=$(find_python) || return 1
        echo "Making the environment (.venv) …" >&2
        if ! "$python" -m venv .venv; then
            rm -rf .venv
            echo "That Python cannot make environments. On Debian and Ubuntu: apt install python3-venv" >&2
            return 1
        fi
    fi
    echo "Installing packages …" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-virtualenv -r "$requirements" || return 1
    cp "$requirements" "$stamp"
}
