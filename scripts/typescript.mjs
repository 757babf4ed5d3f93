// Lets Node run the workspace's TypeScript: `node --conditions=ackwire-source --import ./scripts/typescript.mjs FILE.ts`.
// Each file is transpiled once for each content (see typescript/transpile.mjs), so that no process pays for a compiler.
import * as module from 'node:module'
import * as hooks from './typescript/hooks.mjs'

/**
 * The functions that Node has since 22.15 and 24; the types are those of Node 20.
 * @typedef {{ registerHooks?: (hooks: object) => void, setSourceMapsSupport?: (isOn: boolean, options: { nodeModules: boolean }) => void }} Later
 */
const { registerHooks, setSourceMapsSupport } = /** @type {Later} */ (/** @type {unknown} */ (module))

// In the thread of the program where Node can do that, since a thread of their own costs a tenth of a second.
if (registerHooks !== undefined) registerHooks(hooks)
else module.register('./typescript/hooks.mjs', import.meta.url)

// Stack traces name the lines of the sources; what is installed is shown as it is.
if (setSourceMapsSupport !== undefined) setSourceMapsSupport(true, { nodeModules: false })
else process.setSourceMapsEnabled(true)
