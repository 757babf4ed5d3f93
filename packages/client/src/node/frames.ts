import { randomFillSync } from 'node:crypto'
import type { EnginePacket } from './socket-io-internals.js'

/** The largest number of bytes that are copied into one buffer. Larger packets are rare, and copying them costs more than it saves. */
const MOST_BYTES = 2 ** 16

/** A text frame that is complete (RFC 6455, 5.2). */
const TEXT = 0x81
/** In the second byte of a frame, says that the data is masked, as that of clients has to be. */
const MASKED = 0x80
/** Begins the text of a message of Engine.IO: `4`. */
const MESSAGE = 0x34

/** Random bytes for masks, which no one may foresee (RFC 6455, 5.3). Fetching a few at a time would take longer than masking. */
const random = Buffer.allocUnsafe(2 ** 13)
let used = random.length

/** Joins the frames of packets; `undefined` if they are large, or if one is no text, such as an attachment or a pong. */
export const joinFrames = (packets: readonly EnginePacket[]): Buffer | undefined => {
  let size = 0
  for (const { type, data } of packets) {
    if (type !== 'message' || typeof data !== 'string') return undefined
    const length = 1 + Buffer.byteLength(data)
    size += headerLength(length) + length
    if (size > MOST_BYTES) return undefined
  }
  const bytes = Buffer.allocUnsafe(size)
  let end = 0
  for (const { data } of packets) end = putText(bytes, end, String(data))
  return bytes
}

/** Returns the number of bytes before the data, the last four of which are the mask. */
const headerLength = (length: number): number => (length < 126 ? 6 : 8)

/** Writes the frame of a message, shorter than `MOST_BYTES`, and returns where it ends. */
const putText = (bytes: Buffer, start: number, text: string): number => {
  const length = 1 + Buffer.byteLength(text)
  const begin = start + headerLength(length)
  const end = begin + length
  bytes[start] = TEXT
  bytes[start + 1] = MASKED | (length < 126 ? length : 126)
  if (length >= 126) bytes.writeUInt16BE(length, start + 2)
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  const mask = used
  used += 4
  random.copy(bytes, begin - 4, mask, used)
  bytes[begin] = MESSAGE
  // ASCII is the same in both, and faster to write as latin1.
  bytes.write(text, begin + 1, length - 1 === text.length ? 'latin1' : 'utf8')
  for (let at = begin; at < end; at++) bytes[at] = Number(bytes[at]) ^ Number(random[mask + ((at - begin) & 3)])
  return end
}
