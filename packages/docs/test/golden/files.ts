import * as docs from '@ackwire/docs'
import { join, resolve } from 'node:path'
import { corpus, options } from '../corpus.js'
import { featureOptions, features } from '../features.js'

const here = import.meta.dirname

/** The documents that are committed, each by its file: a change of them is reviewed as a change of the format. */
export const goldenFiles = (): ReadonlyMap<string, string> =>
  new Map([
    [join(here, 'kinds.3.0.yaml'), docs.render(corpus, options)],
    [join(here, 'kinds.2.6.yaml'), docs.render(corpus, { ...options, version: '2.6.0' })],
    [join(here, 'features.3.0.yaml'), docs.render(features, featureOptions)],
    [join(here, 'features.3.1.json'), docs.render(features, { ...featureOptions, version: '3.1.0', format: 'json' })],
    [join(here, 'features.2.6.yaml'), docs.render(features, { ...featureOptions, version: '2.6.0' })],
    [join(here, 'features.client.yaml'), docs.render(features, { ...featureOptions, perspective: 'client' })],
    [join(here, 'features.catalog.json'), json(docs.catalog(features))],
    [resolve(here, '../../x-socketio.schema.json'), json(docs.extensionSchema)],
  ])

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
