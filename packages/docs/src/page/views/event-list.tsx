import type { VNode } from 'preact'
import type { ApiEvent } from '../document/event.js'
import { href } from '../state/route.js'
import { Arrow, Badges } from './badges.js'

/** Links to events, each with its summary. */
export const EventList = ({ events }: { readonly events: readonly ApiEvent[] }): VNode => (
  <ul class="event-list card">
    {events.map(event => (
      <li key={event.id}>
        <a href={href({ view: 'event', key: event.id })}>
          <Arrow direction={event.direction} />
          <code class={event.isDeprecated ? 'struck' : ''}>{event.name}</code>
          <span class="event-summary">{event.summary ?? ''}</span>
          <span class="badges">
            <Badges event={event} />
          </span>
        </a>
      </li>
    ))}
  </ul>
)
