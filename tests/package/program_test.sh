#!/usr/bin/env bash
# The program as it is installed: it starts, and its man page and completions lie where they are looked for.
#   program_test.sh CMAKE BUILD FOLDER
set -euo pipefail
cmake=$1 build=$2 folder=$3
fail() { echo "FAILED: $*"; exit 1; }

rm -rf "$folder"
mkdir -p "$folder"
"$cmake" --install "$build" --prefix "$folder/first" --component program >"$folder/install.txt"
mv "$folder/first" "$folder/prefix"
cd "$folder/prefix"
bin/detente init "$folder/town" >"$folder/init.txt"
bin/detente check "$folder/town" >"$folder/check.txt" || fail "the installed program does not run"
diff <(bin/detente man) share/man/man1/detente.1 || fail "another man page"
diff <(bin/detente completion bash) share/bash-completion/completions/detente || fail "another completion of bash"
diff <(bin/detente completion zsh) share/zsh/site-functions/_detente || fail "another completion of zsh"
diff <(bin/detente completion fish) share/fish/vendor_completions.d/detente.fish || fail "another completion of fish"
