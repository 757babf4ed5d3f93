import { createServer, type Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'

const CHUNKS = 40
const CHUNK = Buffer.alloc(50_000, 'ackwire ')

/** Something to download without the internet: two megabytes that come slowly. */
export const slowFile = (pauseMs = 100): Server =>
  createServer(async (_, response) => {
    response.writeHead(200, { 'content-length': CHUNKS * CHUNK.length })
    for (let sent = 0; sent < CHUNKS && !response.destroyed; sent++) {
      response.write(CHUNK)
      await setTimeout(pauseMs)
    }
    response.end()
  })
