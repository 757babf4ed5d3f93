/** What it costs to be observed, and that it costs nothing not to be: server CPU per acknowledged message. */
import { compare } from './turns.js'

await compare(['ackwire', 'ackwire, observed', 'ackwire, OpenTelemetry'], ['valid'])
