import type { AsyncApiDocument, ChannelObject, OperationObject } from '../asyncapi.js'
import { anchor, html, type Html, link, type Part, prose } from './html.js'
import { eventView } from './event.js'
import { keyOf, schemaView } from './schema.js'

/** A page that shows a document. It needs no script. `base` is what its own links begin with. */
export const page = (content: AsyncApiDocument, base: string): string => {
  const { info, channels, components } = content
  const namespaces = Object.entries(channels)
  const schemas = Object.entries(components.schemas ?? {})
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${base}/style.css" />
      </head>
      <body>
        <header id="top">
          <h1>${info.title} <span class="version">${info.version}</span></h1>
          ${prose(info.description)}
          <p class="links">
            <a href="${base}/asyncapi.yaml">AsyncAPI YAML</a>
            <a href="${base}/asyncapi.json">JSON</a> ${contact(content)}
          </p>
          ${servers(content)}
        </header>
        <div class="columns">
          <nav aria-label="Contents">
            <details open>
              <summary>Contents</summary>
              ${namespaces.map(([key, channel]) => contents(key, channel, content))}
              ${
                schemas.length === 0
                  ? ''
                  : html`<h2><a href="#schemas">Schemas</a></h2>
                      <ul>
                        ${schemas.map(([key]) => html`<li><a href="${anchor(`schema-${key}`)}">${key}</a></li>`)}
                      </ul>`
              }
            </details>
          </nav>
          <main>
            ${namespaces.map(([key, channel]) => namespace(key, channel, content))}
            ${
              schemas.length === 0
                ? ''
                : html`<section>
                    <h2 id="schemas">Schemas</h2>
                    ${schemas.map(
                      ([key, schema]) =>
                        html`<article id="schema-${key}" class="event">
                          <h3><a href="${anchor(`schema-${key}`)}">${key}</a></h3>
                          <div class="payload">${schemaView(schema)}</div>
                        </article>`,
                    )}
                  </section>`
            }
          </main>
        </div>
      </body>
    </html> `.html
}

const operationsOf = (key: string, content: AsyncApiDocument): readonly (readonly [string, OperationObject])[] =>
  Object.entries(content.operations).filter(([, operation]) => keyOf(operation.channel.$ref) === key)

const contact = ({ info }: AsyncApiDocument): Part => [
  info.contact?.url === undefined ? undefined : link(info.contact.url, info.contact.name ?? 'Contact'),
  ' ',
  info.externalDocs && link(info.externalDocs.url, info.externalDocs.description ?? 'More'),
]

const servers = ({ servers: all }: AsyncApiDocument): Part =>
  all &&
  html`<ul class="servers">
    ${Object.entries(all).map(
      ([name, { protocol, host, pathname, title }]) =>
        html`<li>
          <b>${title ?? name}</b> <code>${protocol}://${host}</code>
          <span class="quiet">path <code>${pathname}</code></span>
        </li>`,
    )}
  </ul>`

const contents = (key: string, channel: ChannelObject, content: AsyncApiDocument): Html =>
  html`<h2><a href="${anchor(`namespace-${key}`)}">${channel.address}</a></h2>
    <ul>
      ${operationsOf(key, content).map(
        ([id, { title, action }]) =>
          html`<li>
            <a href="${anchor(id)}"
              ><span class="arrow ${action}">${action === 'receive' ? '→' : '←'}</span> ${title}</a
            >
          </li>`,
      )}
    </ul>`

const namespace = (key: string, channel: ChannelObject, content: AsyncApiDocument): Html => {
  const { auth } = channel['x-socketio']
  const isRoot = channel.description === content.info.description
  return html`<section>
    <h2 id="namespace-${key}">
      <a href="${anchor(`namespace-${key}`)}">Namespace <code>${channel.address}</code></a>
    </h2>
    ${isRoot ? '' : prose(channel.description)}
    ${channel.externalDocs && html`<p>${link(channel.externalDocs.url, channel.externalDocs.description ?? 'More')}</p>`}
    ${
      auth &&
      html`<h4>Handshake <code>auth</code></h4>
        <div class="payload">${schemaView(auth)}</div>`
    }
    ${operationsOf(key, content).map(([id, operation]) => eventView(id, operation, content))}
  </section>`
}
