/**
 * npm run -s cel-spec
 *
 * Runs the conformance suite of the Common Expression Language, prints each miss by name with its reason, and
 * `cel-spec: N of M`. Exit 0 when the misses are those of known-misses.json, 1 when there are others or fewer.
 */
import { readFileSync } from 'node:fs'
import { runSpec } from './run-spec.js'

const known = JSON.parse(readFileSync('test/cel-spec/known-misses.json', 'utf8')) as Record<string, string>
const results = runSpec()
const misses = results.filter(({ miss }) => miss !== undefined)
for (const { name, miss } of misses) process.stdout.write(`${name}: ${known[name] ?? miss ?? ''}\n`)
const names = new Set(misses.map(({ name }) => name))
const fresh = misses.filter(({ name }) => !Object.hasOwn(known, name))
const gone = Object.keys(known).filter((name) => !names.has(name))
for (const { name, miss } of fresh) process.stderr.write(`not a known miss: ${name}: ${miss ?? ''}\n`)
for (const name of gone) process.stderr.write(`a known miss passes, take it off the list: ${name}\n`)
process.stdout.write(`cel-spec: ${results.length - misses.length} of ${results.length}\n`)
process.exitCode = fresh.length + gone.length === 0 ? 0 : 1
