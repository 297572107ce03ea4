#!/bin/sh
# Installs what the peers need from Debian's packages where it may, and says
# what is missing where it may not. What is missing is not measured.
set -eu

missing=""
need() { # need PACKAGE COMMAND...: the command succeeds where the package is there
	package=$1
	shift
	"$@" >/dev/null 2>&1 || missing="$missing $package"
}
need gcc command -v gcc
need libc6-dev test -e /usr/include/stdio.h
need default-jdk-headless command -v javac
need liblucene8-java sh -c 'ls /usr/share/java/lucene-core-*.jar'
need groonga-bin command -v groonga

[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	apt-get update -qq
	# shellcheck disable=SC2086 # one word for each package
	DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing
else
	echo "not installed:$missing; as root: apt-get install$missing" >&2
fi
