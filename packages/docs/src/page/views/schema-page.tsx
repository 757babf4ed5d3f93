import type { VNode } from 'preact'
import { useApi } from '../state/context.js'
import type { ApiEvent } from '../document/event.js'
import { property } from '../../parse/json.js'
import { EventList } from './event-list.js'
import { Section } from './section.js'
import { SchemaTree } from './schema-tree.js'

/** The page of a named schema, with the events that use it. */
export const SchemaPage = ({ name }: { readonly name: string }): VNode => {
  const { schemas, events, resolve } = useApi()
  const users = [...events.values()].filter(event => uses(event, name, schemas))
  return (
    <article>
      <header class="page-head">
        <p class="crumbs">Schema</p>
        <h1 class="mono">{name}</h1>
      </header>
      <div class="card">
        <SchemaTree schema={resolve(schemas.get(name)).value} />
      </div>
      {users.length > 0 && (
        <Section id="used" title="Used by" note={String(users.length)}>
          <EventList events={users} />
        </Section>
      )}
    </article>
  )
}

const uses = (event: ApiEvent, name: string, schemas: ReadonlyMap<string, unknown>): boolean => {
  const seen = new Set<string>()
  const walk = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false
    const pointer = property(value, '$ref')
    if (typeof pointer === 'string') {
      const target = pointer.slice(pointer.lastIndexOf('/') + 1)
      if (target === name) return true
      if (seen.has(target)) return false
      seen.add(target)
      return walk(schemas.get(target))
    }
    return Object.values(value).some(walk)
  }
  return walk([...event.args.map(({ schema }) => schema), event.rest, ...event.replies.map(({ schema }) => schema)])
}
