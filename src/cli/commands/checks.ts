import type { Command } from 'commander'
import type { AnyCheck } from '../../checks/index.js'
import type { Question } from '../../probe/index.js'
import { findById } from '../find-check.js'
import { oneOf } from '../inputs.js'
import type { CommandContext } from '../command-context.js'
import { table } from '../table.js'

interface Output {
  readonly output: 'text' | 'json'
}

/** `rampart checks list` and `rampart checks show ID`. */
export function registerChecks(program: Command, { terminal }: CommandContext): void {
  const checksCommand = program.command('checks').description('the checks: what each looks for and why')
  const formats = ['text', 'json'] as const
  checksCommand
    .command('list')
    .description('all checks, one line each')
    .option('-o, --output <format>', 'text or json', oneOf(formats), 'text')
    .action(async ({ output }: Output) => {
      const { checks } = await import('../../checks/index.js')
      const sorted = [...checks].sort((a, b) => (a.id < b.id ? -1 : 1))
      if (output === 'json') terminal.out(`${JSON.stringify(sorted.map(describe), null, 2)}\n`)
      else
        terminal.out(
          table(
            ['ID', 'SEVERITY', 'TITLE'],
            sorted.map((each) => [each.id, each.severity, `${each.title}${askedWhen(each, ' (', ')')}`]),
          ),
        )
    })
  checksCommand
    .command('show')
    .argument('<id>', 'for example kubelet-anonymous-auth; probe-... for what probes ask')
    .description('one check in full')
    .option('-o, --output <format>', 'text or json', oneOf(formats), 'text')
    .action(async (id: string, { output }: Output) => {
      if (id.startsWith('probe-')) {
        const { questions } = await import('../../probe/index.js')
        const question = findById(questions, id)
        terminal.out(output === 'json' ? `${JSON.stringify(question, null, 2)}\n` : questionPage(question))
        return
      }
      const { checks } = await import('../../checks/index.js')
      const check = findById(checks, id)
      terminal.out(output === 'json' ? `${JSON.stringify(describe(check), null, 2)}\n` : page(check))
    })
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
    'References:',
    ...check.references.map((reference) => `  ${reference}`),
    '',
    'An example that fails:',
    indent(exampleText(check.examples.bad)),
    '',
    'One that passes:',
    indent(exampleText(check.examples.good)),
    '',
  ].join('\n')
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
