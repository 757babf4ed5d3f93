export const INTRODUCTION = `Render, check, compare, serve and import AsyncAPI documents of ackwire contracts.
A contract is a TypeScript file that exports a router; it needs no build step.`

export const EXIT_CODES = `
Exit codes
  0  success
  1  check: the document is out of date; diff: there is a breaking change
  2  wrong usage, or a file or contract that can't be read`

export const OVERVIEW = `
Examples
  $ ackwire render contract.ts -o asyncapi.yaml          write the document
  $ ackwire check contract.ts asyncapi.yaml              in CI: is the document up to date?
  $ git show main:asyncapi.yaml > /tmp/before.yaml
  $ ackwire diff /tmp/before.yaml contract.ts            in CI: does this break a client?
  $ ackwire serve contract.ts --server http://localhost:3000
  $ ackwire import asyncapi.yaml -o contract.ts          start from an existing document

Export what the contract does not contain (title, servers, security schemes) beside it:
  export const docs = { info: { title: 'Chat', version: '2.1.0' }, servers: { … } }
or pass a file with --options. Flags take precedence.
${EXIT_CODES}`

export const RENDER = `Examples
  $ ackwire render contract.ts                            YAML on the standard output
  $ ackwire render contract.ts -o asyncapi.json           JSON, by the file extension
  $ ackwire render src/contract.ts --export admin --title 'Admin API' --api-version 2.1.0`

export const CHECK = `Examples
  $ ackwire check contract.ts asyncapi.yaml

Ignores formatting. Uses the AsyncAPI version of the committed document.`

export const DIFF = `Examples
  $ git show main:asyncapi.yaml > /tmp/before.yaml && ackwire diff /tmp/before.yaml contract.ts
  $ ackwire diff v1.yaml v2.yaml --json | jq '.changes[] | select(.class == "breaking")'

Clients must still be allowed to send what they sent before, and must receive only what they know.
  breaking     a client that was correct is refused, or receives something it does not know
  compatible   existing clients are not affected
  docs only    only descriptions differ
A change that can't be shown to be compatible counts as breaking. Clients are assumed to send
only declared properties; with --strict, any that a schema allows.`

export const SERVE = `Examples
  $ ackwire serve contract.ts --server http://localhost:3000    page at http://localhost:4000/docs
  $ ackwire serve asyncapi.yaml --port 8080 --path /
  $ ackwire serve contract.ts --host 0.0.0.0 --allow-origin http://devbox.example:4000

Any page in a browser on this machine could send requests to this server and to the one behind it. A request is
therefore refused (403) unless its Host is localhost, *.localhost, 127.0.0.1, [::1], or the --host or its address
(for 0.0.0.0 and ::, any address of this machine), with the page's port, and its Origin, if any, is the page's own.
--allow-origin allows another origin and its host: for a front end on another port, for another name of this
machine, or for a forwarded port.

The page is updated when the contract or a file that it imports is saved. If that fails, the error is
shown in the terminal and the page stays as it was.`

export const IMPORT = `Examples
  $ ackwire import asyncapi.yaml -o contract.ts

Parts that a contract can't express are listed on the standard error and in a comment at the top of the file.`
