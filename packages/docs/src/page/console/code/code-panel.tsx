import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { Code, type Language } from '../../text/code.js'
import { useStore } from '../store/context.js'
import type { CodeCall } from './call.js'
import { toPlain } from './plain.js'
import { toPythonCode } from './python.js'
import { typedCall } from './typed.js'
import { toTypeScript } from './typescript.js'

const KINDS: readonly {
  readonly label: string
  readonly language: Language
  readonly write: (call: CodeCall) => string
  /** True if the code is checked by the contract's types, which require what has a default. */
  readonly isTyped: boolean
}[] = [
  { label: 'TypeScript', language: 'typescript', write: toTypeScript, isTyped: true },
  { label: 'socket.io-client', language: 'typescript', write: toPlain, isTyped: false },
  { label: 'Python', language: 'python', write: toPythonCode, isTyped: false },
]

/** The selected tab, shared by the whole page. */
const chosen = signal(0)

interface CodePanelProps {
  readonly call: CodeCall
  /** False while a text of the form is no value yet, which no code can have. */
  readonly isReadable: boolean
}

/** Code that is equivalent to the form. */
export const CodePanel = ({ call, isReadable }: CodePanelProps): VNode => {
  const kind = KINDS[chosen.value] ?? KINDS[0]
  const { resolve } = useStore().api
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    chosen.value = (chosen.value + step + KINDS.length) % KINDS.length
    if (event.currentTarget instanceof HTMLElement)
      event.currentTarget.querySelectorAll('button')[chosen.value]?.focus()
  }
  return (
    <section class="code-panel" aria-label="Code">
      <div class="tabs" role="tablist" aria-label="Language" onKeyDown={onKeyDown}>
        {KINDS.map(({ label }, index) => (
          <button
            type="button"
            role="tab"
            key={label}
            aria-selected={index === chosen.value}
            tabIndex={index === chosen.value ? 0 : -1}
            onClick={() => {
              chosen.value = index
            }}
          >
            {label}
          </button>
        ))}
      </div>
      {!isReadable && <p class="empty">The code is shown once all texts of the form can be read.</p>}
      {isReadable && kind !== undefined && (
        <Code
          code={kind.write(kind.isTyped ? typedCall(call, resolve) : call)}
          language={kind.language}
          label={`${kind.label} code`}
        />
      )}
    </section>
  )
}
