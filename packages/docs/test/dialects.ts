import * as docs from '@ackwire/docs'
import type { Router } from '@ackwire/core'
import { corpus, options } from './corpus.js'
import { featureOptions, features } from './features.js'

type Options = Omit<docs.DocumentOptions, 'transform' | 'version'>

/** Writes a contract in one dialect. */
type Write = (api: Router, options: Options) => docs.AsyncApiDocument | docs.AsyncApi2Document

/** Every dialect in which a contract can be written. */
export const dialects: readonly (readonly [name: string, write: Write])[] = [
  ['3.0.0', (api, options) => docs.document(api, options)],
  ['3.1.0', (api, options) => docs.document(api, { ...options, version: '3.1.0' })],
  ['2.6.0', (api, options) => docs.document(api, { ...options, version: '2.6.0' })],
  ['3.0.0-client', (api, options) => docs.document(api, { ...options, perspective: 'client' })],
  ['2.6.0-client', (api, options) => docs.document(api, { ...options, version: '2.6.0', perspective: 'client' })],
]

/** The contracts that together contain every row of the table, with their options. */
export const contracts: readonly (readonly [name: string, api: Router, options: Options])[] = [
  ['kinds', corpus, options],
  ['features', features, featureOptions],
]
