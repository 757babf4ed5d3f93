import { createHash } from 'node:crypto'
import type { Router } from '@ackwire/core'
import { isRouter } from '@ackwire/core/internal'
import type { AsyncApiDocument } from '../asyncapi/asyncapi-document.js'
import { assets } from './assets.js'
import { checkForm, checkSource } from '../options/check-options.js'
import { document, type DocumentOptions } from '../document/document.js'
import type { PageOptions } from '../options/page-options.js'
import { type Target, targetsOf } from './console-targets.js'

/** Options of the page as one HTML file. */
export interface HtmlOptions extends DocumentOptions, PageOptions {}

/** The references of a page to its parts. */
export interface PageParts {
  readonly style: string
  readonly script: string
  /** The links to the document's files, by their labels. */
  readonly files: Readonly<Record<string, string>>
  readonly targets: readonly Target[]
  /** Additional content of the head. */
  readonly head?: string
}

/**
 * Renders the page as a single file for any static host, with its style, its script and the document inlined. It makes no
 * requests except the console's connections.
 *
 * @throws TypeError as `document` does.
 * @example
 * await writeFile('docs.html', html(api, { servers: { production: { host: 'chat.example.org', protocol: 'wss' } } }))
 */
export const html = (source: Router | AsyncApiDocument, options: HtmlOptions = {}): string => {
  const content = contentOf(source, options)
  const targets = targetsOf(content, options, false)
  const { style } = assets()
  const script = scriptOf(options)
  const policy = policyOf(hashOf(script), hashOf(style), targets)
  return createPage(content, {
    head: `<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">\n`,
    style: `<style>${style}</style>`,
    script: `<script>${script}</script>`,
    files: {},
    targets,
  })
}

/** Returns the given document, or creates that of the given contract. */
export const contentOf = (source: Router | AsyncApiDocument, options: DocumentOptions): AsyncApiDocument => {
  checkSource(source)
  checkForm(options)
  return isRouter(source) ? document(source, options) : source
}

/** Returns the page's script, which is smaller without a console. */
export const scriptOf = ({ console: given = true }: PageOptions): string =>
  given === false ? assets().reading : assets().trying

/** Returns the Content-Security-Policy with the given sources and connection targets. */
export const policyOf = (scripts: string, styles: string, targets: readonly Target[]): string => {
  const connections = targets.map(({ url }) => (url === '' ? "'self'" : `${url} ${url.replace(/^http/, 'ws')}`))
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    'img-src data:',
    `connect-src ${connections.length === 0 ? "'none'" : [...new Set(connections)].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    // Prevents strings of a contract from becoming markup or code, even through a mistake in the page.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

/** Returns the source of a page. */
export const createPage = (content: AsyncApiDocument, parts: PageParts): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${parts.head ?? ''}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(String(content.info.title))}</title>
<link rel="icon" href="${ICON}">
${parts.style}
</head>
<body>
<div id="page"></div>
<noscript><p>This page needs JavaScript. The AsyncAPI document can be read without it${links(parts.files)}.</p></noscript>
<script type="application/json" id="document">${data(content)}</script>
<script type="application/json" id="settings">${data({ files: parts.files, servers: parts.targets })}</script>
${parts.script}
</body>
</html>
`

const ICON =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 32 32%22 fill=%22none%22 stroke-width=%224%22 stroke-linecap=%22round%22 stroke-linejoin=%22round%22%3E%3Cpath stroke=%22%230f8a78%22 d=%22M5 12h17m-6-6 6 6-6 6%22/%3E%3Cpath stroke=%22%237c5cff%22 d=%22M27 20H10m6 6-6-6 6-6%22/%3E%3C/svg%3E'

const links = (files: PageParts['files']): string =>
  Object.entries(files)
    .map(([label, href]) => ` <a href="${escape(href)}">${escape(label)}</a>`)
    .join('')

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Returns text for an attribute or for content. */
export const escape = (text: string): string => text.replaceAll(/[&<>"']/g, character => ENTITIES[character] ?? '')

/** Returns JSON that can't end its script element. */
const data = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
