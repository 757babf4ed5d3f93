import type { Router } from '@ackwire/core'
import { document } from './document/document.js'
import { type Format, write } from './document/write.js'
import type { AnyOptions } from './options/options.js'

/** The parts of the document that the contract does not contain, and the output format. */
export type RenderOptions = AnyOptions & {
  /** The output format. @default 'yaml' */
  readonly format?: Format
}

/**
 * Renders the AsyncAPI document of a contract as text, to be committed or published.
 *
 * @throws TypeError as `document` does.
 * @example
 * await writeFile('asyncapi.yaml', render(api, { servers: { production: { host: 'chat.example.org', protocol: 'wss' } } }))
 */
export const render = (api: Router, options: RenderOptions = {}): string =>
  write(document(api, options), options.format ?? 'yaml')
