import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { check } from './commands/check.js'
import { diff } from './commands/diff.js'
import { importDocument } from './commands/import.js'
import { render } from './commands/render.js'
import { serve } from './commands/serve.js'
import { linesOf } from './terminal/problem.js'
import type { Terminal } from './terminal/terminal.js'

/** The exit code for wrong usage and for input that can't be read. */
export const USAGE_ERROR = 2

const INTRODUCTION = `Render, check, compare, serve and import AsyncAPI documents of ackwire contracts.
A contract is a TypeScript file that exports a router; it needs no build step.`

const EXIT_CODES = `
Exit codes
  0  success
  1  check: the document is out of date; diff: there is a breaking change
  2  wrong usage, or a file or contract that can't be read`

const OVERVIEW = `
Examples
  $ ackwire render contract.ts -o asyncapi.yaml          write the document
  $ ackwire check contract.ts asyncapi.yaml              in CI: is the document up to date?
  $ git show main:asyncapi.yaml > /tmp/before.yaml
  $ ackwire diff /tmp/before.yaml contract.ts            in CI: does this break a client?
  $ ackwire serve contract.ts --server http://localhost:3000
  $ ackwire import asyncapi.yaml -o contract.ts          start from an existing document

Export what the contract does not contain (title, servers, security schemes) beside it:
  export const docs = { info: { title: 'Chat', version: '2.1.0' }, servers: { … } }
or pass a file with --options. Flags take precedence.
${EXIT_CODES}`

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

const RENDER = `Examples
  $ ackwire render contract.ts                            YAML on the standard output
  $ ackwire render contract.ts -o asyncapi.json           JSON, by the file extension
  $ ackwire render src/contract.ts --export admin --title 'Admin API' --api-version 2.1.0`

const CHECK = `Examples
  $ ackwire check contract.ts asyncapi.yaml

Ignores formatting. Uses the AsyncAPI version of the committed document.`

const DIFF = `Examples
  $ git show main:asyncapi.yaml > /tmp/before.yaml && ackwire diff /tmp/before.yaml contract.ts
  $ ackwire diff v1.yaml v2.yaml --json | jq '.changes[] | select(.class == "breaking")'

Clients must still be allowed to send what they sent before, and must receive only what they know.
  breaking     a client that was correct is refused, or receives something it does not know
  compatible   existing clients are not affected
  docs only    only descriptions differ
A change that can't be shown to be compatible counts as breaking. Clients are assumed to send
only declared properties; with --strict, any that a schema allows.`

const SERVE = `Examples
  $ ackwire serve contract.ts --server http://localhost:3000    page at http://localhost:4000/docs
  $ ackwire serve asyncapi.yaml --port 8080 --path /
  $ ackwire serve contract.ts --host 0.0.0.0 --allow-origin http://devbox.example:4000

Any page in a browser on this machine could send requests to this server and to the one behind it. A request is
therefore refused (403) unless its Host is localhost, *.localhost, 127.0.0.1, [::1], or the --host or its address
(for 0.0.0.0 and ::, any address of this machine), with the page's port, and its Origin, if any, is the page's own.
--allow-origin allows another origin and its host: for a front end on another port, for another name of this
machine, or for a forwarded port.

The page is updated when the contract or a file that it imports is saved. If that fails, the error is
shown in the terminal and the page stays as it was.`

const IMPORT = `Examples
  $ ackwire import asyncapi.yaml -o contract.ts

Parts that a contract can't express are listed on the standard error and in a comment at the top of the file.`
