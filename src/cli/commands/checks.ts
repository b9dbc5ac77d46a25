import type { Command } from 'commander'
import type { AnyCheck } from '../../checks/index.js'
import type { Question } from '../../probe/index.js'
import { findById } from '../find-check.js'
import { findConfiguration } from '../find-configuration.js'
import { collect, oneOf } from '../inputs.js'
import { allChecks, loadUserChecks } from '../user-checks.js'
import { registerChecksTest } from './checks-test.js'
import { visible } from '../../text/index.js'
import type { FilePlace } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { table } from '../table.js'

interface Output {
  readonly output: 'text' | 'json'
}

/** `rampart checks list`, `rampart checks show ID` and `rampart checks test`. */
export function registerChecks(program: Command, context: CommandContext): void {
  const { terminal } = context
  const checksCommand = program.command('checks').description('the checks: what each looks for and why')
  const formats = ['text', 'json'] as const
  const list = checksCommand
    .command('list')
    .description('all checks, one line each')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart checks list\n  rampart checks list -o json\n  rampart checks list --checks rampart-checks/`,
    )
    .option('-o, --output <format>', 'text or json', oneOf(formats), 'text')
    .action(async ({ output, ...own }: Output & OwnChecks) => {
      const checks = await checksOf(own)
      const sorted = [...checks].sort((a, b) => (a.id < b.id ? -1 : 1))
      if (output === 'json') terminal.out(`${JSON.stringify(sorted.map(describe), null, 2)}\n`)
      else
        terminal.out(
          table(
            ['ID', 'SEVERITY', 'TITLE'],
            sorted.map((each) => [
              each.id,
              each.severity,
              `${each.title}${askedWhen(each, ' (', ')')}${each.own === undefined ? '' : ` (${placeText(each.own)})`}`,
            ]),
          ),
        )
    })
  const show = checksCommand
    .command('show')
    .argument('<id>', 'for example kubelet-anonymous-auth; probe-... for what probes ask')
    .description('one check in full')
    .addHelpText('after', `\nExamples:\n  rampart checks show kubelet-anonymous-auth`)
    .option('-o, --output <format>', 'text or json', oneOf(formats), 'text')
    .action(async (id: string, { output, ...own }: Output & OwnChecks) => {
      if (id.startsWith('probe-')) {
        const { questions } = await import('../../probe/index.js')
        const question = findById(questions, id)
        terminal.out(output === 'json' ? `${JSON.stringify(question, null, 2)}\n` : questionPage(question))
        return
      }
      const check = findById(await checksOf(own), id)
      terminal.out(output === 'json' ? `${JSON.stringify(describe(check), null, 2)}\n` : page(check))
    })
  for (const each of [list, show]) {
    each
      .option('--checks <path>', 'checks of your own, too: a file or folder (may be repeated)', collect)
      .option(
        '--config <file>',
        'the configuration that names them (default: .rampart.yaml, where there is one)',
      )
      .option('--no-config', 'no configuration')
  }
  registerChecksTest(checksCommand, context)
}

interface OwnChecks {
  readonly checks?: string[]
  readonly config?: string | false
}

/** Rampart's checks and those of the user's own that are named or configured here. */
async function checksOf({ checks: paths = [], config }: OwnChecks): Promise<readonly AnyCheck[]> {
  return allChecks(await loadUserChecks(paths, await findConfiguration(config, []), []))
}

function placeText({ file, line }: FilePlace): string {
  return visible(line === undefined ? file : `${file}:${line}`)
}

/** When a check is asked that does not run by default; nothing for the others. */
function askedWhen({ byDefault, needs }: AnyCheck, before: string, after: string): string {
  if (byDefault === undefined) return ''
  if (byDefault === 'manifests') return `${before}asked by default of manifests alone${after}`
  return `${before}off by default${needs === undefined ? '' : `, needs ${needs}`}${after}`
}

function describe(check: AnyCheck): object {
  const { id, aliases = [], title, severity, because, reach, appliesTo, why, references } = check
  return {
    ...(check.byDefault === undefined ? {} : { byDefault: check.byDefault }),
    ...(check.needs === undefined ? {} : { needs: check.needs }),
    ...(check.own === undefined ? {} : { own: check.own }),
    id,
    aliases,
    title,
    severity,
    because,
    reach,
    appliesTo,
    why,
    references,
    examples: check.examples,
  }
}

function page(check: AnyCheck): string {
  return [
    `${check.id}  (${check.severity}, reach: ${check.reach}, applies to: ${check.kinds?.join(', ') ?? check.appliesTo})`,
    '',
    check.title,
    '',
    ...(check.byDefault !== undefined
      ? [`${askedWhen(check, 'This check is ', '')}: name it with --check.`, '']
      : []),
    `Why it matters: ${check.why}`,
    `Why ${check.severity}: ${check.because}`,
    '',
    ...(check.own === undefined ? [] : [`Yours, from: ${placeText(check.own)}`, '']),
    ...section(
      'References:',
      check.references.map((reference) => `  ${reference}`),
    ),
    ...section('An example that fails:', [indent(exampleText(check.examples.bad))]),
    ...section('One that passes:', [indent(exampleText(check.examples.good))]),
  ].join('\n')
}

/** A part of a page; nothing where there is nothing to say. */
function section(title: string, lines: readonly string[]): string[] {
  return lines.join('') === '' ? [] : [title, ...lines, '']
}

/** A question that probes answer: there is no file to show, but a command to ask with. */
function questionPage({ id, severity, reach, title, why, because, fix, references }: Question): string {
  const kind = /^probe-(kubelet|apiserver|etcd|docker)-/.exec(id)?.[1]
  return [
    `${id}  (${severity}, reach: ${reach}, asked by: rampart probe${kind === undefined ? '' : ` ${kind}`})`,
    '',
    title,
    '',
    `Why it matters: ${why}`,
    `Why ${severity}: ${because}`,
    `What ends it: ${fix}`,
    '',
    'References:',
    ...references.map((reference) => `  ${reference}`),
    '',
  ].join('\n')
}

function exampleText(example: AnyCheck['examples']['bad']): string {
  const parts: string[] = []
  if (example.manifests !== undefined) parts.push(example.manifests.trim())
  for (const [name, host] of Object.entries(example.hosts ?? {})) {
    for (const process of host.processes ?? []) parts.push(`# a process on ${name}\n${process}`)
    for (const [path, file] of Object.entries(host.files ?? {})) {
      const text = typeof file === 'string' ? file : 'text' in file ? file.text : `-> ${file.link}`
      parts.push(`# ${path} on ${name}\n${text.trim()}`)
    }
  }
  return parts.join('\n\n')
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
