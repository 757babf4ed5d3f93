import { metrics, trace, type Context, type MeterProvider, type Span, type TracerProvider } from '@opentelemetry/api'
import { instrumentsOf } from './instruments.js'
import { outcomeOf, SCOPE, spanNameOf, spanOf, statusOf, type Recorded, type Role } from './semantics.js'

/** Options of the recording: the providers of the tracer and the meter. */
export interface OpenTelemetryOptions {
  /** The provider of the tracer or meter. @default the global provider */
  readonly tracerProvider?: TracerProvider
  /** The provider of the tracer or meter. @default the global provider */
  readonly meterProvider?: MeterProvider
}

/** Records events, on a server or a client. */
export interface Recorder {
  /** Starts the span of an event. */
  begin(this: void, recorded: Recorded, role: Role, parent: Context): Recording
}

/** An event that is being recorded. */
export interface Recording {
  /** The span that has begun. */
  readonly span: Span
  /** Ends the span and records the duration, by default the time since its start. */
  end(this: void, code: string | undefined, durationMs?: number): void
}

/** Creates a recorder that follows the semantic conventions. The server and the client of this library use it. */
export const createRecorder = ({ tracerProvider, meterProvider }: OpenTelemetryOptions): Recorder => {
  const tracer = (tracerProvider ?? trace).getTracer(SCOPE)
  const record = instrumentsOf((meterProvider ?? metrics).getMeter(SCOPE))
  return {
    begin(recorded, role, parent) {
      const since = performance.now()
      const span = tracer.startSpan(spanNameOf(recorded, role), spanOf(recorded, role), parent)
      return {
        span,
        end(code, durationMs = performance.now() - since) {
          span
            .setAttributes(outcomeOf(recorded, role, code))
            .setStatus(statusOf(code, role))
            .end()
          record(recorded, role, code, durationMs)
        },
      }
    },
  }
}
