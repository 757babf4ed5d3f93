import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import * as assert from 'uvu/assert'
import { pack } from '../../../../scripts/pack.mjs'
import { describe, shared } from '../../../../test/harness.js'

const root = resolve(import.meta.dirname, '../../../..')
const timeoutMs = 600_000
const run = promisify(execFile)

/** The parts of React Native 0.83, and the last release of its engine that is a program, from React Native 0.70. */
const REACT_NATIVE = {
  '@react-native/babel-preset': '0.83.9',
  '@react-native/metro-config': '0.83.9',
  'abort-controller': '3.0.0',
  'hermes-engine-cli': '0.12.0',
  metro: '0.83.8',
}

/** Starts the program as React Native does: the engine has neither timers nor a network. */
const START = `
  import './timers'
  import AbortController, { AbortSignal } from 'abort-controller/dist/abort-controller'
  import { LocalSocket as WebSocket } from './socket'
  const navigator = { product: 'ReactNative' }
  Object.assign(globalThis, { window: globalThis, AbortController, AbortSignal, WebSocket, navigator })
  require('./app')
`

const BABEL = `module.exports = { presets: ['module:@react-native/babel-preset'] }`

const BUNDLE = `
  const { getDefaultConfig, mergeConfig } = require('@react-native/metro-config')
  const [, , out, packageExports] = process.argv
  const config = mergeConfig(getDefaultConfig(__dirname), {
    cacheStores: [],
    maxWorkers: 1,
    reporter: { update() {} },
    resolver: {
      unstable_enablePackageExports: packageExports === 'on',
      // As guide/react-native.md says.
      resolveRequest: (context, name, platform) =>
        context.resolveRequest(
          name.startsWith('@sinclair/typebox') ? { ...context, unstable_enablePackageExports: false } : context,
          name,
          platform,
        ),
    },
    serializer: { getModulesRunBeforeMainModule: () => [] },
  })
  require('metro')
    .runBuild(config, { entry: 'start.js', out, platform: 'ios', dev: false, minify: false })
    .catch(error => (console.error(error.message), process.exit(1)))
`

/** A project with the packages as they are published. */
const project = shared({
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ackwire-react-native-'))
    await run(process.execPath, ['scripts/built.mjs'], { cwd: root })
    const own = (await pack(folder)).filter(({ name }) => /\/(core|client)$/.test(name))
    const text = readFileSync(join(root, 'packages/client/package.json'), 'utf8')
    const { devDependencies: versions } = JSON.parse(text) as { devDependencies: Readonly<Record<string, string>> }
    const peers = ['@sinclair/typebox', 'react', 'socket.io-client'].map(name => [name, versions[name]])
    const dependencies = {
      ...Object.fromEntries([...own.map(({ name, tarball }) => [name, `file:${tarball}`]), ...peers]),
      ...REACT_NATIVE,
    }
    for (const name of ['app', 'contract', 'socket', 'timers']) {
      const text = readFileSync(join(import.meta.dirname, `${name}.ts`), 'utf8')
      // Metro does not know TypeScript's names of files.
      writeFileSync(join(folder, `${name}.ts`), text.replaceAll(/(from '\.\/\w+)\.js'/g, "$1'"))
    }
    const files = {
      'package.json': JSON.stringify({ name: 'app', private: true, dependencies }),
      'babel.config.js': BABEL,
      'bundle.js': BUNDLE,
      'start.js': START,
    }
    for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents)
    await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder })
    return folder
  },
  isUsable: () => true,
  close: folder => rmSync(folder, { recursive: true }),
})

const EXPECTED = [
  ['double', 42],
  ['told', 7],
  ['iterated', 7],
  ['answered', 21],
  ['at', Date.UTC(2024, 4, 1)],
  ['bytes', [1, 2, 255]],
  ['fails', true, true, 'BUSY', { until: 5 }, 'EventError: Busy'],
  ['stream', 1],
  ['stream', 2],
  ['stream', 3],
  ['final', 'end'],
  ['aborted', 'ABORTED'],
  ['late', 'TIMEOUT'],
  ['who', '/game-42'],
  ['query', ['ackwire', '/', 'double', [4]], 8, 'function'],
].map(line => JSON.stringify(line))

describe('in React Native, the client', it => {
  for (const exports of ['on', 'off']) {
    it(`is bundled by Metro with package exports ${exports}, and runs in Hermes`, { timeoutMs }, async () => {
      const folder = await project()
      const out = `out-${exports}.js`
      await run(process.execPath, ['bundle.js', out, exports], { cwd: folder })
      const engine = join(folder, 'node_modules/hermes-engine-cli/linux64-bin/hermes')
      const { stdout } = await run(engine, ['-w', out], { cwd: folder, timeout: 60_000 })
      assert.equal(stdout.trim().split('\n'), [
        ...EXPECTED.map(line => `type ${line}`),
        JSON.stringify([{ path: '/0', message: 'Expected integer' }]),
        ...EXPECTED.map(line => `contract ${line}`),
      ])
    })
  }
})
