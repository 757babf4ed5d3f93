import { execFile } from 'node:child_process'
import { builtinModules } from 'node:module'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { build, type BuildOptions } from 'esbuild'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { sources } from '../../../test/sources.js'

const CONTRACT = `
  import { event, router } from '@ackwire/core'
  import { Type } from '@sinclair/typebox'
  export const api = router({
    sign_up: event.input(Type.Object({ email: Type.String({ format: 'email' }) })).ack(Type.Boolean()),
    todo: router({ created: event.output(Type.Integer()) }),
    '/admin': router({ ban: event.input(Type.String()).ack().errors({ GONE: Type.Null() }) }),
  })
`

/** Bundles a module of this folder. `inputs` are the files it reaches, also those that tree shaking removes. */
const bundle = async (contents: string, options: BuildOptions) => {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    globalName: 'contract',
    conditions: ['ackwire-source'],
    logLevel: 'silent',
    ...options,
  })
  return { code: outputFiles?.[0]?.text ?? '', inputs: Object.keys(metafile?.inputs ?? {}) }
}

const SOCKET_IO = /\/(socket\.io|engine\.io)[^/]*\//
/** Matches the part of TypeBox that makes code at run time, which the policy of a page can forbid. */
const COMPILER = /\/typebox\/.*\/compiler/

const found = (files: readonly string[], pattern: RegExp): string[] => files.filter(file => pattern.test(file))

describe('a contract in a browser', it => {
  it('contains neither socket.io nor the compiler', async () => {
    const { inputs } = await bundle(CONTRACT, { platform: 'browser' })
    assert.equal(found(inputs, SOCKET_IO), [])
    assert.equal(found(inputs, COMPILER), [])
    assert.equal(found(inputs, /\/src\/server\//), [])
    assert.is(found(inputs, /\/src\/define\/router\.ts$/).length, 1)
  })

  it('generates no code at run time, which a page can forbid', async () => {
    // TypeBox has a function named Function of its own: minified, only what is global keeps its name.
    const { code } = await bundle(CONTRACT, { platform: 'browser', minifyIdentifiers: true })
    assert.not.match(code, /\bFunction\s*\(|\beval\s*\(/)
  })

  it('needs no builtin of Node', async () => {
    // For the browser a builtin does not resolve; for Node it stays an import, which the list of inputs does not show.
    const { code } = await bundle(CONTRACT, { platform: 'node', format: 'esm' })
    const imports = [...code.matchAll(/(?:from|import|require)\s*\(?\s*["']([^"']+)["']/g)].map(match => match[1] ?? '')
    assert.equal(
      imports.filter(name => name.startsWith('node:') || builtinModules.includes(name)),
      [],
    )
    await bundle(CONTRACT, { platform: 'browser' })
  })

  it('runs without a global of Node or of the browser', async () => {
    const { code } = await bundle(CONTRACT, { platform: 'browser' })
    const context = createContext({})
    runInContext(code, context)
    const table = `contract.api['~router'].namespaces.map(({ name, events }) => [name, events.map(each => each.name)])`
    assert.equal(JSON.parse(String(runInContext(`JSON.stringify(${table})`, context))), [
      ['/', ['sign_up', 'todo:created']],
      ['/admin', ['ban']],
    ])
    assert.is(runInContext('typeof process + typeof window + typeof URL', context), 'undefinedundefinedundefined')
  })

  it('rejects a mistake there, too', async () => {
    const { code } = await bundle(
      `import { event, router } from '@ackwire/core'; export const define = () => router({ connect: event.input() })`,
      { platform: 'browser' },
    )
    const context = createContext({})
    runInContext(`${code}; try { contract.define() } catch (error) { globalThis.message = error.message }`, context)
    assert.match(String(runInContext('message', context)), 'ackwire: connect: "connect" is reserved by Socket.IO')
  })
})

/** Prints the address of every module that Node loads after it. */
const HOOK = `
  import { writeSync } from 'node:fs'
  export const load = (url, context, next) => {
    writeSync(1, url + '\\n')
    return next(url, context)
  }
`

/** Every module that a fresh process loads for an import. */
const loadedBy = async (specifier: string): Promise<string[]> => {
  const hook = `data:text/javascript,${encodeURIComponent(HOOK)}`
  const script = `
    import { register } from 'node:module'
    register(${JSON.stringify(hook)})
    await import(${JSON.stringify(specifier)})
  `
  const args = [...sources, '--input-type=module', '--eval', script]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname })
  return stdout.trim().split('\n')
}

describe('importing a contract in Node', it => {
  it('loads neither socket.io nor the compiler', async () => {
    const modules = await loadedBy('@ackwire/core')
    assert.equal(found(modules, SOCKET_IO), [])
    assert.equal(found(modules, COMPILER), [])
    assert.equal(found(modules, /\/src\/server\/|standard-formats|json-schema-formats/), [])
    assert.is(found(modules, /\/core\/src\/index\.ts/).length, 1)
  })

  it('is distinguished from an import that loads them', async () => {
    assert.is.not(found(await loadedBy('socket.io'), SOCKET_IO).length, 0)
    assert.is.not(found(await loadedBy('@ackwire/core/server'), COMPILER).length, 0)
  })
})
