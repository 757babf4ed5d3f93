import { createServer, request, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from '../../../test/harness.js'

/** The application behind the page. */
export const notFound: RequestListener = (_request, response) => {
  response.statusCode = 404
  response.end('the application')
}

/** Starts a server on a free port, and returns a function that sends requests to it. */
export const start = async ({ defer }: TestContext, listener: RequestListener = notFound) => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  defer(() => new Promise(resolve => server.close(resolve)))
  await new Promise(resolve => server.once('listening', resolve))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const get = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, response => {
        let body = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
      })
      sent.on('error', reject).end()
    })
  return { server, port, get }
}
