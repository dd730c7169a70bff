#!/usr/bin/env bash
# Deletes what vae-report made below outputs/, what it downloaded, and then what building made.
#
# usage: scripts/clean_all.sh
#
# vae-report itself knows what it made, by its records: files of yours stay where they are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -x .build/release/vae-report ]; then
    .build/release/vae-report clean --downloads
elif command -v vae-report >/dev/null; then
    vae-report clean --downloads
else
    echo "clean_all: vae-report is not built, so nobody can say what it made: run 'make build' first" >&2
    exit 1
fi
rm -rf .build
