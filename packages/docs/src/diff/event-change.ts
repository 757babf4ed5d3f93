import type { Api, ApiEvent, Arguments } from '../parse/model.js'
import { canonical } from '../parse/json.js'
import type { Change } from './change.js'
import { compareDeclared } from './error-change.js'
import { compareOther } from './other-change.js'
import { compareLimits } from './limit-change.js'
import { compareRequests } from './request-change.js'
import { compareSchemas, type Comparing } from './schema-change.js'
import { compareSecurity } from './security-change.js'

/** The two documents, and the options of the comparison. */
export interface Documents extends Comparing {
  readonly before: Api
  readonly after: Api
}

/** Compares one event in both documents. */
export const compareEvents = (
  before: ApiEvent,
  after: ApiEvent,
  where: string,
  documents: Documents,
): readonly Change[] => [
  ...compareArguments(before, after, where, documents),
  ...compareStreams(before, after, where, documents),
  ...compareAnswers(before, after, where, documents),
  ...compareOwnErrors(before, after, where, documents),
  ...compareRequests(before, after, where),
  ...compareDeclared(before.errors, after.errors, { where, isSent: after.direction === 'input' }, documents),
  ...compareSecurity(before.security, after.security, { where, part: 'security' }, documents),
  ...compareLimits(before.limit, after.limit, where),
  ...compareSaid(before, after, where),
  ...compareOther(before.other, after.other, where),
]

const compareArguments = (
  before: ApiEvent,
  after: ApiEvent,
  where: string,
  documents: Documents,
): readonly Change[] => {
  const { direction } = after
  const sender = direction === 'input' ? 'peer' : 'server'
  const old = { value: asSchema(before.args), document: documents.before.document }
  const now = { value: asSchema(after.args), document: documents.after.document }
  return compareSchemas(old, now, { where, part: direction, sender }, documents).map(change => arity(change, direction))
}

/** Returns the schema of all arguments as an array, so that their number is compared like their schemas. */
const asSchema = (args: Arguments | undefined): object => {
  if (args === undefined) return { type: 'array' }
  const { items, required, rest } = args
  return {
    type: 'array',
    minItems: required,
    ...(items.length === 0 ? {} : { items }),
    ...(rest === undefined
      ? { maxItems: items.length }
      : items.length === 0
        ? { items: rest }
        : { additionalItems: rest }),
  }
}

const ARITY: Readonly<Record<string, string>> = { minItems: 'required arguments', maxItems: 'arguments' }

const arity = (change: Change, direction: string): Change => {
  const [, keyword = '', rest = ''] = /^(\w+)(: .*)$/.exec(change.what) ?? []
  const words = change.part === direction ? ARITY[keyword] : undefined
  return words === undefined ? change : { ...change, what: words + rest.replace('any', 'any number') }
}

const compareAnswers = (before: ApiEvent, after: ApiEvent, where: string, documents: Documents): readonly Change[] => {
  const isInput = after.direction === 'input'
  const change = (kind: Change['class'], what: string, why: string): readonly Change[] => [
    { class: kind, where, part: 'ack', what, why },
  ]
  if (before.ack === undefined && after.ack === undefined) return []
  if (before.ack === undefined) {
    return isInput
      ? change('compatible', 'is added', 'clients need not request it')
      : change('breaking', 'is added', 'existing clients do not answer')
  }
  if (after.ack === undefined) {
    return change(
      'breaking',
      'is removed',
      isInput ? 'clients that request it get no answer' : 'existing clients still answer',
    )
  }
  if ((before.errorFirst === undefined) !== (after.errorFirst === undefined)) {
    const [what, now] = after.errorFirst === undefined ? ['is no longer', 'value'] : ['is now', 'error']
    return change('breaking', `${what} error-first`, `its first argument is the ${now}`)
  }
  const [old, now] = [before.ack.schema, after.ack.schema]
  if (old === undefined && now === undefined) return []
  if (old === undefined)
    return change(
      'breaking',
      'now has a value',
      isInput ? 'a receipt was expected' : 'existing clients answer without one',
    )
  if (now === undefined)
    return change(
      'breaking',
      'no longer has a value',
      isInput ? 'a value was expected' : 'existing clients answer with one',
    )
  return compareSchemas(
    { value: old, document: documents.before.document },
    { value: now, document: documents.after.document },
    { where, part: 'ack', sender: isInput ? 'server' : 'peer' },
    documents,
  )
}

/** Compares the application's own errors of error-first acknowledgements. */
const compareOwnErrors = (before: ApiEvent, after: ApiEvent, where: string, documents: Documents): readonly Change[] =>
  before.errorFirst === undefined || after.errorFirst === undefined
    ? []
    : compareSchemas(
        { value: before.errorFirst.schema, document: documents.before.document },
        { value: after.errorFirst.schema, document: documents.after.document },
        { where, part: 'ack error', sender: after.direction === 'input' ? 'server' : 'peer' },
        documents,
      )

const compareStreams = (before: ApiEvent, after: ApiEvent, where: string, documents: Documents): readonly Change[] => {
  const breaking = (what: string, why: string): readonly Change[] => [
    { class: 'breaking', where, part: 'stream', what, why },
  ]
  if (before.stream === undefined && after.stream === undefined) return []
  if (before.stream === undefined) return breaking('is added', 'existing clients take its first page for the answer')
  if (after.stream === undefined) return breaking('is removed', 'existing clients wait for its pages')
  return compareSchemas(
    { value: before.stream.item, document: documents.before.document },
    { value: after.stream.item, document: documents.after.document },
    { where, part: 'stream', sender: 'server' },
    documents,
  )
}

const compareSaid = (before: ApiEvent, after: ApiEvent, where: string): readonly Change[] => {
  const [old, now] = [before.said, after.said]
  const keys = ['summary', 'description', 'tags', 'externalDocs', 'examples'] as const
  const changed = keys.filter(key => canonical(old[key]) !== canonical(now[key]))
  const what = now.deprecated ? 'is now deprecated' : 'is no longer deprecated'
  return [
    ...(old.deprecated === now.deprecated
      ? []
      : [{ class: 'documentation', where, part: 'deprecated', what } as const]),
    ...changed.map(part => ({ class: 'documentation', where, part, what: 'changed' }) as const),
  ]
}
