import type { ApiEvent, ApiNamespace } from '../parse/model.js'
import { canonical } from '../parse/json.js'
import { parameterSchema } from '../parse/parameter.js'
import type { Change } from './change.js'
import type { Documents } from './event-change.js'
import { compareOther } from './other-change.js'
import { compareForms, formsOf } from './form-change.js'
import { compareDeclared } from './error-change.js'
import { compareGroupLimits, compareLimits } from './limit-change.js'
import { compareSchemas } from './schema-change.js'

/** Compares one namespace in both documents. */
export const compareNamespaces = (
  before: ApiNamespace,
  after: ApiNamespace,
  documents: Documents,
): readonly Change[] => {
  const where = after.name
  return [
    ...compareHandshake(before, after, documents),
    ...compareDeclared(before.errors, after.errors, { where, isSent: true }, documents),
    ...compareParameters(before, after, documents),
    ...compareLimits(before.limit, after.limit, where),
    ...compareGroupLimits(before.groupLimits, after.groupLimits, where),
    ...compareEventLists(before.events, after.events, where, documents),
    ...(['description', 'tags', 'externalDocs'] as const)
      .filter(part => canonical(before[part]) !== canonical(after[part]))
      .map(part => ({ class: 'documentation', where, part, what: 'changed' }) as const),
    ...compareOther(before.other, after.other, where),
  ]
}

const compareHandshake = (before: ApiNamespace, after: ApiNamespace, documents: Documents): readonly Change[] =>
  (['auth', 'query', 'headers'] as const).flatMap(part => {
    const [old, now] = [before[part], after[part]]
    if (old === undefined && now === undefined) return []
    const changes = compareSchemas(
      { value: old ?? (documents.strict ? {} : NOTHING), document: documents.before.document },
      { value: now ?? {}, document: documents.after.document },
      { where: after.name, part, sender: 'peer' },
      documents,
    )
    if (old !== undefined && now !== undefined) return changes
    const isBreaking = changes.some(change => change.class === 'breaking')
    const what = old !== undefined ? 'is no longer required' : isBreaking ? 'is now required' : 'is now accepted'
    return [{ class: isBreaking ? 'breaking' : 'compatible', where: after.name, part, what } as const]
  })

/** The schema of a handshake part for which clients send nothing. */
const NOTHING = { type: 'object', maxProperties: 0, additionalProperties: false }

/** Compares the parameters of a namespace's name, which are strings that the client chooses. */
const compareParameters = (before: ApiNamespace, after: ApiNamespace, documents: Documents): readonly Change[] => {
  const where = after.name
  const names = [[...before.parameters.keys()], [...after.parameters.keys()]] as const
  const renamed = names[0].filter((name, index) => names[1][index] !== name)
  const values = [...before.parameters.values()].flatMap((old, index) => {
    const now = [...after.parameters.values()][index] ?? {}
    return compareSchemas(
      { value: parameterSchema(old), document: documents.before.document },
      { value: parameterSchema(now), document: documents.after.document },
      { where, part: `{${names[1][index] ?? ''}}`, sender: 'peer' },
      documents,
    )
  })
  return [
    ...renamed.map(
      name =>
        ({
          class: 'compatible',
          where,
          part: `{${name}}`,
          what: 'is renamed',
          why: 'its name is not sent',
        }) as const,
    ),
    ...values,
  ]
}

const compareEventLists = (
  before: readonly ApiEvent[],
  after: readonly ApiEvent[],
  namespace: string,
  documents: Documents,
): readonly Change[] => {
  const [old, now] = [formsOf(before), formsOf(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): readonly Change[] => {
    const [was, is] = [old.get(key) ?? [], now.get(key) ?? []]
    const where = `${namespace} ${(is[0] ?? was[0])?.name ?? ''}`
    if (was.length > 0 && is.length > 0) return compareForms(was, is, where, documents)
    if (is.length === 0) return [{ class: 'breaking', where, part: was[0]?.direction ?? '', what: 'is removed' }]
    return is.slice(0, 1).map(event => addedEvent(event, where))
  })
}

const addedEvent = ({ direction, ack }: ApiEvent, where: string): Change =>
  direction === 'output' && ack !== undefined
    ? {
        class: 'breaking',
        where,
        part: direction,
        what: 'is added',
        why: 'it needs an answer, which existing clients do not give',
      }
    : { class: 'compatible', where, part: direction, what: 'is added' }
