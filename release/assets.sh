#!/usr/bin/env bash
# Makes what goes into a release beside the program, in the folder given: the manual page, the completions for each
# shell, and the licences of what hark is built with. It needs Go and gzip.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
to=${1:?usage: release/assets.sh FOLDER}
mkdir -p "$to/man" "$to/completions"

hark=$(mktemp -d)
trap 'rm -rf "$hark"' EXIT
go build -o "$hark/hark" ./cmd/hark

"$hark/hark" man | gzip -9n >"$to/man/hark.1.gz" # -n leaves name and time out: the same page gives the same bytes
"$hark/hark" completion bash >"$to/completions/hark.bash"
"$hark/hark" completion zsh >"$to/completions/_hark"
"$hark/hark" completion fish >"$to/completions/hark.fish"
"$hark/hark" completion powershell >"$to/completions/hark.ps1"
go run ./release/licences -texts >"$to/LICENSES.md"
