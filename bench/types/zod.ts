import { properties, type Words } from './shape.js'

/** Zod's, of either version. */
export const words = (email: string, integer: string): Words<string> => ({
  string: 'z.string()',
  email,
  integer,
  role: `z.enum(['admin', 'member'])`,
  optional: type => `z.optional(${type})`,
  array: type => `z.array(${type})`,
  object: of => `z.object(${properties(of)})`,
})

/** Those of Zod 4, whose types cost less than Zod 3's. */
export const zod4 = words('z.email()', 'z.int()')
