#!/usr/bin/env bash
# Run the tests of online look-up against a real Nominatim, which this sets up and takes down.
#
#   scripts/test_nominatim.sh PYTHON     (make test-nominatim)
#
# PYTHON runs the tests. PostgreSQL, PostGIS and osm2pgsql come from Debian, Nominatim from a
# Python package index, the map from tests/data/donbas.osm. Everything listens on this machine
# alone and stands in a folder that is removed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

python=$1
venv=build/nominatim
debian_packages=(postgresql-postgis osm2pgsql python3-icu python3-venv)
python_packages=("nominatim-db~=5.3" "nominatim-api~=5.3" "psycopg[binary]" falcon uvicorn)

main() {
    has_debian_packages || install_debian_packages
    [ -e $venv/.done ] || install_nominatim
    # A socket's path must be short, and readable to the user that runs PostgreSQL.
    work=$(mktemp -d -t geo-nominatim.XXXXXX)
    trap take_down EXIT
    start_database
    import_map
    serve
    GEO_TEST_NOMINATIM=$address "$python" -m pytest tests/test_online.py
}

has_debian_packages() {
    [ -n "$(postgis_versions)" ] && command -v osm2pgsql >/dev/null &&
        /usr/bin/python3 -c 'import ensurepip, icu, venv' 2>/dev/null
}

postgis_versions() {
    find /usr/share/postgresql -path '*/extension/postgis.control' 2>/dev/null | cut -d/ -f5
}

install_debian_packages() {
    local root=()
    [ "$(id -u)" = 0 ] || root=(sudo)
    if ! command -v apt-get >/dev/null || ! command -v "${root[@]:-env}" >/dev/null; then
        echo "A real Nominatim needs the Debian packages ${debian_packages[*]}: run this as root" \
            "on Debian, or install them first" >&2
        exit 1
    fi
    echo "Installing ${debian_packages[*]} ..."
    quietly "${root[@]}" apt-get update
    quietly "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${debian_packages[@]}"
}

install_nominatim() {
    echo "Installing Nominatim in $venv ..."
    rm -rf $venv
    # Debian's own Python, since PyICU comes from Debian too: elsewhere it must be compiled.
    /usr/bin/python3 -m venv --system-site-packages $venv
    quietly $venv/bin/python -m pip install --disable-pip-version-check "${python_packages[@]}"
    touch $venv/.done
}

start_database() {
    local version
    version=$(postgis_versions | sort -V | tail -1)
    postgres=/usr/lib/postgresql/$version/bin
    # PostgreSQL refuses to run as root.
    as_user=()
    if [ "$(id -u)" = 0 ]; then
        chown postgres "$work"
        as_user=(runuser -u postgres --)
    fi
    echo "Starting PostgreSQL $version ..."
    in_work "$postgres/initdb" -D database -U postgres -A trust -E UTF8 --locale=C.UTF-8
    in_work "$postgres/pg_ctl" -D database -w -l database.log start \
        -o "-k $work -c listen_addresses='' -c fsync=off"
}

import_map() {
    export PGHOST=$work PGUSER=postgres NOMINATIM_IMPORT_STYLE=full
    export NOMINATIM_DATABASE_WEBUSER=postgres
    export NOMINATIM_DATABASE_DSN="pgsql:dbname=nominatim;host=$work;user=postgres"
    echo "Importing tests/data/donbas.osm ..."
    mkdir "$work/project"
    quietly $venv/bin/nominatim import --offline --no-updates --threads 2 \
        --project-dir "$work/project" --osm-file tests/data/donbas.osm
}

serve() {
    local port
    port=$("$python" -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    address=http://127.0.0.1:$port
    $venv/bin/nominatim serve --project-dir "$work/project" --server "127.0.0.1:$port" \
        >"$work/serve.log" 2>&1 &
    server=$!
    for _ in $(seq 60); do
        "$python" -c 'import sys; from urllib.request import *; build_opener(ProxyHandler({})).open(sys.argv[1])' \
            "$address/status" 2>/dev/null && return
        kill -0 $server 2>/dev/null || break
        sleep 1
    done
    echo "Nominatim does not answer at $address:" >&2
    cat "$work/serve.log" >&2
    exit 1
}

take_down() {
    [ -z "${server:-}" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    [ ! -e "$work/database/postmaster.pid" ] ||
        in_work "$postgres/pg_ctl" -D database -m immediate stop || true
    rm -rf "$work"
}

in_work() {
    (cd "$work" && quietly "${as_user[@]}" "$@")
}

# Run a command; show what it printed only if it fails.
quietly() {
    local log
    log=$("$@" 2>&1) || { echo "$log" >&2; return 1; }
}

main
