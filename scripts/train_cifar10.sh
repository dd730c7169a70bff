#!/usr/bin/env bash
# Trains on CIFAR-10 with configs/cifar10.yaml and scores the result.
#
# usage: scripts/train_cifar10.sh [options of 'vae-report train', such as -P train.epochs=3]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

step train configs/cifar10.yaml "$@"
step eval configs/cifar10.yaml "$@"
