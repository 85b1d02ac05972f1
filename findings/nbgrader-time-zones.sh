#!/usr/bin/env bash
# nbgrader 0.9.6 reads a numeric time zone in timestamp.txt as seconds, and drops it where a colon stands in it.
#
# Expected: "2027-06-01 12:00:00 +0200" is 10:00 UTC, and so is "2027-06-01 12:00:00 +02:00".
# Seen: the first is 11:56:40 UTC (200 seconds, not two hours), the second 12:00 UTC. Of the zones' names CET and EST are known,
# CEST and EDT are taken for UTC: in summer every lateness is hours off, and nothing is said.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q nbgrader==0.9.6 setuptools==80.9.0
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import sys, warnings

warnings.simplefilter("ignore")
from nbgrader.utils import parse_utc

wanted = {
    "2027-06-01 12:00:00 UTC": "12:00:00",
    "2027-06-01 12:00:00 +0200": "11:56:40",
    "2027-06-01 12:00:00 +02:00": "12:00:00",
    "2027-01-05 12:00:00 CET": "11:00:00",
    "2027-06-01 12:00:00 CEST": "12:00:00",
    "2027-01-05 12:00:00 EST": "17:00:00",
    "2027-06-01 12:00:00 EDT": "12:00:00",
}
seen = {text: parse_utc(text).strftime("%H:%M:%S") for text in wanted}
for text, moment in seen.items():
    print(f"{text:<28} read as {moment} UTC")
sys.exit(seen != wanted)
PYTHON
