import { event, router, type ContractOf, type Event, type Router } from '@ackwire/core'
import type { AuthOf, EntriesOf, EventKindOf, TypesOf } from '@ackwire/core/declarations'
import { Type } from '@sinclair/typebox'
import { expectType } from '../../../../test/expect-type.js'

type Of<Entry> = {
  direction: EventKindOf<Entry>
  args: TypesOf<Entry>['wire']['args']
  ack: TypesOf<Entry>['wire']['ack']
  errors: TypesOf<Entry>['wire']['errors']
}

// Arguments: none, one, several, optional properties, literals, binary.
const none = event.input()
expectType<Of<typeof none>>().toBe<{ direction: 'input'; args: []; ack: never; errors: {} }>()
const one = event.output(Type.Object({ name: Type.String(), age: Type.Optional(Type.Integer()) }))
expectType<Of<typeof one>>().toBe<{
  direction: 'output'
  args: [value: { name: string; age?: number }]
  ack: never
  errors: {}
}>()
const several = event.input(Type.Literal('a'), Type.Uint8Array(), Type.Union([Type.String(), Type.Null()]))
expectType<TypesOf<typeof several>['wire']['args']>().toBe<['a', Uint8Array, string | null]>()

// Acks: a value, a receipt, and each keeps the rest.
const answered = event.input(Type.String()).errors({ FULL: Type.Integer() }).ack(Type.Boolean()).describe('x')
expectType<Of<typeof answered>>().toBe<{
  direction: 'input'
  args: [value: string]
  ack: boolean
  errors: { readonly FULL: number }
}>()
const receipt = event.output(Type.String()).ack()
expectType<Of<typeof receipt>>().toBe<{ direction: 'output'; args: [value: string]; ack: void; errors: {} }>()
const failing = event
  .input()
  .ack(Type.Null())
  .errors({ TAKEN: Type.Object({ by: Type.String() }), GONE: Type.Null() })
expectType<TypesOf<typeof failing>['wire']['errors']>().toBe<{ readonly TAKEN: { by: string }; readonly GONE: null }>()
expectType(failing).toBe<Event<'input', TypesOf<typeof failing>>>()

// Routers: entries as written, groups, auth.
const todo = router({ create: answered })
const admin = router({ ban: one }, { auth: Type.Object({ token: Type.String() }), tags: ['x'] })
const api = router({ none, todo, '/admin': admin }, { auth: Type.Literal('secret') })
type Entries = EntriesOf<typeof api>
expectType<keyof Entries>().toBe<'none' | 'todo' | '/admin'>()
expectType<Entries['todo']>().toBe<typeof todo>()
expectType<Entries['none']>().toBe<typeof none>()
expectType<EntriesOf<Entries['todo']>['create']>().toBe<typeof answered>()
expectType<AuthOf<typeof api>>().toBe<'secret'>()
expectType<AuthOf<Entries['/admin']>>().toBe<{ token: string }>()
expectType<AuthOf<Entries['todo']>>().toBe<unknown>()
expectType(api['~router'].namespaces[0]?.name).toBe<string | undefined>()
const any: Router = api
expectType(any).toBe<Router>()

// A named contract is the contract.
interface Named extends ContractOf<typeof api> {}
const named: Named = api
expectType<EntriesOf<typeof named>>().toBe<Entries>()
expectType<AuthOf<typeof named>>().toBe<'secret'>()
// @ts-expect-error a name of another contract
export const other: Named = todo
// @ts-expect-error no contract
export type None = ContractOf<string>

// @ts-expect-error an argument is a TypeBox schema
event.input('string')
// @ts-expect-error also the second one
event.output(Type.String(), { type: 'string' })
// @ts-expect-error a receipt is `.ack()`, not null
event.input().ack(null)
// @ts-expect-error an ack is one schema
event.input().ack(Type.String(), Type.String())
// @ts-expect-error errors are schemas by code
event.input().ack().errors(['FULL'])
// @ts-expect-error an error's data is a schema
event.input().ack().errors({ FULL: 'x' })
// @ts-expect-error no description has such a property
event.input().describe({ sumary: 'x' })
// @ts-expect-error nor a summary that is a number
event.input().describe({ summary: 1 })
// @ts-expect-error an entry is an event or a router
router({ todo: { create: answered } })
// @ts-expect-error not a schema
router({ todo: Type.String() })
// @ts-expect-error not the factory itself
router({ todo: event.input })
// @ts-expect-error auth is a schema
router({}, { auth: { token: 'string' } })
// @ts-expect-error no option has this name
router({}, { atuh: Type.String() })
// @ts-expect-error a contract can't be changed
api['~router'].entries['later'] = none
// @ts-expect-error nor can an event
none['~event'].direction = 'output'
