import { KindGuard, type TSchema } from '@sinclair/typebox'

/** The schemas that references can name, by name. */
export type Targets = ReadonlyMap<string, TSchema>

/** Returns the schemas that references inside a schema can name. */
export const targetsIn = (schema: TSchema, outside: Targets): Targets => {
  if (KindGuard.IsImport(schema)) return new Map(Object.entries(schema.$defs))
  return schema.$id === undefined ? outside : new Map([...outside, [schema.$id, schema] as const])
}
