import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { check } from './commands/check.js'
import { diff } from './commands/diff.js'
import { importDocument } from './commands/import.js'
import { render } from './commands/render.js'
import { serve } from './commands/serve.js'
import { CHECK, DIFF, EXIT_CODES, IMPORT, INTRODUCTION, OVERVIEW, RENDER, SERVE } from './help.js'
import { linesOf } from './terminal/problem.js'
import type { Terminal } from './terminal/terminal.js'

/** The exit code for wrong usage and for input that can't be read. */
export const USAGE_ERROR = 2

/** Runs a command line, without the name of the command, and resolves to the exit code. Never rejects. */
export const run = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  let code = USAGE_ERROR
  try {
    await createProgram(terminal, result => (code = result)).parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return codeOf(error, terminal)
  }
}

/** Tells an error, unless the parser has told it already, and returns the exit code. */
export const codeOf = (error: unknown, terminal: Terminal): number => {
  // The parser throws for requested help, too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_ERROR
  terminal.tell(...linesOf(error, 'ackwire: '))
  return USAGE_ERROR
}

/** Creates the commands with their options and help. `end` is called with each command's exit code. */
const createProgram = (terminal: Terminal, end: (code: number) => void): Command => {
  const program = new Command('ackwire')
  const configure = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({ writeOut: terminal.print, writeErr: text => terminal.tell(...text.trimEnd().split('\n')) })
      .showHelpAfterError('(see ackwire --help, or ackwire help COMMAND)')
  configure(program)
    .description(INTRODUCTION)
    .addHelpText('after', OVERVIEW)
    .option('-V, --version', 'show the version')
    .on('option:version', () => {
      terminal.print(`${version()}\n`)
      throw new CommanderError(0, 'ackwire.version', 'the version is shown')
    })
    // Replaced below: the parser's own takes the exit code of a process that has not ended yet.
    .helpCommand(false)

  const command = (usage: string, summary: string, help: string): Command =>
    configure(program.command(usage))
      .summary(summary)
      .description(summary)
      .addHelpText('after', `\n${help}\n${EXIT_CODES}`)

  withRendering(command('render', 'write the AsyncAPI document of a contract', RENDER))
    .argument('<contract>', 'a TypeScript or JavaScript file that exports a router')
    .option('-o, --out <file>', 'the file to write; its extension sets the format (default: the standard output, YAML)')
    .addOption(new Option('-f, --format <format>', 'the format').choices(['yaml', 'json']))
    .action(async (file, options) => end(await render(file, options, terminal)))

  withRendering(command('check', 'fail if a committed document does not match the contract', CHECK))
    .argument('<contract>', 'a TypeScript or JavaScript file that exports a router')
    .argument('<document>', 'the committed document, YAML or JSON')
    .action(async (file, committed, options) => end(await check(file, committed, options, terminal)))

  withRendering(command('diff', 'show the changes that break clients', DIFF))
    .argument('<old>', 'a document, YAML or JSON, or a contract')
    .argument('<new>', 'a document or a contract')
    .option(...ROOT)
    .option('--json', 'write JSON')
    .option('--strict', 'assume that peers send undeclared properties in objects that allow them')
    .action(async (before, after, options) => end(await diff(before, after, options, terminal)))

  withRendering(command('serve', "serve a contract's page and reload it on changes", SERVE))
    .argument('<source>', 'a contract, or a document')
    .option(...ROOT)
    .option('-p, --port <number>', 'the port of the page', portOf, 4000)
    .option('--host <host>', 'the host to listen on', 'localhost')
    .option('--path <path>', 'the path of the page', '/docs')
    .option('-s, --server <url>', 'a running server that gets all other requests, including those of Socket.IO')
    .option(
      '--allow-origin <origin>',
      'an origin whose pages may make requests, such as http://localhost:5173; repeatable',
      (origin: string, others: readonly string[] = []) => [...others, origin],
    )
    .action(async (file, options) => end(await serve(file, options, terminal)))

  command('import', 'create a contract from an AsyncAPI 2.x or 3.x document', IMPORT)
    .argument('<document>', 'a document, YAML or JSON: from ackwire, a Python project or zod-sockets')
    .option('-o, --out <file>', 'the file to write (default: the standard output)')
    .option('--force', 'overwrite an existing file')
    .option(...ROOT)
    .addOption(
      new Option(
        '--channels <kind>',
        'what a channel whose address has no leading slash is (default: by its messages)',
      ).choices(['event', 'namespace']),
    )
    .action(async (file, options) => end(await importDocument(file, options, terminal)))

  configure(program.command('help [command]'))
    .summary('show the help of a command')
    .description('show the help of a command')
    .action((name?: string) => {
      const about = name === undefined ? program : program.commands.find(each => each.name() === name)
      if (about === undefined)
        return program.error(`error: unknown command '${name}'; expected render, check, diff, serve or import`)
      about.outputHelp()
      end(0)
    })
  return program
}

/** Returns the version of this package. */
const version = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return String(Reflect.get(Object(manifest), 'version'))
}

/** The flag of all commands that read a document. */
const ROOT = [
  '--root <folder>',
  "the folder whose files a document may refer to by $ref (default: the document's own)",
] as const

const withRendering = (command: Command): Command =>
  command
    .option('-e, --export <name>', 'the exported router, if the file has several')
    .option('--options <file>', "a module, YAML or JSON file with the document's options (default: the export docs)")
    .option('--title <text>', 'the title of the API')
    .option('--api-version <version>', 'the version of the API')
    .option('--description <text>', 'the description of the API')
    .addOption(new Option('--asyncapi <version>', 'the version of AsyncAPI').choices(['3.0.0', '3.1.0', '2.6.0']))
    .addOption(new Option('--perspective <side>', 'the side that the document describes').choices(['server', 'client']))

const portOf = (text: string): number => {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new InvalidArgumentError('Expected a port from 0 to 65535.')
}
