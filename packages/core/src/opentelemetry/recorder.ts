import { metrics, trace, type Context, type MeterProvider, type Span, type TracerProvider } from '@opentelemetry/api'
import { instrumentsOf } from './instruments.js'
import { outcomeOf, SCOPE, spanNameOf, spanOf, statusOf, type Recorded, type Role } from './semantics.js'

/** Where spans and measurements go. */
export interface OpenTelemetryOptions {
  /** The global one by default. */
  readonly tracerProvider?: TracerProvider
  /** The global one by default. */
  readonly meterProvider?: MeterProvider
}

/** Records events, at whichever end. */
export interface Recorder {
  /** Begins the span of an event. */
  begin(this: void, recorded: Recorded, role: Role, parent: Context): Recording
}

/** An event that is being recorded. */
export interface Recording {
  /** The span that has begun. */
  readonly span: Span
  /** Ends its span, and measures how long it took: from the beginning until now, if nothing else is said. */
  end(this: void, code: string | undefined, durationMs?: number): void
}

/** Records by the semantic conventions; for the two ends of this library. */
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
