/** The application, to which a contract is added, and nothing else. */
import { attach } from '@ackwire/core/server'
import { api } from './contract.js'
import { http, io } from './server.js'

attach(io, api)
export { http }
