#!/bin/bash
# Creates a task with nothing but kcat and openssl: BROKER, TOKEN and USERID come from the environment, the title is the argument.
# Prints the result and the task's facts. The page at /contracts says why each line is as it is.
set -euo pipefail

TASK=$(cat /proc/sys/kernel/random/uuid) ID=$(cat /proc/sys/kernel/random/uuid) AT=$(date +%s) TYPE=todo.task.create.v1
DATA="{\"taskId\":\"$TASK\",\"userId\":\"$USERID\",\"task\":{\"title\":\"$1\"}}"

KEY=$(printf '%s=' "${TOKEN:27}" | tr '_-' '/+' | base64 -d | sha256sum | cut -d' ' -f1)
MAC=$(printf 'v1\n%s\n%s\n%s\n/kcat\n%s\n%s' "${TOKEN:5:22}" "$AT" "$ID" "$TYPE" "$DATA" |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64 | tr '/+' '_-' | tr -d '=')

printf '%s' "{\"specversion\":\"1.0\",\"id\":\"$ID\",\"source\":\"/kcat\",\"type\":\"$TYPE\",\"data\":$DATA}" |
  kcat -b "$BROKER" -t task-commands -P -k "$TASK" -X partitioner=murmur2_random \
    -H content-type=application/cloudevents+json -H "todo-signature=v1.${TOKEN:5:22}.$AT.$MAC"

for _ in $(seq 30); do
  if RESULT=$(kcat -b "$BROKER" -t task-command-results -C -o beginning -e -q -f '%k %s\n' | grep "^$ID "); then
    echo "$RESULT"
    kcat -b "$BROKER" -t task-events -C -o beginning -e -q -f '%k %s\n' | grep "^$TASK " || true
    exit 0
  fi
  sleep 1
done
echo "nobody answered" >&2
exit 2
