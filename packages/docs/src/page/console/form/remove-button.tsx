import type { VNode } from 'preact'

/** A button that removes a part of the form. */
export const RemoveButton = ({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }): VNode => (
  <button type="button" class="remove" aria-label={`Remove ${name}`} onClick={onRemove}>
    ×
  </button>
)
