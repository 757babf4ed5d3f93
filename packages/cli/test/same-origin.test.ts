import { connect, type AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { inBrowser, open } from '../../../test/browser.js'
import { describe, type TestContext } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { type Place, originsOf, describeRefusal } from '../src/serve/same-origin.js'
import { contractOf, createFolder } from './ackwire.js'

const timeoutMs = 300_000

const here: Place = { host: 'localhost', address: '127.0.0.1', port: 4000, origins: [] }
const front = 'http://localhost:5173'

/** A title, the headers, the expected decision, and the page's address unless it is localhost:4000. */
type Row = readonly [title: string, headers: Record<string, string | string[]>, passes: boolean, place?: Partial<Place>]

const lan = Object.values(networkInterfaces())
  .flatMap(each => each ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address

const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

const ROWS: readonly Row[] = [
  ['localhost', { host: 'localhost:4000' }, true],
  ['in capitals', { host: 'LocalHost:4000' }, true],
  ['127.0.0.1', { host: '127.0.0.1:4000' }, true],
  ['[::1]', { host: '[::1]:4000' }, true],
  ['a name below localhost', { host: 'api.dev.localhost:4000' }, true],
  ['localhost without the port 80', { host: 'localhost' }, true, { port: 80 }],
  ['its own origin without the port 80', { host: 'localhost', origin: 'http://localhost' }, true, { port: 80 }],
  ['its own origin', { host: 'localhost:4000', origin: 'http://localhost:4000' }, true],
  ['its own origin, by address', { host: '[::1]:4000', origin: 'http://[::1]:4000' }, true],
  ['what a browser says of itself', { host: 'localhost:4000', 'sec-fetch-site': 'same-origin' }, true],
  ['an address that is typed in', { host: 'localhost:4000', 'sec-fetch-site': 'none' }, true],
  ['a link on another page', { host: 'localhost:4000', ...link }, true],
  ['the host that is given', { host: 'Dev.Box:4000' }, true, { host: 'dev.box' }],
  ['the address that is given', { host: '192.0.2.7:4000' }, true, { host: '192.0.2.7', address: '192.0.2.7' }],
  ['the address of the host that is given', { host: '192.0.2.7:4000' }, true, { host: 'box', address: '192.0.2.7' }],
  ['an IPv6 address that is given', { host: '[fd00::7]:4000' }, true, { host: 'FD00:0::7', address: 'fd00::7' }],
  ['0.0.0.0, given', { host: '0.0.0.0:4000' }, true, { host: '0.0.0.0', address: '0.0.0.0' }],
  ['an address of this machine, where all are', { host: `${lan ?? '127.0.0.1'}:4000` }, true, { address: '0.0.0.0' }],
  ['an origin allowed', { host: 'localhost:4000', origin: front }, true, { origins: ['http://a.example', front] }],
  ['the host of an origin allowed', { host: 'Box.example:81' }, true, { origins: ['http://box.example:81'] }],
  [
    'the host of a proxy that is allowed',
    { host: 'box.example', origin: 'https://box.example' },
    true,
    { origins: ['https://box.example'] },
  ],

  ['no host', {}, false],
  ['an empty host', { host: '' }, false],
  ['a foreign host', { host: 'evil.example:4000' }, false],
  ['a foreign host without a port', { host: 'evil.example' }, false],
  ['a foreign host with its own origin', { host: 'evil.example:4000', origin: 'http://evil.example:4000' }, false],
  ['localhost at the front', { host: 'localhost.evil.example:4000' }, false],
  ['localhost at the end', { host: 'evillocalhost:4000' }, false],
  ['no name before localhost', { host: '.localhost:4000' }, false],
  ['an address at the front', { host: '127.0.0.1.evil.example:4000' }, false],
  ['a dot at the end', { host: 'localhost.:4000' }, false],
  ['another port', { host: 'localhost:3000' }, false],
  ['no port', { host: 'localhost' }, false],
  ['an empty port', { host: 'localhost:' }, false],
  ['a port that is none', { host: 'localhost:4000x' }, false],
  ['two ports', { host: 'localhost:4000:4000' }, false],
  ['a user', { host: 'localhost:4000@evil.example' }, false],
  ['a user before', { host: 'evil.example@localhost:4000' }, false],
  ['a path', { host: 'localhost:4000/evil.example' }, false],
  ['a backslash', { host: 'localhost:4000\\evil.example' }, false],
  ['a list', { host: 'localhost:4000, evil.example' }, false],
  ['two hosts', { host: ['localhost:4000', 'evil.example'] }, false],
  ['the same host twice', { host: ['localhost:4000', 'localhost:4000'] }, false],
  ['::1 without brackets', { host: '::1:4000' }, false],
  ['a name in brackets', { host: '[localhost]:4000' }, false],
  ['a foreign IPv6 address', { host: '[2001:db8::1]:4000' }, false],
  ['127.0.0.1 in IPv6', { host: '[::ffff:7f00:1]:4000' }, false],
  ['another address of the loopback', { host: '127.0.0.2:4000' }, false],
  ['an address of this machine, where not all are', { host: `${lan ?? '192.0.2.7'}:4000` }, false],
  ['a foreign address, where all of this machine are', { host: '192.0.2.7:4000' }, false, { address: '0.0.0.0' }],
  ['a foreign name, where all addresses are', { host: 'evil.example:4000' }, false, { host: '::', address: '::' }],
  ['0.0.0.0, not given', { host: '0.0.0.0:4000' }, false],

  ['a foreign origin', { host: 'localhost:4000', origin: 'http://evil.example' }, false],
  ['an origin of another port', { host: 'localhost:4000', origin: front }, false],
  ['an origin of another scheme', { host: 'localhost:4000', origin: 'https://localhost:4000' }, false],
  ['an origin of another name here', { host: 'localhost:4000', origin: 'http://127.0.0.1:4000' }, false],
  ['an origin that begins as its own', { host: 'localhost:4000', origin: 'http://localhost:4000.evil.example' }, false],
  [
    'an origin with its own as the user',
    { host: 'localhost:4000', origin: 'http://localhost:4000@evil.example' },
    false,
  ],
  ['no origin, in words', { host: 'localhost:4000', origin: 'null' }, false],
  ['an empty origin', { host: 'localhost:4000', origin: '' }, false],
  ['two origins', { host: 'localhost:4000', origin: ['http://localhost:4000', 'http://evil.example'] }, false],
  ['two origins in one', { host: 'localhost:4000', origin: 'http://localhost:4000, http://evil.example' }, false],
  ['an extension', { host: 'localhost:4000', origin: 'chrome-extension://abc' }, false],
  [
    'another origin than the one allowed',
    { host: 'localhost:4000', origin: 'http://b.example' },
    false,
    { origins: [front] },
  ],
  ['what begins as the origin allowed', { host: 'localhost:4000', origin: `${front}0` }, false, { origins: [front] }],
  ['a foreign host, with an origin allowed', { host: 'evil.example:4000', origin: front }, false, { origins: [front] }],
  [
    'the host of an origin allowed, by another scheme',
    { host: 'box.example', origin: 'http://box.example' },
    false,
    { origins: ['https://box.example'] },
  ],
  ['an image of another page', { ...link, host: 'localhost:4000', 'sec-fetch-mode': 'no-cors' }, false],
  ['a frame of another page', { ...link, host: 'localhost:4000', 'sec-fetch-dest': 'iframe' }, false],
  ['a script of another port', { host: 'localhost:4000', 'sec-fetch-site': 'same-site' }, false],
]

const refusal = (headers: Row[1], place: Partial<Place> = {}, url = '/docs'): string | undefined => {
  const headersDistinct = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()]))
  return describeRefusal({ url, headersDistinct }, { ...here, ...place })
}

