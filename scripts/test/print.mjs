// What the test command prints of its files, and their sum.
import { isGood } from './process.mjs'

/** @typedef {import('./process.mjs').Result} Result */

const seconds = (/** @type {number} */ value) => `${value.toFixed(1)} s`

/** Prints a file's line, and what it printed where it failed. @param {Result} result @param {{ timings: boolean }} options */
export function printFile(result, { timings }) {
  const { file, tests, passed, skipped, problems, printed, output, ms, cpuSeconds } = result
  const good = isGood(result)
  const counts = `${passed}/${tests}${skipped > 0 ? `, ${skipped} skipped` : ''}`
  const cpu = timings ? `  ${seconds(cpuSeconds)} of the processor` : ''
  console.log(`${good ? 'ok    ' : 'FAILED'}  ${file}  ${counts}  ${seconds(ms / 1000)}${cpu}`)
  for (const problem of problems) console.log(`        ${problem}`)
  if (printed !== '') console.log(printed.trimEnd().replace(/^/gm, '        '))
  const lines = output.split('\n').filter(line => !good || line.startsWith('skipped: '))
  for (const line of lines) console.log(`        ${line}`)
}

/** Prints what cost the most. @param {readonly Result[]} results */
export function printTimings(results) {
  const sum = results.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0)
  console.log(
    `\n${seconds(sum)} of the processor, user and system, with the processes that the tests started and that have ended:`,
  )
  for (const { cpuSeconds, file } of results.toSorted((one, other) => other.cpuSeconds - one.cpuSeconds).slice(0, 10))
    console.log(`${seconds(cpuSeconds).padStart(10)}  ${file}`)
  console.log()
}

/** Adds up what passed, failed and was skipped. @param {readonly Result[]} results */
export function sumOf(results) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const { tests, passed, skipped, problems } of results) {
    total.passed += passed
    total.skipped += skipped
    // So that no file with a problem ends with `0 failed`.
    total.failed += Math.max(tests - passed - skipped, problems.length > 0 ? 1 : 0)
  }
  return total
}

/** Prints the last line. @param {{ passed: number, failed: number, skipped: number }} total */
export function printSum({ passed, failed, skipped }) {
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
}
