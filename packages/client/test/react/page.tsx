/** @jsxRuntime automatic */
import { safe, type Client } from '@ackwire/client'
import {
  mutationOptions,
  queryKey,
  queryOptions,
  useCall,
  useClient,
  useConnection,
  useEvent,
  useStream,
} from '@ackwire/client/react'
import { QueryClient, QueryClientProvider, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Component, StrictMode, useEffect, useState, type JSX, type ReactNode } from 'react'
import type { api } from './contract.js'

type ApiClient = Client<typeof api>

/** A component that can be unmounted and mounted again. */
const Toggled = ({ children }: { readonly children: ReactNode }): JSX.Element => {
  const [isThere, setThere] = useState(true)
  return (
    <>
      <button onClick={() => setThere(!isThere)}>{isThere ? 'Unmount' : 'Mount'}</button>
      {isThere && children}
    </>
  )
}

const Shown = ({ id, children }: { readonly id: string; readonly children: unknown }): JSX.Element => (
  <p>
    {id}: <output id={id}>{typeof children === 'string' ? children : JSON.stringify(children)}</output>
  </p>
)

const Connected = ({ url, token = 'good' }: { readonly url: string; readonly token?: string }): JSX.Element => {
  const client = useClient<typeof api>(url, { auth: { token }, transports: ['websocket'], reconnectionDelayMax: 100 })
  const { status, error } = useConnection(client)
  const latest = useEvent(client.on.joined)
  const all = useEvent(client.on.joined, (names, name) => [...names, name], [] as readonly string[])
  return (
    <>
      <Shown id="status">{status}</Shown>
      <Shown id="refusal">{error?.data?.code ?? error?.message}</Shown>
      <Shown id="latest">{latest}</Shown>
      <Shown id="all">{all}</Shown>
      <Toggled>
        <Listening client={client} />
      </Toggled>
      <button onClick={() => (document.title = String(client.socket.listeners('joined').length))}>Count</button>
    </>
  )
}

const Listening = ({ client }: { readonly client: ApiClient }): JSX.Element => (
  <Shown id="again">{useEvent(client.on.joined)}</Shown>
)

/** Resolves to the outcome of the latest call of an unmounted component. */
let ended: Promise<readonly [error?: { readonly code: string } | undefined, ...rest: unknown[]]> = Promise.resolve([])

const Calling = ({ client }: { readonly client: ApiClient }): JSX.Element => {
  const signUp = useCall(client.emit.sign_up)
  // A new function for the same event at each render.
  const wait = useCall(client.timeout(60_000).emit.wait)
  const [how, setHow] = useState('')
  const { call } = signUp
  useEffect(() => void call('first'), [call])
  return (
    <>
      <Shown id="sign-up">{signUp.status}</Shown>
      <Shown id="reply">{signUp.reply}</Shown>
      <Shown id="suggestion">{signUp.error?.code === 'NAME_TAKEN' && signUp.error.data.suggestion}</Shown>
      <button onClick={() => void signUp.call('bob')}>Bob</button>
      <button onClick={() => void signUp.call('eve')}>Eve</button>
      <button onClick={() => void signUp.call(10n as never).catch(() => {})}>Mistake</button>
      <Shown id="wait">{wait.status}</Shown>
      <Shown id="wait-error">{wait.error?.code}</Shown>
      <button
        onClick={() => {
          const call = safe(wait.call())
          ended = call
          void call.then(([error, value]) => setHow(error?.code ?? value ?? ''))
        }}
      >
        Wait
      </button>
      <button onClick={wait.abort}>Abort</button>
      <Shown id="how">{how}</Shown>
    </>
  )
}

/** Shows the error that its children throw while rendering. */
class Boundary extends Component<{ readonly children: ReactNode }, { readonly thrown?: unknown }> {
  override state: { readonly thrown?: unknown } = {}
  static getDerivedStateFromError(thrown: unknown): { readonly thrown: unknown } {
    return { thrown }
  }
  override render(): ReactNode {
    return this.state.thrown === undefined ? (
      this.props.children
    ) : (
      <Shown id="thrown">{String(this.state.thrown)}</Shown>
    )
  }
}

