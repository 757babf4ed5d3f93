import { properties, type Words } from './shape.js'

/** Returns the notation of Zod 3 or 4, given the expressions that differ between them. */
export const words = (email: string, integer: string): Words<string> => ({
  string: 'z.string()',
  email,
  integer,
  role: `z.enum(['admin', 'member'])`,
  optional: type => `z.optional(${type})`,
  array: type => `z.array(${type})`,
  object: of => `z.object(${properties(of)})`,
})

/** The notation of Zod 4, whose types cost less than those of Zod 3. */
export const zod4 = words('z.email()', 'z.int()')
