#!/usr/bin/env bash
# Draws a trained model's samples and figures: prior, posterior, interpolations, arithmetic,
# reconstructions, traversals, scatter, KL and loss curves. Trains first if nobody did.
#
# usage: scripts/make_samples.sh [config or run, default mnist] [options of every command]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

subject=mnist
if [ $# -gt 0 ] && [[ $1 != -* ]]; then
    subject=$1
    shift
fi
for what in prior posterior interpolate arithmetic; do
    step sample "$what" "$subject" "$@"
done
for what in recon traverse scatter kl loss; do
    step viz "$what" "$subject" "$@"
done
