import type { AsyncApiDocument } from '@ackwire/docs'
import type { ServerObject } from '@ackwire/docs/declarations'
import { contractOf, isJson, isOurs, readApi, type Json } from '@ackwire/docs/tooling'
import { bounded } from '../load/bounded.js'
import { renderImported } from '../load/imported.js'

/** Returns a document in the form that the page can show: AsyncAPI 3 as we write it, with the server behind the page. */
export const shownDocument = async (content: Json, target: string | undefined): Promise<AsyncApiDocument> => {
  const shown = isShowable(content) ? content : await rewritten(content)
  if (target === undefined) return shown
  const { host, protocol } = new URL(target)
  const server: ServerObject = {
    host,
    pathname: '/socket.io/',
    protocol: protocol === 'https:' ? 'wss' : 'ws',
    title: 'This page’s server',
    'x-socketio': { protocol: 5, engineio: 4, transports: ['polling', 'websocket'] },
  }
  return { ...shown, servers: { server, ...shown.servers } }
}

const isShowable = (content: Json): content is Json & AsyncApiDocument =>
  String(content['asyncapi']).startsWith('3') &&
  isOurs(content) &&
  isJson(content['info']) &&
  isJson(content['components'])

// Third-party documents express the same in other ways; they are imported and rendered again.
const rewritten = (content: Json): Promise<AsyncApiDocument> =>
  renderImported(bounded('the document', () => contractOf(readApi(content))))