describe('a request to ackwire serve', it => {
  for (const [title, headers, passes, place] of ROWS)
    it(`${passes ? 'passes' : 'is refused'}: ${title}`, () => {
      const reason = refusal(headers, place)
      assert.is(reason === undefined, passes, reason)
      if (reason !== undefined) assert.match(reason, /; (?:open|or|if it|send|ask)/)
    })

  it('is refused: a target that is not a path', () => {
    for (const url of ['http://localhost:4000/', 'http://evil.example/docs', 'evil.example:443', '*', ''])
      assert.match(refusal({ host: 'localhost:4000' }, {}, url) ?? '', /^expected a path, got /, url)
  })

  it('gets a hint in the refusal', () => {
    assert.match(
      refusal({ host: 'box.example:4000' }) ?? '',
      /^the Host "box\.example:4000" is not the host of this page; open http:\/\/localhost:4000, .* --allow-origin http:\/\/box\.example:4000$/,
    )
    assert.match(
      refusal({ host: 'localhost:4000', origin: front }) ?? '',
      /^the Origin "http:\/\/localhost:5173" is not the origin of this page; .* --allow-origin http:\/\/localhost:5173$/,
    )
    assert.match(refusal({ host: 'localhost:4000', origin: 'null' }) ?? '', /--allow-origin ORIGIN$/)
  })
})

