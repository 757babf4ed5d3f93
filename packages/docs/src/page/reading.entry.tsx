import { start } from './app/start.js'

start()
