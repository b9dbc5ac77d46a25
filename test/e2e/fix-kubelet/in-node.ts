import { spawn } from 'node:child_process'
import path from 'node:path'
import type { RunningNode } from '../../cluster/start-cluster.js'

/** What a program said and how it ended. */
export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/**
 * Runs the built command line in the namespaces of a node, where `/` is the node's root and its kubelet and containers are
 * the processes: there it is what it is on a host. Not in this process: what it asks passes through this one.
 */
export function rampartInNode(
  node: RunningNode,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Said> {
  return run(
    'nsenter',
    ['--target', String(node.pid), '--pid', '--mount', '--net', '--', ...rampart(args)],
    env,
  )
}

/** The same on this machine, from where others reach the node. */
export function rampartHere(args: readonly string[]): Promise<Said> {
  const [program = '', ...words] = rampart(args)
  return run(program, words)
}

function rampart(args: readonly string[]): string[] {
  return [process.execPath, path.resolve('dist/cli.js'), ...args]
}

function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }))
  })
}
