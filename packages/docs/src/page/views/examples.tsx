import type { VNode } from 'preact'
import type { Example } from '../document/event.js'
import { Value } from '../text/value.js'

/** The examples of a message. The payload of an event is the list of its arguments. */
export const Examples = ({
  of: owner,
  examples,
  isList = true,
}: {
  readonly of: string
  readonly examples: readonly Example[]
  readonly isList?: boolean
}): VNode => (
  <>
    {examples.map(({ name, summary, payload }, index) => (
      <figure class="example-block" key={index}>
        <figcaption>
          Example{name !== undefined && <strong> {name}</strong>}
          {summary !== undefined && <span class="quiet"> {summary}</span>}
        </figcaption>
        <Value
          value={!isList && Array.isArray(payload) ? payload[0] : payload}
          label={`example ${name ?? index + 1} of ${owner}`}
        />
      </figure>
    ))}
  </>
)
