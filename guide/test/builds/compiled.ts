import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { NODE10, project, run, runTool, strict } from './projects.js'

/** Prints what the application has seen, where a project's sources are compiled. */
const MAIN = `import { deepStrictEqual } from 'node:assert'
import { EXPECTED, run } from './app'
void run().then(seen => {
  deepStrictEqual(seen, EXPECTED)
  console.log('as expected')
})
`

/** Compiles a project of which no file is an ES module, and runs it with the compiler's `require`. */
async function compiles(name: string, compiler: string, options: object, files: object = {}): Promise<void> {
  const folder = await project({
    name,
    files: { 'tsconfig.json': strict(options), 'src/main.ts': MAIN, ...files },
  })
  await runTool(folder, `${compiler}/bin/tsc`, '-p', '.')
  assert.match(readFileSync(join(folder, 'out/app.js'), 'utf8'), /require\("@ackwire\/core"\)/)
  assert.is(await run(folder, process.execPath, 'out/main.js'), 'as expected\n')
}

/** A gateway as Nest's schematics write it, which has the server of the contract injected. */
const NEST = `import 'reflect-metadata'
import { deepStrictEqual } from 'node:assert'
import type { ServerBinding } from '@ackwire/core/server'
import { Inject, Injectable, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { EXPECTED, run } from './app'
import { api } from './contract'

@Injectable()
class Lengths {
  measure = run
}

@Injectable()
class Gateway {
  server?: ServerBinding<typeof api>
  constructor(@Inject(Lengths) readonly lengths: Lengths) {}
}

@Module({ providers: [Lengths, Gateway] })
class AppModule {}

void NestFactory.createApplicationContext(AppModule, { logger: false }).then(async context => {
  deepStrictEqual(await context.get(Gateway).lengths.measure(), EXPECTED)
  await context.close()
  console.log('as expected')
})
`

/** Each way to load or to compile the application, by its name in the guide's table. */
export const COMPILED: Readonly<Record<string, () => Promise<void>>> = {
  'Node, `require`': async () => {
    const script = `
      const { EventError, event } = require('@ackwire/core')
      const wire = require('@ackwire/core/wire')
      const { createClient, EventError: ofClient } = require('@ackwire/client')
      const { FormatRegistry } = require('@ackwire/core/typebox')
      require('@sinclair/typebox').FormatRegistry.Set('required', () => true)
      const manifests = ['core', 'client', 'docs'].map(name => require('@ackwire/' + name + '/package.json').name)
      Promise.all(['@ackwire/core', '@ackwire/client', '@sinclair/typebox'].map(name => import(name))).then(([core, client, typebox]) => {
        typebox.FormatRegistry.Set('imported', () => true)
        console.log(JSON.stringify([
          new Set([EventError, wire.EventError, ofClient, core.EventError, client.EventError]).size,
          event === core.event && createClient === client.createClient,
          ['required', 'imported', 'other'].map(FormatRegistry.Has),
          manifests.concat(require('ackwire/package.json').name),
        ]))
      })`
    const folder = await project({ name: 'require', files: { 'main.cjs': script } })
    const expected = [1, true, [true, true, false], ['@ackwire/core', '@ackwire/client', '@ackwire/docs', 'ackwire']]
    assert.is(await run(folder, process.execPath, 'main.cjs'), `${JSON.stringify(expected)}\n`)
  },
  'Node, `require` without ES modules': async () => {
    const script = `require('./app').run().then(seen => console.log(require('node:util').isDeepStrictEqual(seen, require('./app').EXPECTED)))`
    const folder = await project({ name: 'old', files: { 'src/main.js': script } })
    const options = ['--format=cjs', '--outdir=src']
    await run(folder, join(folder, '../node_modules/.bin/esbuild'), 'src/app.ts', 'src/contract.ts', ...options)
    // As in a Node before 20.19, where `require` gets the CommonJS build.
    assert.is(await run(folder, process.execPath, '--no-experimental-require-module', 'src/main.js'), 'true\n')
  },
  'TypeScript, `node10`': async () => {
    await compiles('node10', 'typescript', NODE10)
    await compiles('node10-6', 'typescript-6', { ...NODE10, ignoreDeprecations: '6.0' })
  },
  'TypeScript, `node16`': () => compiles('node16', 'typescript', { module: 'node16' }),
  'TypeScript, `nodenext`': () => compiles('nodenext', 'typescript-7', { module: 'nodenext' }),
  NestJS: () =>
    compiles(
      'nest',
      'typescript',
      { ...NODE10, emitDecoratorMetadata: true, experimentalDecorators: true },
      { 'src/main.ts': NEST },
    ),
}
