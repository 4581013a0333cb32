#!/usr/bin/env bash
# The main job, call by call: bash docs/walk.sh http://127.0.0.1:8000 [the demonstration's password]
set -euo pipefail
cd "$(dirname "$0")/.."
step() { printf '\n\033[1m%s\033[0m\n' "$*"; }

step 'Before: where the server is, a folder for what comes back, and two abbreviations.'
server=${1:-http://127.0.0.1:8000}
password=${2:-harbour-tea-demo}
walk=$(mktemp -d)
pick() { python3 -c 'import json, sys; d = json.load(sys.stdin); print(eval(sys.argv[1]))' "$1"; }
call() {
  local token=$1 method=$2 path=$3; shift 3
  curl -sS --fail-with-body -w '\n' -X "$method" "$server/api/v1$path" \
    -H "Authorization: Bearer $token" "$@"
}

step '1. The auditor logs in.'
login() {
  curl -sS --fail-with-body "$server/api/v1/login" -H 'Content-Type: application/json' \
    -d "{\"email\": \"$1@demo.example\", \"password\": \"$password\"}"
}
auditor=$(login auditor | pick 'd["access_token"]')
call "$auditor" GET /me

step '2. The phone pulls what there is to do, and takes a visit that is still open.'
call "$auditor" GET /sync > "$walk/sync.json"
pick 'json.dumps(min((a for a in d["assignments"] if a["checklist"]["key"] == "retail_store"),
  key=lambda a: a["state"] != "assigned"), ensure_ascii=False)' \
  < "$walk/sync.json" | tee "$walk/task.json"

step '3. It fetches the checklist by its digest: never changed, so kept for ever.'
digest=$(pick 'd["checklist"]["digest"]' < "$walk/task.json")
call "$auditor" GET "/checklist-versions/$digest" > "$walk/checklist.json"
pick '[part["title"]["zh"] for part in d["touchpoints"]]' < "$walk/checklist.json"

step '4. The visit is made; the phone puts it under an id of its own, and declares its photo.'
photo=docs/walk-photo.jpg
audit=$(python3 -c 'import uuid; print(uuid.uuid4())')
python3 - "$walk/task.json" docs/walk-answers.json "$photo" > "$walk/audit.json" <<'PY'
import datetime, hashlib, json, sys, uuid
task, answers, photo = (open(path, "rb").read() for path in sys.argv[1:])
task = json.loads(task)
print(json.dumps({
    "assignment_id": task["id"], "site_id": task["site"]["id"],
    "checklist": task["checklist"]["digest"],
    "conducted_at": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
    "answers": json.loads(answers),
    "photos": [{"id": str(uuid.uuid4()), "question": "shop_front_photo",
                "sha256": hashlib.sha256(photo).hexdigest(), "size": len(photo),
                "media_type": "image/jpeg"}],
}))
PY
put() {
  call "$auditor" PUT "/audits/$audit" -H 'Content-Type: application/json' -d "@$walk/audit.json"
}
put | tee "$walk/arrival.json"

step '5. The photo goes straight to the store, with the ticket that came back.'
url=$(pick 'd["uploads"][0]["url"]' < "$walk/arrival.json")
pick '"\n".join(f"{name}: {value}" for name, value in d["uploads"][0]["headers"].items())' \
  < "$walk/arrival.json" > "$walk/ticket"
curl -sS --fail-with-body -X PUT "$url" -H "@$walk/ticket" --data-binary "@$photo" \
  -o "$walk/upload" -w '%{http_code}\n'

step '6. The same call again: the receipt is complete, and the phone may let go of its copy.'
put | tee "$walk/arrival.json"

step '7. Headquarters read the audit and approve it, as it stands (If-Match).'
hq=$(login hq | pick 'd["access_token"]')
call "$hq" GET "/audits/$audit" > "$walk/read.json"
pick '{name: d[name] for name in ("state", "final_score", "passed", "findings", "signals")}' \
  < "$walk/read.json"
call "$hq" POST "/audits/$audit/moves" -H 'Content-Type: application/json' \
  -H "If-Match: \"$(pick 'd["version"]' < "$walk/read.json")\"" -d '{"action": "approve"}' \
  | tee "$walk/approved.json"

step "8. The regional manager pulls the site's scorecard of the month."
manager=$(login east | pick 'd["access_token"]')
site=$(pick 'd["site_id"]' < "$walk/approved.json")
month=$(pick 'd["business_date"][:7]' < "$walk/approved.json")
call "$manager" GET "/sites/$site/scorecard?period=$month" | tee "$walk/scorecard.json"

step '9. Headquarters take the report, in both languages.'
for lang in en zh; do
  call "$hq" GET "/audits/$audit/report.pdf?lang=$lang" -o "$walk/report-$lang.pdf"
done
ls "$walk"/*.pdf
