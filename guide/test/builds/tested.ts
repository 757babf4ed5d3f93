import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { NODE10, project, run, runTool, strict } from './projects.js'

/** A round trip as a test of Jest and of Vitest. */
const TEST = `import { EXPECTED, run } from '../src/app'
test('the application', async () => expect(await run()).toEqual(EXPECTED))
`

/** Each test runner, by its name in the guide's table. */
export const TESTED: Readonly<Record<string, () => Promise<void>>> = {
  Vitest: async () => {
    const files = { 'test/app.test.ts': `import { expect, test } from 'vitest'\n${TEST}` }
    const folder = await project({ name: 'vitest', type: 'module', files })
    assert.match(await runTool(folder, 'vitest/vitest.mjs', 'run'), /1 passed/)
  },
  'Jest 30': async () => {
    const test = `const { EventError, event, router } = require('@ackwire/core')
const { serve } = require('@ackwire/core/testing')
const { FormatRegistry, Type } = require('@sinclair/typebox')
FormatRegistry.Set('even', text => text.length % 2 === 0)
test('the application', async () => {
  const { server, client: connect, close } = await serve(router({ measure: event.input(Type.String({ format: 'even' })).ack(Type.Integer()) }))
  server.on.measure(({ input }) => input.length)
  const client = await connect()
  expect(await client.emit.measure('four')).toBe(4)
  await expect(client.emit.measure('odd')).rejects.toBeInstanceOf(EventError)
  await close()
})`
    const folder = await project({
      name: 'jest',
      files: { 'jest.config.js': `module.exports = {}`, 'test/app.test.js': test },
    })
    assert.match(await runTool(folder, 'jest/bin/jest.js'), /Tests: +1 passed/)
  },
  'ts-jest, CommonJS': async () => {
    const folder = await project({
      name: 'ts-jest',
      files: {
        'jest.config.js': `module.exports = require('ts-jest').createDefaultPreset()`,
        'tsconfig.json': strict({ ...NODE10, types: ['node'], rootDir: '.' }),
        'test/app.test.ts': `import { expect, test } from '@jest/globals'\n${TEST}`,
      },
    })
    assert.match(await runTool(folder, 'jest/bin/jest.js'), /Tests: +1 passed/)
  },
  'ts-jest, ES modules': async () => {
    const folder = await project({
      name: 'ts-jest-esm',
      type: 'module',
      files: {
        'jest.config.js': `import { createDefaultEsmPreset } from 'ts-jest'
export default { ...createDefaultEsmPreset(), moduleNameMapper: { '^(\\\\.{1,2}/.*)\\\\.js$': '$1' } }`,
        'tsconfig.json': strict({ module: 'nodenext', isolatedModules: true, rootDir: '.' }),
        'test/app.test.ts': `import { expect, test } from '@jest/globals'\n${TEST.replace("app'", "app.js'")}`,
      },
    })
    // As guide/builds.md says: Jest loads TypeBox once for `import` and once for `require`.
    const contract = join(folder, 'src/contract.ts')
    const text = readFileSync(contract, 'utf8')
    writeFileSync(contract, text.replace('@sinclair/typebox', '@ackwire/core/typebox'))
    const jest = join(folder, '../node_modules/jest/bin/jest.js')
    assert.match(await run(folder, process.execPath, '--experimental-vm-modules', jest), /Tests: +1 passed/)
  },
}
