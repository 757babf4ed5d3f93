#!/usr/bin/env bash
# @asyncapi/parser 3.6.3, Node 20: in YAML's merge key (`<<`, yaml.org/type/merge.html) an object's own keys win over those that are merged,
# wherever they stand. The official parser goes by the order instead: a merge key behind an own key replaces its value. So the same document is another
# for the parser, and all tools on it, than for js-yaml and `yaml`, and a text moved by one line changes what it says.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit @asyncapi/parser@3.6.3 js-yaml@4.1.0 yaml@2.8.1

cat >run.mjs <<'JS'
import { Parser } from '@asyncapi/parser'
import { load } from 'js-yaml'
import { parse } from 'yaml'

const text = `asyncapi: 3.0.0
info: { title: Bookings, version: 1.0.0 }
x-base: &base { type: string, description: base }
x-before: { description: own, <<: *base }
x-behind: { <<: *base, description: own }
`
const { document, diagnostics } = await new Parser().parse(text)
const errors = diagnostics.filter(({ severity }) => severity < 2).length
const readers = { '@asyncapi/parser': document.json(), 'js-yaml': load(text), yaml: parse(text, { merge: true }) }
for (const [name, content] of Object.entries(readers))
  console.log(`${name}: ${content['x-before'].description}, ${content['x-behind'].description}`)
console.log(`${errors} errors and warnings`)
JS

expected='@asyncapi/parser: base, own
js-yaml: own, own
yaml: own, own
0 errors and warnings'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed; expected:"; echo "$expected"; exit 1; }
