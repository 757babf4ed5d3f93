/**
 * The runs of the code of each page: for each run its files in the order in which they are started,
 * with the lines that each prints. `…` stands for what differs from run to run, `SHOWN` for the output that the page itself shows.
 * A file of another page is named with that page. A page without a contract of its own has the one of guide/contract.md.
 */
export type Runs = Readonly<Record<string, readonly Run[]>>
export type Run = Readonly<Record<string, readonly string[] | typeof SHOWN>>

/** The output is the `text` block behind the code. */
export const SHOWN = 'shown'

const CHAT = 'guide/server.md#server.ts'

/** The output of the programs of the migrations, before and after. */
const RPC = ['{ count: 1 }', '0', '1', 'CONFLICT']

export const RUNS: Runs = {
  'README.md': [{ 'server.ts': [], 'client.ts': SHOWN }],
  'guide/authentication.md': [
    { 'auth.ts': SHOWN },
    { 'refusals.ts': SHOWN },
    { 'block-3.ts': [] },
    { 'block-4.ts': [] },
  ],
  'guide/client.md': [
    { [CHAT]: ['… connected'], 'client.ts': SHOWN },
    { [CHAT]: ['… connected'], 'plain.js': [] },
    { [CHAT]: ['… connected'], 'calls.ts': [] },
    { [CHAT]: ['… connected', '… disconnected: client namespace disconnect'], 'listening.ts': SHOWN },
  ],
  'guide/contract.md': [
    { 'contract.ts': [] },
    { 'block-2.ts': [] },
    { 'block-3.ts': [] },
    { 'block-4.ts': [] },
    { 'mistake.ts': SHOWN },
    { 'named.ts': [] },
  ],
  'guide/deployment.md': [
    { 'production.ts': [], 'GET /docs': ['403'], 'GET /socket.io/?EIO=4&transport=polling': ['200'], SIGTERM: [] },
    { 'block-2.ts': [] },
    { 'block-3.ts': [] },
    { 'block-4.ts': [] },
  ],
  'guide/errors.md': [{ 'errors.ts': SHOWN }, { 'error-first.ts': SHOWN }, { 'told.ts': [] }],
  'guide/from-python.md': [{ 'contract.ts': [] }],
  'guide/from-socket-io.md': [
    {
      'guarded.ts': [],
      'guide/client.md#client.ts': ['NOT_IMPLEMENTED The server has no handler for this event', 'sent at …'],
    },
    {
      'moved.ts': [],
      'guide/client.md#client.ts': ['NOT_IMPLEMENTED The server has no handler for this event', 'sent at …'],
    },
    { 'conventions.ts': [] },
    { 'own-words.ts': SHOWN },
    { 'guarded.ts': [], 'moved-client.ts': SHOWN },
  ],
  'guide/from-orpc.md': [{ 'before.ts': RPC }, { 'after.ts': SHOWN }],
  'guide/from-trpc.md': [{ 'before.ts': RPC }, { 'after.ts': SHOWN }],
  'guide/from-zod-sockets.md': [{ 'chat.ts': SHOWN }],
  'guide/react.md': [{ 'room.tsx': ['<p>connecting</p>'] }, { 'join.tsx': ['<p></p>'] }],
  'guide/react-native.md': [{ 'latest.ts': [] }],
  'guide/rooms.md': [
    {
      'rooms.ts': [],
      'guide/client.md#client.ts': ['NOT_IMPLEMENTED The server has no handler for this event', 'sent at …'],
    },
    { 'asking.ts': ['[]', '… is still there'], 'guide/client.md#plain.js': [] },
  ],
  'guide/schemas.md': [{ 'schemas.ts': SHOWN }],
  'guide/server.md': [
    { 'server.ts': ['… connected'], 'guide/client.md#client.ts': SHOWN },
    { 'around.ts': [] },
    { 'classes.ts': [], 'guide/client.md#client.ts': SHOWN },
  ],
  'guide/streams.md': [{ 'history.ts': SHOWN }],
  'guide/testing.md': [{ 'join.test.ts': [] }, { 'say.test.ts': [] }],
  'packages/cli/README.md': [{ 'block-1.ts': [] }],
  'packages/client/README.md': [
    { 'README.md#server.ts': ['ackwire: user_sign_up: … /0/email …'], 'client.ts': SHOWN },
    { 'README.md#server.ts': [], 'checked.ts': SHOWN },
    { 'README.md#server.ts': [], 'sign-up.tsx': ['<p>connecting</p><button>Sign up</button>'] },
    { 'README.md#server.ts': [], 'rooms.tsx': ['<ul></ul><button>New room</button>'] },
    { 'README.md#server.ts': [], 'tracing.ts': [] },
  ],
  'packages/core/README.md': [
    { 'server.ts': ['0 clients have answered'] },
    { 'observe.ts': [] },
    { 'telemetry.ts': [] },
    { 'traced.ts': [] },
    { 'tail.ts': [] },
    { 'limits.ts': [] },
    { 'divide.test.ts': [] },
  ],
  'packages/docs/README.md': [
    { 'block-1.ts': [] },
    { 'block-2.ts': [] },
    { 'block-3.ts': [] },
    { 'block-4.ts': [] },
    { 'block-5.ts': SHOWN },
    { 'block-6.ts': SHOWN },
    { 'block-7.ts': [] },
  ],
}
