// Version 2 brings no types, and version 3 hides its own. What the tests use of both:
interface OldSocket {
  on(event: string, listener: (...args: never[]) => void): unknown
  emit(event: string, ...args: readonly unknown[]): unknown
  disconnect(): unknown
}

type OldConnect = (url: string, options: object) => OldSocket

declare module 'socket.io-client-2' {
  const connect: OldConnect
  export = connect
}

declare module 'socket.io-client-3' {
  export const io: OldConnect
}
