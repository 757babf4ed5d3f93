import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { check } from './commands/check.js'
import { diff } from './commands/diff.js'
import { importDocument } from './commands/import.js'
import { render } from './commands/render.js'
import { serve } from './commands/serve.js'
import type { Terminal } from './terminal/terminal.js'

/** What a command ends with when it was not called rightly, or could not read what it was given. */
export const USAGE_ERROR = 2

const INTRODUCTION = `AsyncAPI documents of ackwire contracts: written, checked, compared, shown and read back.
A contract is a TypeScript file that exports a router; it needs no build step.`

const EXIT_CODES = `
Exit codes
  0  all is well
  1  check: the document is not what the contract renders; diff: a change is breaking
  2  a command or option that does not exist, a file or contract that can't be read`

const OVERVIEW = `
Examples
  $ ackwire render contract.ts -o asyncapi.yaml          write the document
  $ ackwire check contract.ts asyncapi.yaml              in CI: is the committed one up to date?
  $ git show main:asyncapi.yaml > /tmp/before.yaml
  $ ackwire diff /tmp/before.yaml contract.ts            in CI: does this break a client?
  $ ackwire serve contract.ts --server http://localhost:3000
  $ ackwire import asyncapi.yaml -o contract.ts          begin with somebody's document

What the contract does not say (title, servers, security schemes) is exported beside it:
  export const docs = { info: { title: 'Chat', version: '2.1.0' }, servers: { … } }
or by a file given with --options; the flags come last and win.
${EXIT_CODES}`

/** The commands, their options and their help. `end` is given what each ends with. */
export const createProgram = (terminal: Terminal, end: (code: number) => void): Command => {
  const program = new Command('ackwire')
  const configure = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({ writeOut: terminal.print, writeErr: text => terminal.tell(...text.trimEnd().split('\n')) })
      .showHelpAfterError('(ackwire --help shows how; ackwire help COMMAND tells more)')
  configure(program)
    .description(INTRODUCTION)
    .addHelpText('after', OVERVIEW)
    .helpCommand('help [command]', 'tell more of a command')

  const command = (usage: string, summary: string, help: string): Command =>
    configure(program.command(usage))
      .summary(summary)
      .description(summary)
      .addHelpText('after', `\n${help}\n${EXIT_CODES}`)

  withRendering(command('render', 'write the AsyncAPI document of a contract', RENDER))
    .argument('<contract>', 'a TypeScript or JavaScript file that exports a router')
    .option('-o, --out <file>', 'the file to write; its name says the format (default: the standard output, YAML)')
    .addOption(new Option('-f, --format <format>', 'the format').choices(['yaml', 'json']))
    .action(async (file, options) => end(await render(file, options, terminal)))

  withRendering(command('check', 'fail where a committed document is not what the contract renders', CHECK))
    .argument('<contract>', 'a TypeScript or JavaScript file that exports a router')
    .argument('<document>', 'the committed document, YAML or JSON')
    .action(async (file, committed, options) => end(await check(file, committed, options, terminal)))

  withRendering(command('diff', 'say which changes break those who talk to the server', DIFF))
    .argument('<old>', 'a document, YAML or JSON, or a contract')
    .argument('<new>', 'a document or a contract')
    .option('--json', 'write JSON, for machines')
    .option(
      '--strict',
      'count properties that no schema declares: a peer may send any, where an object is open to them',
    )
    .action(async (before, after, options) => end(await diff(before, after, options, terminal)))

  withRendering(command('serve', "show a contract's page, with reload on change", SERVE))
    .argument('<source>', 'a contract, or a document')
    .option('-p, --port <number>', 'the port of the page', portOf, 4000)
    .option('--host <host>', 'the host that it listens at', 'localhost')
    .option('--path <path>', 'where the page is', '/docs')
    .option(
      '-s, --server <url>',
      'a running server: all requests that are not for the page go there, Socket.IO with them',
    )
    .option(
      '--allow-origin <origin>',
      'whose pages may ask besides this one, such as http://localhost:5173; can be given several times',
      (origin: string, others: readonly string[] = []) => [...others, origin],
    )
    .action(async (file, options) => end(await serve(file, options, terminal)))

  command('import', 'make a contract from an AsyncAPI 2.x or 3.x document', IMPORT)
    .argument('<document>', 'a document, YAML or JSON: of ackwire, of a Python project, of zod-sockets')
    .option('-o, --out <file>', 'the file to write (default: the standard output)')
    .option('--force', 'write over a file that is there')
    .action(async (file, options) => end(await importDocument(file, options, terminal)))
  return program
}

/** What was wrong with the way a command was called; `undefined` where that was only help asked for. */
export const usageErrorIn = (error: unknown): 'usage' | 'help' | undefined => {
  if (!(error instanceof CommanderError)) return undefined
  return error.exitCode === 0 ? 'help' : 'usage'
}

const withRendering = (command: Command): Command =>
  command
    .option('-e, --export <name>', 'which router, where the file exports several')
    .option(
      '--options <file>',
      "the document's options: a file that exports them, or YAML or JSON (default: the export docs)",
    )
    .option('--title <text>', 'the title of the API')
    .option('--api-version <version>', 'the version of the API')
    .option('--description <text>', 'the description of the API')
    .addOption(new Option('--asyncapi <version>', 'the version of AsyncAPI').choices(['3.0.0', '3.1.0', '2.6.0']))
    .addOption(
      new Option('--perspective <side>', 'whose operations the document describes').choices(['server', 'client']),
    )

const portOf = (text: string): number => {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new InvalidArgumentError('A port is a number from 0 to 65535.')
}

const RENDER = `Examples
  $ ackwire render contract.ts                            YAML on the standard output
  $ ackwire render contract.ts -o asyncapi.json           JSON, by the file's name
  $ ackwire render src/contract.ts --export admin --title 'Admin API' --api-version 2.1.0`

const CHECK = `Examples
  $ ackwire check contract.ts asyncapi.yaml

Compared is what the documents say, not how they are formatted. The AsyncAPI version is the committed one's.`

const DIFF = `Examples
  $ git show main:asyncapi.yaml > /tmp/before.yaml && ackwire diff /tmp/before.yaml contract.ts
  $ ackwire diff v1.yaml v2.yaml --json | jq '.changes[] | select(.class == "breaking")'

What a peer sends may not be asked for more; what it receives may not be less, nor anything new.
  breaking     a peer that was right before is refused now, or is given what it does not know
  compatible   it goes on as before
  docs only    only words differ
A change that can't be shown to be compatible counts as breaking. Peers are taken to send the
properties that a schema declares; with --strict, any that it lets through.`

const SERVE = `Examples
  $ ackwire serve contract.ts --server http://localhost:3000    page at http://localhost:4000/docs
  $ ackwire serve asyncapi.yaml --port 8080 --path /
  $ ackwire serve contract.ts --host 0.0.0.0 --allow-origin http://devbox.example:4000

Any page that a browser on this machine shows could ask this server, and the one behind it. So a request is
refused (403) unless its Host is localhost, *.localhost, 127.0.0.1, [::1], the --host or the address that this is
(with 0.0.0.0 or ::, the addresses of this machine), with the port of the page; and, where it has an Origin,
unless that is the page's own. --allow-origin lets others pass: an origin, and the host in it. Give it
for a front end on another port, for another name of this machine, and for a port that is forwarded.

The page is written anew when the contract, or a file that it imports, is saved. A mistake in it is
shown in the terminal, and the page stays as it was.`

const IMPORT = `Examples
  $ ackwire import asyncapi.yaml -o contract.ts

What a contract can't say is told on the standard error and in a comment at the top of the file.`
