import type { ComponentChildren, VNode } from 'preact'
import { type Json, textIn } from '../../parse/json.js'

/** A link to another site. An address that is no page, such as a script, is shown as text. */
export const Link = ({ to, children }: { readonly to: string; readonly children: ComponentChildren }): VNode =>
  /^(https?:\/\/|mailto:)/i.test(to) ? (
    <a href={to} rel="noreferrer noopener" target="_blank">
      {children}
    </a>
  ) : (
    <>{children}</>
  )

/** The link of an External Documentation Object. */
export const DocsLink = ({ docs }: { readonly docs: Json | undefined }): VNode | null => {
  const url = textIn(docs, 'url')
  if (url === undefined) return null
  return (
    <p class="docs-link">
      <Link to={url}>{textIn(docs, 'description') ?? url} ↗</Link>
    </p>
  )
}
