// Prints what works on which runtime: `npm run runtimes`, with `--write` also into guide/runtimes.md. The packages are
// those that would be published, and each runtime comes through npm.
import { transformSync } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pack } from './pack.mjs'

const root = resolve(import.meta.dirname, '..')
const core = JSON.parse(readFileSync(join(root, 'packages/core/package.json'), 'utf8')).devDependencies
const BUN_ENGINE = '@socket.io/bun-engine@0.1.2'
/** @type {readonly { name: string, of: string, start: string[], flags?: string[] }[]} */
const runtimes = [
  { name: 'Node 20', of: 'node@20', start: ['node'] },
  { name: 'Node 22', of: 'node@22', start: ['node'] },
  { name: 'Node 24', of: 'node@24', start: ['node'] },
  { name: 'Bun', of: 'bun@1', start: ['bun', 'run'] },
  { name: `Bun with ${BUN_ENGINE}`, of: 'bun@1', start: ['bun', 'run'], flags: ['--bun-engine'] },
  { name: 'Deno', of: 'deno@2', start: ['deno', 'run', '--allow-all'] },
]

/** @param {string} folder @param {string} program @param {string[]} args */
const run = (folder, program, ...args) =>
  spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: 300_000, maxBuffer: 1e8 })

const folder = mkdtempSync(join(tmpdir(), 'ackwire-runtimes-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** @param {string} program @param {string[]} args */
const runWell = (program, ...args) => {
  const { status, stdout, stderr } = run(folder, program, ...args)
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}:\n${stdout}${stderr}`)
  return stdout
}

runWell(process.execPath, join(root, 'scripts/build.mjs'))
const packed = (await pack(folder)).map(({ name, tarball }) => [name, `file:${tarball}`])
const others = ['socket.io', 'socket.io-client', '@sinclair/typebox'].map(name => [name, core[name]])
const manifest = { private: true, type: 'module', dependencies: Object.fromEntries([...packed, ...others]) }
writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
writeFileSync(
  join(folder, 'contract.ts'),
  `import { event, router } from '@ackwire/core'\nexport const api = router({ ping: event.input().ack() })\n`,
)
// Node 20 runs no TypeScript.
const check = readFileSync(join(root, 'guide/runtimes/check.ts'), 'utf8')
writeFileSync(join(folder, 'check.mjs'), transformSync(check, { loader: 'ts' }).code)
runWell('npm', 'install', '--no-audit', '--no-fund', BUN_ENGINE)

const command = 'the command `ackwire render contract.ts`'
/** By runtime, what failed of each check. @type {Map<string, Map<string, string | undefined>>} */
const results = new Map()
for (const { name, of, start, flags = [] } of runtimes) {
  const on = (/** @type {string[]} */ ...args) =>
    run(folder, 'npm', 'exec', '--yes', `--package=${of}`, '--', ...start, ...args)
  const version = /\d+\.\d+\.\d+/.exec(
    run(folder, 'npm', 'exec', '--yes', `--package=${of}`, '--', start[0] ?? '', '--version').stdout,
  )?.[0]
  const { stdout, stderr } = on('check.mjs', ...flags)
  const lines = stdout.split('\n').filter(line => line.startsWith('{'))
  /** @type {Map<string, string | undefined>} */
  const checks = new Map(lines.map(line => JSON.parse(line)).map(({ name, failure }) => [name, failure]))
  if (flags.length === 0) {
    const rendered = on('node_modules/ackwire/dist/main.js', 'render', 'contract.ts')
    checks.set(command, rendered.stdout.startsWith('asyncapi: 3') ? undefined : rendered.stderr)
  }
  results.set(`${name} (${version ?? 'not to be had'})`, checks)
  for (const [check, failure] of checks) if (failure !== undefined) console.error(`${name}: ${check}: ${failure}`)
  if (lines.length > 0) continue
  checks.set('starts', stderr)
  console.error(`${name}: ${stderr}`)
}

const names = [...new Set([...results.values()].flatMap(checks => Array.from(checks.keys())))]
const rows = names.map(
  name =>
    `| ${name} | ${[...results.values()].map(checks => (checks.get(name) ? '–' : checks.has(name) ? 'yes' : '')).join(' | ')} |`,
)
const table = [`| | ${[...results.keys()].join(' | ')} |`, `|---|${'---|'.repeat(results.size)}`, ...rows].join('\n')
console.log(table)

if (process.argv.includes('--write')) {
  const page = join(root, 'guide/runtimes.md')
  const before = readFileSync(page, 'utf8')
  const today = new Date().toISOString().slice(0, 10)
  const between = /(<!-- runtimes -->\n).*(<!-- end -->)/s
  writeFileSync(page, before.replace(between, `$1\n${table}\n\nMeasured on ${today}.\n\n$2`))
}
process.exitCode = rows.some(row => row.includes('–')) ? 1 : 0
