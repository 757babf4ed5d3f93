import { parse, type ParseOptions } from 'sugar-high/core'
import * as json from 'sugar-high/lang/json'
import * as python from 'sugar-high/lang/python'
import * as typescript from 'sugar-high/lang/typescript'
import { Fragment, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { CopyButton } from './copy.js'

const LANGUAGES = { typescript, python, json, text: {} } as const

export type Language = keyof typeof LANGUAGES

/** The maximum length of highlighted code, since highlighting takes time. */
const MOST_COLOURED = 20_000

/** The length from which code may have lines that are wider than its place. */
const LONG = 60

/** Highlighted code with a button to copy it. */
export const Code = ({
  code,
  language,
  label,
}: {
  readonly code: string
  readonly language: Language
  readonly label: string
}): VNode => {
  const [isWrapped, setWrapped] = useState(false)
  return (
    <div class="code">
      <div class="code-tools">
        {code.length > LONG && (
          <button
            type="button"
            class="tool"
            aria-pressed={isWrapped}
            aria-label={`Wrap ${label}`}
            onClick={() => setWrapped(!isWrapped)}
          >
            Wrap
          </button>
        )}
        <CopyButton text={code} label={`Copy ${label}`} />
      </div>
      {/* So that the keyboard can scroll it. */}
      <pre class={isWrapped ? 'wrapped' : ''} tabIndex={0} aria-label={label} role="region">
        <code>{code.length > MOST_COLOURED ? code : coloured(code, LANGUAGES[language])}</code>
      </pre>
    </div>
  )
}

const coloured = (code: string, language: ParseOptions): VNode[] =>
  parse(code, language).lines.map(({ tokens }, index) => (
    <Fragment key={index}>
      {index > 0 && '\n'}
      {tokens.map(({ type, value }, place) =>
        PLAIN.has(type) ? (
          value
        ) : (
          <span key={place} class={`token-${type}`}>
            {value}
          </span>
        ),
      )}
    </Fragment>
  ))

const PLAIN: ReadonlySet<string> = new Set(['space', 'break', 'identifier'])
