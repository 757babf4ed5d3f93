import { refused } from '../../codec/failure.js'
import { jsonOf } from '../../codec/to-json.js'
import type { EventError, Issue } from '../../wire.js'
import { contentsOf } from './contents.js'
import { wireFormsOf, type Encoding } from './wire-form.js'

/** The way in which values are sent. */
interface Sending {
  /** Makes the error of issues. */
  readonly invalid: (issues: readonly Issue[]) => EventError
  /** Returns the places at which values do not match their schemas; `undefined` if they match. */
  readonly issuesOf: (values: readonly unknown[]) => readonly Issue[] | undefined
  /** True if the values need the form of JSON whatever is in them, since something else than Socket.IO's parser gets them. */
  readonly isCarried: boolean
  readonly encoding: Encoding
}

/** Values as they are sent. */
export interface SentForm {
  readonly form: readonly unknown[]
  /** True if it is known that there is no binary data in them. */
  readonly isText: boolean
}

/**
 * Returns values that match their schemas as they are sent: themselves, where the parser does all that is to be done.
 * @throws the error that `invalid` makes of a value that JSON can't carry, or of one whose `toJSON` returns what its schema rejects.
 */
export const sentFormOf = (
  values: readonly unknown[],
  { invalid, issuesOf, isCarried, encoding }: Sending,
): SentForm => {
  const contents = contentsOf(values)
  const isText = contents === 'text'
  if (contents !== 'other' && !isCarried) return { form: values, isText }
  const form = wireFormsOf(values, invalid, encoding)
  if (contents !== 'other') return { form, isText }
  const json = jsonOf(values) as readonly unknown[] // An array becomes an array.
  if (json === values) return { form, isText }
  const issues = issuesOf(json)
  if (issues !== undefined) throw refused(values, invalid(issues))
  return { form: wireFormsOf(json, invalid, encoding), isText }
}
