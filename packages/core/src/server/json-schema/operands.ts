import { isRecord, type Check, type Difference } from './check.js'

/** The list that a keyword holds. */
export const listOf = (operand: unknown): readonly unknown[] => (Array.isArray(operand) ? operand : [operand])

/** The schemas that a keyword holds by name, compiled. */
export const tableOf = (operand: unknown, compile: (schema: unknown) => Check): readonly (readonly [string, Check])[] =>
  Object.entries(isRecord(operand) ? operand : {}).map(([name, schema]) => [name, compile(schema)] as const)

/** The first difference that is found of any. */
export const firstOf = <Item>(
  items: readonly Item[],
  differenceOf: (item: Item) => Difference | undefined,
): Difference | undefined => {
  for (const item of items) {
    const difference = differenceOf(item)
    if (difference !== undefined) return difference
  }
  return undefined
}
