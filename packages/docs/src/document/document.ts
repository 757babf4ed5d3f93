import type { Router } from '@ackwire/core'
import type { AsyncApiDocument } from '../asyncapi/asyncapi-document.js'
import { checkForm, checkRouter } from '../options/check-options.js'
import { throwDefinitionError } from '../definition/definition-error.js'
import { type AnyOptions, checkOptions, type Document2Options, type DocumentOptions } from '../options/options.js'
import type { AsyncApi2Document } from '../asyncapi/asyncapi-2-types.js'
import { toVersion2 } from './asyncapi-2/document.js'
import { createDocument } from './asyncapi-3.js'

export type { AnyOptions, Document2Options, DocumentOptions } from '../options/options.js'

/**
 * Creates the AsyncAPI document of a contract as plain JSON. Equal contracts give equal documents, in the same order.
 *
 * @throws TypeError with the path to the entry for a schema that can't be documented, and for an invalid example or default.
 * @example
 * document(api, { info: { title: 'Chat', version: '2.1.0' } }).operations
 */
export function document(api: Router, options?: DocumentOptions): AsyncApiDocument
export function document(api: Router, options: Document2Options): AsyncApi2Document
export function document(api: Router, options: AnyOptions): AsyncApiDocument | AsyncApi2Document
export function document(api: Router, options: AnyOptions = {}): AsyncApiDocument | AsyncApi2Document {
  checkRouter(api)
  checkForm(options)
  checkOptions(options)
  if (options.version === '2.6.0') {
    return finish(toVersion2(plain(createDocument(api, options, '3.0.0'))), options.transform)
  }
  return finish(createDocument(api, options, options.version ?? '3.0.0'), options.transform)
}

/** Copies a document without undefined values and shared objects, so that it is a tree. */
const plain = <Content>(content: Content): Content => JSON.parse(JSON.stringify(content))

const finish = <Content>(content: Content, transform: ((document: Content) => Content) | undefined): Content => {
  const written = plain(content)
  if (transform === undefined) return written
  const transformed = transform(written)
  if (transformed instanceof Promise)
    return throwDefinitionError(
      'options.transform',
      'expected it to return the document, got a promise; it must not be async',
    )
  if (typeof transformed !== 'object' || transformed === null)
    return throwDefinitionError('options.transform', `expected it to return the document, got ${String(transformed)}`)
  return plain(transformed)
}