describe('--allow-origin', it => {
  it('is normalized like a browser’s', () => {
    assert.equal(originsOf(['HTTP://Box.Example:80', 'https://a.example:8443/', 'http://[0::1]:5173']), [
      'http://box.example',
      'https://a.example:8443',
      'http://[::1]:5173',
    ])
  })

  for (const text of ['*', 'null', '', 'box.example', 'localhost:5173', 'http://*.example', 'ftp://a', 'http://a/b'])
    it(`is refused: ${JSON.stringify(text)}`, () =>
      assert.throws(() => originsOf([front, text]), saying(`--allow-origin: expected an origin such as ${front}`)))
  for (const text of ['http://a?b', 'http://a#', 'http://u@a', 'file:///a', 'http://'])
    it(`is refused: ${text}`, () => assert.throws(() => originsOf([text]), saying('got "')))
})

/** Sends these lines over a new connection and resolves to the server's answer. */
const ask = (port: number, ...lines: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, 'localhost', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
    socket.setTimeout(5_000, () => resolve((socket.destroy(), answer)))
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString()
      if (answer.startsWith('HTTP/1.1 101')) resolve((socket.destroy(), answer))
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
  })

const close = 'Connection: close'
const upgrade = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${'A'.repeat(22)}==`,
]
const socketPath = '/socket.io/?EIO=4&transport=websocket'

/** Runs the real command in front of a server, and records the requests that reach that server. */
const start = async ({ defer }: TestContext, ...flags: readonly string[]) => {
  const heard: string[] = []
  const http = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    response.end('from the server')
  })
  const server = new Server(http)
  server.on('connection', socket => socket.on('ping', (answer: (text: string) => void) => answer('pong')))
  http.prependListener('upgrade', request => heard.push(`upgrade ${request.url}`))
  await new Promise<void>(done => http.listen(0, 'localhost', done))
  defer(() => server.close())
  const folder = createFolder(defer)
  folder.write({ 'contract.ts': contractOf('ping: event.input().ack(Type.String())') })
  const target = `http://localhost:${(http.address() as AddressInfo).port}`
  const running = await folder.start(['serve', 'contract.ts', '-p', '0', '--server', target, ...flags], /Ctrl\+C/)
  return { heard, running, port: Number(/localhost:(\d+)/.exec(running.said)?.[1]) }
}

