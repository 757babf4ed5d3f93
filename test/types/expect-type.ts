import { expectType } from '../expect-type.js'

declare const anything: any // oxlint-disable-line typescript/no-explicit-any
declare const text: string | undefined

expectType<string>().toBe<string>()
expectType<never>().toBe<never>()
expectType<unknown>().toBe<unknown>()
expectType<{ a?: 1 }>().toBe<{ a?: 1 }>()
expectType(text).toBe<string | undefined>()

// @ts-expect-error an any never passes
expectType(anything).toBe<string>()
// @ts-expect-error not even as any
expectType(anything).toBe<typeof anything>()
// @ts-expect-error nor as what is expected
expectType<string>().toBe<typeof anything>()
// @ts-expect-error nor deep inside
expectType<{ a: typeof anything }>().toBe<{ a: string }>()
// @ts-expect-error never is only never
expectType<never>().toBe<string>()
// @ts-expect-error narrower is not identical
expectType<'a'>().toBe<string>()
// @ts-expect-error wider is not identical
expectType<string | undefined>().toBe<string>()
// @ts-expect-error an optional property is not a required one
expectType<{ a?: 1 }>().toBe<{ a: 1 }>()
// @ts-expect-error nor is a read-only one a mutable one
expectType<{ readonly a: 1 }>().toBe<{ a: 1 }>()
