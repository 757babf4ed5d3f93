// Version 2 has no types, and those of version 3 are not exported. The part of both that the tests use:
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
