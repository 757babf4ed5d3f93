import type { VNode } from 'preact'
import { useApi } from '../state/context.js'
import type { ApiEvent, Reply } from '../document/event.js'
import { ENVELOPE } from '@ackwire/core/wire'
import { href } from '../state/route.js'
import { DocsLink } from '../text/link.js'
import { Inline, Markdown } from '../text/markdown.js'
import { Badges, Way } from './badges.js'
import { Examples } from './examples.js'
import { SchemaTree } from './schema-tree.js'
import { Section } from './section.js'
import { StreamSection } from './stream-section.js'

/** The page of an event. */
export const EventPage = ({ event }: { readonly event: ApiEvent }): VNode => {
  const { namespaces } = useApi()
  const namespace = namespaces.find(({ key }) => key === event.channel)
  const acks = event.replies.filter(reply => !reply.isError)
  const errors = event.replies.filter(reply => reply.isError)
  return (
    <article class="event-page">
      <header class="page-head">
        <p class="crumbs">
          {namespace !== undefined && (
            <a href={href({ view: 'namespace', key: namespace.key })}>
              Namespace <code>{namespace.name}</code>
            </a>
          )}
        </p>
        <h1 class={event.isDeprecated ? 'mono struck' : 'mono'}>{event.name}</h1>
        <p class="badges">
          <Way direction={event.direction} />
          <Badges event={event} />
        </p>
        {event.summary !== undefined && (
          <p class="summary">
            <Inline text={event.summary} />
          </p>
        )}
        {event.description !== event.summary && <Markdown text={event.description} />}
        {event.security.map(({ name, words, description }) => (
          <p class="security" key={name}>
            Needs <strong>{name}</strong>: {words}.
            {description !== undefined && (
              <span class="quiet">
                {' '}
                <Inline text={description} />
              </span>
            )}
          </p>
        ))}
        <DocsLink docs={event.externalDocs} />
      </header>
      <Arguments event={event} />
      <Examples of="the event" examples={event.examples} isList={event.args.length !== 1 || event.rest !== undefined} />
      {event.limits.length > 0 && (
        <Section id="limits" title="Limits" note="the server refuses calls that exceed them">
          {event.limits.map(({ of, facts }) => (
            <div class="card" key={of}>
              <code>{of}</code> {facts.join(' ')}
            </div>
          ))}
        </Section>
      )}
      {event.stream !== undefined && <StreamSection stream={event.stream} examples={acks[0]?.examples ?? []} />}
      {event.isAnswered && event.stream === undefined && (
        <Section id="ack" title="Acknowledgement" note={noteOf(event)}>
          {acks.map((reply, index) => (
            <div class="card" key={index}>
              {reply.schema === undefined ? (
                <p class="quiet">A receipt, without a value.</p>
              ) : (
                <SchemaTree schema={reply.schema} />
              )}
              <Examples of="the acknowledgement" examples={reply.examples} />
            </div>
          ))}
        </Section>
      )}
      {errors.length > 0 && (
        <Section
          id="errors"
          title="Errors"
          note={event.isErrorFirst ? 'alone in the acknowledgement' : `in the acknowledgement, as ${ENVELOPE}`}
        >
          {errors.map((reply, index) => (
            <Failure reply={reply} isOwn={event.isErrorFirst && index === 0} key={index} />
          ))}
        </Section>
      )}
    </article>
  )
}

const noteOf = ({ direction, isAckRequired, isErrorFirst }: ApiEvent): string => {
  const who =
    direction === 'output'
      ? 'the client answers'
      : isAckRequired
        ? 'required: the server refuses the event if no answer is requested'
        : 'the server answers'
  return isErrorFirst ? `${who}, with null first: ack(null, value)` : who
}

const Arguments = ({ event }: { readonly event: ApiEvent }): VNode => {
  const count = event.args.length
  const isPlain = count === 1 && event.rest === undefined
  const note = isPlain || count === 0 ? undefined : `${count} in this order`
  return (
    <Section id="arguments" title={isPlain ? 'Argument' : 'Arguments'} note={note}>
      {count === 0 && event.rest === undefined && <p class="quiet">This event has no arguments.</p>}
      {event.args.map((argument, index) => (
        <div class="card" key={index}>
          {(!isPlain || argument.name !== undefined) && (
            <h3 class="argument-name">
              {!isPlain && <span class="index">{index + 1}</span>}
              {argument.name !== undefined && <code>{argument.name}</code>}
              {!argument.isRequired && <span class="optional">optional</span>}
            </h3>
          )}
          <SchemaTree schema={argument.schema} />
        </div>
      ))}
      {event.rest !== undefined && (
        <div class="card">
          <h3 class="argument-name">
            <span class="index">…</span> any number of
          </h3>
          <SchemaTree schema={event.rest} />
        </div>
      )}
    </Section>
  )
}

const Failure = ({ reply, isOwn }: { readonly reply: Reply; readonly isOwn: boolean }): VNode => {
  const { data } = reply
  return (
    <details class="card failure">
      <summary>
        {reply.code === undefined ? (
          <strong>Any other failure</strong>
        ) : isOwn ? (
          <strong>The application's own error</strong>
        ) : (
          <code class="code-name">{reply.code}</code>
        )}
        <span class="quiet">
          {' '}
          {reply.code === undefined ? 'INVALID_INPUT, INTERNAL and the like' : isOwn ? 'as it is' : declared(data)}
        </span>
      </summary>
      {reply.summary !== undefined && (
        <p>
          <Inline text={reply.summary} />
        </p>
      )}
      {reply.code === undefined || data === undefined ? (
        <SchemaTree schema={reply.schema} />
      ) : (
        <>
          <h4>data</h4>
          <SchemaTree schema={data} />
        </>
      )}
      <Examples of={reply.code ?? 'any other failure'} examples={reply.examples} />
    </details>
  )
}

const declared = (data: unknown): string => (data === undefined ? 'without data' : 'with data')
