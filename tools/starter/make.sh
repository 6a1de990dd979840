#!/bin/sh
# Makes public/models/starter from the corpus: tokenizer, training, export. See README.md.
# usage: tools/starter/make.sh [CORPUS.txt.xz]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
corpus=${1:-$root/../shared/corpus/pd-english.txt.xz}
out=$root/public/models/starter
python=${PYTHON:-python3}

"$python" "$here/train_tokenizer.py" --corpus "$corpus" --out "$out"
# The cached ids belong to the tokenizer and corpus of an earlier call.
rm -f "$root/.cache/starter/facts.json"
"$python" "$here/train.py" --corpus "$corpus" --tokenizer "$out"
"$python" "$here/export.py" --out "$out"
# The engine is tested against what PyTorch computes from these weights.
"$python" "$root/tools/goldens/make.py" --starter-only
