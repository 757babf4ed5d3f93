import type { VNode } from 'preact'
import { focusLater } from './focus.js'

interface RemoveProps {
  readonly name: string
  /** The path of the field that is focused afterwards. */
  readonly next: string
  readonly onRemove: () => void
}

/** A button that removes a part of the form. */
export const RemoveButton = ({ name, next, onRemove }: RemoveProps): VNode => (
  <button
    type="button"
    class="remove"
    aria-label={`Remove ${name}`}
    onClick={event => {
      onRemove()
      focusLater(event.currentTarget, next)
    }}
  >
    ×
  </button>
)
