/** The statement by which a contract registers formats; `list` is a list of their literals. */
export const formatLoop = (list: string): string =>
  `for (const format of ${list}) {\n  if (!FormatRegistry.Has(format)) FormatRegistry.Set(format, () => true)\n}`
