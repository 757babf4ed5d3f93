import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { build } from 'esbuild'
import * as assert from 'uvu/assert'
import { pack } from '../scripts/pack.mjs'
import { sourceOf, type EntryTarget } from './entries.js'
import { describe } from './harness.js'
import { writeReadmeFiles } from './readme.js'

const root = resolve(import.meta.dirname, '..')
const packages = ['core', 'client', 'docs', 'cli']
const timeoutMs = 300_000

/** The package names of the compilers in an empty project, each with this workspace's version. */
const compilers = ['typescript-5', 'typescript-6', 'typescript']

interface Manifest {
  readonly name: string
  readonly version: string
  /** Missing for the command, which exports nothing. */
  readonly exports?: Readonly<Record<string, EntryTarget>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const manifestOf = (folder: string, base = root): Manifest =>
  JSON.parse(readFileSync(join(base, folder, 'package.json'), 'utf8')) as Manifest

/** Every specifier that a user can import, with its source file. */
const entries = packages.flatMap(folder => {
  const { name, exports = {} } = manifestOf(join('packages', folder))
  const modules = Object.entries(exports).filter(([key]) => key !== './package.json')
  return modules.map(([key, target]) => ({
    specifier: name + key.slice(1),
    source: join(root, 'packages', folder, sourceOf(target)),
  }))
})

interface SourceMap {
  readonly sources: readonly string[]
  readonly sourcesContent?: readonly (string | null)[]
}

/** The part of a bill of materials that the tests read. */
interface Sbom {
  readonly serialNumber?: string
  readonly metadata: { readonly timestamp?: string; readonly component: Component }
  readonly components: readonly Component[]
}
interface Component {
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly licenses: readonly object[]
}

/** Returns the packages, as `name version`, whose files a bundler includes in the document's page. */
async function bundledInPage(): Promise<string[]> {
  const folder = join(root, 'packages/docs')
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['src/page/reading.entry.tsx', 'src/page/trying.entry.tsx'],
    bundle: true,
    write: false,
    outdir: 'out',
    metafile: true,
    conditions: ['ackwire-source'],
    logLevel: 'error',
  })
  const inputs = Object.values(metafile.outputs).flatMap(output => Object.entries(output.inputs))
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const homes = used.map(([file]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? '')
  return [...new Set(homes)].filter(home => home !== '').map(home => named(manifestOf(join('packages/docs', home))))
}

const named = ({ name, version }: { readonly name: string; readonly version: string }): string => `${name} ${version}`

interface Ended {
  readonly code: number | null
  readonly printed: string
}

function ended(child: ChildProcess): Promise<Ended> {
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  return new Promise(done => child.on('close', code => done({ code, printed })))
}

const run = (folder: string, program: string, ...args: string[]) => ended(spawn(program, args, { cwd: folder }))

