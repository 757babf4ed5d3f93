/** Returns the statement that registers a contract's formats; `list` is the code of an array of their names. */
export const formatLoop = (list: string): string =>
  `for (const format of ${list}) {\n  if (!FormatRegistry.Has(format)) FormatRegistry.Set(format, () => true)\n}`
