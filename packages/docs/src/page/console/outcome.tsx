import type { VNode } from 'preact'
import { Value } from '../text/value.js'
import { FlowPanel } from './flow-panel.js'
import { IssueList } from './issue-list.js'
import type { Answer, Flow, LogEntry } from './store/log.js'

/** The result of a call, or its pending state. */
export const Outcome = ({ entry }: { readonly entry: LogEntry }): VNode => {
  const { flow } = entry
  if (flow !== undefined) return <Streamed entry={entry} flow={flow} />
  const answer = entry.answer.value
  if (entry.event?.isAnswered !== true)
    return (
      <div class="outcome">
        <Head title="Sent" at={entry.at} note="no acknowledgement is declared" />
      </div>
    )
  if (answer === undefined)
    return (
      <div class="outcome waiting">
        <Head title="Waiting for the acknowledgement …" at={entry.at} />
      </div>
    )
  return <Answered answer={answer} at={entry.at} />
}

const TITLES: Readonly<Record<Answer['kind'], string>> = {
  ack: 'Acknowledged',
  error: 'Failed',
  timeout: 'No acknowledgement in time',
  lost: 'Disconnected before the acknowledgement',
  cancelled: 'Cancelled',
}

const Streamed = ({ entry, flow }: { readonly entry: LogEntry; readonly flow: Flow }): VNode => {
  const answer = flow.end.value
  return (
    <div class={`outcome ${answer === undefined ? 'waiting' : answer.kind === 'ack' ? 'good' : 'bad'}`}>
      <Head
        title={answer === undefined ? 'Streaming …' : answer.kind === 'ack' ? 'Ended' : TITLES[answer.kind]}
        at={entry.at}
        code={answer?.error?.code}
        {...(answer === undefined ? {} : { note: `${milliseconds(answer.ms)} ms` })}
      />
      <FlowPanel flow={flow} name={entry.name} />
      {answer !== undefined && <Details answer={answer} label="the final value" />}
    </div>
  )
}

const Answered = ({ answer, at }: { readonly answer: Answer; readonly at: number }): VNode => {
  const { kind, error, ms } = answer
  return (
    <div class={`outcome ${kind === 'ack' ? 'good' : 'bad'}`}>
      <Head title={TITLES[kind]} at={at} note={`${milliseconds(ms)} ms`} code={error?.code} />
      {kind === 'ack' && answer.value === undefined && <p class="quiet">A receipt, without a value.</p>}
      <Details answer={answer} label="the acknowledgement" />
    </div>
  )
}

/** The content of an answer. */
const Details = ({ answer, label }: { readonly answer: Answer; readonly label: string }): VNode => {
  const { kind, value, error, issues } = answer
  return (
    <>
      {error !== undefined && (
        <>
          {error.message !== error.code && <p>{error.message}</p>}
          <IssueList issues={error.issues} />
          {error.data !== undefined && <Value value={error.data} label="the error's data" />}
        </>
      )}
      {kind === 'ack' && value !== undefined && <Value value={value} label={label} />}
      {issues.length > 0 && (
        <>
          <p class="mismatch">The answer does not match the contract:</p>
          <IssueList issues={issues} />
        </>
      )}
    </>
  )
}

const Head = ({
  title,
  at,
  note,
  code,
}: {
  readonly title: string
  readonly at: number
  readonly note?: string
  readonly code?: string | undefined
}): VNode => (
  <p class="outcome-head">
    <strong>{title}</strong>
    {code !== undefined && <code class="code-name">{code}</code>}
    <span class="outcome-note">
      {note !== undefined && `${note} · `}
      <time>{clock(at)}</time>
    </span>
  </p>
)

const milliseconds = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)))

/** Formats a time of day to the second. */
export const clock = (at: number): string => new Date(at).toLocaleTimeString('en-GB')
