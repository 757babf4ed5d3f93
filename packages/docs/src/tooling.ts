/**
 * What the command `ackwire` is made of, for tools of your own: documents read, compared, and made contracts of. It may
 * change between minor versions, which `@ackwire/docs` itself does not.
 *
 * @module
 */

// JSON whose form is not known yet
export { isJson, isSame, type Json, jsonOf, textOf } from './parse/json.js'

// A document, read
export { readApi } from './parse/parse.js'
export type { Api, ApiEvent, ApiNamespace, Arguments, Requirement, Said } from './parse/model.js'
export { isOurs } from './parse/namespace.js'

// Two documents, compared
export { diff } from './diff/diff.js'
export type { Change, ChangeClass } from './diff/change.js'

// A contract, and one of a document
export { isRouter } from './definition/is-router.js'
export { formatLoop } from './import/format-loop.js'
export { contractOf, EMPTY as EMPTY_NAMESPACE, type Contract } from './import/contract.js'

// What somebody else's document says, shown and run within bounds
export { printableLine, printableSource } from './untrusted/printable.js'
export { withTimeLimit } from './untrusted/time-limit.js'

// A document and its page, written
export { write } from './document/write.js'
export { createResources, type Resource } from './site/resources.js'
export type { AnyOptions } from './options/options.js'
