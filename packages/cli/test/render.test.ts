import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { describe } from '../../../test/harness.js'
import { contractOf, createFolder } from './ackwire.js'

const timeoutMs = 300_000
const PING = contractOf('ping: event.input().ack()')

describe('ackwire render', it => {
  it('writes only YAML to the standard output', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({ 'contract.ts': PING })
    const { code, out, err } = await folder.ackwire('render', 'contract.ts')
    assert.equal([code, err], [0, ''])
    assert.equal(Object.keys(parse(out).operations), ['receive_ping'])
  })

  it(
    'writes to a file in the format of its extension, unless a flag sets another',
    { timeoutMs },
    async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({ 'contract.ts': PING })
      const said = await folder.ackwire('render', 'contract.ts', '-o', 'a.json')
      assert.equal([said.code, said.out, said.err], [0, '', 'a.json: 1 event in 1 namespace\n'])
      assert.is(JSON.parse(readFileSync(join(folder.path, 'a.json'), 'utf8')).asyncapi, '3.0.0')
      assert.is((await folder.ackwire('render', 'contract.ts', '-f', 'json')).out[0], '{')
    },
  )

  it(
    'takes options from the export docs, a file and flags, in increasing precedence',
    { timeoutMs },
    async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({
        'contract.ts': `${PING}\nexport const docs = { info: { title: 'From docs', version: '9.9.9' } }`,
        'options.yaml': 'info:\n  title: From a file\n',
        'options.ts': `export const docs = { info: { title: 'From a module' } }`,
      })
      const info = async (...args: string[]) => parse((await folder.ackwire('render', 'contract.ts', ...args)).out).info
      assert.equal([(await info()).title, (await info()).version], ['From docs', '9.9.9'])
      assert.is((await info('--options', 'options.yaml')).title, 'From a file')
      assert.is((await info('--options', 'options.ts')).title, 'From a module')
      const { title, version, description } = await info(
        '--title',
        'A flag',
        '--api-version',
        '2.0.0',
        '--description',
        'Words',
      )
      assert.equal([title, version, description], ['A flag', '2.0.0', 'Words'])
    },
  )

  it(
    'follows imports: relative ones, a tsconfig’s paths, JSON, and TypeScript of a linked package',
    { timeoutMs },
    async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({
        'tsconfig.json': `{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } } } // a comment`,
        'src/user.ts': `import { Type } from '@sinclair/typebox'\nexport const User = Type.Object({ name: Type.String() }, { $id: 'User' })\nexport enum Unused { A }`,
        'src/title.json': '{ "title": "From JSON" }',
        'src/contract.ts': `
        import { readFileSync } from 'node:fs'
        import { event, router } from '@ackwire/core'
        import { User } from '~/user'
        import { title } from './title.json'
        const { length } = readFileSync(new URL('./title.json', import.meta.url))
        export default router({ joined: event.output(User).describe(title + ' ' + length) })`,
      })
      const { code, out, err } = await folder.ackwire('render', 'src/contract.ts')
      assert.equal([code, err], [0, ''])
      const { operations, components } = parse(out)
      assert.is(operations.send_joined.summary, 'From JSON 24')
      assert.ok(components.schemas.User)
    },
  )

  it('finds the exported router, by name if there are several', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({
      'same.ts': `${PING}\nexport default api`,
      'two.ts': `${PING}\nexport const other = router({ pong: event.output() })`,
    })
    assert.is((await folder.ackwire('render', 'same.ts')).code, 0)
    const { code, out, err } = await folder.ackwire('render', 'two.ts')
    assert.equal([code, out], [2, ''])
    assert.is(err, 'two.ts: several routers are exported: api, other; say which one with --export api\n')
    assert.match((await folder.ackwire('render', 'two.ts', '--export', 'other')).out, /send_pong/)
  })
})

/** By what is wrong: the files, the arguments, and what is said about it. */
const MISTAKES: Readonly<
  Record<string, readonly [files: Readonly<Record<string, string>>, args: readonly string[], said: RegExp]>
