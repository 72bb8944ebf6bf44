#!/usr/bin/env bash
# STOMP typed by hand into netcat. Arguments: host, port.
set -euo pipefail
shopt -s extglob

queue=/queue/matrix-nc
coproc nc "$1" "$2"
exec {in}<&"${COPROC[0]}" {out}>&"${COPROC[1]}"

# Sends a frame, given as lines; an empty line begins the body.
send() {
  printf '%s\n' "$@" >&"$out"
  printf '\0' >&"$out"
}

# Reads a frame into $frame, which has to match the pattern.
expect() {
  IFS= read -r -d '' -t 30 frame <&"$in"
  while [[ $frame == $'\n'* ]]; do frame=${frame#$'\n'}; done
  if [[ $frame != $1 ]]; then
    printf 'expected %q, got %q\n' "$1" "$frame" >&2
    exit 1
  fi
}

header() {
  sed -n "s/^$1://p" <<<"$frame"
}

send CONNECT accept-version:1.2 "host:$1" login:guest passcode:guest ''
expect 'CONNECTED*version:1.2*'
send SUBSCRIBE id:s "destination:$queue" ack:client-individual receipt:subscribed ''
expect 'RECEIPT*receipt-id:subscribed*'

send SEND "destination:$queue" '' hello
expect 'MESSAGE*hello*'
send NACK "id:$(header ack)" ''
expect 'MESSAGE*redelivered:true*hello*'
send ACK "id:$(header ack)" receipt:acknowledged ''
expect 'RECEIPT*receipt-id:acknowledged*'

send BEGIN transaction:t ''
send SEND "destination:$queue" transaction:t '' committed
send COMMIT transaction:t receipt:done ''
for _ in 1 2; do
  expect '@(RECEIPT*done|MESSAGE*committed)*'
  if [[ $frame == MESSAGE* ]]; then id=$(header ack); fi
done
send ACK "id:$id" ''

send DISCONNECT receipt:bye ''
expect 'RECEIPT*receipt-id:bye*'
echo netcat
