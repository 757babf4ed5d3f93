/**
 * The parts of the `ackwire` command, for tools of your own: reading, comparing and importing documents. This entry may change in
 * minor versions, unlike `@ackwire/docs` itself.
 *
 * @module
 */

// Untyped JSON
export { isJson, isSame, type Json, jsonOf, textOf } from './parse/json.js'

// Reading a document
export { bundleFiles, type File, type Place, referencesIn } from './parse/bundle.js'
export type { ChannelKind, ReadOptions } from './parse/event-channel.js'
export { readApi } from './parse/parse.js'
export type { Api, ApiEvent, ApiNamespace, Arguments, Requirement, Said } from './parse/model.js'
export { isOurs } from './parse/namespace.js'

// Comparing documents
export { diff } from './diff/diff.js'
export type { Change, ChangeClass } from './diff/change.js'

// Contracts, and importing one
export { isRouter } from '@ackwire/core/internal'
export { formatLoop } from './import/format-loop.js'
export { contractOf, EMPTY as EMPTY_NAMESPACE, type Contract } from './import/contract.js'

// Handling untrusted documents
export { printableLine, printableSource } from './untrusted/printable.js'
export { withTimeLimit } from './untrusted/time-limit.js'

// Writing a document and its page
export { write } from './document/write.js'
export { createResources, type Resource } from './site/resources.js'
export type { AnyOptions } from './options/options.js'
