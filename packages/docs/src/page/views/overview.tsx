import type { VNode } from 'preact'
import { useApi } from '../state/context.js'
import type { ApiServer, Namespace } from '../document/api.js'
import { isJson, textIn } from '../../parse/json.js'
import { href } from '../state/route.js'
import { DocsLink, Link } from '../text/link.js'
import { Markdown } from '../text/markdown.js'
import { EventList } from './event-list.js'
import { Section } from './section.js'

/** The start page: the API's description, servers and namespaces. */
export const Overview = (): VNode => {
  const { title, version, description, info, servers, namespaces } = useApi()
  return (
    <article>
      <header class="page-head">
        <p class="crumbs">Socket.IO API</p>
        <h1>
          {title} {version !== '' && <span class="version">{version}</span>}
        </h1>
        <Markdown text={description} />
        <p class="info-links">
          <InfoLinks info={info} />
        </p>
        <DocsLink docs={isJson(info['externalDocs']) ? info['externalDocs'] : undefined} />
      </header>
      {namespaces.length === 0 && (
        <p class="empty">This document has no namespaces yet. Define an event to see it here.</p>
      )}
      {namespaces.map(namespace => (
        <NamespaceSection
          namespace={namespace}
          isIntroduced={namespace.description === description}
          key={namespace.key}
        />
      ))}
      {servers.length > 0 && (
        <Section id="servers" title="Servers">
          <ul class="servers card">
            {servers.map(server => (
              <ServerLine server={server} key={server.name} />
            ))}
          </ul>
        </Section>
      )}
    </article>
  )
}

/** The maximum number of events listed here; all are on the page of their namespace. */
const MOST_LISTED = 40

const NamespaceSection = ({
  namespace,
  isIntroduced,
}: {
  readonly namespace: Namespace
  readonly isIntroduced: boolean
}): VNode => {
  const { key, name, description, events, auth } = namespace
  const inputs = events.filter(({ direction }) => direction === 'input')
  const outputs = events.filter(({ direction }) => direction === 'output')
  const more = events.length - MOST_LISTED
  return (
    <section class="namespace" aria-labelledby={`namespace-${key}`}>
      <h2 id={`namespace-${key}`}>
        <a href={href({ view: 'namespace', key })}>
          <code>{name}</code>
        </a>
        <span class="counts">
          <span class="input">{inputs.length} in</span>
          <span class="output">{outputs.length} out</span>
          {auth !== undefined && <span>auth</span>}
        </span>
      </h2>
      {!isIntroduced && <Markdown text={description} />}
      <EventList events={[...inputs, ...outputs].slice(0, MOST_LISTED)} />
      {more > 0 && (
        <p class="more">
          <a href={href({ view: 'namespace', key })}>All {events.length} events</a>
        </p>
      )}
    </section>
  )
}

const ServerLine = ({ server }: { readonly server: ApiServer }): VNode => (
  <li>
    <strong>{server.title}</strong> <code>{server.address}</code>
    <span class="quiet">
      path <code>{server.path}</code>
    </span>
    {server.security.map(({ name, words }) => (
      <span class="quiet" key={name}>
        Needs {name}: {words}.
      </span>
    ))}
    <Markdown text={server.description} />
  </li>
)

const InfoLinks = ({ info }: { readonly info: Readonly<Record<string, unknown>> }): VNode => {
  const { contact, license } = info
  const [site, mail, terms] = [textIn(contact, 'url'), textIn(contact, 'email'), textIn(info, 'termsOfService')]
  const name = textIn(license, 'name')
  return (
    <>
      {site !== undefined && <Link to={site}>{textIn(contact, 'name') ?? 'Contact'}</Link>}
      {mail !== undefined && <Link to={`mailto:${mail}`}>{mail}</Link>}
      {terms !== undefined && <Link to={terms}>Terms of service</Link>}
      {name !== undefined && <Link to={textIn(license, 'url') ?? ''}>{name}</Link>}
    </>
  )
}
