import { type Change, type ChangeClass, type Sender, wordsOf } from './change.js'
import { includes } from './schema/includes.js'
import type { Reason } from './schema/reason.js'
import { isSameSchema, isSameWithDefaults, isSameWithWords } from './schema/same.js'
import type { Schema } from './schema/schema.js'

/** How two documents are compared. */
export interface Comparing {
  /** Whether peers may send properties that no schema declares, where objects are open to them. */
  readonly strict: boolean
}

/** Where a schema stands, and who sends what it describes. */
export interface SchemaPlace {
  readonly where: string
  readonly part: string
  readonly sender: Sender
}

/**
 * How a schema changed. What was sent before has to be accepted still, where peers send; what is sent now has to be what
 * they accept already, where the server does.
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
  // For people only: what is possible now and was not. Here, what is not declared is not there on either side.
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
