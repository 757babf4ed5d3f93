import type { AsyncApiDocument, MessageObject, OperationObject, Reference, Schema } from '../asyncapi.js'
import { anchor, html, type Html, inline, json, link, type Part, prose } from './html.js'
import { argumentsView, keyOf, schemaView } from './schema.js'

/** What an event does, from the reader's point of view. */
export const arrowOf = ({ action }: OperationObject): string =>
  action === 'receive' ? 'client → server' : 'server → client'

/** One event: what it is for, what it carries, what it is answered with. */
export const eventView = (id: string, operation: OperationObject, content: AsyncApiDocument): Html => {
  const [message] = messagesOf(operation.messages, operation, content)
  const answers = messagesOf(operation.reply?.messages ?? [], operation, content)
  const badges = [...(operation.tags ?? []).map(({ name }) => name), ...secured(operation)]
  return html`<article id="${id}" class="event ${operation.action}">
    <h3>
      <a href="${anchor(id)}">${message?.name ?? operation.title}</a> <span class="way">${arrowOf(operation)}</span>
    </h3>
    <p class="badges">
      ${badges.map(badge => html`<span class="badge${badge === 'deprecated' ? ' warn' : ''}">${badge}</span> `)}
    </p>
    ${operation.summary === undefined ? '' : html`<p class="summary">${inline(operation.summary)}</p>`}
    ${prose(operation.description)}
    ${operation.externalDocs && html`<p>${link(operation.externalDocs.url, operation.externalDocs.description ?? 'More')}</p>`}
    <h4>Arguments</h4>
    ${message === undefined ? '' : body(message, 'None.', argumentsView)}
    ${answers.length === 0 ? html`<p class="quiet">No acknowledgement.</p>` : answers.map(answer)}
  </article>`
}

const secured = (operation: OperationObject): readonly string[] =>
  (operation.security ?? []).map(({ $ref }) => `🔒 ${keyOf($ref)}`)

const messagesOf = (
  references: readonly Reference[],
  operation: OperationObject,
  content: AsyncApiDocument,
): readonly MessageObject[] =>
  references.flatMap(({ $ref }) => {
    const found = content.channels[keyOf(operation.channel.$ref)]?.messages[keyOf($ref)]
    const message = found !== undefined && '$ref' in found ? content.components.messages?.[keyOf(found.$ref)] : found
    return message === undefined ? [] : [message]
  })

// The reply comes first; what follows are failures, which are long and alike, and so are folded.
const answer = (message: MessageObject, index: number): Part =>
  index === 0
    ? html`<h4>Acknowledgement</h4>
        ${body(message, 'A receipt, without a value.')}`
    : html`<details>
        <summary>${failureOf(message)}</summary>
        ${body(message, '')}
      </details>`

const failureOf = ({ title }: MessageObject): Part => {
  const [, code] = /\(([^()]*)\)$/.exec(title) ?? []
  return code === 'ack' ? 'Errors that any event can be answered with' : html`Error <code>${code}</code>`
}

const body = (message: MessageObject, without: string, view: (payload: Schema) => Html = schemaView): Part => [
  message.payload === undefined
    ? html`<p class="quiet">${without}</p>`
    : html`<div class="payload">${view(message.payload)}</div>`,
  (message.examples ?? []).map(
    example =>
      html`<figure>
        <figcaption>
          Example${example.name === undefined ? '' : html` <b>${example.name}</b>`}${
            example.summary === undefined ? '' : html` · ${inline(example.summary)}`
          }
        </figcaption>
        ${json(example.payload)}
      </figure>`,
  ),
]
