import { Kind, KindGuard, TypeRegistry, type TSchema } from '@sinclair/typebox'

/**
 * Returns whether a date or binary data can match one of `parts` and would then be judged by `others` in another form than
 * the one in which it is sent, although none of them is for it.
 */
export const isJudgedConverted = (parts: readonly TSchema[], others: readonly TSchema[]): boolean =>
  parts.some(
    part =>
      (KindGuard.IsDate(part) || KindGuard.IsUint8Array(part)) &&
      others.some(dependsOnForm) &&
      !others.some(other => other[Kind] === part[Kind] || isForAny(other)),
  )

const isForAny = (schema: TSchema): boolean =>
  KindGuard.IsAny(schema) ||
  KindGuard.IsUnknown(schema) ||
  (!KindGuard.IsUnsafe(schema) && TypeRegistry.Has(schema[Kind]))

/** Returns whether a schema may accept only one of the two forms: the string of a date, or the object made of it. */
const dependsOnForm = (schema: TSchema): boolean =>
  BY_FORM.has(schema[Kind]) || (KindGuard.IsLiteral(schema) && typeof schema.const === 'string')

const BY_FORM: ReadonlySet<string> = new Set(['Not', 'Object', 'RegExp', 'String', 'TemplateLiteral', 'Unsafe'])
