// Writes the committed documents anew: `npm run golden` in packages/docs. Look at the difference before it is committed.
import { writeFileSync } from 'node:fs'
import { goldenFiles } from './files.js'

for (const [file, text] of goldenFiles()) {
  writeFileSync(file, text)
  console.log(file)
}
