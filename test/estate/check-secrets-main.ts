import { checkSecrets } from './check-secrets.js'

const { planted, found } = await checkSecrets()
for (const line of found) process.stderr.write(`${line}\n`)
process.stdout.write(`secrets: ${planted} planted, ${found.length} found\n`)
process.exitCode = found.length === 0 ? 0 : 1
