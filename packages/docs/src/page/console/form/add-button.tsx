import type { VNode } from 'preact'
import { focusLater } from './focus.js'

interface AddProps {
  readonly words: string
  /** The path of the field that is added, which is focused afterwards. */
  readonly path: string
  readonly onAdd: () => void
}

/** A button that adds a part to the form. */
export const AddButton = ({ words, path, onAdd }: AddProps): VNode => (
  <button
    type="button"
    class="chip add"
    onClick={event => {
      onAdd()
      focusLater(event.currentTarget, path)
    }}
  >
    + {words}
  </button>
)
