# What the scripts beside this one share; they read it with 'source'.
#
# A script may be called from any folder: configs/, outputs/ and other paths are those of this checkout.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [ -x "$project/.build/release/vae-report" ]; then
    program=$project/.build/release/vae-report
elif command -v vae-report >/dev/null; then
    program=$(command -v vae-report)
else
    printf '%s: vae-report is not built: run make build in %s first\n' "${0##*/}" "$project" >&2
    exit 1
fi

if [ -n "${VAE_REPORT_DATA:-}" ] && [[ $VAE_REPORT_DATA != /* ]]; then
    export VAE_REPORT_DATA=$PWD/$VAE_REPORT_DATA
fi
cd "$project"

# step WORDS...: runs a command of vae-report; says which one failed, and ends the script with its status.
step() {
    local status=0
    printf '== vae-report %s\n' "$*" >&2
    "$program" "$@" || status=$?
    if [ "$status" -ne 0 ]; then
        printf '%s: vae-report %s failed with status %s\n' "${0##*/}" "$*" "$status" >&2
        exit "$status"
    fi
}
