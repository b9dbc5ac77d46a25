/**
 * npm run -s test:crash -- SUBJECT [ARGUMENT...]
 *
 * Really carries out a plan, again and again, each time killed (SIGKILL) at another boundary of its journal, and lets the
 * next run finish or put back. Each subject prints one line at its end; exit 0 when nothing was lost.
 */

/** A subject's own program: gets the arguments behind its name, gives the exit code. */
export type CrashTest = (args: readonly string[]) => Promise<number>

const SUBJECTS: Readonly<Record<string, () => Promise<CrashTest>>> = {
  fix: async () => (await import('./fix.js')).crashFix,
  'docker-tls': async () => (await import('./docker-tls/main.js')).crashDockerTls,
  upgrade: async () => (await import('./upgrade.js')).crashUpgrade,
}

const [subject = '', ...args] = process.argv.slice(2)
const load = Object.hasOwn(SUBJECTS, subject) ? SUBJECTS[subject] : undefined
if (load === undefined) {
  process.stderr.write(`usage: npm run -s test:crash -- ${Object.keys(SUBJECTS).join('|')}\n`)
  process.exitCode = 2
} else {
  process.exitCode = await (await load())(args)
}
