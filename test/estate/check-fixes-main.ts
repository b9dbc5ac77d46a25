import { checkFixes } from './check-fixes.js'

const result = await checkFixes(process.argv[2] ?? 'examples/estate')
for (const line of result.refused) process.stderr.write(`refused: ${line}\n`)
for (const line of result.left) process.stderr.write(`left: ${line}\n`)
for (const line of result.fresh) process.stderr.write(`new: ${line}\n`)
process.stdout.write(
  `fixes: ${result.applied} applied, ${result.left.length} findings left, ${result.fresh.length} new, ${result.adviceOnly} advice only\n`,
)
process.exitCode = result.left.length + result.fresh.length + result.refused.length === 0 ? 0 : 1
