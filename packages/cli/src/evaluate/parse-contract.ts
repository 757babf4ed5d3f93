import { parse, type Program } from 'acorn'

/**
 * Parses the source of an imported contract without running it: esbuild strips the types, and acorn builds the syntax tree.
 *
 * @throws Error for invalid TypeScript.
 */
export const parseContract = async (text: string): Promise<Program> => {
  // Imported lazily, since only commands that read a foreign document need it.
  const { transform } = await import('esbuild')
  const { code } = await transform(text, {
    loader: 'ts',
    target: 'esnext',
    logLevel: 'silent',
    // Otherwise esbuild writes a string with many line breaks as a template literal.
    supported: { 'template-literal': false },
    // Unused imports are kept, so that they are checked, too.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  })
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module' })
}
