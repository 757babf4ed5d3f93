import { parse, type Program } from 'acorn'

/**
 * Parses the text of an imported contract, as it is printed, and runs nothing of it: esbuild takes the types away, acorn
 * makes a tree of the rest.
 *
 * @throws Error for what is no TypeScript.
 */
export const parseContract = async (text: string): Promise<Program> => {
  // Not at the top: only commands that read a foreign document pay for it.
  const { transform } = await import('esbuild')
  const { code } = await transform(text, {
    loader: 'ts',
    target: 'esnext',
    logLevel: 'silent',
    // Otherwise esbuild writes a text with many line breaks as a template.
    supported: { 'template-literal': false },
    // Imports stay as they are written, and so are seen.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  })
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module' })
}
