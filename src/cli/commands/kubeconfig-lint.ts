import { readFileSync } from 'node:fs'
import path from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import type { KubeconfigIssue } from '../../kubeconfig/index.js'
import { RampartError } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { oneOf } from '../inputs.js'
import {
  addKubeconfigOption,
  kubeconfigPlaces,
  type KubeconfigOptions,
} from '../kubeconfig/kubeconfig-options.js'

interface LintOptions extends KubeconfigOptions {
  readonly expiringWithin?: number
  readonly output: 'text' | 'json'
}

/** `rampart kubeconfig lint`: what is wrong with kubeconfig files, before anything uses them. */
export function registerKubeconfigLint(kubeconfig: Command, context: CommandContext): void {
  addKubeconfigOption(
    kubeconfig
      .command('lint')
      .argument(
        '[file...]',
        'files in the order in which they win (default: those that kubectl would read); - is standard input',
      ),
  )
    .description('credentials, certificates, connections, plug-ins and names that are wrong or risky')
    .option('--expiring-within <time>', 'what ends sooner is a finding: 12h, 30d (default: 30d)', period)
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
    .action(async (files: string[], options: LintOptions) => {
      const issues = await lint(files, options)
      const { visible } = await import('../../reports/index.js')
      context.terminal.out(
        options.output === 'json' ? `${JSON.stringify({ issues }, null, 2)}\n` : text(issues, visible),
      )
      context.setExit(issues.some(({ level }) => level !== 'hint') ? EXIT.findings : EXIT.ok)
    })
}

const HELP = `
Examples:
  rampart kubeconfig lint                      the files that kubectl would read
  rampart kubeconfig lint ~/Downloads/their.kubeconfig
  rampart kubeconfig lint a.yaml b.yaml -o json

Nothing in a file is run, and nobody is contacted; certificates that it names are read. Hints do not change the exit code.`

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

function period(value: string): number {
  const parts = /^(\d{1,5})([hd])$/.exec(value)
  if (parts === null) throw new InvalidArgumentError('It must be a number of hours or days: 12h, 30d.')
  return Number(parts[1]) * (parts[2] === 'h' ? HOUR : DAY)
}

async function lint(named: readonly string[], options: LintOptions): Promise<KubeconfigIssue[]> {
  const { places, files } = await kubeconfigPlaces(options)
  const { kubeconfigPrecedence, lintKubeconfigs, fileErrorCode, goFileError } =
    await import('../../kubeconfig/index.js')
  const { lintWorld } = await import('../../kubeconfig/disk/index.js')
  const wanted = named.length > 0 ? [...new Set(named)] : kubeconfigPrecedence(places)
  const optional = named.length === 0 && options.kubeconfig === undefined
  const texts = wanted.flatMap((file) => {
    try {
      const bytes = file === '-' ? readFileSync(0) : files.read(path.resolve(files.cwd, file))
      return [{ file, text: bytes.toString('utf8') }]
    } catch (error) {
      if (optional && fileErrorCode(error) === 'ENOENT') return []
      throw new RampartError('unreadable-input', goFileError('open', file, error), { cause: error })
    }
  })
  if (texts.length === 0)
    throw new RampartError('no-input', `there is no kubeconfig to read: ${wanted.join(', ')}`)
  const { expiringWithin = 30 * DAY } = options
  const world = lintWorld({ cwd: files.cwd, path: process.env.PATH ?? '', now: new Date(), expiringWithin })
  return lintKubeconfigs(texts, world)
}

function text(issues: readonly KubeconfigIssue[], visible: (text: string) => string): string {
  const lines = issues.map(({ rule, level, file, line, subject, message, fix }) => {
    const about = subject === '' ? '' : `${subject}: `
    return `${visible(`${file}:${line}: ${level}: ${about}${message} [${rule}]; ${fix}`)}\n`
  })
  const count = (level: KubeconfigIssue['level']): string => {
    const found = issues.filter((issue) => issue.level === level).length
    return `${found} ${level}${found === 1 ? '' : 's'}`
  }
  return `${lines.join('')}${count('error')}, ${count('warning')}, ${count('hint')}\n`
}
