import type { ForeignProblem } from '../schema/foreign.js'
import type { JsonSchema } from './json-schema.js'
import type { Runner } from './outcome.js'

/** A schema of a library, as the library itself handles it. */
export interface LibrarySchema extends Runner {
  /** The library's name. */
  readonly library: string
  /** The JSON Schema of values as they travel. */
  readonly json: JsonSchema
  /** Absent if the library can express the whole schema. */
  readonly problem: ForeignProblem | undefined
  /** The reason why values of the application can't be encoded; absent if they can. */
  readonly oneWay: string | undefined
  /** True if values are converted. Without a conversion a value may still get defaults and lose properties. */
  readonly converts: boolean
  /** True if a value may be missing; absent if that is so wherever the library accepts `undefined`. */
  readonly isOptional?: boolean
}
