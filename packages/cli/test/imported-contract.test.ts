import { FormatRegistry } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { renderImported } from '../src/load/imported.js'
import { contractOf, readApi } from '@ackwire/docs/tooling'

const PWN = 'globalThis.pwned = 1'

/** A contract as `import` writes one, with something in it. */
const textOf = ({ statement = '', schema = 'Type.String()', entry = '', docs = '{}' }): string => `
import { event, router } from '@ackwire/core'
import type { DocumentOptions } from '@ackwire/docs'
import { FormatRegistry, Type } from '@sinclair/typebox'
${statement}
export const api = router({ e: event.input(${schema})${entry} })
export const docs: DocumentOptions = ${docs}
`

/** Code that no imported contract contains: it would run something, or use names that it must not. */
const OTHERS: Readonly<Record<string, Parameters<typeof textOf>[0]>> = {
  'a statement': { statement: PWN },
  'a call of another function': { statement: `const A = eval(${JSON.stringify(PWN)})` },
  'an import of another module': { statement: "import { writeFileSync } from 'node:fs'" },
  'another name of a module': { statement: "import { document } from '@ackwire/core'" },
  'an import for its effect': { statement: "import 'node:fs'" },
  'a namespace of a module': { statement: "import * as all from '@ackwire/core'" },
  'an import in an expression': { docs: "{ a: import('node:fs') }" },
  'another export': { statement: 'export const other = 1' },
  'a default export': { statement: `export default (${PWN})` },
  'a variable that changes': { statement: 'let A = 1' },
  'two variables at once': { statement: 'const A = 1, B = 2' },
  'a destructuring': { statement: 'const { A } = Type' },
  'a function': { schema: `(() => { ${PWN} })()` },
  'a class': { statement: `class A { static { ${PWN} } }` },
  'an enumeration': { statement: `enum A { a = (${PWN}) }` },
  'a template': { docs: `{ a: \`\${${PWN}}\` }` },
  'a tagged template': { docs: '{ a: String.raw`a` }' },
  'a property of a builder': { docs: '{ a: Type.String }' },
  'a method of a function': { schema: `Type.String.constructor(${JSON.stringify(PWN)})()` },
  'a method of a schema': { schema: 'Type.String().toString()' },
  'a method that events have not': { entry: '.constructor()' },
  'a computed method': { schema: "Type['String']()[`x`]()" },
  'another builder of TypeBox': { schema: 'Type.Transform(Type.String()).Decode(a => a).Encode(a => a)' },
  'an optional call': { schema: 'Type?.String()' },
  'a prototype': { docs: '{ __proto__: { info: {} } }' },
  'a getter': { docs: `{ get info() { ${PWN}; return {} } }` },
  'a method': { docs: '{ info() {} }' },
  'a shorthand': { docs: '{ api }' },
  'a spread': { docs: '{ ...globalThis }' },
  'a spread in a list': { docs: '{ a: [...globalThis.a] }' },
  'a spread of arguments': { schema: '...[Type.String()]' },
  'a computed key': { docs: '{ [globalThis.a]: 1 }' },
  'a name of the surroundings': { docs: '{ a: process }' },
  'a condition': { docs: '{ a: 1 ? 2 : 3 }' },
  'an operator': { docs: '{ a: 1 + 2 }' },
  'a regular expression': { schema: 'Type.RegExp(/a/)' },
  'another constructor': { docs: `{ a: new Function(${JSON.stringify(PWN)}) }` },
  'an argument by default': { schema: `Type.Recursive((This = (${PWN})) => Type.String())` },
  'a body of statements': { schema: `Type.Recursive(This => { ${PWN}; return Type.String() })` },
  'another loop': { statement: `for (const format of ['a']) { ${PWN} }` },
  'another list of a loop': {
    statement:
      'for (const format of [globalThis.a]) {\n  if (!FormatRegistry.Has(format)) FormatRegistry.Set(format, () => true)\n}',
  },
}

describe('the source of an imported contract', it => {
  for (const [what, parts] of Object.entries(OTHERS)) {
    it(`is refused, and not run, if it contains ${what}`, async () => {
      let message = ''
      await renderImported({ text: textOf(parts), notes: [] }).catch((error: unknown) => (message = String(error)))
      assert.match(message, /unexpected .* in an imported contract|Transform failed|Unexpected/)
      assert.is('pwned' in globalThis, false)
    })
  }

  it('builds the document that it describes', async () => {
    const text = textOf({
      statement: "const M = Type.Module({ A: Type.Array(Type.Ref('A')) })\nconst A = M.Import('A')",
      schema: "A, Type.RegExp(new RegExp('a\\u202e', 'i')), Type.Integer({ minimum: -1 })",
      entry: ".ack(Type.Recursive(This => Type.Array(This), { $id: 'R' })).describe('It.')",
      docs: "{ info: { title: 'T', version: '1', ['x-a']: null } }".replace("['x-a']", "'x-a'"),
    })
    const { info, operations } = await renderImported({ text, notes: [] })
    assert.equal(info, { title: 'T', version: '1', 'x-a': null, description: info.description })
    assert.equal(Object.keys(operations ?? {}).length, 1)
  })

  it('leaves no format registered, even if rendering fails', async () => {
    for (const payload of [
      { type: 'string', format: 'order-number' },
      { type: 'string', format: 'order-number', minLength: 'x' },
    ]) {
      const message = { name: 'e', payload }
      const api = readApi({ asyncapi: '2.6.0', channels: { '/': { publish: { message } } } })
      const contract = contractOf(api)
      assert.match(contract.text, /for \(const format of \['order-number'\]\)/)
      const result = await renderImported(contract).then(
        () => 'rendered',
        () => 'refused',
      )
      assert.is(result, 'minLength' in payload ? 'refused' : 'rendered')
      assert.is(FormatRegistry.Has('order-number'), false)
    }
  })

  it('has unique names for all constants, whatever the names of components', async () => {
    const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` })
    const schemas = {
      ...Object.fromEntries(
        ['éapi', 'édocs', 'éevent', 'éclass', 'Type', 'RegExp', '日本', '1', '__proto__'].map(name => [
          name,
          { type: 'object', properties: { [name]: { type: 'string', pattern: 'a', 'x-pattern-flags': 'i' } } },
        ]),
      ),
      Foo: { type: 'object', properties: { bar: ref('Bar') } },
      Bar: { type: 'object', properties: { foo: ref('Foo') } },
      FooModule: { type: 'string' },
    }
    const oneOf = Object.keys(schemas).map(name => ({ name: `of${name}`, payload: ref(name) }))
    const content = {
      asyncapi: '2.6.0',
      channels: { '/': { publish: { message: { oneOf } } } },
      components: { schemas },
    }
    const contract = contractOf(readApi(content))
    const names = [...contract.text.matchAll(/^const (\S+) =/gm)].map(([, name]) => name)
    assert.equal(new Set(names).size, names.length)
    for (const name of names) assert.match(name ?? '', /^[A-Z]\w*$/)
    await renderImported(contract)
  })
})
