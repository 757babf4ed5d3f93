import { marked, type JsonSchema } from './json-schema.js'
import type { StandardIssue } from './specification.js'
import type { Conversion, Vendor } from './vendor.js'

/** Valibot, whose schemas get their JSON Schema from `@valibot/to-json-schema`. */
export const VALIBOT: Vendor = {
  advice: 'write from(toStandardJsonSchema(schema)), with toStandardJsonSchema from "@valibot/to-json-schema"',
  marking: {
    // An action that JSON Schema has no keyword for, such as a check, narrows what the document says; a schema leaves it empty.
    errorMode: 'ignore',
    overrideSchema: ({ jsonSchema, errors }: Context) =>
      errors === undefined ? undefined : marked(jsonSchema, errors.join(' ')),
  },
  conversionOf(schema) {
    let found: Conversion = 'none'
    schema['~standard'].jsonSchema.input({
      target: 'draft-07',
      libraryOptions: {
        errorMode: 'ignore',
        // Otherwise the converter stops at the first action that converts.
        typeMode: undefined,
        overrideAction({ valibotAction: { kind, type } }: ActionContext) {
          if (kind === 'transformation' && !REPEATABLE.has(type)) found = 'one-way'
        },
      },
    })
    return found
  },
  messageOf(issue) {
    const { message, received }: StandardIssue & { readonly received?: unknown } = issue
    return typeof received === 'string'
      ? message.replace(` but received ${received}`, '').replace(`: Received ${received}`, '')
      : message
  },
}

/** The argument of the hook of the converter for a schema. */
interface Context {
  readonly jsonSchema: JsonSchema
  readonly errors?: readonly string[] | undefined
}

/** The argument of the hook of the converter for an action in a pipe. */
interface ActionContext {
  readonly valibotAction: { readonly kind: string; readonly type: string }
}

/** The transformations whose result they leave as it is, and accept. */
const REPEATABLE: ReadonlySet<string> = new Set([
  'brand',
  'flavor',
  'normalize',
  'readonly',
  'to_lower_case',
  'to_max_value',
  'to_min_value',
  'to_upper_case',
  'trim',
  'trim_end',
  'trim_start',
])
