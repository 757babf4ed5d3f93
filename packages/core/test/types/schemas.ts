import { event, router, type Call, type Calls } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import { expectType } from '../../../../test/expect-type.js'

// Schemas that are the hardest on a compiler: they refer to themselves, or are decoded.
const Tree = Type.Recursive(This => Type.Object({ text: Type.String(), replies: Type.Array(This) }))
const Node = Type.Module({
  Node: Type.Object({ name: Type.String(), next: Type.Optional(Type.Ref('Node')) }),
}).Import('Node')
const When = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())
const Dated = Type.Recursive(This => Type.Object({ at: When, inside: Type.Array(This) }))
const Hand = Type.Unsafe<{ side: 'north' | 'south' }>({ type: 'object' })

const events = {
  tree: event.input(Tree).ack(Tree).errors({ CUT: Tree }),
  node: event.input(Node).ack(Node).errors({ LAST: Node }),
  when: event.input(When).ack(When).errors({ LATE: When }),
  hand: event.input(Hand).ack(Hand).errors({ LOST: Hand }),
  dated: event.input(Dated).ack(Type.Integer()),
  maybe: event.input(Type.Optional(When)),
  maybes: event.input(Tree, Type.Optional(When), Type.Optional(Node)).ack(),
  rest: event.input(Node).rest(When),
  grown: event.output(Tree).ack(Tree),
  linked: event.output(Node).ack(Node),
  due: event.output(When, Type.Optional(When)).ack(When).errors({ LATE: When }),
}
const api = router(
  {
    ...events,
    group: router({ maybe: events.maybe, grown: events.grown }),
    '/admin': router({ ...events, ban: event.input(Type.String()).ack() }, { auth: Type.Object({ since: When }) }),
    '/plain': router({ ban: event.input(Type.String()).ack() }),
  },
  { auth: Tree },
)
const server = attach(new Server(), api)

// The compiler comes to an end in each of these, and has found the types.
const root = server.authenticate(({ auth }) => ({ auth }))
const office = server.of('/admin')
const admin = office.authenticate(({ auth }) => ({ auth }))
const plain = server.of('/plain').authenticate(async ({ auth }) => ({ auth }))
const inner = {
  root: root.use(({ data, ctx, next }) => next({ text: data.auth.text, ctx })),
  admin: admin.use(({ data, ctx, next }) => next({ since: data.auth.since, ctx })),
  plain: plain.use(({ data, next }) => next({ auth: data.auth })),
}
root.on.tree(({ data, input, fail }) => {
  expectType(data.auth.replies[0]?.text).toBe<string | undefined>()
  expectType(input.replies[0]?.replies[0]?.text).toBe<string | undefined>()
  return input.text === '' ? fail('CUT', input) : input
})
inner.root.on.when(({ ctx, input, fail }) => {
  expectType(ctx.text).toBe<string>()
  expectType(input).toBe<Date>()
  return ctx.text === '' ? fail('LATE', input) : input
})
inner.root.on.group.maybe(({ input }) => expectType(input).toBe<Date | undefined>())
inner.plain.on.ban(({ ctx, input }) => {
  expectType(ctx.auth).toBe<unknown>()
  expectType(input).toBe<string>()
})
inner.admin.on.node(({ ctx, input, fail }) => {
  expectType(ctx.since).toBe<Date>()
  expectType(input.next?.next?.name).toBe<string | undefined>()
  return input.next === undefined ? fail('LAST', input) : input.next
})
inner.admin.on.hand(({ input, fail }) => {
  expectType(input).toBe<{ side: 'north' | 'south' }>()
  return input.side === 'north' ? fail('LOST', input) : { side: 'north' }
})
for (const { on } of [inner.admin, admin]) {
  on.dated(({ data, input }) => {
    expectType(data).toBe<{ auth: { since: Date } }>()
    expectType(input.at).toBe<Date>()
    return input.inside.length
  })
  on.maybe(({ input }) => expectType(input).toBe<Date | undefined>())
  on.rest(({ input: [node, ...dates] }) => {
    expectType(node.next?.name).toBe<string | undefined>()
    expectType(dates).toBe<Date[]>()
  })
  on.maybes(({ input: [tree, when, node] }) => {
    expectType(tree.replies[0]?.text).toBe<string | undefined>()
    expectType(when).toBe<Date | undefined>()
    expectType(node?.next?.name).toBe<string | undefined>()
  })
}

// All at once.
const handlers: Parameters<typeof office.handle>[0] = {
  tree: ({ input }) => input.replies[0] ?? input,
  node: ({ input }) => input.next ?? input,
  when: async ({ input }) => input,
  hand: ({ input }) => input,
  dated: ({ input }) => input.at.getTime(),
  maybe: ({ input }) => input?.getTime(),
  maybes: ({ input: [, when] }) => when?.getTime(),
  rest: ({ input: [, ...dates] }) => dates.map(date => date.getTime()),
  ban: () => {},
}
office.handle(handlers)
admin.handle(handlers)
inner.admin.handle({ ...handlers, when: ({ ctx }) => ctx.since })
inner.root.handle({
  ...handlers,
  group: { maybe: ({ ctx, input }) => [ctx.text, input?.getTime()] },
  '/admin': { ...handlers, tree: ({ input }) => input },
  '/plain': { ban: ({ input }) => input.length },
})

// An emit, to many and to one.
const leaf = { text: '', replies: [] }
expectType<Parameters<typeof admin.emit.due>>().toBe<[Date, Date?]>()
expectType(admin.emit.due(new Date())).toBe<Calls<Date, { readonly LATE: Date }>>()
expectType(inner.root.emit.linked({ name: '' })).toBe<ReturnType<typeof admin.emit.linked>>()
expectType(root.emit.group.grown(leaf)).toBe<ReturnType<typeof admin.emit.grown>>()
export const grown: Promise<{ text: string }[]> = server.to('room').emit.grown({ text: '', replies: [leaf] })
inner.admin.on.connection(({ emit }) => {
  expectType(emit.due(new Date(), new Date())).toBe<Call<Date, { readonly LATE: Date }>>()
  return emit.linked({ name: '', next: { name: '' } }).then(({ next }) => next?.next?.name)
})

// Two of a kind are the same.
const [one, two] = [event.input(Type.Optional(When)), event.input(Type.Optional(When))] as const
expectType<typeof one>().toBe<typeof two>()
expectType(event.output(Tree)).toBe<ReturnType<typeof treeOut>>()
const treeOut = () => event.output(Tree)

// @ts-expect-error a schema by hand has the type that it is given
admin.on.hand(() => ({ side: 'east' }))
// @ts-expect-error the replies are trees, too
admin.on.tree(() => ({ text: '', replies: [{ text: 1, replies: [] }] }))
// @ts-expect-error at any depth
admin.emit.linked({ name: '', next: { name: '', next: { name: 1 } } })
// @ts-expect-error the answer is what is decoded
inner.root.on.when(() => '2026-01-02')
// @ts-expect-error a second date is a date
admin.emit.due(new Date(), '2026-01-02')
// @ts-expect-error the auth is decoded
admin.on.ban(({ data }) => data.auth.since.toUpperCase())
