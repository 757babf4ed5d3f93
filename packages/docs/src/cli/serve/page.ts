import type { AsyncApiDocument } from '../../asyncapi.js'
import { page } from '../../page/page.js'
import { style } from '../../page/style.js'
import { write } from '../../render.js'
import { RELOAD_SCRIPT } from './reload.js'

/** Something to answer a request with. */
export interface PageFile {
  readonly type: string
  readonly body: string
}

/** The page's own directives, and what reloading takes. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"

/**
 * The files of a document's page by their paths below it, the page itself under the empty one. `shown` is the document as
 * the page has it, `content` as it is downloaded. All that the command line knows about the page is here.
 */
export const pageFiles = (content: object, shown: AsyncApiDocument, base: string): ReadonlyMap<string, PageFile> => {
  const html = page(shown, base).replace(/<\/body>/, () => `<script src="${base}/reload.js"></script></body>`)
  return new Map([
    ['', { type: 'text/html; charset=utf-8', body: html }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: style }],
    ['/reload.js', { type: 'text/javascript; charset=utf-8', body: RELOAD_SCRIPT }],
    ['/asyncapi.yaml', { type: 'application/yaml; charset=utf-8', body: write(content, 'yaml') }],
    ['/asyncapi.json', { type: 'application/json; charset=utf-8', body: write(content, 'json') }],
  ])
}
