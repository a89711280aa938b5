#!/bin/bash
# First start of an empty cluster: for each service a database, its owner (migrations) and its own role
# (the service). No role can connect to another's database. Passwords come from files.
set -euo pipefail
for service in intake clues inspection notifications archive desk; do
	psql -v ON_ERROR_STOP=1 --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres -v service="$service" <<-'SQL'
		\set owner :service '_owner'
		\set owner_password `cat /run/secrets/owners.password`
		\set file '/run/secrets/' :service '.password'
		\set password `cat :file`
		CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password' CONNECTION LIMIT 5;
		CREATE ROLE :"service" LOGIN PASSWORD :'password' CONNECTION LIMIT 60;
		CREATE DATABASE :"service" OWNER :"owner";
		REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
		GRANT CONNECT ON DATABASE :"service" TO :"service";
		\connect :"service"
		ALTER SCHEMA public OWNER TO :"owner";
		REVOKE ALL ON SCHEMA public FROM PUBLIC;
	SQL
done
psql -v ON_ERROR_STOP=1 --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres \
	-c 'REVOKE ALL ON DATABASE postgres FROM PUBLIC'
