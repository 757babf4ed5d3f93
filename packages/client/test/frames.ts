/** A frame of a client, unmasked. */
export interface ClientFrame {
  /** The first byte and the length, as in the header. */
  readonly head: string
  readonly mask: string
  readonly data: Buffer
}

/** Reads frames that a client has written (RFC 6455, 5.2). @throws RangeError if the last one is not complete. */
export const framesIn = (bytes: Buffer): ClientFrame[] => {
  const frames: ClientFrame[] = []
  let at = 0
  while (at < bytes.length) {
    const begin = at
    const short = bytes.readUInt8(at + 1) - 128
    at += short < 126 ? 2 : short === 126 ? 4 : 10
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(begin + 2) : Number(bytes.readBigUInt64BE(begin + 2))
    const head = bytes.toString('hex', begin, at)
    const mask = bytes.subarray(at, at + 4)
    const data = bytes.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ mask.readUInt8(index & 3))
    at += 4 + length
    if (at > bytes.length) throw new RangeError(`expected ${length} bytes of data`)
    frames.push({ head, mask: mask.toString('hex'), data: Buffer.from(data) })
  }
  return frames
}