const Calls = ({ url }: { readonly url: string }): JSX.Element => {
  const client = useClient<typeof api>(url, { auth: { token: 'good' }, transports: ['websocket'] })
  const [how, setHow] = useState<unknown>('')
  return (
    <>
      <Toggled>
        <Boundary>
          <Calling client={client} />
        </Boundary>
      </Toggled>
      <Shown id="status">{useConnection(client).status}</Shown>
      <button onClick={() => client.close()}>Close</button>
      <button onClick={() => client.connect()}>Connect</button>
      <button onClick={() => void ended.then(([error]) => setHow(error?.code))}>Tell</button>
      <Shown id="ended">{how}</Shown>
    </>
  )
}

const Tail = ({ client }: { readonly client: ApiClient }): JSX.Element => {
  const [file, setFile] = useState('app.log')
  const tail = useStream(client.stream.tail, [{ file }], { limit: 5 })
  return (
    <>
      <button onClick={() => setFile('none.log')}>Other</button>
      <button onClick={() => setFile('short.log')}>Short</button>
      <button onClick={tail.stop}>Stop</button>
      <button onClick={tail.start}>Start</button>
      <Shown id="stream">{tail.status}</Shown>
      <Shown id="items">{tail.items}</Shown>
      <Shown id="result">{tail.result}</Shown>
      <Shown id="instead">{tail.error?.code === 'NO_FILE' && tail.error.data.instead}</Shown>
    </>
  )
}

const Streams = ({ url }: { readonly url: string }): JSX.Element => {
  const client = useClient<typeof api>(url, { auth: { token: 'good' }, transports: ['websocket'] })
  return (
    <Toggled>
      <Tail client={client} />
    </Toggled>
  )
}

const Game = ({ client }: { readonly client: ApiClient }): JSX.Element => {
  const [id, setId] = useState('1')
  const game = useClient(client.of('/game-{id}', { id }))
  return (
    <>
      <button onClick={() => setId('2')}>Second</button>
      <button onClick={() => setId('quiet')}>Quiet</button>
      <Shown id="game">{useConnection(game).status}</Shown>
      <Shown id="moved">{useEvent(game.on.moved)}</Shown>
    </>
  )
}

const Games = ({ url }: { readonly url: string }): JSX.Element => {
  const client = useClient<typeof api>(url, { auth: { token: 'good' }, transports: ['websocket'] })
  return (
    <Toggled>
      <Game client={client} />
    </Toggled>
  )
}

const Queried = ({ client }: { readonly client: ApiClient }): JSX.Element => {
  const queries = useQueryClient()
  const list = useQuery(queryOptions(client.emit.todo.list, false))
  const taken = useQuery(queryOptions(client.emit.sign_up, 'bob'))
  const wait = useQuery(queryOptions(client.emit.wait))
  const add = useMutation({
    ...mutationOptions(client.emit.todo.add),
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKey(client.emit.todo) }),
  })
  return (
    <>
      <Shown id="list">{list.data}</Shown>
      <Shown id="suggestion">{taken.error?.code === 'NAME_TAKEN' && taken.error.data.suggestion}</Shown>
      <Shown id="failures">{taken.failureCount}</Shown>
      <Shown id="wait">{wait.status}</Shown>
      <button onClick={() => add.mutate('bread')}>Add</button>
    </>
  )
}

const queries = new QueryClient()

const Queries = ({ url }: { readonly url: string }): JSX.Element => {
  const client = useClient<typeof api>(url, { auth: { token: 'good' }, transports: ['websocket'] })
  return (
    <QueryClientProvider client={queries}>
      <Toggled>
        <Queried client={client} />
      </Toggled>
    </QueryClientProvider>
  )
}

const Refused = ({ url }: { readonly url: string }): JSX.Element => <Connected url={url} token="bad" />

const parts: Readonly<Record<string, (props: { readonly url: string }) => JSX.Element>> = {
  connected: Connected,
  refused: Refused,
  calls: Calls,
  streams: Streams,
  games: Games,
  queries: Queries,
}

/** A part of the tests' page, by its name. */
export const Page = ({ part, url }: { readonly part: string; readonly url: string }): JSX.Element => {
  const Part = parts[part]
  if (!Part) throw new Error(`no part ${part}`)
  return (
    <StrictMode>
      <Toggled>
        <Part url={url} />
      </Toggled>
    </StrictMode>
  )
}
