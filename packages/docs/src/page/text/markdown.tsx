import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { type ComponentChildren, Fragment, h, type VNode } from 'preact'
import { Link } from './link.js'

/** Renders Markdown. HTML in it is shown as text, so that nothing of a document runs. */
export const Markdown = ({ text }: { readonly text: string | undefined }): VNode | null =>
  text === undefined ? null : <div class="prose">{blocks(lexer(text))}</div>

/** Renders Markdown within a line. */
export const Inline = ({ text }: { readonly text: string }): VNode => {
  const [first] = lexer(text)
  return <>{first !== undefined && 'tokens' in first && first.type === 'paragraph' ? inline(first.tokens) : text}</>
}

const blocks = (tokens: readonly Token[]): ComponentChildren =>
  tokens.map((token, index) => <Fragment key={index}>{block(token)}</Fragment>)

// Without extensions the lexer creates only its own tokens, which its type does not express.
const block = (token: Token): ComponentChildren => {
  const known = token as MarkedToken
  switch (known.type) {
    case 'space':
    case 'def':
      return null
    case 'heading':
      return h(`h${Math.min(6, known.depth + 3)}`, {}, inline(known.tokens))
    case 'paragraph':
      return <p>{inline(known.tokens)}</p>
    case 'code':
      return (
        <pre>
          <code>{known.text}</code>
        </pre>
      )
    case 'blockquote':
      return <blockquote>{blocks(known.tokens)}</blockquote>
    case 'hr':
      return <hr />
    case 'list':
      return h(
        known.ordered ? 'ol' : 'ul',
        {},
        known.items.map((item, index) => <li key={index}>{blocks(item.tokens)}</li>),
      )
    case 'table':
      return table(known)
    case 'text':
      return known.tokens === undefined ? known.text : inline(known.tokens)
    default:
      return <p>{token.raw}</p>
  }
}

const table = ({ header, rows }: Tokens.Table): VNode => (
  <table>
    <thead>
      <tr>
        {header.map((cell, index) => (
          <th key={index}>{inline(cell.tokens)}</th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row, index) => (
        <tr key={index}>
          {row.map((cell, index) => (
            <td key={index}>{inline(cell.tokens)}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

const inline = (tokens: readonly Token[] | undefined): ComponentChildren =>
  (tokens ?? []).map((token, index) => <Fragment key={index}>{span(token)}</Fragment>)

const span = (token: Token): ComponentChildren => {
  const known = token as MarkedToken
  switch (known.type) {
    case 'strong':
      return <strong>{inline(known.tokens)}</strong>
    case 'em':
      return <em>{inline(known.tokens)}</em>
    case 'del':
      return <del>{inline(known.tokens)}</del>
    case 'codespan':
      return <code>{known.text}</code>
    case 'br':
      return <br />
    case 'link':
      return <Link to={known.href}>{inline(known.tokens)}</Link>
    case 'text':
      return known.tokens === undefined ? known.text : inline(known.tokens)
    case 'escape':
      return known.text
    default:
      // Images are not loaded either, since the page makes no requests to other hosts.
      return token.raw
  }
}
