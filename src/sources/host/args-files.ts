import type { Argument, Command } from '../../model/index.js'
import { redactArguments, splitCommandLine } from '../../text/index.js'
import type { FileCollector } from './file-collector.js'

/** Folder of MicroK8s's argument files: one flag a line. */
export const SNAP_ARGS = '/var/snap/microk8s/current/args'

/** Argument files whose name is a component. */
const COMPONENT_FILES = [
  'kubelet',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'containerd',
  'etcd',
]

/** Source: snapcraft.io/docs/environment-variables; `current` is the revision in use. */
const VARIABLES: Readonly<Record<string, string>> = {
  SNAP: '/snap/microk8s/current',
  SNAP_DATA: '/var/snap/microk8s/current',
  SNAP_COMMON: '/var/snap/microk8s/common',
}

/** The command lines in MicroK8s's argument files. */
export async function readArgsFiles(collector: FileCollector): Promise<Command[]> {
  const commands: Command[] = []
  for (const component of COMPONENT_FILES) {
    const file = await collector.read(`${SNAP_ARGS}/${component}`)
    if (file?.text === undefined) continue
    const { args, unresolved } = parseArgsFile(file.text, file.path)
    commands.push({
      component,
      source: 'args-file',
      executable: component,
      args,
      described: `arguments file ${file.path}`,
      ...(unresolved.length === 0 ? {} : { unresolved }),
    })
  }
  return commands
}

/** Arguments of a snap's argument file: words of each line, `#` comments, quotes, `${SNAP_DATA}` replaced. */
export function parseArgsFile(text: string, file: string): { args: Argument[]; unresolved: string[] } {
  const unresolved = new Set<string>()
  const args = text.split('\n').flatMap((line, index): Argument[] => {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) return []
    return splitCommandLine(trimmed).map((word) => {
      const value = word.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) => {
        const name = braced ?? plain ?? ''
        if (Object.hasOwn(VARIABLES, name)) return VARIABLES[name] ?? whole
        unresolved.add(whole)
        return whole
      })
      return { value, file, line: index + 1, column: line.length - line.trimStart().length + 1 }
    })
  })
  const values = redactArguments(args.map(({ value }) => value))
  return {
    args: args.map((argument, index) => ({ ...argument, value: values[index] ?? '' })),
    unresolved: [...unresolved],
  }
}
