import { posix } from 'node:path'

/** Programs whose command lines are settings. */
const COMPONENTS: ReadonlySet<string> = new Set([
  'kubelet',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'etcd',
  'dockerd',
  'containerd',
  'k3s',
  'rke2',
  'kubelite',
  'k0s',
])

/** Short names of hyperkube's sub-commands. Source: kubernetes v1.16 cmd/hyperkube/main.go. */
const HYPERKUBE: Readonly<Record<string, string>> = {
  apiserver: 'kube-apiserver',
  'controller-manager': 'kube-controller-manager',
  scheduler: 'kube-scheduler',
  proxy: 'kube-proxy',
}

/** A program and its arguments as a component, or undefined when the program is none. */
export interface ComponentStart<T> {
  readonly component: string
  readonly executable: string
  readonly args: readonly T[]
  /** The program hides its arguments from the process list and shows this word alone. */
  readonly title?: string
}

/**
 * Which component a command line starts, by the base name of its program alone: `grep kubelet` is none. hyperkube's
 * first argument is its component; k3s and rke2 put `k3s server` in place of their whole command line.
 * Source: k3s pkg/cli/server/server.go, SetProcTitle ("hide process arguments from ps output").
 */
export function componentOf<T>(
  executable: string,
  args: readonly T[],
  text: (argument: T) => string,
): ComponentStart<T> | undefined {
  const titled = /^(\S{1,4096}) (server|agent)\s*$/.exec(executable)
  const program = titled?.[1] ?? executable
  const name = posix.basename(program)
  if (titled !== null) {
    if (name !== 'k3s' && name !== 'rke2') return undefined
    return { component: name, executable: program, args: [], title: titled[2] ?? '' }
  }
  const first = args[0]
  if (name === 'hyperkube' && first !== undefined) {
    const word = text(first)
    const component = HYPERKUBE[word] ?? word
    return COMPONENTS.has(component) ? { component, executable: program, args: args.slice(1) } : undefined
  }
  return COMPONENTS.has(name) ? { component: name, executable: program, args } : undefined
}
