#!/usr/bin/env bash
# Trains on MNIST with configs/mnist.yaml and scores the result.
#
# usage: scripts/train_mnist.sh [options of 'vae-report train', such as -P train.epochs=3]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

step train configs/mnist.yaml "$@"
step eval configs/mnist.yaml "$@"
