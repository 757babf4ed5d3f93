import type { Api } from '../parse/model.js'
import type { Change } from './change.js'
import { compareSchemas, type Comparing } from './schema-change.js'

/** The data of declared errors, by code. */
type Declared = ReadonlyMap<string, unknown>

/** The errors that are compared: whether the server sends them, and where. */
interface ErrorPlace {
  readonly where: string
  readonly isSent: boolean
}

/** Compares the declared errors of an event or a handshake. */
export const compareDeclared = (
  before: Declared,
  after: Declared,
  { where, isSent }: ErrorPlace,
  documents: Comparing & { readonly before: Api; readonly after: Api },
): readonly Change[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((code): readonly Change[] => {
    const part = `errors.${code}`
    const [isOld, isNow] = [before.has(code), after.has(code)]
    // The answering side may drop an error but not add one; the other side must know every error that the first can send.
    if (!isOld) {
      return isSent
        ? [{ class: 'breaking', where, part, what: 'is added', why: 'existing clients do not know it' }]
        : [{ class: 'compatible', where, part, what: 'is added', why: 'clients need not use it' }]
    }
    if (!isNow) {
      return isSent
        ? [{ class: 'compatible', where, part, what: 'is removed', why: 'it is no longer sent' }]
        : [{ class: 'breaking', where, part, what: 'is removed', why: 'existing clients may fail with it' }]
    }
    return compareSchemas(
      { value: dataSchema(before.get(code)), document: documents.before.document },
      { value: dataSchema(after.get(code)), document: documents.after.document },
      { where, part, sender: isSent ? 'server' : 'peer' },
      documents,
    )
  })

// An error without data has an envelope without `data`, so that adding or removing data is a change.
const dataSchema = (data: unknown): object =>
  data === undefined
    ? { type: 'object', properties: { data: false } }
    : { type: 'object', properties: { data }, required: ['data'], additionalProperties: true }
