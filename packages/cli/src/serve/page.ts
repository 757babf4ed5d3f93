import type { AsyncApiDocument } from '@ackwire/docs'
import { write, createResources } from '@ackwire/docs/tooling'
import { RELOAD_SCRIPT } from './reload.js'

/** A response to a request. */
export interface PageFile {
  readonly type: string
  readonly body: string | Buffer
  /** The Content-Security-Policy of the page. */
  readonly policy: string
}

/**
 * Returns the files of a document's page by their paths, with the page itself at `path`. `shown` is the document on the page,
 * `content` the one that is downloaded.
 */
export const pageFiles = (content: object, shown: AsyncApiDocument, path: string): ReadonlyMap<string, PageFile> => {
  const files = new Map<string, PageFile>(createResources(shown, { path }))
  const base = path === '/' ? '' : path
  const page = files.get(path)
  if (page === undefined) return files
  const { policy } = page
  const name = `./${base.slice(base.lastIndexOf('/') + 1)}`.replace(/\/$/, '')
  const script = `<script src="${name}/reload.js"></script></body>`
  files.set(path, { ...page, body: page.body.toString().replace('</body>', () => script) })
  files.set(`${base}/reload.js`, { type: 'text/javascript; charset=utf-8', body: RELOAD_SCRIPT, policy })
  files.set(`${base}/asyncapi.yaml`, { type: 'application/yaml; charset=utf-8', body: write(content, 'yaml'), policy })
  files.set(`${base}/asyncapi.json`, { type: 'application/json; charset=utf-8', body: write(content, 'json'), policy })
  return files
}
