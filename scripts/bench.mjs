// Runs a benchmark: `npm run bench -- NAME [ARGUMENT]…`; without a name it lists them.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './workspace.mjs'

/** By name, what a benchmark measures. Each is `bench/NAME.ts`, and described in bench/README.md. */
const benchmarks = {
  peers: 'messages over a network, beside other libraries',
  cpu: 'the processor time of a server, beside plain Socket.IO',
  dispatch: 'a message without a network',
  attach: 'the time and memory that a contract takes to attach',
  broadcast: 'broadcasts to many sockets',
  outputs: 'an output without a network',
  limits: 'calls during a flood, with limits and without',
  memory: 'the memory of a connection',
  observers: 'what observers cost',
  scale: 'what grows with sockets, rooms, nodes, events and calls in flight',
  start: 'the time until a server and a client have started',
  streams: 'streams, and those that wait',
  tools: 'the commands and the page of large contracts',
  types: "the compiler's work",
  editor: "the editor's answers",
  bytes: 'what the client adds to a page',
  summary: 'the figures of the README, from the last tables',
}

const [name, ...args] = process.argv.slice(2)
if (name === undefined || !(name in benchmarks)) {
  if (name !== undefined) console.error(`Expected the name of a benchmark, got '${name}'.`)
  console.log('Usage: npm run bench -- NAME [ARGUMENT]...\n')
  for (const [each, measures] of Object.entries(benchmarks)) console.log(`  ${each.padEnd(10)} ${measures}`)
  process.exit(name === undefined ? 0 : 1)
}

/** @param {readonly string[]} command */
function run(command) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

// What is measured is what is published, but for the bytes, which are told by source file.
if (name !== 'summary') run(['scripts/build.mjs'])
const conditions = name === 'bytes' ? ['--conditions=ackwire-source'] : []
const loader = pathToFileURL(join(root, 'scripts/typescript.mjs')).href
run([...conditions, '--import', loader, `bench/${name}.ts`, ...args])