describe('ackwire serve --server', it => {
  it('refuses foreign hosts and origins before the server behind it gets them', { timeoutMs }, async context => {
    const { port, heard, running } = await start(context)
    const own = `Host: localhost:${port}`
    const refused: readonly (readonly string[])[] = [
      ['GET /anything HTTP/1.1', 'Host: evil.example', close],
      [`GET /anything HTTP/1.1`, `Host: evil.example:${port}`, close],
      ['GET /anything HTTP/1.1', own, 'Origin: http://evil.example', close],
      ['POST /anything HTTP/1.1', own, 'Origin: null', 'Content-Length: 0', close],
      ['OPTIONS /anything HTTP/1.1', own, 'Origin: http://evil.example', 'Access-Control-Request-Method: PUT', close],
      [`GET http://evil.example/ HTTP/1.1`, own, close],
      [`GET http://localhost:${port}/ HTTP/1.1`, own, close],
      ['GET /anything HTTP/1.0'],
      ['GET /docs HTTP/1.1', 'Host: evil.example', close],
      ['HEAD /docs HTTP/1.1', 'Host: evil.example', close],
      ['GET /docs/ HTTP/1.1', 'Host: evil.example', close],
      ['GET /docs/asyncapi.json HTTP/1.1', own, 'Origin: http://evil.example', close],
      ['GET /docs/reload HTTP/1.1', own, 'Origin: http://evil.example', close],
      ['GET /docs/reload HTTP/1.1', 'Host: evil.example', close],
      [`GET ${socketPath} HTTP/1.1`, 'Host: evil.example', ...upgrade],
      [`GET ${socketPath} HTTP/1.1`, own, 'Origin: http://evil.example', ...upgrade],
      [`GET ${socketPath} HTTP/1.1`, own, 'Origin: null', ...upgrade],
      [`GET http://evil.example${socketPath} HTTP/1.1`, own, ...upgrade],
      ['GET /socket.io/?EIO=4&transport=polling HTTP/1.1', own, 'Origin: http://localhost:5173', close],
    ]
    for (const lines of refused) {
      const answer = await ask(port, ...lines)
      assert.match(answer, /^HTTP\/1\.1 403 Forbidden\r\n/, lines.join('\n'))
      assert.not.match(answer, /ping/)
      if (!lines[0]?.startsWith('HEAD')) assert.match(answer, /\r\n\r\n(?:.*\r\n)?Refused: .*; /)
    }
    // Node itself refuses duplicate hosts and tunnels.
    assert.not.match(await ask(port, 'GET /anything HTTP/1.1', own, 'Host: evil.example', close), /from the server/)
    assert.not.match(await ask(port, `CONNECT evil.example:443 HTTP/1.1`, own), /^HTTP\/1\.1 2/)
    assert.equal(heard, [])

    assert.match(await ask(port, 'GET /anything HTTP/1.1', own, close), 'from the server')
    assert.match(
      await ask(port, 'POST /anything HTTP/1.1', own, `Origin: http://localhost:${port}`, 'Content-Length: 0', close),
      'from the server',
    )
    assert.match(
      await ask(port, `GET ${socketPath} HTTP/1.1`, own, `Origin: http://localhost:${port}`, ...upgrade),
      /^HTTP\/1\.1 101/,
    )
    assert.equal(heard, ['GET /anything', 'POST /anything', `upgrade ${socketPath}`])
    await running.stop()
  })

  it('accepts allowed origins and their hosts', { timeoutMs }, async context => {
    const { port, running } = await start(context, '--allow-origin', front, '--allow-origin', 'https://box.example')
    for (const transport of ['polling', 'websocket']) {
      const client = io(`http://localhost:${port}`, { transports: [transport], extraHeaders: { Origin: front } })
      context.defer(() => client.close())
      assert.is(await client.timeout(timeoutMs).emitWithAck('ping'), 'pong', transport)
      client.close()
    }
    assert.match(await ask(port, 'GET /docs HTTP/1.1', 'Host: box.example', close), /^HTTP\/1\.1 200/)
    assert.match(await ask(port, 'GET /docs HTTP/1.1', 'Host: evil.example', close), /^HTTP\/1\.1 403/)
    await running.stop()
  })

  it('keeps running when a refused peer has disconnected', { timeoutMs }, async context => {
    const { port, running } = await start(context)
    for (let count = 0; count < 20; count++)
      await new Promise<void>((done, fail) => {
        const lines = [`GET ${socketPath} HTTP/1.1`, 'Host: evil.example', ...upgrade]
        const socket = connect(port, 'localhost', () => {
          socket.write(`${lines.join('\r\n')}\r\n\r\n`)
          socket.resetAndDestroy()
        })
        socket.on('close', () => done()).on('error', fail)
      })
    assert.match(await ask(port, 'GET /docs HTTP/1.1', `Host: localhost:${port}`, close), /^HTTP\/1\.1 200/)
    await running.stop()
  })
})

