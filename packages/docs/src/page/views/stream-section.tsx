import type { VNode } from 'preact'
import type { Example } from '../document/event.js'
import type { ApiStream } from '../document/stream.js'
import { Examples } from './examples.js'
import { SchemaTree } from './schema-tree.js'
import { Section } from './section.js'

/** The section of an event that opens a stream. */
export const StreamSection = ({
  stream,
  examples,
}: {
  readonly stream: ApiStream
  readonly examples: readonly Example[]
}): VNode => (
  <Section id="stream" title="Stream" note="sent by the server on request">
    <div class="card">
      <h3>Item</h3>
      <SchemaTree schema={stream.item} />
      {stream.value !== undefined && (
        <>
          <h3>Final value</h3>
          <SchemaTree schema={stream.value} />
        </>
      )}
      <p>
        The acknowledgement is a page of <code>items</code>. As long as it has <code>next</code>, emit{' '}
        <code>{stream.next}</code> with that for the next page, or <code>{stream.stop}</code> to end it. After a
        reconnect <code>{stream.resume}</code>, with <code>lastEventId</code> and then the arguments, goes on.
      </p>
      <Examples of="a page" examples={examples} />
    </div>
  </Section>
)
