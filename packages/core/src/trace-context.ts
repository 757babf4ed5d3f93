import { isPlainObject } from './definition-error.js'

/** Which trace a call is a part of, as the W3C's Trace Context (level 2) has it in headers: https://www.w3.org/TR/trace-context-2/ */
export interface TraceContext {
  /** The version, the trace, the caller's span and the flags: `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`. */
  readonly traceparent: string
  /** What tracing systems say besides. */
  readonly tracestate?: string
}

/** A later version may have more parts. Whether what they say is valid is for whoever traces. */
const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}(?:-|$)/

/** Whether a value is a trace context, and can be nothing else: an object that has anything besides is an argument. */
const isTraceContext = (value: unknown): value is TraceContext => {
  // Middleware of the application may have put something there whose properties throw when they are read.
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
 * The trace context that stands behind an event's arguments, which are those from `from` up to, but not including, `to`.
 * What is required comes first, so that what stands at such a place is an argument, whatever it looks like.
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

/** What an optional argument must not match, where a trace context can stand in its place. */
export const TRACE_CONTEXTS: readonly TraceContext[] = [
  { traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01` },
  { traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01`, tracestate: 'vendor=1' },
]
