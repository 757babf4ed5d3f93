/** HTML that is safe to put in a page. */
export interface Html {
  readonly html: string
}

/** What a template takes: text is escaped, HTML is not, lists are joined, and nothing is left out. */
export type Part = string | number | Html | readonly Part[] | undefined

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, character => ENTITIES[character] ?? '')

const join = (part: Part): string => {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part))
  return 'html' in part ? part.html : part.map(join).join('')
}

/** Makes HTML from a template. Everything that is put in is escaped but what came out of this function. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((text, index) => text + join(parts[index])).join(''),
})

/** Prose: paragraphs, and code between backticks. Anything else stays as it was written. */
export const prose = (text: string | undefined): Part =>
  text
    ?.split(/\n\s*\n/)
    .filter(paragraph => paragraph.trim() !== '')
    .map(paragraph => html`<p>${inline(paragraph)}</p>`)

/** A line of prose. */
export const inline = (text: string): Part =>
  text.split(/(`[^`]+`)/).map(part => (/^`.+`$/s.test(part) ? html`<code>${part.slice(1, -1)}</code>` : part))

/** A value as JSON in a block. */
export const json = (value: unknown): Html =>
  html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2) ?? ''}</code></pre>`

/** A link's target as it may stand in a URL's fragment. */
export const anchor = (id: string): string => `#${encodeURIComponent(id)}`

/** Only links that lead to a page: a contract's text must not run anything. */
export const link = (url: string, text: string): Part =>
  /^(https?:|mailto:)/i.test(url) ? html`<a href="${url}" rel="noreferrer">${text}</a>` : text
