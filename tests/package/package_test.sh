#!/usr/bin/env bash
# The library as its users have it: installed, moved elsewhere, found by a program of its own and linked; and what that
# program prints is what the command line says of the same events.
#   package_test.sh CMAKE BUILD SOURCES FOLDER COMPILER CONFIG
set -euo pipefail
cmake=$1 build=$2 sources=$3 folder=$4 compiler=$5 config=$6
fail() { echo "FAILED: $*"; exit 1; }

rm -rf "$folder"
mkdir -p "$folder"
"$cmake" --install "$build" --prefix "$folder/first" --component core >"$folder/install.txt"
mv "$folder/first" "$folder/prefix"  # the package says nothing of where it was
[ -e "$folder/prefix/include/detente/detente.hpp" ] || fail "no detente/detente.hpp"
for header in memory/reference/history.hpp simulate/recovery_study.hpp cli/cli.hpp io/result.hpp; do
  [ ! -e "$folder/prefix/include/detente/$header" ] || fail "$header is no part of the core"
done
if grep -rn "$sources" "$folder/prefix" --include='*.cmake'; then fail "the package names the folder of the sources"; fi

"$cmake" -S "$sources/examples" -B "$folder/example" -DCMAKE_PREFIX_PATH="$folder/prefix" \
  -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE="$config" >"$folder/configure.txt"
grep -q "^detente_DIR:PATH=$folder/prefix/" "$folder/example/CMakeCache.txt" || fail "another package was found"
"$cmake" --build "$folder/example" >"$folder/build.txt" || { cat "$folder/build.txt"; fail "it does not build"; }

# Every header can be included, and all of them together: no two give one name to different things.
mkdir "$folder/all"
(cd "$folder/prefix/include/detente" && find . -name '*.hpp' | sort | sed 's|^\./\(.*\)|#include "\1"|') >"$folder/all/all.cpp"
cat >"$folder/all/CMakeLists.txt" <<'PROJECT'
cmake_minimum_required(VERSION 3.25)
project(all_headers LANGUAGES CXX)
find_package(detente REQUIRED)
add_library(headers OBJECT all.cpp)
target_link_libraries(headers PRIVATE detente::detente)
PROJECT
"$cmake" -S "$folder/all" -B "$folder/all/build" -DCMAKE_PREFIX_PATH="$folder/prefix" \
  -DCMAKE_CXX_COMPILER="$compiler" >>"$folder/configure.txt"
"$cmake" --build "$folder/all/build" >"$folder/all.txt" 2>&1 || { cat "$folder/all.txt"; fail "the headers clash"; }

"$folder/example/fit_events" >"$folder/printed.txt"

cat >"$folder/events.csv" <<'EVENTS'
time,source,target
1,anna,ben
2,ben,anna
4,anna,cleo
5,cleo,anna
7,anna,ben
8,ben,anna
9,dan,cleo
11,cleo,dan
12,anna,ben
14,ben,cleo
15,cleo,ben
17,dan,anna
18,anna,dan
19,ben,anna
21,dan,cleo
22,cleo,anna
24,anna,ben
25,cleo,dan
EVENTS
"$build/detente" fit "$folder/events.csv" --timing ordinal \
  --formula 'inertia + reciprocity + in_degree(of=receiver)' >"$folder/said.txt"
awk '/^  effect/ { inside = 1; next } /^  converged/ { print "converged"; exit } inside { print $1, $2, $3 }' \
  "$folder/said.txt" >"$folder/wanted.txt"
[ "$(wc -l <"$folder/wanted.txt")" -eq 4 ] || { cat "$folder/said.txt"; fail "the command line says something else"; }
diff "$folder/wanted.txt" "$folder/printed.txt" || fail "the example prints other estimates than the command line"
