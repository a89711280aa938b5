#!/bin/sh
# TLS when there are certificates, else plain HTTP, and say which.
set -eu
if [ -s /run/certificates/tls.crt ] && [ -s /run/certificates/tls.key ]; then
	echo "gateway: HTTPS on 8443" >&2
	exec nginx -c /etc/dengwen/tls.conf -g 'daemon off;'
fi
echo "gateway: no certificates, plain HTTP on 8080" >&2
exec nginx -c /etc/dengwen/plain.conf -g 'daemon off;'
