# Starts PostgreSQL in $folder on the port $PGPORT, with the table of @socket.io/postgres-adapter, for the scripts here that source this file. Needs
# Debian's `postgresql`.
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
as() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
mkdir "$folder/postgres"
[ "$(id -u)" -ne 0 ] || { chmod 755 "$folder" && chown postgres "$folder/postgres"; }
as "$bin/initdb" -D "$folder/postgres/data" -U postgres -A trust -E UTF8 --locale C --no-sync >/dev/null
as "$bin/pg_ctl" -D "$folder/postgres/data" -w -s -l "$folder/postgres/log" -o "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -p $PGPORT" start
trap 'as "$bin/pg_ctl" -D "$folder/postgres/data" -m immediate -s stop; rm -rf "$folder"' EXIT
export PGPORT PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=postgres
"$bin/psql" -q -c 'CREATE TABLE socket_io_attachments (id bigserial UNIQUE, created_at timestamptz DEFAULT NOW(), payload bytea)'
