import { InvalidArgumentError, type Command } from 'commander'
import type { PodTemplate, Violation } from '../../kube/index.js'
import { formatPath, formatRef, RampartError, type Estate, type KubeObject } from '../../model/index.js'
import { visible, visibleJson } from '../../text/index.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { addInputs, oneOf, readInputs, type InputOptions } from '../inputs.js'
import { minorVersion } from '../kubernetes-version.js'

const LEVELS = ['privileged', 'baseline', 'restricted'] as const

interface PodSecurityOptions extends InputOptions {
  readonly level: (typeof LEVELS)[number]
  readonly policyVersion: string
  readonly output: 'text' | 'json'
}

/** `rampart pod-security`: what Pod Security admission would say of the pods of each object. */
export function registerPodSecurity(program: Command, context: CommandContext): void {
  addInputs(program.command('pod-security'))
    .description('what Pod Security admission would say of pods, at a level and version')
    .option('--level <level>', LEVELS.join(', '), oneOf(LEVELS), 'restricted')
    .option('--policy-version <version>', 'a version such as 1.36, or latest', policyVersion, 'latest')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: PodSecurityOptions) => {
      const estate = await readInputs(paths, options, context)
      const verdicts = await judge(estate, options)
      if (verdicts.length === 0) {
        throw new RampartError('no-input', 'no object that makes pods was found in what was read')
      }
      context.terminal.out(options.output === 'json' ? json(verdicts, options) : text(verdicts, options))
      context.setExit(verdicts.some(({ violations }) => violations.length > 0) ? EXIT.findings : EXIT.ok)
    })
}

const HELP = `
Examples:
  rampart pod-security deploy/
  helm template ./chart | rampart pod-security - --level baseline --policy-version 1.36
  rampart pod-security --context prod --level restricted -o json

Admission refuses Pods. Of Deployments, Jobs and other kinds it warns when they are made, and refuses their pods later;
of custom resources it judges only the pods that they make. Exemptions of users, namespaces and runtime classes are not
known here. Exit codes: 0 all would be let in, 1 some would not.`

/** As the labels of a namespace name it: `v1.36` or `latest`. */
function policyVersion(given: string): string {
  if (given === 'latest') return given
  try {
    return `v1.${minorVersion(given)}`
  } catch {
    throw new InvalidArgumentError('It must be a version such as 1.36, or latest.')
  }
}

/** What is said of one pod template. */
interface Verdict {
  readonly object: KubeObject
  readonly template: PodTemplate
  readonly line: number
  readonly violations: readonly Violation[]
}

async function judge(
  estate: Estate,
  { level, policyVersion: version }: PodSecurityOptions,
): Promise<Verdict[]> {
  const { evaluatePodSecurity, podTemplatesOf } = await import('../../kube/index.js')
  const { locate } = await import('../../text/index.js')
  const lineOf = (object: KubeObject, template: PodTemplate): number => {
    const read = estate.texts.read(object.slice)
    const path = [...(object.slice.path ?? []), ...template.specPath]
    return (read === undefined ? undefined : locate(read, object.slice, path)?.line) ?? object.slice.line
  }
  return estate.objects
    .flatMap((object) =>
      podTemplatesOf(object).map((template): Verdict => ({
        object,
        template,
        line: lineOf(object, template),
        violations: level === 'privileged' ? [] : evaluatePodSecurity(template, level, version),
      })),
    )
    .sort(byPlace)
}

function byPlace(a: Verdict, b: Verdict): number {
  const [here, there] = [a.object.slice.file, b.object.slice.file]
  return here === there ? a.line - b.line : here < there ? -1 : 1
}

/** In the words of the API server. Source: k8s.io/pod-security-admission v0.36.2 admission/admission.go, EvaluatePod. */
function text(verdicts: readonly Verdict[], { level, policyVersion: version }: PodSecurityOptions): string {
  const lines = verdicts.map(({ object, template, line, violations }) => {
    const place = `${object.slice.file}:${line}: ${formatRef(object.ref)}`
    const unread =
      template.patchedBy === undefined ? '' : ` (${formatPath(template.patchedBy)} may change that)`
    if (violations.length === 0) return visible(`${place}: allowed${unread}`)
    const verb = object.ref.kind === 'Pod' && object.ref.group === '' ? 'violates' : 'would violate'
    const details = violations.map(({ message }) => message).join(', ')
    return visible(`${place}: ${verb} PodSecurity "${level}:${version}": ${details}${unread}`)
  })
  const refused = verdicts.filter(({ violations }) => violations.length > 0).length
  return `${lines.join('\n')}\n${refused} of ${verdicts.length} would be refused at ${level}, ${version}\n`
}

function json(verdicts: readonly Verdict[], { level, policyVersion: version }: PodSecurityOptions): string {
  const objects = verdicts.map(({ object, template, line, violations }) => ({
    object: object.ref,
    file: object.slice.file,
    line,
    path: formatPath(template.specPath),
    allowed: violations.length === 0,
    ...(template.patchedBy === undefined ? {} : { changedBy: formatPath(template.patchedBy) }),
    violations: violations.map(({ check, message, places }) => ({
      check,
      message,
      places: places.map(({ path, container, value }) => ({
        path: formatPath(path),
        ...(container === undefined ? {} : { container }),
        ...(value === undefined ? {} : { value }),
      })),
    })),
  }))
  return visibleJson({ level, version, objects })
}
