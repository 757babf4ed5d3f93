// Checks the type tests with each TypeScript a user may have, and then the tests themselves: with a central type
// replaced by `any` at least one of them has to fail.
import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript-6'

/** By file, the exported types that a type test has to depend on. @type {Record<string, string[]>} */
const mutations = {
  'packages/core/src/contract/value.ts': ['Value'],
  'packages/core/src/contract/event.ts': ['Event'],
  'packages/core/src/contract/types.ts': [
    'ArgumentTypes',
    'TransformedArgumentTypes',
    'RestTypes',
    'AckTypes',
    'TransformedAckTypes',
    'ErrorTypes',
    'ItemTypes',
  ],
  'packages/core/src/contract/decoded.ts': ['Decoded'],
  'packages/core/src/contract/form-types.ts': ['FormTypes'],
  'packages/core/src/standard/from-types.ts': ['From', 'FromStandard', 'CompiledSchema'],
  'packages/core/src/tracked.ts': ['Tracked'],
  'packages/core/src/contract/contract.ts': ['Router', 'DeclaredTypes', 'ContractOf'],
  'packages/core/src/contract/infer.ts': [
    'EntriesOf',
    'AuthOf',
    'NamespaceParams',
    'ParamsBy',
    'PartOf',
    'TypesAt',
    'TypesOf',
    'EventKindOf',
    'ValueOf',
    'CallError',
    'Call',
  ],
  'packages/core/src/contract/ack-callback.ts': ['FailureReply', 'Listener'],
  'packages/core/src/contract/socket-events.ts': [
    'ClientToServerEvents',
    'GuardedEvents',
    'ServerToClientEvents',
    'Input',
    'Output',
    'Ack',
    'Errors',
    'NamespaceName',
  ],
  'packages/core/src/server/signatures/emit.ts': ['Emit', 'Selection'],
  'packages/core/src/server/signatures/context.ts': ['RootContext', 'ContextOf'],
  'packages/core/src/server/signatures/handlers.ts': [
    'HandlerCall',
    'StreamHandlerCall',
    'Fail',
    'Handler',
    'Handlers',
    'ContractHandlers',
  ],
  'packages/core/src/server/signatures/on.ts': ['On'],
  'packages/core/src/server/signatures/stream.ts': ['StreamSource'],
  'packages/core/src/server/signatures/server.ts': ['SocketData', 'WithData', 'WithContext', 'MiddlewareResult'],
  'packages/client/src/connect-error.ts': ['ConnectErrorOf'],
  'packages/client/src/infer.ts': ['Emit', 'On', 'Once', 'Iterate', 'Listener', 'Client'],
  'packages/client/src/client-options.ts': ['ClientOptions', 'OptionsArgument', 'OfArguments'],
  'packages/client/src/stream-infer.ts': ['OpenStream', 'Stream'],
  'packages/client/src/react/event.ts': ['Subscribe'],
  'packages/client/src/react/call.ts': ['CallState', 'CallControls'],
  'packages/client/src/react/stream.ts': ['StreamState', 'StreamControls'],
  'packages/client/src/react/query.ts': ['QueryOptions', 'MutationOptions'],
}

const root = resolve(import.meta.dirname, '..')
const compilers = ['typescript-5', 'typescript-6', 'typescript']

/** @param {string} name */
const versionOf = name => JSON.parse(fs.readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version

/**
 * The errors that TypeScript prints.
 * @param {string} compiler @returns {Promise<string[]>}
 */
async function errorsOf(compiler) {
  const tsc = join(root, 'node_modules', compiler, 'bin/tsc')
  const child = spawn(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--pretty', 'false'], { cwd: root })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += chunk))
  const code = await new Promise(done => child.on('close', done))
  const errors = printed.split('\n').filter(line => line.includes('error TS'))
  return code === 0 || errors.length > 0 ? errors : [`tsc ended with code ${code}: ${printed}`]
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

/** The program of the type tests, in which a source can be replaced: what stays the same is read and parsed once. */
function typeTests() {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.types.json'),
    // A mutation leaves names unused, which is not what is tested.
    { noUnusedLocals: false, noUnusedParameters: false },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => stop(messageText) },
  )
  if (config === undefined) return stop('tsconfig.types.json could not be read')
  const { fileNames, options } = config
  const host = ts.createCompilerHost(options)
  const parse = host.getSourceFile
  /** @type {Map<string, ts.SourceFile | undefined>} */
  const sources = new Map()
  host.getSourceFile = (name, ...how) => {
    if (!sources.has(name)) sources.set(name, parse(name, ...how))
    return sources.get(name)
  }
  const unchanged = ts.createProgram(fileNames, options, host)
  /** @param {ts.Program} program @param {string} name */
  const hasErrors = (program, name) => program.getSemanticDiagnostics(program.getSourceFile(name)).length > 0
  /** @type {Map<string, boolean>} */
  const fails = new Map()
  return {
    files: fileNames.map(name => unchanged.getSourceFile(name) ?? stop(`${name} could not be read`)),
    /** Tells whether a type test fails in a program, and only there. @param {ts.Program} changed @param {string} name */
    notices(changed, name) {
      if (!hasErrors(changed, name)) return false
      if (!fails.has(name)) fails.set(name, hasErrors(unchanged, name))
      return fails.get(name) === false
    },
    /** @param {string} name @param {string} text */
    withSource(name, text) {
      const source = sources.get(name) ?? stop(`No type test depends on ${name}`)
      const { languageVersion, impliedNodeFormat } = source
      sources.set(name, ts.createSourceFile(name, text, { languageVersion, impliedNodeFormat }))
      const changed = ts.createProgram(fileNames, options, host, unchanged)
      sources.set(name, source)
      return changed
    },
  }
}

/** @param {string | ts.DiagnosticMessageChain} message @returns {never} */
function stop(message) {
  throw new Error(ts.flattenDiagnosticMessageText(message, '\n'))
}

/** The types that no type test depends on. */
function survivors() {
  const { files, notices, withSource } = typeTests()
  const problems = []
  for (const [file, types] of Object.entries(mutations)) {
    const name = join(root, file)
    const source = fs.readFileSync(name, 'utf8')
    for (const type of types) {
      const changed = mutated(source, type)
      if (changed === undefined) {
        problems.push(`${file}: exports no type ${type}; see the list in scripts/types.mjs`)
        continue
      }
      const program = withSource(name, changed)
      // Most likely the one that noticed the last type, or one that names this one. They stand first, since each takes its time.
      const named = new RegExp(`\\b${type}\\b`)
      const likely = files.toSorted((one, other) => Number(named.test(other.text)) - Number(named.test(one.text)))
      const noticing = likely.find(({ fileName }) => notices(program, fileName))
      if (noticing === undefined) problems.push(`${file}: with ${type} = any no type test fails`)
      else files.unshift(...files.splice(files.indexOf(noticing), 1))
    }
  }
  return problems
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
  print(`${tests.length} type tests with TypeScript ${versionOf(compiler)}`, await errorsOf(compiler))
}
const targets = Object.values(mutations).flat()
print(`${targets.length} types replaced by any, each of which a type test has to notice`, survivors())
