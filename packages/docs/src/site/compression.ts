import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** An encoding in which content is sent. */
export type Encoding = 'br' | 'gzip'

/** Content below this length, in bytes, would not get much shorter. */
const LEAST_BYTES = 1_000

/** Beyond it, Brotli takes ten times as long for a few percent. */
const QUALITY = 9

const COMPRESS: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  br: body =>
    promisify(brotliCompress)(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: QUALITY,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  gzip: promisify(gzip),
}

/** Returns the encoding that a client prefers by its `Accept-Encoding`, or `undefined` if it accepts none. */
export const encodingFor = (accepted = '', { length }: Buffer): Encoding | undefined => {
  if (length < LEAST_BYTES) return undefined
  const weights = new Map(
    accepted.split(',').map(each => {
      const [name = '', ...parameters] = each.split(';').map(part => part.trim().toLowerCase())
      const weight = parameters.find(parameter => parameter.startsWith('q='))?.slice(2)
      return [name, weight === undefined ? 1 : Number(weight)] as const
    }),
  )
  const weightOf = (encoding: string): number => weights.get(encoding) ?? weights.get('*') ?? 0
  const [br, gzip] = [weightOf('br'), weightOf('gzip')]
  if (br > 0 && br >= gzip) return 'br'
  return gzip > 0 ? 'gzip' : undefined
}

/** Compressed texts, or promises of them, by their content. */
const compressed = new WeakMap<Buffer, Map<Encoding, Promise<Buffer>>>()

/** Compresses content outside of the main thread, once for all requests. */
export const compress = (body: Buffer, encoding: Encoding): Promise<Buffer> => {
  const known = compressed.get(body) ?? new Map<Encoding, Promise<Buffer>>()
  compressed.set(body, known)
  const result = known.get(encoding) ?? COMPRESS[encoding](body)
  known.set(encoding, result)
  return result
}
