import type { VNode } from 'preact'
import type { ApiEvent, Direction } from '../document/event.js'

/** An arrow for the direction of an event: to the server or from it. */
export const Arrow = ({
  direction,
  isNamed = true,
}: {
  readonly direction: Direction
  readonly isNamed?: boolean
}): VNode => (
  <svg class={`arrow ${direction}`} viewBox="0 0 16 16" {...(isNamed ? NAMED[direction] : { 'aria-hidden': true })}>
    {direction === 'input' ? <path d="M3 8h10M9 4l4 4-4 4" /> : <path d="M13 8H3m4-4L3 8l4 4" />}
  </svg>
)

const NAMED = {
  input: { role: 'img', 'aria-label': 'client to server' },
  output: { role: 'img', 'aria-label': 'server to client' },
} as const

/** The direction of an event in words. */
export const Way = ({ direction }: { readonly direction: Direction }): VNode => (
  <span class={`way ${direction}`}>
    <Arrow direction={direction} isNamed={false} />
    {direction === 'input' ? 'Client to server' : 'Server to client'}
  </span>
)

/** The other properties of an event at a glance. */
export const Badges = ({ event }: { readonly event: ApiEvent }): VNode => (
  <>
    {event.isDeprecated && <span class="badge warn">deprecated</span>}
    {event.stream !== undefined && <span class="badge">stream</span>}
    {event.isAnswered && event.stream === undefined && (
      <span class="badge">{event.isAckRequired ? 'ack required' : 'ack'}</span>
    )}
    {event.tags.map(tag => (
      <span class="badge quiet" key={tag}>
        {tag}
      </span>
    ))}
  </>
)
