#!/bin/sh
# Times vae-report's training steps beside PyTorch's in one sitting and prints the ratios.
#
#   benchmarks/compare.sh PEERS [WORKLOAD…]
#
# PEERS is the folder of torch_vae.py and torch_dae.py. A workload is model:base:size:channels; without one,
# those of the table in benchmarks/README.md. From the environment:
#   PYTHON   an interpreter with torch and numpy      (python3)
#   TOOL     the command to time                      (.build/release/vae-report)
#   STEPS    timed steps of each run                  (40)
#   ROUNDS   runs of each side, one after the other; the best median of each counts   (2)
#   MODES    PyTorch's modes, of which the best counts   ("plain channels-last compile")
set -eu
if [ $# -lt 1 ]; then sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
here=$(dirname "$0")
peers=$1
shift
python=${PYTHON:-python3} tool=${TOOL:-.build/release/vae-report} steps=${STEPS:-40}
rounds=${ROUNDS:-2} modes=${MODES:-plain channels-last compile}
[ $# -gt 0 ] || set -- conv:32:28:1 conv:64:28:1 mlp:32:28:1 resnet:32:28:1 conv:64:32:3

# rate COMMAND… prints images_per_s of a JSON line; a run that fails ends the comparison.
rate() {
    line=$("$@") || { echo "failed: $*" >&2; return 1; }
    echo "$line" | sed -n 's/.*"images_per_s": *\([0-9]*\).*/\1/p'
}

larger() { if [ "$1" -gt "$2" ]; then echo "$1"; else echo "$2"; fi; }

printf '%-18s %-9s %12s %-14s %12s %7s\n' \
    workload precision PyTorch "(its mode)" vae-report ratio
for workload in "$@"; do
    IFS=: read -r model base size channels <<END
$workload
END
    for precision in float32 bfloat16; do
        flag=
        [ $precision = float32 ] || flag=--bf16
        theirs=0 best= ours=0 round=0
        while [ $round -lt "$rounds" ]; do
            for mode in $modes; do
                option=
                [ "$mode" = plain ] || option=--$mode
                # Unquoted on purpose: an empty flag is no argument.
                now=$(rate "$python" "$here/torch_steps.py" --peers "$peers" --model "$model" \
                    --base "$base" --size "$size" --channels "$channels" --steps "$steps" \
                    $flag $option)
                if [ "$now" -gt "$theirs" ]; then theirs=$now best=$mode; fi
            done
            now=$(rate "$tool" bench --model "$model" --base "$base" --size "$size" \
                --channels "$channels" --steps "$steps" --precision $precision)
            ours=$(larger "$now" "$ours")
            round=$((round + 1))
        done
        awk -v w="$workload" -v p=$precision -v t="$theirs" -v m="($best)" -v o="$ours" 'BEGIN {
            printf "%-18s %-9s %12d %-14s %12d %6.2f×\n", w, p, t, m, o, o / t }'
    done
done
