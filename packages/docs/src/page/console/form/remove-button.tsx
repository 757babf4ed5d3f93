import type { VNode } from 'preact'

/** A button that takes a part of the form away. */
export const RemoveButton = ({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }): VNode => (
  <button type="button" class="remove" aria-label={`Remove ${name}`} onClick={onRemove}>
    ×
  </button>
)
