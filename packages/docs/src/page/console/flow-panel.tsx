import type { VNode } from 'preact'
import { preview, Value } from '../text/value.js'
import type { Flow } from './store/log.js'

/** The items of a stream as they arrive, latest first, with a button that cancels it. */
export const FlowPanel = ({ flow, name }: { readonly flow: Flow; readonly name: string }): VNode => {
  const { latest, count, end } = flow
  const shown = latest.items.value
  return (
    <div class="flow">
      <p class="flow-head" role="status">
        <strong>{count.value === 1 ? '1 item' : `${count.value} items`}</strong>
        {end.value === undefined && (
          <>
            <span class="quiet">so far</span>
            <button type="button" class="button small" onClick={flow.cancel}>
              Cancel
            </button>
          </>
        )}
      </p>
      {shown.length > 0 && (
        <ol class="flow-items" aria-label={`Items of ${name}, the latest first`} tabIndex={0}>
          {shown.map(item => (
            <li key={item[0]}>
              <details>
                <summary>
                  <span class="quiet">{item[0]}</span> <code>{preview(item.slice(1))}</code>
                </summary>
                <Value value={item[1]} label={`item ${item[0]}`} />
              </details>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
