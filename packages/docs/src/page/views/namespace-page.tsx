import type { VNode } from 'preact'
import type { Namespace } from '../document/api.js'
import { DocsLink } from '../text/link.js'
import { Inline, Markdown } from '../text/markdown.js'
import { EventList } from './event-list.js'
import { Section } from './section.js'
import { SchemaTree } from './schema-tree.js'

/** The page of a namespace, with the list of its events. */
export const NamespacePage = ({ namespace }: { readonly namespace: Namespace }): VNode => {
  const handshake = [
    ['auth', 'auth', namespace.auth],
    ['query', 'query', namespace.query],
    ['headers', 'HTTP headers', namespace.headers],
  ] as const
  return (
    <article>
      <header class="page-head">
        <p class="crumbs">Namespace</p>
        <h1 class="mono">{namespace.name}</h1>
        {namespace.tags.length > 0 && (
          <p class="badges">
            {namespace.tags.map(tag => (
              <span class="badge quiet" key={tag}>
                {tag}
              </span>
            ))}
          </p>
        )}
        <Markdown text={namespace.description} />
        <DocsLink docs={namespace.externalDocs} />
      </header>
      {namespace.parameters.length > 0 && (
        <Section id="parameters" title="Parameters" note="in the namespace's name">
          {namespace.parameters.map(({ name, description, schema }) => (
            <div class="card" key={name}>
              <h3 class="argument-name">
                <code>{name}</code>
              </h3>
              {description !== undefined && (
                <p class="quiet">
                  <Inline text={description} />
                </p>
              )}
              <SchemaTree schema={schema} />
            </div>
          ))}
        </Section>
      )}
      {handshake.map(
        ([id, title, schema]) =>
          schema !== undefined && (
            <Section id={id} title="Handshake" note={title} key={id}>
              <div class="card">
                <SchemaTree schema={schema} />
              </div>
            </Section>
          ),
      )}
      {namespace.errors.size > 0 && (
        <Section id="refusals" title="Refusals" note="data.code of connect_error, besides UNAUTHORIZED and the like">
          {[...namespace.errors].map(([code, data]) => (
            <div class="card" key={code}>
              <h3 class="argument-name">
                <code class="code-name">{code}</code>
                <span class="quiet">{data === undefined ? 'without data' : 'data.data'}</span>
              </h3>
              {data !== undefined && <SchemaTree schema={data} />}
            </div>
          ))}
        </Section>
      )}
      {DIRECTIONS.map(([direction, title]) => {
        const events = namespace.events.filter(event => event.direction === direction)
        return (
          events.length > 0 && (
            <Section id={direction} title={title} note={String(events.length)} key={direction}>
              <EventList events={events} />
            </Section>
          )
        )
      })}
    </article>
  )
}

const DIRECTIONS = [
  ['input', 'Client to server'],
  ['output', 'Server to client'],
] as const
