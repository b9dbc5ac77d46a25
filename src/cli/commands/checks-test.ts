import type { Command } from 'commander'
import { RampartError, type AuditResult } from '../../model/index.js'
import { visible } from '../../text/index.js'
import type { Expectation, UserCheckTest } from '../../user-checks/index.js'
import { VERSION } from '../../version.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { findConfiguration } from '../find-configuration.js'
import { loadUserChecks, type LoadedCheck } from '../user-checks.js'

interface TestOptions {
  readonly config?: string | false
}

/** `rampart checks test`: runs the test cases beside the user's own checks. */
export function registerChecksTest(checks: Command, { terminal, setExit }: CommandContext): void {
  checks
    .command('test')
    .argument('[path...]', 'files and folders of checks (default: those that the configuration names)')
    .description('run the test cases of checks of your own')
    .option('--config <file>', 'configuration (default: .rampart.yaml, where there is one)')
    .option('--no-config', 'no configuration')
    .addHelpText('after', HELP)
    .action(async (paths: string[], { config }: TestOptions) => {
      const found = paths.length > 0 ? undefined : await findConfiguration(config, [])
      const loaded = await loadUserChecks(paths, found, [])
      if (loaded.length === 0) {
        throw new RampartError('usage', 'no checks: name a file or folder, or `checks.from` in .rampart.yaml')
      }
      let [passed, failed] = [0, 0]
      for (const each of loaded) {
        if (each.tests.length === 0) terminal.out(`none  ${visible(each.check.id)} has no tests\n`)
        for (const test of each.tests) {
          const fault = await faultOf(each, test)
          if (fault === undefined) passed += 1
          else failed += 1
          const { file, line = 1, column = 1 } = test.place
          const name = visible(`${each.check.id}: ${test.name}`)
          terminal.out(
            fault === undefined
              ? `ok    ${name}\n`
              : `FAIL  ${name}\n      ${visible(`${file}:${line}:${column}: ${fault}`)}\n`,
          )
        }
      }
      terminal.out(`${passed} passed, ${failed} failed\n`)
      setExit(failed > 0 ? EXIT.findings : EXIT.ok)
    })
}

/** Why a test fails; undefined when the check says what is expected. */
async function faultOf(
  { check }: LoadedCheck,
  { given, expect }: UserCheckTest,
): Promise<string | undefined> {
  const { estateFrom } = await import('../../sources/index.js')
  const { runAudit } = await import('../../audit/index.js')
  const estate = await estateFrom(given)
  const [problem] = estate.problems.filter(({ level }) => level === 'error')
  if (problem !== undefined) return `the test's input cannot be read: ${problem.message}`
  const result = runAudit(estate, { version: VERSION, checks: [check], rules: { annotations: false } })
  const outcome = outcomeOf(result)
  if (outcome === expect) return undefined
  const said = [...result.findings, ...result.unknowns].map(({ message }) => message)
  return `expected ${expect}, got ${outcome}${said.length === 0 ? '' : `: ${said.join('; ')}`}`
}

/** The worst that came out; a check that was asked about nothing does not pass. */
function outcomeOf({ coverage: [counts] }: AuditResult): Expectation {
  if (counts === undefined) return 'not-asked'
  if (counts.fail > 0) return 'fail'
  if (counts.unknown > 0) return 'unknown'
  return counts.pass > 0 ? 'pass' : 'not-asked'
}

const HELP = `
Exit codes: 0 every test passed, 1 some failed, 2 a check cannot be read.

Examples:
  rampart checks test rampart-checks/
  rampart checks test examples/user-checks/images.yaml`
