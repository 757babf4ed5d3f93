import type { ApiEvent } from '../parse/model.js'
import { canonical } from '../parse/json.js'
import type { Change } from './change.js'
import { compareEvents, type Documents } from './event-change.js'

/** Groups events by direction and name, since a document may describe one event by several messages (its forms). */
export const formsOf = (events: readonly ApiEvent[]): ReadonlyMap<string, readonly ApiEvent[]> => {
  const forms = new Map<string, ApiEvent[]>()
  for (const event of events) {
    const key = `${event.direction} ${event.name}`
    forms.set(key, [...(forms.get(key) ?? []), event])
  }
  return forms
}

/** Compares one event in both documents: each form with the equal form of the other document, or with the one in its place. */
export const compareForms = (
  before: readonly ApiEvent[],
  after: readonly ApiEvent[],
  where: string,
  documents: Documents,
): readonly Change[] => {
  const left = [...after]
  const pairs: (readonly [ApiEvent, ApiEvent])[] = []
  const take = (event: ApiEvent, index: number): boolean => {
    const [partner] = index < 0 ? [] : left.splice(index, 1)
    if (partner !== undefined) pairs.push([event, partner])
    return partner === undefined
  }
  const others = before.filter(event =>
    take(
      event,
      left.findIndex(form => asked(form) === asked(event)),
    ),
  )
  const lost = others.filter(event => take(event, left.length > 0 ? 0 : -1))
  return [
    ...pairs.flatMap(([was, is]) => compareEvents(was, is, where, documents)),
    ...lost.map(form => changeOf(form, where, 'no longer has this form', form.direction === 'input')),
    ...left.map(form =>
      changeOf(form, where, 'now has another form', form.direction === 'output' || !isAlike(form, before)),
    ),
  ]
}

const asked = ({ args, ack, errors, errorFirst }: ApiEvent): string => canonical([args, ack, [...errors], errorFirst])

// The form of a message is not always certain, and so neither is the form of its answer.
const isAlike = (form: ApiEvent, known: readonly ApiEvent[]): boolean =>
  known.every(({ ack, errors }) => canonical([ack, [...errors]]) === canonical([form.ack, [...form.errors]]))

const changeOf = ({ direction }: ApiEvent, where: string, what: string, isBreaking: boolean): Change => ({
  class: isBreaking ? 'breaking' : 'compatible',
  where,
  part: direction,
  what,
})
