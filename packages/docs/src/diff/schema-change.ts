import { type Change, type ChangeClass, type Sender, wordsOf } from './change.js'
import { includes } from './schema/includes.js'
import type { Reason } from './schema/reason.js'
import { isSameSchema, isSameWithDefaults, isSameWithWords } from './schema/same.js'
import type { Schema } from './schema/schema.js'

/** The options of a comparison. */
export interface Comparing {
  /** True if peers may send undeclared properties in objects that allow them. */
  readonly strict: boolean
}

/** The place of a schema, with the side that sends its values. */
export interface SchemaPlace {
  readonly where: string
  readonly part: string
  readonly sender: Sender
}

/**
 * Compares two versions of a schema. If peers send its values, the new schema must accept everything that the old one did; if the
 * server sends them, the old schema must accept everything that the new one does.
 */
export const compareSchemas = (
  before: Schema,
  after: Schema,
  place: SchemaPlace,
  { strict }: Comparing,
): readonly Change[] => {
  if (isSameSchema(before, after)) return annotationChanges(before, after, place)
  const sent = (schema: Schema): Schema => (strict ? schema : { ...schema, onlyDeclared: true })
  const isPeers = place.sender === 'peer'
  const problems = isPeers ? includes(sent(before), after, '') : includes(sent(after), before, '')
  if (problems.length > 0) return problems.map(reason => changeOf('breaking', reason, place, isPeers))
  // Reported for information only: the values that have become possible, with undeclared properties ignored on both sides.
  const gains = isPeers ? includes(sent(after), sent(before), '') : includes(sent(before), sent(after), '')
  if (gains.length > 0) return gains.map(reason => changeOf('compatible', reason, place, !isPeers))
  return [{ class: 'compatible', where: place.where, part: place.part, what: 'is written differently' }]
}

const changeOf = (kind: ChangeClass, reason: Reason, place: SchemaPlace, isInnerOld: boolean): Change => ({
  class: kind,
  where: place.where,
  part: place.part + reason.path,
  what: wordsOf(reason, isInnerOld),
  ...(kind === 'breaking' && reason.isUnclear ? { why: 'not shown to be compatible, so it counts as breaking' } : {}),
})

const annotationChanges = (before: Schema, after: Schema, { where, part }: SchemaPlace): readonly Change[] => {
  if (!isSameWithDefaults(before, after)) return [{ class: 'compatible', where, part, what: 'a default changed' }]
  return isSameWithWords(before, after)
    ? []
    : [{ class: 'documentation', where, part, what: 'its description, title or examples changed' }]
}
