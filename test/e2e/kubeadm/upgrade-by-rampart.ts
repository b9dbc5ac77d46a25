import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ADMIN, IGNORED, ready, seconds } from './install-hardened.js'
import { NODE_NAME } from './machine-script.js'
import type { Machine } from './machine.js'
import { RAMPART } from './rampart.js'

const CLUSTER = ['--kubeconfig', ADMIN, '--current-context']
const PLAN = '/run/plan.json'

/**
 * `rampart upgrade plan` and `apply` on the node itself. Rampart is killed twice: while `kubeadm upgrade apply` works, which
 * goes on, and while the node is drained. Each time it is called again and takes up where it stood.
 */
export async function upgradeByRampart(
  machine: Machine,
  kubectl: string,
  to: string,
  say: (line: string) => void,
): Promise<void> {
  const plan = ['upgrade', 'plan', '--to', to, ...CLUSTER, '-o', 'json', '--output-file', PLAN]
  // kubeadm stores neither the folder of the hardened configuration's patches nor what it may overlook on this machine.
  const told = ['--patches', '/etc/kubernetes/patches', IGNORED]
  const planned = machine.must([...RAMPART, ...plan, ...told])
  say(`rampart upgrade plan: ${/\d+ steps/.exec(planned)?.[0] ?? planned}`)
  const started = Date.now()
  await killed(machine, [PLAN], /waits for \[upgrade\/staticpods\]/)
  say(`rampart upgrade apply: killed while kubeadm upgrade apply works (${seconds(started)})`)
  await killed(machine, [], /waits for \d+ pods to go/)
  say(`rampart upgrade apply: taken up, and killed while the node is drained (${seconds(started)})`)
  const last = await apply(machine, [])
  if (last.status !== 0) throw new Error(`rampart upgrade apply ended with ${last.status}:\n${last.output}`)
  say(`rampart upgrade apply: taken up, and done (${seconds(started)})`)
  await ready(machine, kubectl, to)
  prove(machine, kubectl, to)
}

type Lines = (line: string, kill: () => void) => void

function apply(
  machine: Machine,
  plan: readonly string[],
  onLine: Lines = () => undefined,
): ReturnType<Machine['start']> {
  const kill = (): void => void machine.must(['sh', '-c', 'kill -9 "$(cat /run/rampart.pid)"'])
  const command = [...RAMPART, 'upgrade', 'apply', ...plan, '--transport', 'local', ...CLUSTER]
  return machine.start(['sh', '-c', 'echo $$ >/run/rampart.pid; exec "$@"', 'sh', ...command], (line) =>
    onLine(line, kill),
  )
}

/** Runs it until it says something, and kills it there. */
async function killed(machine: Machine, plan: readonly string[], when: RegExp): Promise<void> {
  let reached = false
  const { status, output } = await apply(machine, plan, (line, kill) => {
    if (reached || !when.test(line)) return
    reached = true
    kill()
  })
  if (!reached)
    throw new Error(`rampart upgrade apply ended with ${status} before ${when.source}:\n${output}`)
}

/** Nothing was done twice, nothing was left out. */
function prove(machine: Machine, kubectl: string, to: string): void {
  const calls = (name: string): string[] =>
    readFileSync(path.join(machine.folder, `${name}.calls`), 'utf8')
      .trim()
      .split('\n')
  const number = to.slice(1)
  const count = (name: string, call: string): [string, number] => [
    call,
    calls(name).filter((each) => each.includes(call)).length,
  ]
  const wrong = [
    count('kubeadm', `upgrade apply ${to}`),
    count('apt', `install -y kubeadm=${number}-*`),
    count('apt', `install -y kubelet=${number}-* kubectl=${number}-*`),
  ].filter(([, times]) => times !== 1)
  if (wrong.length > 0) throw new Error(`not called once: ${JSON.stringify(wrong)}`)
  const get = (...what: string[]): string =>
    machine.must([kubectl, '--kubeconfig', ADMIN, 'get', ...what]).trim()
  const facts: [string, string, string][] = [
    ['/readyz', get('--raw', '/readyz'), 'ok'],
    ['the API server', (JSON.parse(get('--raw', '/version')) as { gitVersion: string }).gitVersion, to],
    ['the kubelet', get('node', NODE_NAME, '-o', 'jsonpath={.status.nodeInfo.kubeletVersion}'), to],
    ['unschedulable', get('node', NODE_NAME, '-o', 'jsonpath={.spec.unschedulable}'), ''],
    ['held packages', machine.must(['apt-mark', 'showhold']).trim(), 'kubeadm\nkubectl\nkubelet'],
    [
      'the stored version',
      get('configmap', '-n', 'kube-system', 'kubeadm-config', '-o', 'yaml'),
      `kubernetesVersion: ${to}`,
    ],
    [
      'the patches',
      machine.must(['cat', '/etc/kubernetes/manifests/kube-apiserver.yaml']),
      'readOnlyRootFilesystem: true',
    ],
  ]
  for (const [what, got, wanted] of facts)
    if (wanted === '' ? got !== '' : !got.includes(wanted))
      throw new Error(`${what}: ${got}, and it should be ${wanted}`)
}
