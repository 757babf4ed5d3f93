import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { event, router } from '@ackwire/core'
import { from } from '@ackwire/core/standard'
import type { TSchema } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { type } from 'arktype'
import { type as type21 } from 'arktype-2.1'
import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { Type as Type10 } from 'typebox-1.0'
import { Compile as Compile10 } from 'typebox-1.0/compile'
import { Compile } from 'typebox/compile'
import * as assert from 'uvu/assert'
import * as v from 'valibot'
import { toStandardJsonSchema as toStandardJsonSchema15 } from 'valibot-to-json-schema-1.5'
import { z } from 'zod'
import { z as z42 } from 'zod-4.2'
import { describe } from '../../../test/harness.js'
import { interpreter } from '../../core/src/codec/interpreter.js'
import { codecsWith, type SchemaCodec } from '../../core/src/codec/schema-codec.js'
import { compiler } from '../../core/src/server/validation/compiler.js'
import { catalog } from '../src/index.js'
import { arkSchemas, type ArkSchema } from './foreign/arktype.js'
import { REASONS, type Row, type Table } from './foreign/table.js'
import { typeboxSchemas } from './foreign/typebox.js'
import { valibotSchemas } from './foreign/valibot.js'
import { zodSchemas } from './foreign/zod.js'

/** A schema of a library, as all sides judge it. */
interface Subject {
  readonly name: string
  readonly schema: TSchema
  /** The library's own verdict. */
  readonly accepts: (value: unknown) => boolean
  /** The reason for which the document may judge otherwise. */
  readonly differs: string | undefined
}

const subjectsOf = <Schema>(
  table: Table<Schema>,
  schemaOf: (schema: Schema) => TSchema,
  accepts: (schema: Schema, value: unknown) => boolean,
  older: readonly string[] = [],
): Subject[] =>
  Object.entries(table).map(([name, row]) => {
    const isRow = (given: Schema | Row<Schema>): given is Row<Schema> => Object.hasOwn(Object(given), 'differs')
    const [schema, differs] = isRow(row)
      ? [row.schema, row.differs]
      : [row, older.includes(name) ? REASONS.older : undefined]
    return { name, differs, schema: schemaOf(schema), accepts: value => accepts(schema, value) }
  })

const compiled = new WeakMap<object, ReturnType<typeof Compile>>()
const checkerOf = (schema: object, compile: (schema: object) => unknown) => {
  const known = compiled.get(schema) ?? (compile(schema) as ReturnType<typeof Compile>)
  compiled.set(schema, known)
  return known
}

const LIBRARIES: Readonly<Record<string, () => Subject[]>> = {
  zod: () => subjectsOf(zodSchemas(z), from, (schema, value) => schema.safeParse(value).success),
  'zod 4.2': () =>
    subjectsOf(zodSchemas(z42 as never), from, (schema, value) => schema.safeParse(value).success, [
      'tuple',
      'rest',
      'keys',
    ]),
  valibot: () =>
    subjectsOf(
      valibotSchemas(),
      schema => from(toStandardJsonSchema(schema)),
      (schema, value) => v.safeParse(schema, value).success,
    ),
  'valibot with converter 1.5': () =>
    subjectsOf(
      valibotSchemas(),
      schema => from(toStandardJsonSchema15(schema as never)),
      (schema, value) => v.safeParse(schema, value).success,
      ['gt', 'lt'],
    ),
  arktype: () =>
    subjectsOf(
      arkSchemas(type),
      (schema: ArkSchema) => from(schema as never),
      (schema, value) => !(schema(value) instanceof type.errors),
    ),
  'arktype 2.1': () =>
    subjectsOf(
      arkSchemas(type21 as never),
      (schema: ArkSchema) => from(schema as never),
      (schema, value) => !(schema(value) instanceof type21.errors),
    ),
  typebox: () =>
    subjectsOf(
      typeboxSchemas(Type),
      schema => from(schema),
      (schema, value) => checkerOf(schema, each => Compile(each)).Check(value),
    ),
  'typebox 1.0': () =>
    subjectsOf(
      typeboxSchemas(Type10 as never),
      schema => from(checkerOf(schema, each => Compile10(each as never))),
      (schema, value) => checkerOf(schema, each => Compile10(each as never)).Check(value),
      ['uri'],
    ),
}

const TEXTS = [
  '',
  'a',
  'b',
  'ab',
  'abc',
  'aao',
  'A',
  ' ',
  '5',
  '-1',
  '1.5',
  'a@b.co',
  'https://a.b/c',
  '127.0.0.1',
  '2020-02-29',
  '2020-02-30',
  'é@b.co',
  'https://a.b/é',
]
const LONG = [
  '2020-02-29T10:00:00Z',
  '2020-02-29T10:00:00.000Z',
  '123e4567-e89b-12d3-a456-426614174000',
  '0'.repeat(20),
]

const leaf = fc.oneof(
  fc.constantFrom<unknown>(...TEXTS, ...LONG),
  fc.constantFrom<unknown>(0, 1, -1, 2, 5, 10, 1.5, 2.5, 100, 2 ** 31),
  fc.constantFrom<unknown>(true, false, null),
)

const { value: json } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
}))

const passes = (codec: SchemaCodec, value: unknown): boolean => {
  try {
    const given = codec.prepare === undefined ? value : codec.prepare(value)
    if (!codec.check(given)) return false
    codec.decode?.(given)
    return true
  } catch {
    return false
  }
}

/** Returns the verdict of the document. */
const documentVerdict = (schema: TSchema): ((value: unknown) => boolean) => {
  const [entry] = catalog(router({ save: event.input(schema) }))
  const ajv = new Ajv({ strict: false, logger: false })
  addFormats.default(ajv)
  const validate = ajv.compile(Object(entry?.args[0]))
  return value => validate(value) === true
}

const guide = readFileSync(new URL('../../../guide/schemas.md', import.meta.url), 'utf8')

describe('the verdicts of the server, the client, the library and the document', it => {
  for (const [library, subjects] of Object.entries(LIBRARIES)) {
    it(`are the same for ${library}, or the guide says why not`, () => {
      const serverCodec = codecsWith(compiler, 'keep')
      const clientCodec = codecsWith(interpreter, 'keep')
      const all = subjects()
      assert.ok(all.length >= 60, `${all.length} schemas`)
      const problems: string[] = []
      for (const { name, schema, accepts, differs } of all) {
        const [server, client] = [serverCodec(schema, name), clientCodec(schema, name)]
        const byDocument = documentVerdict(schema)
        let hasDiffered = false
        const judge = (value: unknown): void => {
          const expected = accepts(value)
          const said = JSON.stringify(value)
          if (passes(server, value) !== expected) problems.push(`${name}: the server, for ${said}`)
          if (passes(client, value) !== expected) problems.push(`${name}: the client, for ${said}`)
          if (byDocument(value) === expected) return
          hasDiffered = true
          if (differs === undefined) problems.push(`${name}: the document, for ${said}`)
        }
        fc.assert(
          fc.property(json, value => judge(value)),
          { numRuns: 300, seed: 5 },
        )
        if (differs !== undefined && !hasDiffered) problems.push(`${name}: no difference was seen`)
      }
      assert.equal([...new Map(problems.map(problem => [problem.split(',')[0], problem])).values()], [])
    })
  }

  it('differ for the reasons that the guide lists', () => {
    for (const reason of Object.values(REASONS)) assert.match(guide.toLowerCase(), `| ${reason}`)
  })
})
