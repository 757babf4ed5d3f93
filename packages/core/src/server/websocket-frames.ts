import type { EnginePacket, Frame } from './socket-io-internals.js'

/** The largest number of bytes that are copied into one buffer. Larger packets are rare, and copying them costs more than it saves. */
const MOST_BYTES = 2 ** 16

/** The frames that were joined last: a broadcast gives the same ones to each of its sockets. */
interface Joined {
  readonly frames: readonly Frame[]
  readonly bytes: Buffer
}

/** Creates the function that joins the frames of packets: one for each engine. */
export const createFrameJoiner = (): ((packets: readonly EnginePacket[]) => Buffer | undefined) => {
  let last: Joined = { frames: [], bytes: Buffer.alloc(0) }
  return packets => {
    if (isSame(last.frames, packets)) return last.bytes
    const size = sizeOf(packets)
    if (size === undefined || size > MOST_BYTES) return undefined
    const bytes = join(packets, size)
    const frames = framesOf(packets)
    if (frames !== undefined) last = { frames, bytes }
    return bytes
  }
}

const isSame = (frames: readonly Frame[], packets: readonly EnginePacket[]): boolean => {
  if (frames.length !== packets.length) return false
  for (let at = 0; at < frames.length; at++) if (packets[at]?.options?.wsPreEncodedFrame !== frames[at]) return false
  return true
}

/** Returns the frames of packets that have been framed before; `undefined` if one has not. */
const framesOf = (packets: readonly EnginePacket[]): readonly Frame[] | undefined => {
  const frames: Frame[] = []
  for (const { options } of packets) {
    if (options?.wsPreEncodedFrame === undefined) return undefined
    frames.push(options.wsPreEncodedFrame)
  }
  return frames
}

/** Returns the number of bytes of the frames; `undefined` if a packet is no text, such as an attachment or a ping. */
const sizeOf = (packets: readonly EnginePacket[]): number | undefined => {
  let size = 0
  for (const { type, data, options } of packets) {
    const frame = options?.wsPreEncodedFrame
    if (frame !== undefined) for (const part of frame) size += Buffer.byteLength(part)
    else if (type === 'message' && typeof data === 'string') {
      const length = 1 + Buffer.byteLength(data)
      size += headerLength(length) + length
    } else return undefined
  }
  return size
}

const join = (packets: readonly EnginePacket[], size: number): Buffer => {
  const bytes = Buffer.allocUnsafe(size)
  let end = 0
  for (const { data, options } of packets) {
    const frame = options?.wsPreEncodedFrame
    if (frame === undefined) end = putText(bytes, end, String(data))
    else for (const part of frame) end += typeof part === 'string' ? bytes.write(part, end) : part.copy(bytes, end)
  }
  return bytes
}

/** A text frame that is complete, of a server (RFC 6455, 5.2). */
const TEXT = 0x81
/** Begins the text of a message of Engine.IO: `4`. */
const MESSAGE = 0x34

const headerLength = (length: number): number => (length < 126 ? 2 : 4)

/** Writes the frame of a message, shorter than `MOST_BYTES`, and returns where it ends. */
const putText = (bytes: Buffer, start: number, text: string): number => {
  const length = 1 + Buffer.byteLength(text)
  const header = headerLength(length)
  bytes[start] = TEXT
  if (header === 2) bytes[start + 1] = length
  else {
    bytes[start + 1] = 126
    bytes.writeUInt16BE(length, start + 2)
  }
  bytes[start + header] = MESSAGE
  // ASCII is the same in both, and faster to write as latin1.
  bytes.write(text, start + header + 1, length - 1 === text.length ? 'latin1' : 'utf8')
  return start + header + length
}
