import type { Command } from 'commander'
import type { LintIssue } from '../../access/index.js'
import { formatPath, RampartError, type Estate } from '../../model/index.js'
import { visible, visibleJson } from '../../text/index.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { addInputs, oneOf, readInputs, type InputOptions } from '../inputs.js'
import { minorVersion } from '../kubernetes-version.js'

interface LintOptions extends InputOptions {
  readonly kubernetesVersion?: number
  readonly output: 'text' | 'json'
}

/** `rampart rbac lint`: roles and bindings that do not do what they say. */
export function registerRbacLint(rbac: Command, context: CommandContext): void {
  addInputs(rbac.command('lint'))
    .description('rules that match nothing or not what was meant, unbound roles, bindings without a role')
    .option(
      '--kubernetes-version <version>',
      'the version whose resources are known (default: that of the Nodes that were read, else the newest)',
      minorVersion,
    )
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: LintOptions) => {
      const estate = await readInputs(paths, options, context, { extent: 'access' })
      const { indexObjects, RBAC_GROUP } = await import('../../kube/index.js')
      if (!estate.objects.some(({ ref }) => ref.group === RBAC_GROUP)) {
        throw new RampartError('no-input', 'no role and no binding was found in what was read')
      }
      const { lintRbac } = await import('../../access/index.js')
      const issues = await placed(lintRbac(indexObjects(estate), options.kubernetesVersion), estate)
      context.terminal.out(options.output === 'json' ? json(issues) : text(issues))
      const failed = issues.some(({ issue }) => issue.level !== 'hint')
      context.setExit(failed ? EXIT.findings : EXIT.ok)
    })
}

const HELP = `
Examples:
  rampart rbac lint ./manifests
  kubectl get roles,clusterroles,rolebindings,clusterrolebindings,crds -A -o json | rampart rbac lint -

Hints are what cannot be known from the files alone; they do not change the exit code.`

interface PlacedIssue {
  readonly issue: LintIssue
  readonly file: string
  readonly line: number
}

/** Issues with their lines, in the order of files and lines. */
async function placed(issues: readonly LintIssue[], estate: Estate): Promise<PlacedIssue[]> {
  const { grantPlaces } = await import('../access/grant-text.js')
  const places = await grantPlaces(estate)
  return issues
    .map((issue) => {
      const { slice } = issue.object
      return { issue, file: slice.file, line: places.line(issue.object, issue.path) ?? slice.line }
    })
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
}

function text(issues: readonly PlacedIssue[]): string {
  const lines = issues.map(({ issue, file, line }) => {
    const { level, message, candidates, rule, object } = issue
    const meant = candidates.length === 0 ? '' : `; did you mean ${inWords(candidates)}?`
    const { kind, namespace, name } = object.ref
    const role = namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`
    return `${visible(`${file}:${line}: ${level}: ${role}: ${message}${meant} [${rule}]`)}\n`
  })
  const count = (level: LintIssue['level']): string => {
    const found = issues.filter(({ issue }) => issue.level === level).length
    return `${found} ${level}${found === 1 ? '' : 's'}`
  }
  return `${lines.join('')}${count('error')}, ${count('warning')}, ${count('hint')}\n`
}

function inWords(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``)
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`
}

function json(issues: readonly PlacedIssue[]): string {
  const list = issues.map(({ issue, file, line }) => {
    const { rule, level, message, candidates, path, object } = issue
    return { rule, level, file, line, object: object.ref, path: formatPath(path), message, candidates }
  })
  return visibleJson({ issues: list })
}
