// Checks the type tests with each TypeScript a user may have, and then the tests themselves: with a central type
// replaced by `any` at least one of them has to fail.
import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript-6'

/** By file, the exported types that a type test has to depend on. @type {Record<string, string[]>} */
const mutations = {
  'packages/core/src/value.ts': ['Value'],
  'packages/core/src/event.ts': ['Event'],
  'packages/core/src/types.ts': [
    'Sent',
    'SentCoded',
    'Continued',
    'Answered',
    'AnsweredCoded',
    'Failing',
    'Streaming',
    'Decoded',
  ],
  'packages/core/src/tracked.ts': ['Tracked'],
  'packages/core/src/contract.ts': ['Router'],
  'packages/core/src/infer.ts': [
    'EntriesOf',
    'AuthOf',
    'NamespaceParams',
    'ParamsBy',
    'TypesOf',
    'ValueOf',
    'CallError',
    'Call',
  ],
  'packages/core/src/socket-events.ts': [
    'ClientToServerEvents',
    'GuardedEvents',
    'ServerToClientEvents',
    'Input',
    'Output',
    'Ack',
    'Errors',
    'FailureReply',
    'NamespaceName',
  ],
  'packages/core/src/server/infer.ts': [
    'Emit',
    'Selection',
    'HandlerCall',
    'StreamHandlerCall',
    'Fail',
    'Handler',
    'On',
    'Handlers',
  ],
  'packages/core/src/server/stream/infer.ts': ['Produced'],
  'packages/core/src/server/binding.ts': ['SocketData'],
  'packages/client/src/infer.ts': ['Emit', 'On', 'Once', 'Iterate', 'Listener', 'ClientOptions', 'Client'],
  'packages/client/src/stream-infer.ts': ['OpenStream', 'Stream'],
  'packages/client/src/react/event.ts': ['Subscribe'],
  'packages/client/src/react/call.ts': ['CallState', 'UsedCall'],
  'packages/client/src/react/stream.ts': ['StreamState', 'UsedStream'],
  'packages/client/src/react/query.ts': ['QueryOptions', 'MutationOptions'],
}

const root = resolve(import.meta.dirname, '..')
const compilers = ['typescript-5', 'typescript-6', 'typescript']

/** @param {string} name */
const versionOf = name => JSON.parse(fs.readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version

/**
 * The errors that TypeScript prints.
 * @param {string} compiler @param {string} folder @param {string[]} options @returns {Promise<string[]>}
 */
async function errorsOf(compiler, folder, ...options) {
  const tsc = join(root, 'node_modules', compiler, 'bin/tsc')
  const args = [tsc, '-p', 'tsconfig.types.json', '--pretty', 'false', ...options]
  const child = spawn(process.execPath, args, { cwd: folder })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += chunk))
  const code = await new Promise(done => child.on('close', done))
  const errors = printed.split('\n').filter(line => line.includes('error TS'))
  return code === 0 || errors.length > 0 ? errors : [`tsc ended with code ${code}: ${printed}`]
}

/** A copy of the sources and the type tests whose packages find each other. */
function copyOfSources() {
  const copy = fs.mkdtempSync(join(tmpdir(), 'ackwire-types-'))
  const configs = ['package.json', 'tsconfig.base.json', 'tsconfig.tests.json', 'tsconfig.types.json']
  for (const file of [...configs, 'test/expect-type.ts']) {
    fs.cpSync(join(root, file), join(copy, file))
  }
  fs.symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const name of fs.readdirSync(join(root, 'packages'))) {
    const [from, to] = [join(root, 'packages', name), join(copy, 'packages', name)]
    for (const part of ['package.json', 'src', 'test']) {
      if (fs.existsSync(join(from, part))) fs.cpSync(join(from, part), join(to, part), { recursive: true })
    }
    linkDependencies(from, to, copy)
  }
  return copy
}

/** @param {string} from @param {string} to @param {string} copy */
function linkDependencies(from, to, copy) {
  const names = fs
    .readdirSync(join(from, 'node_modules'))
    .flatMap(name =>
      name.startsWith('@') ? fs.readdirSync(join(from, 'node_modules', name)).map(inner => join(name, inner)) : [name],
    )
  for (const name of names.filter(name => !name.startsWith('.'))) {
    const target = fs.realpathSync(join(from, 'node_modules', name))
    const inside = relative(join(root, 'packages'), target)
    fs.mkdirSync(join(to, 'node_modules', name, '..'), { recursive: true })
    fs.symlinkSync(inside.startsWith('..') ? target : join(copy, 'packages', inside), join(to, 'node_modules', name))
  }
}

/** The source with an exported type replaced by `any`. @param {string} source @param {string} type */
function mutated(source, type) {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest)
  const declared = file.statements.find(
    statement =>
      (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) && statement.name.text === type,
  )
  if (!declared || !(ts.isTypeAliasDeclaration(declared) || ts.isInterfaceDeclaration(declared))) return undefined
  const parameters = declared.typeParameters?.map(parameter => parameter.getText(file)).join(', ')
  const head = `export type ${type}${parameters === undefined ? '' : `<${parameters}>`} = any`
  return source.slice(0, declared.getStart(file)) + head + source.slice(declared.getEnd())
}

/** What is wrong with the type tests as a check. */
async function survivors() {
  const copy = copyOfSources()
  // A mutation leaves names unused, which is not what is tested; the libraries don't change, and take most of the time.
  const options = ['--noUnusedLocals', 'false', '--noUnusedParameters', 'false', '--skipLibCheck', 'true']
  const check = () => errorsOf('typescript', copy, ...options)
  try {
    const before = await check()
    if (before.length > 0) return ['The copy for the mutations does not compile:', ...before]
    const problems = []
    for (const [file, types] of Object.entries(mutations)) {
      const source = fs.readFileSync(join(copy, file), 'utf8')
      for (const type of types) {
        const changed = mutated(source, type)
        if (changed === undefined) {
          problems.push(`${file}: exports no type ${type}; see the list in scripts/types.mjs`)
          continue
        }
        fs.writeFileSync(join(copy, file), changed)
        const failing = (await check()).filter(error => error.includes('/test/types/'))
        if (failing.length === 0) problems.push(`${file}: with ${type} = any no type test fails`)
      }
      fs.writeFileSync(join(copy, file), source)
    }
    return problems
  } finally {
    fs.rmSync(copy, { recursive: true })
  }
}

/** @param {string} what @param {string[]} problems */
function print(what, problems) {
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'}  ${what}`)
  for (const problem of problems) console.log(`        ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}

const packages = fs.readdirSync(join(root, 'packages')).map(name => join('packages', name, 'test/types'))
const tests = packages
  .filter(folder => fs.existsSync(join(root, folder)))
  .flatMap(folder => fs.readdirSync(join(root, folder)))
if (tests.length === 0) print('type tests', ['packages/*/test/types holds no file'])
for (const compiler of compilers) {
  print(`${tests.length} type tests with TypeScript ${versionOf(compiler)}`, await errorsOf(compiler, root))
}
const targets = Object.values(mutations).flat()
print(`${targets.length} types replaced by any, each of which a type test has to notice`, await survivors())