describe('a browser', it => {
  it('gets nothing for another page, and everything for the page itself', inBrowser, async context => {
    const { port, heard, running } = await start(context)
    const foreign = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<body>'))
    await new Promise<void>(done => foreign.listen(0, 'localhost', done))
    context.defer(() => foreign.close())
    const { page: other } = await open(context, `http://localhost:${(foreign.address() as AddressInfo).port}`)
    // Each promise settles once the browser has an answer or a refusal.
    await other.evaluate(`(async () => {
      const url = 'localhost:${port}'
      const loaded = (tag, key, value) => new Promise(done => {
        const element = Object.assign(document.createElement(tag), { [key]: value, onload: done, onerror: done })
        document.body.append(element)
      })
      const closed = source => new Promise(done => (source.onerror = () => done(source.close())))
      await Promise.allSettled([
        fetch('http://' + url + '/fetch'),
        fetch('http://' + url + '/no-cors', { mode: 'no-cors' }),
        fetch('http://' + url + '/post', { mode: 'no-cors', method: 'POST', body: 'a' }),
        fetch('http://' + url + '/put', { method: 'PUT' }),
        loaded('img', 'src', 'http://' + url + '/image'),
        loaded('script', 'src', 'http://' + url + '/script'),
        loaded('iframe', 'src', 'http://' + url + '/frame'),
        closed(new EventSource('http://' + url + '/docs/reload')),
        closed(new WebSocket('ws://' + url + '${socketPath}')),
      ])
    })()`)
    assert.equal(heard, [])

    const { page, troubles } = await open(context, `http://localhost:${port}/docs`)
    const texts = await page.evaluate(`(async () => {
      const [got, sent] = await Promise.all([fetch('/got'), fetch('/sent', { method: 'POST', body: 'a' })])
      await new Promise((done, fail) => Object.assign(new WebSocket('ws://' + location.host + '${socketPath}'), { onopen: done, onerror: fail }))
      await new Promise((done, fail) => Object.assign(new EventSource('/docs/reload'), { onopen: done, onerror: fail }))
      return [await got.text(), await sent.text()]
    })()`)
    assert.equal(texts, ['from the server', 'from the server'])
    assert.equal(troubles, [])
    assert.equal(heard.toSorted(), ['GET /got', 'POST /sent', `upgrade ${socketPath}`])
    // Following a link is a navigation, not a request of the other page.
    await other.evaluate(`void (location.href = 'http://localhost:${port}/docs')`)
    await other.getByRole('heading', { level: 1 }).first().waitFor()
    await running.stop()
  })
})

describe('ackwire serve', it => {
  it('refuses them without a server behind it', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({ 'contract.ts': contractOf('ping: event.input()') })
    const running = await folder.start(['serve', 'contract.ts', '-p', '0'], /Ctrl\+C/)
    const port = Number(/localhost:(\d+)/.exec(running.said)?.[1])
    for (const path of ['/docs', '/docs/asyncapi.yaml', '/docs/reload', '/none'])
      assert.match(await ask(port, `GET ${path} HTTP/1.1`, 'Host: evil.example', close), /^HTTP\/1\.1 403/, path)
    await running.stop()
  })

  it('ends with 2 for an invalid origin', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({ 'contract.ts': contractOf('ping: event.input()') })
    const { code, err } = await folder.ackwire('serve', '--allow-origin', '*', 'contract.ts')
    assert.equal(
      [code, err],
      [2, '--allow-origin: expected an origin such as http://localhost:5173, with no path and no wildcard, got "*"\n'],
    )
  })
})
