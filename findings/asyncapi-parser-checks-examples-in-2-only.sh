#!/usr/bin/env bash
# @asyncapi/parser 3.6.3, Node 20: a message example that does not match the message's payload is an error in an AsyncAPI 2.6 document, which is
# refused for it. The same example in a 3.0 document is taken without any diagnostic, and so are a schema's default and examples that do not
# match their schema. A document that is brought from 2.6 to 3.0 loses the check.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit @asyncapi/parser@3.6.3

cat >run.mjs <<'JS'
import { Parser } from '@asyncapi/parser'

const payload = { type: 'object', properties: { seats: { type: 'integer', default: 'none', examples: ['two'] } } }
const message = { name: 'booked', payload, examples: [{ payload: { seats: 'two' } }] }
const info = { title: 'Bookings', version: '1' }
const documents = [
  { asyncapi: '2.6.0', info, channels: { '/bookings': { publish: { operationId: 'booked', message } } } },
  {
    asyncapi: '3.0.0',
    info,
    channels: { bookings: { address: '/bookings', messages: { booked: message } } },
    operations: { booked: { action: 'receive', channel: { $ref: '#/channels/bookings' } } },
  },
]
for (const document of documents) {
  const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document))
  const told = diagnostics.filter(({ message: text }) => /seats/.test(text)).map(({ severity, code }) => `${severity} ${code}`)
  console.log(`${document.asyncapi}: ${parsed === undefined ? 'refused' : 'taken'}, ${told.join(', ') || 'nothing is said'}`)
}
JS

expected='2.6.0: refused, 0 asyncapi2-message-examples
3.0.0: taken, nothing is said'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