> = {
  'a missing file': [{}, ['render', 'contract.ts'], /^contract\.ts: there is no such file in .*; check the path\n$/],
  'a syntax error': [
    { 'contract.ts': 'export const a = 1\nexport const api = router({ a: \n' },
    ['render', 'contract.ts'],
    /^contract\.ts:3:1: Unexpected end of file/,
  ],
  'an import that leads nowhere': [
    { 'contract.ts': `import './user.js'` },
    ['render', 'contract.ts'],
    /^contract\.ts:1:8: Could not resolve "\.\/user\.js"/,
  ],
  'a package that is not installed': [
    { 'contract.ts': `import { z } from '@not/installed/deep'\nexport const a = z` },
    ['render', 'contract.ts'],
    /^contract\.ts:1:19: the package "@not\/installed\/deep" is not installed here; run npm install @not\/installed\n/,
  ],
  'no router': [
    { 'contract.ts': 'export const one = 1' },
    ['render', 'contract.ts'],
    /^contract\.ts: no router is exported \(but one\); write export const api = router/,
  ],
  'no router among several exports': [
    { 'contract.ts': 'export const docs = {}, limit = 5\nexport default () => {}' },
    ['render', 'contract.ts'],
    /^contract\.ts: no router is exported \(but default, docs, limit\); write export const api = router\(\{ … \}\)\n$/,
  ],
  'no router for a name that is not there': [
    { 'contract.ts': 'export const docs = {}, limit = 5' },
    ['render', 'contract.ts', '--export', 'api'],
    /^contract\.ts: there is no export "api"; no router is exported \(but docs, limit\)\n$/,
  ],
  'an export that is no router': [
    { 'contract.ts': 'export const one = 1' },
    ['render', 'contract.ts', '--export', 'one'],
    /^contract\.ts: the export "one" is not a router/,
  ],
  'an export that is not there': [
    { 'contract.ts': PING },
    ['render', 'contract.ts', '--export', 'two'],
    /^contract\.ts: there is no export "two"; routers are exported as api\n$/,
  ],
  'a definition that is refused': [
    {
      'contract.ts': `import { event, router } from '@ackwire/core'\n\nexport const api = router({ todo: router({ connect: event.input() }) })`,
    },
    ['render', 'contract.ts'],
    /^contract\.ts:3: connect: "connect" is reserved by Socket\.IO; choose another name\n$/,
  ],
  'a contract that throws': [
    { 'contract.ts': `const read = (): number => {\n  throw new Error('no such setting')\n}\nread()` },
    ['render', 'contract.ts'],
    /^contract\.ts:2: no such setting\n$/,
  ],
  'a default that does not match': [
    { 'contract.ts': contractOf(`set: event.input(Type.Object({ n: Type.Integer({ default: 'x' }) }))`) },
    ['render', 'contract.ts'],
    /^contract\.ts: set input\[0\]\.n default: .*; correct the value or the schema\n$/,
  ],
  'options that are none': [
    { 'contract.ts': `${PING}\nexport const docs = 'Title'` },
    ['render', 'contract.ts'],
    /^contract\.ts: the export "docs" is expected to be the document's options/,
  ],
  'a version that can not be written': [
    { 'contract.ts': PING },
    ['render', 'contract.ts', '--asyncapi', '4.0.0'],
    /--asyncapi <version>.*4\.0\.0.*Allowed choices are 3\.0\.0, 3\.1\.0, 2\.6\.0/,
  ],
  'a folder that is not there': [
    { 'contract.ts': PING },
    ['render', 'contract.ts', '-o', 'none/a.yaml'],
    /^none\/a\.yaml: can't be written: ENOENT/,
  ],
  'invalid YAML': [
    { 'contract.ts': PING, 'a.yaml': 'asyncapi: 3.0.0\ninfo:\n  title: [a\nchannels: {}\n' },
    ['check', 'contract.ts', 'a.yaml'],
    /^a\.yaml:\d:\d+: not valid YAML or JSON: /,
  ],
  'a document of another kind': [
    { 'contract.ts': PING, 'a.yaml': 'openapi: 3.1.0\n' },
    ['check', 'contract.ts', 'a.yaml'],
    /^a\.yaml: this is an OpenAPI document, which describes HTTP; expected an AsyncAPI document\n$/,
  ],
  'a version nobody knows': [
    { 'a.yaml': 'asyncapi: 1.2.0\n' },
    ['import', 'a.yaml'],
    /^a\.yaml: AsyncAPI 1\.2\.0 is not supported; expected 2\.x or 3\.x\n$/,
  ],
  'a command that does not exist': [
    {},
    ['rendr', 'a.ts'],
    /^error: unknown command 'rendr'\n\(Did you mean render\?\)/,
  ],
  'an argument that is missing': [{}, ['check', 'a.ts'], /^error: missing required argument 'document'/],
  'a port that is none': [{}, ['serve', 'a.ts', '-p', 'x'], /Expected a port from 0 to 65535\./],
  'a server that is no URL': [
    { 'a.ts': PING },
    ['serve', 'a.ts', '-s', 'localhost:3000'],
    /^--server: expected a URL such as http:\/\/localhost:3000, got "localhost:3000"\n$/,
  ],
}

describe('a mistake', it => {
  for (const [what, [files, args, said]] of Object.entries(MISTAKES)) {
    it(`is reported without a stack: ${what}`, { timeoutMs }, async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write(files)
      const { code, out, err } = await folder.ackwire(...args)
      assert.equal([code, out], [2, ''], err)
      assert.match(err, said)
      assert.not.match(err, /^ +at |node_modules|\/src\/cli/m)
    })
  }
})

describe('ackwire --help', it => {
  it('has examples, and explains the exit codes', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    const all = await folder.ackwire('--help')
    assert.is(all.code, 0)
    for (const word of ['render', 'check', 'diff', 'serve', 'import', 'Examples', 'Exit codes', '--options']) {
      assert.ok(all.out.includes(word), word)
    }
    for (const command of ['render', 'check', 'diff', 'serve', 'import']) {
      const { code, out } = await folder.ackwire(command, '--help')
      assert.is(code, 0)
      assert.match(out, new RegExp(String.raw`Examples\n  \$.* ackwire ${command} `.replace('.* ', '.*')))
      assert.ok(
        out.split('\n').every(line => line.length <= 120),
        out,
      )
    }
  })

  it('is shown if no command is given', { timeoutMs }, async ({ defer }) => {
    const { code, err } = await createFolder(defer).ackwire()
    assert.is(code, 2)
    assert.match(err, /Usage: ackwire/)
  })
})
