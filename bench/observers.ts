/** Measures the cost of observers, and of their absence: server CPU per acknowledged message. */
import { compare } from './turns.js'

await compare(['ackwire', 'ackwire, observed', 'ackwire, OpenTelemetry'], ['valid'])
