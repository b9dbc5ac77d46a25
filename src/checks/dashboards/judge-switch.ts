import type { ConsoleId } from '../../kube/index.js'
import { unknown, type Fix, type JsonPath, type KubeObject } from '../../model/index.js'
import type { Report, WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { consolesIn, waysTo } from './console-containers.js'
import { malformedWords, switchOf } from './container-flags.js'

export interface DangerousSwitch {
  readonly console: ConsoleId
  readonly flag: string
  /** What the flag does, as the end of `--flag ...`. */
  readonly effect: string
  readonly breaks: string
}

/** Reports a console whose command line switches on what it should not; names the ways by which it is reached. */
export function judgeSwitch(given: DangerousSwitch, subject: WorkloadSubject, report: Report): void {
  const { object } = subject
  for (const { container } of consolesIn(subject, given.console)) {
    const malformed = malformedWords(container)
    if (malformed !== undefined) {
      reportMalformed(report, object, malformed)
      continue
    }
    const flag = switchOf(container, given.flag)
    if (flag?.on !== true) continue
    report.fail(
      {
        origin: { kind: 'object', object, path: flag.path },
        key: `containers[name=${container.name}] --${given.flag}`,
        message: `\`--${given.flag}\` is set`,
      },
      {
        message: `\`--${given.flag}\` ${given.effect}${reachedBy(subject)}`,
        fix: removeArgument(object, flag.path, `--${given.flag}`, given.breaks),
      },
    )
  }
}

/** ` (reached through ...)`, or nothing where no way is known. */
export function reachedBy(subject: WorkloadSubject): string {
  const ways = waysTo(subject).map((way) => way.described)
  return ways.length === 0 ? '' : ` (reached through ${ways.sort().join(', ')})`
}

export function reportMalformed(report: Report, object: KubeObject, path: JsonPath): void {
  const detail = `\`${String(path.at(-1))}\` of a container is not a list of texts`
  report.unknown(unknown('unparsable', detail, { kind: 'object', object, path }))
}

/** Takes one word of a command line out: an edit of the manifest, or advice where the object came from a cluster. */
export function removeArgument(object: KubeObject, path: JsonPath, flag: string, breaks: string): Fix {
  const text = `Remove \`${flag}\` from the container's arguments.`
  if (object.source !== 'manifest') return advice(text, { breaks })
  return {
    text,
    edits: [{ file: object.slice.file, object: object.ref, op: 'remove', path }],
    commands: [],
    risk: 'restart',
    needs: [],
    breaks,
    restart: `the pods of ${object.ref.kind} ${object.ref.name}`,
  }
}
