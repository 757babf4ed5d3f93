import { createConsole } from './console/console.js'
import { start } from './start.js'

start(createConsole)
