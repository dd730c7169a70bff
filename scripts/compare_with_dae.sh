#!/usr/bin/env bash
# Compares the VAE with a denoising autoencoder on the same images and noise; trains both if nobody did.
#
# usage: scripts/compare_with_dae.sh [config or run, default mnist] [options of 'vae-report compare dae']
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

subject=mnist
if [ $# -gt 0 ] && [[ $1 != -* ]]; then
    subject=$1
    shift
fi
step compare dae "$subject" "$@"
