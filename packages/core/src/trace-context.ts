import { isPlainObject } from './definition-error.js'

/**
 * The trace that a call belongs to, in the form of W3C Trace Context (level 2): https://www.w3.org/TR/trace-context-2/
 */
export interface TraceContext {
  /** Version, trace ID, parent span ID and flags: `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`. */
  readonly traceparent: string
  /** Additional data of tracing systems. */
  readonly tracestate?: string
}

/**
 * Matches a `traceparent` of any version, since later versions may append parts. The tracing system itself checks the
 * values.
 */
const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}(?:-|$)/

/** Returns whether a value is a trace context and nothing else: an object with any other property is an argument. */
const isTraceContext = (value: unknown): value is TraceContext => {
  // Middleware of the application may have added a value whose properties throw when they are read.
  try {
    if (!isPlainObject(value)) return false
    const { traceparent, tracestate = '' } = value
    if (typeof traceparent !== 'string' || typeof tracestate !== 'string' || !TRACEPARENT.test(traceparent))
      return false
    for (const key in value) if (key !== 'traceparent' && key !== 'tracestate') return false
    return true
  } catch {
    return false
  }
}

/**
 * Returns the trace context that follows the arguments `values[from]` to `values[to - 1]`, if there is one. It can only
 * follow the required arguments: a value in the place of a required argument is that argument, whatever it looks like.
 */
export const traceContextIn = (
  required: number,
  values: readonly unknown[],
  from: number,
  to: number,
): TraceContext | undefined => {
  const last = values[to - 1]
  return to - from > required && isTraceContext(last) ? last : undefined
}

/**
 * Examples of trace contexts. An optional argument must not match any of them, because a trace context can be in its
 * place.
 */
export const TRACE_CONTEXTS: readonly TraceContext[] = [
  { traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01` },
  { traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01`, tracestate: 'vendor=1' },
]
