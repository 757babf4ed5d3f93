import { createConsole } from './console/console.js'
import { start } from './app/start.js'

start(createConsole)
