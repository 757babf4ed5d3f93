import type { VNode } from 'preact'
import type { ApiEvent } from '../document/event.js'
import { revive } from './store/binary.js'
import { useStore } from './store/context.js'

interface ExampleRowProps {
  readonly event: ApiEvent
  readonly onChoose: (args: readonly unknown[]) => void
}

/** The examples of an event, each a button that fills in its form. */
export const ExampleRow = ({ event, onChoose }: ExampleRowProps): VNode | null => {
  const { resolve } = useStore().api
  if (event.examples.length === 0) return null
  return (
    <div class="example-row">
      <span class="quiet">Examples</span>
      {event.examples.map(({ name, summary, payload }, index) => (
        <button
          type="button"
          class="chip"
          key={index}
          title={summary}
          onClick={() => {
            const given: readonly unknown[] = Array.isArray(payload) ? payload : []
            onChoose(given.map((each, at) => revive(resolve, event.args[at]?.schema ?? event.rest, each)))
          }}
        >
          {name ?? `Example ${index + 1}`}
        </button>
      ))}
    </div>
  )
}
