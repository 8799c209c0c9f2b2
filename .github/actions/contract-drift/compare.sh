#!/usr/bin/env bash
# Compare CONTRACT with PUBLISHED into contract-drift/, and write the exit status as an output.
set -uo pipefail
trunkline=${TRUNKLINE_PROGRAM:-$RUNNER_TEMP/trunkline/bin/trunkline}
mkdir -p contract-drift
arguments=(--output contract-drift/drift.md --output contract-drift/drift.html
  --output contract-drift/drift.sarif --fail-on "$FAIL_ON")
command=diff
while IFS= read -r path; do
  if [ -n "$path" ]; then
    command=impact
    arguments+=(--code "$path")
  fi
done <<<"$CODE"
if [ "$command" = impact ]; then
  arguments+=(--fail-on-used "$FAIL_ON_USED")
fi
"$trunkline" contracts "$command" "$CONTRACT" "$PUBLISHED" "${arguments[@]}"
status=$?
echo "status=$status" >>"$GITHUB_OUTPUT"
if [ -f contract-drift/drift.md ]; then
  cat contract-drift/drift.md >>"$GITHUB_STEP_SUMMARY"
fi