async function runWell(folder: string, program: string, ...args: string[]): Promise<string> {
  const { code, printed } = await run(folder, program, ...args)
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with code ${code}\n${printed}`)
  return printed
}

/** Builds and packs the packages and installs them in an empty project, once for all tests of this file. */
const installed = once(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-tarball-'))
  // In a separate process, since removing a project with three compilers takes seconds and would block this one.
  const remove = `require('node:fs').rmSync(${JSON.stringify(folder)}, { recursive: true, force: true })`
  process.on('exit', () => spawn(process.execPath, ['-e', remove], { detached: true, stdio: 'ignore' }).unref())
  await runWell(root, process.execPath, 'scripts/built.mjs')
  const packed = await pack(folder)
  const own = packed.map(({ name, tarball }) => [name, `file:${tarball}`])
  const peers = ['socket.io', 'socket.io-client', '@sinclair/typebox', '@opentelemetry/api', 'react']
  const versions = Object.assign(
    {},
    ...['packages/client', 'packages/core', '.'].map(folder => manifestOf(folder).devDependencies),
  )
  const other = [...peers, ...compilers, '@types/node', '@types/react', '@tanstack/react-query'].map(name => [
    name,
    versions[name],
  ])
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'consumer',
      private: true,
      type: 'module',
      dependencies: Object.fromEntries([...own, ...other]),
    }),
  )
  const printed = await runWell(folder, 'npm', 'install', '--no-audit', '--no-fund', '--strict-peer-deps')
  return { folder, packed, printed }
})

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => (made ??= make())
}

/** Compiles a folder of the project to its `out`, strictly and with declarations, with the options of `tsc --init`, changed by `how`. */
async function compile(project: string, folder: string, compiler: string, how: object = {}): Promise<void> {
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    declaration: true,
    target: 'ES2022',
    jsx: 'react-jsx',
    module: 'NodeNext',
    types: ['node'],
    rootDir: '.',
    outDir: 'out',
    ...how,
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, include: ['**/*.ts', '**/*.tsx'] }),
  )
  await runWell(folder, process.execPath, join(project, 'node_modules', compiler, 'bin/tsc'), '-p', '.')
}

/**
 * Compiles, once per compiler, a strict project that imports every entry, exports what declarations must be able to name, and has
 * the README's files.
 */
const compiledBy = new Map(
  compilers.map(compiler => [
    compiler,
    once(async () => {
      const { folder } = await installed()
      const consumer = join(folder, `consumer-${compiler}`)
      const files = writeReadmeFiles('README.md', consumer, ['contract.ts', 'server.ts', 'client.ts'])
      const imports = entries.map(({ specifier }, index) => `import * as entry${index} from '${specifier}'`)
      const used = `export const entries: object[] = [${entries.map((_, index) => `entry${index}`).join(', ')}]`
      writeFileSync(join(consumer, 'consumer.ts'), [...imports, used].join('\n'))
      cpSync(join(root, 'guide/test/declarations'), join(consumer, 'declarations'), { recursive: true })
      await compile(folder, consumer, compiler)
      const bundled = join(folder, `bundled-${compiler}`)
      cpSync(join(root, 'guide/test/declarations'), bundled, { recursive: true })
      await compile(folder, bundled, compiler, { module: 'ESNext', moduleResolution: 'bundler' })
      return { consumer, files }
    }),
  ]),
)

function freePort(): Promise<number> {
  return new Promise(done => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}

/** Resolves once something listens on the port. */
async function listening(port: number): Promise<void> {
  const open = await new Promise<boolean>(done => {
    const socket = connect({ port }, () => done(true)).on('error', () => done(false))
    socket.unref()
  })
  if (open) return
  await new Promise(resume => setTimeout(resume, 50))
  return listening(port)
}

describe('the tarballs', it => {
  it('hold the build, its sources, a licence and a README, and no tests', { timeoutMs }, async () => {
    const { packed } = await installed()
    assert.is(packed.length, packages.length)
    for (const { name, files } of packed) {
      const expected =
        /^(dist|src)\/[\w./-]+\.(ts|d\.mts|js|map)$|^dist\/cjs\/[\w./-]+\.(cjs|d\.cts|map)$|^dist\/sbom\.cdx\.json$|^(LICENSE|README\.md|package\.json|x-socketio\.schema\.json)$/
      assert.equal(
        files.filter(file => !expected.test(file) || /\.test\.|\btests?\//.test(file)),
        [],
        `${name}: unexpected files`,
      )
      const main = name === 'ackwire' ? ['dist/main.js'] : ['dist/index.js', 'dist/index.d.ts', 'src/index.ts']
      for (const file of ['LICENSE', 'README.md', 'dist/sbom.cdx.json', ...main])
        assert.ok(files.includes(file), `${name}: no ${file}`)
    }
  })

  it('contain every source that a source map names', { timeoutMs }, async () => {
    const { folder, packed } = await installed()
    for (const { name, files } of packed)
      for (const file of files.filter(each => /\.c?js\.map$/.test(each))) {
        const path = join(folder, 'node_modules', name, file)
        const { sources, sourcesContent }: SourceMap = JSON.parse(readFileSync(path, 'utf8'))
        const textless = sources.filter((_, index) => typeof sourcesContent?.[index] !== 'string')
        assert.equal(
          textless.filter(source => !existsSync(resolve(path, '..', source))),
          [],
          `${name}: ${file}`,
        )
      }
  })

  it('list what is bundled into them, and nothing else, in a bill of materials', { timeoutMs }, async () => {
    const { folder, packed } = await installed()
    const { version } = manifestOf('packages/core')
    for (const { name, files } of packed) {
      const read = (file: string) => readFileSync(join(folder, 'node_modules', name, file), 'utf8')
      const bundled = new Set(name === '@ackwire/docs' ? [...(await bundledInPage()), `@ackwire/core ${version}`] : [])
      for (const file of files.filter(each => each.endsWith('.js'))) {
        const [, notice = ''] = /^\/\*! In this script:\n(.*?)\n\*\/$/ms.exec(read(file)) ?? []
        for (const [part] of notice.matchAll(/^@?[\w./-]+ \d+\.\d+\.\d+\S*$/gm)) bundled.add(part)
      }
      for (const file of files.filter(each => each.endsWith('.js.map')))
        for (const source of (JSON.parse(read(file)) as SourceMap).sources) {
          const [, part] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? []
          assert.ok(part === undefined || [...bundled].some(each => each.startsWith(`${part} `)), `${name}: ${part}`)
        }
      const { serialNumber, metadata, components } = JSON.parse(read('dist/sbom.cdx.json')) as Sbom
      assert.equal(components.map(named).sort(), [...bundled].sort(), name)
      assert.is(named(metadata.component), `${name} ${manifestOf(join('node_modules', name), folder).version}`)
      for (const { purl, hashes, licenses, ...component } of [metadata.component, ...components]) {
        assert.is(purl, `pkg:npm/${component.name.replace('@', '%40')}@${component.version}`)
        assert.is(licenses.length, 1, purl)
        if (!purl.includes('ackwire')) assert.match(hashes?.[0]?.content ?? '', /^[0-9a-f]{128}$/, purl)
      }
      // The bill has no random or dated fields, so that builds are reproducible.
      assert.equal({ serialNumber, timestamp: metadata.timestamp }, { serialNumber: undefined, timestamp: undefined })
      const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)
      assert.is(await validator.validate(read('dist/sbom.cdx.json')), null, name)
      assert.is.not(await validator.validate(read('dist/sbom.cdx.json').replace('"library"', '"x"')), null, name)
    }
  })

  it('install without a warning about a peer dependency', { timeoutMs }, async () => {
    const { folder, printed } = await installed()
    assert.not.match(printed, /peer|ERESOLVE/i)
    await runWell(folder, 'npm', 'ls', '--all')
  })

  it('include a command that renders, checks and imports a contract', { timeoutMs }, async () => {
    const { folder } = await installed()
    const project = join(folder, 'command')
    mkdirSync(project)
    const contract = `import { event, router } from '@ackwire/core'
      import { Type } from '@sinclair/typebox'
      export const api = router({ length: event.input(Type.String()).ack(Type.Integer()) })`
    writeFileSync(join(project, 'contract.ts'), contract)
    const ackwire = (...args: string[]) => runWell(project, 'npx', '--no-install', 'ackwire', ...args)
    assert.match(
      await ackwire('render', 'contract.ts', '-o', 'asyncapi.yaml'),
      /asyncapi\.yaml: 1 event in 1 namespace/,
    )
    assert.match(await ackwire('check', 'contract.ts', 'asyncapi.yaml'), /matches contract\.ts/)
    await ackwire('import', 'asyncapi.yaml', '-o', 'again.ts')
    assert.match(await ackwire('diff', 'asyncapi.yaml', 'again.ts'), /No differences/)
    assert.is((await run(project, 'npx', '--no-install', 'ackwire', 'render', 'none.ts')).code, 2)
  })

  it('of the document and its page contain nothing that only the command needs', { timeoutMs }, async ({ defer }) => {
    const { folder, packed } = await installed()
    const server = mkdtempSync(join(tmpdir(), 'ackwire-server-'))
    defer(() => rmSync(server, { recursive: true }))
    const own = packed.filter(({ name }) => ['@ackwire/core', '@ackwire/docs'].includes(name))
    const dependencies = Object.fromEntries(own.map(({ name, tarball }) => [name, `file:${tarball}`]))
    const { devDependencies } = manifestOf('packages/docs')
    Object.assign(dependencies, { '@sinclair/typebox': devDependencies?.['@sinclair/typebox'] })
    writeFileSync(join(server, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
    await runWell(server, 'npm', 'install', '--no-audit', '--no-fund', '--strict-peer-deps')

    const { dependencies: ofCommand } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>
    }
    const shared = new Set(['@ackwire/core', '@ackwire/docs', 'yaml'])
    const others = Object.keys(ofCommand).filter(name => !shared.has(name))
    for (const name of ['esbuild', 'httpxy', 'commander']) assert.ok(others.includes(name), name)
    const found = readdirSync(join(server, 'node_modules'), { recursive: true }).map(String)
    assert.ok(found.includes(join('@ackwire', 'docs', 'package.json')))
    for (const name of others) {
      assert.ok(existsSync(join(folder, 'node_modules', name)), name)
      const places = found.filter(place => place === name || place.endsWith(join('node_modules', name)))
      assert.equal(places, [], name)
    }
    assert.not.ok(existsSync(join(server, 'node_modules/.bin/ackwire')))

    const script = `
      import { createServer } from 'node:http'
      import { event, router } from '@ackwire/core'
      import * as docs from '@ackwire/docs'
      import '@ackwire/docs/tooling'
      const http = createServer()
      docs.serve(http, router({ ping: event.input().ack() }), { path: '/docs' })
      http.listen(0, async () => {
        const get = async file => (await fetch('http://localhost:' + http.address().port + '/docs' + file)).text()
        const texts = await Promise.all(['', '/page.js', '/page.css', '/asyncapi.yaml'].map(get))
        console.log(JSON.stringify(texts.map(text => text.slice(0, 14).concat(' ', text.length > 400))))
        http.close()
      })`
    const printed = await runWell(server, process.execPath, '--input-type=module', '--eval', script)
    const [page, code, style, yaml] = JSON.parse(printed) as string[]
    assert.equal([page, yaml], ['<!doctype html true', 'asyncapi: 3.0. true'])
    for (const text of [code, style]) assert.match(text ?? '', / true$/)
  })

  for (const { specifier, source } of entries) {
    it(`export from ${specifier} the same names as its source`, { timeoutMs }, async () => {
      const { folder } = await installed()
      const script = `console.log(JSON.stringify(Object.keys(await import('${specifier}'))))`
      const printed = await runWell(folder, process.execPath, '--input-type=module', '--eval', script)
      const exported: unknown = JSON.parse(printed)
      assert.equal(exported, Object.keys((await import(source)) as object))
    })
  }

  it('have no import without a used name, which bundlers warn about for linked packages', { timeoutMs }, async () => {
    const { folder, packed } = await installed()
    for (const { name, files } of packed)
      for (const file of files.filter(each => each.endsWith('.js')))
        assert.not.match(
          readFileSync(join(folder, 'node_modules', name, file), 'utf8'),
          /^import "\./m,
          `${name}: ${file}`,
        )
  })

  it('bundle for a page without the formats’ character tables', { timeoutMs }, async () => {
    const { folder } = await installed()
    const specifiers = ['', '/formats', '/wire'].map(entry => `@ackwire/core${entry}`)
    specifiers.push('@ackwire/client', '@ackwire/client/react')
    const { outputFiles } = await build({
      stdin: { contents: specifiers.map(each => `export * from '${each}'`).join('\n'), resolveDir: folder },
      bundle: true,
      write: false,
      minify: true,
      format: 'esm',
      platform: 'browser',
      external: ['react', 'socket.io-client', '@sinclair/typebox'],
      logLevel: 'silent',
    })
    // Those tables alone are twice this size.
    const bytes = outputFiles[0]?.contents.length ?? 0
    assert.ok(bytes < 100_000, `${bytes} bytes`)
  })

  for (const [compiler, compiled] of compiledBy)
    it(`compile in a strict project with ${compiler}`, { timeoutMs }, () => compiled())
})

describe('@ackwire/core/typebox', it => {
  /** Runs a module in the project with the tarballs; resolves to what it prints, as JSON, and to the files of TypeBox that it has loaded. */
  const loading = async (script: string) => {
    const { folder } = await installed()
    const coverage = mkdtempSync(join(folder, 'coverage-'))
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: folder,
      env: { ...process.env, NODE_V8_COVERAGE: coverage },
    })
    const { code, printed } = await ended(child)
    assert.is(code, 0, printed)
    const reports = readdirSync(coverage).map(name => readFileSync(join(coverage, name), 'utf8'))
    const loaded = reports.flatMap(text => (JSON.parse(text) as { result: { url: string }[] }).result)
    const files = loaded.flatMap(({ url }) => /@sinclair\/typebox\/build\/esm\/(.*)/.exec(url)?.[1] ?? [])
    return { printed: JSON.parse(printed) as unknown, files: files.toSorted() }
  }

  it('loads the state of TypeBox, and nothing else of it', { timeoutMs }, async () => {
    const { printed, files } = await loading(`
      import { event, router } from '@ackwire/core'
      import { attach } from '@ackwire/core/server'
      import { FormatRegistry, Type } from '@ackwire/core/typebox'
      import { render } from '@ackwire/docs'
      import { Server } from 'socket.io'
      FormatRegistry.Set('even', text => text.length % 2 === 0)
      const api = router({ ping: event.input(Type.String({ format: 'even' })).ack() })
      attach(new Server(), api).on.ping(() => {})
      console.log(JSON.stringify(render(api).length > 100))`)
    assert.is(printed, true)
    assert.equal(files, [
      'system/policy.mjs',
      'type/registry/format.mjs',
      'type/registry/type.mjs',
      'value/guard/guard.mjs',
      'value/guard/index.mjs',
    ])
  })

  it('shares formats, kinds and settings with the TypeBox of the application', { timeoutMs }, async () => {
    const { printed, files } = await loading(`
      import { event, router } from '@ackwire/core'
      import { render } from '@ackwire/docs'
      import * as few from '@ackwire/core/typebox'
      import { Check as check } from '@ackwire/core/typebox/value'
      import * as many from '@sinclair/typebox'
      import { TypeSystemPolicy } from '@sinclair/typebox/system'
      import { Check } from '@sinclair/typebox/value'
      many.FormatRegistry.Set('even', text => text.length % 2 === 0)
      few.FormatRegistry.Set('odd', text => text.length % 2 === 1)
      many.TypeRegistry.Set('One', (schema, value) => value === 1)
      few.TypeRegistry.Set('Two', (schema, value) => value === 2)
      const schemas = ({ Kind, Type }) => [
        Type.String({ format: 'even' }),
        Type.String({ format: 'odd' }),
        { [Kind]: 'One', type: 'number' },
        { [Kind]: 'Two', type: 'number' },
        Type.Recursive(This => Type.Array(This)),
      ]
      const all = [few, many].flatMap(schemas)
      const values = [['ab'], ['abc'], [1], [2], [[[]]], ['a'], ['ab'], [2], [1], [1]]
      const of = checks => all.map((schema, at) => [at % 5, at % 5 + 5].map(each => checks(schema, values[each][0])))
      const before = check(few.Type.Number(), NaN)
      TypeSystemPolicy.AllowNaN = true
      const inputs = Object.fromEntries(all.map((schema, at) => ['event' + at, event.input(schema)]))
      console.log(JSON.stringify({
        copies: few.Type !== many.Type,
        checks: [of(check), of(Check)],
        names: [...few.FormatRegistry.Entries().keys()].join(),
        nan: [before, check(few.Type.Number(), NaN)],
        document: render(router(inputs)).length > 100,
      }))`)
    const tenTimes = Array.from({ length: 10 }, () => [true, false])
    assert.equal(printed, {
      copies: true,
      checks: [tenTimes, tenTimes],
      names: 'even,odd',
      nan: [false, true],
      document: true,
    })
    assert.ok(files.length > 200)
  })

  it('shares them also if both are loaded at once', { timeoutMs }, async () => {
    const { printed } = await loading(`
      const many = import('@sinclair/typebox')
      const { FormatRegistry } = await import('@ackwire/core/typebox')
      FormatRegistry.Set('early', () => true)
      const { FormatRegistry: other } = await many
      other.Set('late', () => true)
      FormatRegistry.Has('late')
      console.log(JSON.stringify([FormatRegistry.Has('late'), other.Has('early')]))`)
    assert.equal(printed, [true, true])
  })

  it('is the TypeBox of the application in a bundle', { timeoutMs }, async () => {
    const { folder } = await installed()
    const { metafile } = await build({
      stdin: { contents: `export * from '@ackwire/core/typebox'`, resolveDir: folder },
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'node',
    })
    const copies = Object.keys(metafile.inputs).filter(file => /registry\/format\.mjs$|core\/dist\/node/.test(file))
    assert.is(copies.length, 1)
    assert.match(copies[0] ?? '', /@sinclair\/typebox\/build\/esm/)
  })
})

describe('the code of the README', it => {
  for (const [compiler, compiled] of compiledBy) {
    it(`compiles with ${compiler}, and its client talks to its server`, { timeoutMs }, async ({ defer }) => {
      const { consumer, files } = await compiled()
      const port = files.get('client.ts')?.includes('PORT') ? await freePort() : 3000
      const start = (file: string) =>
        spawn(process.execPath, [join('out', file)], { cwd: consumer, env: { ...process.env, PORT: String(port) } })
      const server = start('server.js')
      const serverEnded = ended(server)
      defer(() => (server.kill(), serverEnded))
      const early = serverEnded.then(({ printed }) => Promise.reject(new Error(`server.ts ended early:\n${printed}`)))
      await Promise.race([listening(port), early])
      early.catch(() => {})

      const client = start('client.js')
      defer(() => client.kill())
      const { code, printed } = await ended(client)
      assert.is(code, 0, printed)
      assert.ok(printed.trim() !== '', 'client.ts prints nothing')
    })
  }

  it('includes the document that its contract renders', { timeoutMs }, async () => {
    const { folder } = await installed()
    const shown = join(folder, 'readme-document')
    writeReadmeFiles('README.md', shown, ['contract.ts'])
    await compile(folder, shown, 'typescript')
    const script = `import { render } from '@ackwire/docs'; import { api } from './out/contract.js'; console.log(render(api))`
    const rendered = await runWell(shown, process.execPath, '--input-type=module', '--eval', script)
    const [, block = ''] = /^```yaml\n(.*?)^```$/ms.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []
    assert.ok(block !== '' && rendered.includes(block), rendered)
  })

  it('of each package compiles, beside the main contract', { timeoutMs }, async () => {
    const { folder } = await installed()
    const shown = join(folder, 'readmes')
    for (const name of packages) {
      const place = join(shown, name)
      const main = writeReadmeFiles('README.md', place)
      for (const file of main.keys()) if (file !== 'contract.ts') rmSync(join(place, file))
      assert.ok(writeReadmeFiles(`packages/${name}/README.md`, place).size > 0)
    }
    await compile(folder, shown, 'typescript')
  })
})
