import type { Client } from '@ackwire/client'
import { useCall, useClient, useConnection, useEvent, useStream } from '@ackwire/client/react'
import { StrictMode, useEffect, useRef, useState, type FormEvent } from 'react'
import { createRoot } from 'react-dom/client'
import type { api, Name, Room } from './contract.js'

type ChatClient = Client<typeof api>

const ROOMS: readonly Room[] = ['lobby', 'kitchen', 'garden']
const token = (localStorage['token'] ??= crypto.randomUUID()) as string

/** Returns the value of a form's field and clears the field. */
const take = (submitted: FormEvent<HTMLFormElement>, name: string): string => {
  submitted.preventDefault()
  const field = submitted.currentTarget.elements.namedItem(name) as HTMLInputElement
  const { value } = field
  field.value = ''
  return value.trim()
}

const App = () => {
  const [name, setName] = useState<Name>()
  if (name !== undefined) return <Chat key={name} name={name} leave={() => setName(undefined)} />
  return (
    <form className="card" onSubmit={submitted => setName(take(submitted, 'name'))}>
      <h1>Chat</h1>
      <label>
        Your name
        <input
          name="name"
          required
          pattern="[A-Za-z][A-Za-z0-9_\-]{0,19}"
          maxLength={20}
          autoFocus
          autoComplete="off"
        />
      </label>
      <button className="primary">Enter</button>
    </form>
  )
}

const Chat = ({ name, leave }: { name: Name; leave: () => void }) => {
  const client = useClient<typeof api>({ auth: { name, token } })
  const { status, error } = useConnection(client)
  const [room, setRoom] = useState<Room>('lobby')
  if (error?.data)
    return (
      <div className="card">
        <p role="alert">{error.data.code === 'UNAUTHORIZED' ? `The name ${name} is taken.` : error.message}</p>
        <button onClick={leave}>Choose another</button>
      </div>
    )
  return (
    <div className="chat">
      <nav>
        <h1>Chat</h1>
        {ROOMS.map(other => (
          <button key={other} aria-current={other === room} onClick={() => setRoom(other)}>
            # {other}
          </button>
        ))}
        <footer>
          <i className={status} /> {name} <span className="quiet">{status}</span>
        </footer>
      </nav>
      <RoomView key={room} client={client} room={room} name={name} />
    </div>
  )
}

const RoomView = ({ client, room, name }: { client: ChatClient; room: Room; name: Name }) => {
  const { items: messages, error } = useStream(client.stream.read, [room])
  const present = useEvent(
    client.on.present,
    (before, where, names) => (where === room ? names : before),
    [] as readonly Name[],
  )
  const say = useCall(client.emit.say)
  const last = useRef<HTMLLIElement>(null)
  useEffect(() => void last.current?.scrollIntoView({ block: 'nearest' }), [messages])
  return (
    <main>
      <header>
        <h2># {room}</h2>
        <ul aria-label="Here">
          {present.map(who => (
            <li key={who}>{who}</li>
          ))}
        </ul>
      </header>
      {messages.length === 0 && <p className="empty quiet">No messages yet.</p>}
      <ol aria-label="Messages">
        {messages.map(({ id, author, text, sentAt }) => (
          <li key={id} ref={last} className={author === name ? 'mine' : ''}>
            <b>{author}</b>{' '}
            <time className="quiet">{new Date(sentAt).toLocaleTimeString([], { timeStyle: 'short' })}</time>
            <p>{text}</p>
          </li>
        ))}
      </ol>
      <Typing key={messages.length} client={client} room={room} />
      <form onSubmit={submitted => void say.call(room, take(submitted, 'text'))}>
        <input
          name="text"
          aria-label="Message"
          placeholder={`Say something in #${room}`}
          required
          pattern=".*\S.*"
          maxLength={1_000}
          autoFocus
          autoComplete="off"
          onChange={() => client.volatile.emit.typing(room)}
        />
        <button className="primary">Send</button>
      </form>
      {(say.error ?? error) && <p role="alert">{(say.error ?? error)?.message}</p>}
    </main>
  )
}

/** Shows who is typing, until two seconds after the last keystroke or the next message. */
const Typing = ({ client, room }: { client: ChatClient; room: Room }) => {
  const [who, setWho] = useState<Name>()
  useEffect(() => client.on.is_typing((where, name) => where === room && setWho(name)), [client, room])
  const latest = useEvent(client.on.is_typing, count => count + 1, 0)
  useEffect(() => {
    const timer = setTimeout(setWho, 2_000)
    return () => clearTimeout(timer)
  }, [latest])
  return <p className="typing quiet">{who && `${who} is typing …`}</p>
}

const root = document.getElementById('app')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
