import type { Argument, Origin } from '../../model/index.js'
import type { HostView } from './drop-ins.js'

/** A kubelet's command line with the files of its host. */
export interface KubeletInput {
  /** Host name for places and origins. */
  readonly host: string
  /** Arguments without the program. */
  readonly args: readonly Argument[]
  readonly files: HostView
  /** `1.36.2`; undefined when it is not known, then 1.36 is taken and said so. */
  readonly version?: string
  /** Relative paths of flags resolve against it; `/` unless known. */
  readonly workingDirectory?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly pid?: number
  /** `process 812`, `unit kubelet.service`. */
  readonly described?: string
  /** Whether a file that is not here is really absent on the host, so that the kubelet refuses to start without it. */
  readonly absentIsRefused?: boolean
}

/** The origin of an argument of the command line. */
export function argumentOrigin(input: KubeletInput, argIndex: number): Origin {
  const argument = input.args[argIndex]
  const origin = {
    kind: 'process' as const,
    host: input.host,
    component: 'kubelet',
    argIndex,
    argument: argument?.value ?? '',
    ...(input.pid === undefined ? {} : { pid: input.pid }),
  }
  if (argument?.file === undefined) return origin
  const place = { file: argument.file, host: input.host }
  return {
    ...origin,
    place: {
      ...place,
      ...(argument.line === undefined ? {} : { line: argument.line }),
      ...(argument.column === undefined ? {} : { column: argument.column }),
    },
  }
}
