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
// @ts-expect-error not even against any
expectType(anything).toBe<typeof anything>()
// @ts-expect-error any is not accepted as the expected type
expectType<string>().toBe<typeof anything>()
// @ts-expect-error any is not accepted in a property
expectType<{ a: typeof anything }>().toBe<{ a: string }>()
// @ts-expect-error never is identical only to never
expectType<never>().toBe<string>()
// @ts-expect-error narrower is not identical
expectType<'a'>().toBe<string>()
// @ts-expect-error wider is not identical
expectType<string | undefined>().toBe<string>()
// @ts-expect-error an optional property is not a required one
expectType<{ a?: 1 }>().toBe<{ a: 1 }>()
// @ts-expect-error a read-only property is not a mutable one
expectType<{ readonly a: 1 }>().toBe<{ a: 1 }>()
