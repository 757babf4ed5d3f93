import { createServer, type Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'

const CHUNKS = 40
const CHUNK = Buffer.alloc(50_000, 'ackwire ')

/**
 * Files for a demo without internet access, two megabytes each, sent slowly: complete, without a length, cut off, and missing.
 */
export const FILES = ['slow.bin', 'unknown-length.bin', 'broken.bin', 'missing.bin']

/** Creates the server of these files. */
export const demoSource = (pauseMs = 100): Server =>
  createServer(async ({ url = '' }, response) => {
    if (url.endsWith('missing.bin')) return void response.writeHead(404).end()
    response.writeHead(200, url.endsWith('unknown-length.bin') ? {} : { 'content-length': CHUNKS * CHUNK.length })
    for (let sent = 0; sent < CHUNKS && !response.destroyed; sent++) {
      if (url.endsWith('broken.bin') && sent === CHUNKS / 2) return void response.destroy()
      response.write(CHUNK)
      await setTimeout(pauseMs)
    }
    response.end()
  })
