import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { adaptToMachine } from './hardened-config.js'
import { REPOSITORY } from './images.js'
import { CONTAINERD_SOCKET, NODE_ADDRESS, NODE_NAME } from './machine-script.js'
import type { Machine } from './machine.js'
import { RAMPART, rampart } from './rampart.js'

export const ADMIN = '/etc/kubernetes/admin.conf'
/** What kubeadm refuses on this machine and no configuration of ours can help: cgroup v1, for whoever has no other. */
export const IGNORED = '--ignore-preflight-errors=SystemVerification'

/** Findings of the host that no configuration of kubeadm closes, by the check, each with the reason. */
const REMAIN: Readonly<Record<string, string>> = {
  'kubelet-config': 'kubeadm writes its files 0644',
  'kubelet-unit-file': 'kubeadm writes its files 0644',
  'apiserver-anonymous-auth': 'cluster-info, while machines join by a token',
  'file-super-admin': 'kubeadm init makes super-admin.conf',
  'containerd-unset-seccomp': "the runtime's own configuration",
  'containerd-version': "the version of this machine's containerd",
}
/** Of this machine, and not of a control plane. */
const NOT_OURS = /^(daemon|docker|node|host|swarm)-/

interface AuditJson {
  readonly findings: readonly {
    readonly check: string
    readonly severity: string
    readonly message: string
    readonly result?: string
  }[]
}

/** `kubeadm init` with what Rampart writes; the cluster is up, and the host is judged by our own audit. */
export async function installHardened(
  machine: Machine,
  kubectl: string,
  version: string,
  say: (line: string) => void,
): Promise<void> {
  const out = path.join(machine.folder, 'hardened')
  rampart(
    ...['kubeadm', 'config', '--hardened', '--kubernetes-version', version],
    ...['--control-plane-endpoint', `${NODE_ADDRESS}:6443`, '--advertise-address', NODE_ADDRESS],
    ...['--cri-socket', `unix://${CONTAINERD_SOCKET}`, '--image-repository', REPOSITORY],
    ...['--pod-subnet', '10.244.0.0/16', '--out', out],
  )
  const init = 'etc/kubernetes/kubeadm/init.yaml'
  adaptToMachine(path.join(out, init), machine.cgroup)
  machine.must(['cp', '-a', `${out}/etc/kubernetes/.`, '/etc/kubernetes/'])
  machine.must(['cp', '-a', `${out}/etc/sysctl.d/.`, '/etc/sysctl.d/'])
  machine.must(['sysctl', '-p', '/etc/sysctl.d/90-kubelet.conf'])
  const started = Date.now()
  const output = machine.must(['kubeadm', 'init', '--config', `/${init}`, IGNORED])
  writeFileSync(path.join(machine.folder, 'init.log'), output)
  say(`kubeadm init ${version} with the hardened configuration: ${seconds(started)}`)
  await ready(machine, kubectl)
  approveServingCertificates(machine, kubectl)
  machine.must(['chmod', '600', '/var/lib/kubelet/config.yaml', '/var/lib/kubelet/kubeadm-flags.env'])
  say(`node ${NODE_NAME} is Ready, all pods of kube-system run`)
  askApiServer(machine, kubectl, say)
  say(judge(machine))
}

/** Waits until the node is ready, as the version named, and every pod of kube-system. */
export async function ready(machine: Machine, kubectl: string, version = ''): Promise<void> {
  const deadline = Date.now() + 180_000
  const rows = (what: string): string[] =>
    machine
      .run([kubectl, '--kubeconfig', ADMIN, '-n', 'kube-system', 'get', what, '--no-headers'])
      .output.trim()
      .split('\n')
  for (;;) {
    const pods = rows('pods').filter((row) => !/\b(Completed|Terminating)\b/.test(row))
    const nodes = rows('nodes')
    const ready =
      pods.length >= 7 &&
      pods.every((row) => /\b1\/1\b/.test(row)) &&
      nodes.every((row) => / Ready /.test(row) && row.trimEnd().endsWith(version))
    if (ready) return
    if (Date.now() > deadline) throw new Error(`not ready after 180 s:\n${[...nodes, ...pods].join('\n')}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** Nobody else approves what a kubelet asks for with serverTLSBootstrap. */
function approveServingCertificates(machine: Machine, kubectl: string): void {
  const names = machine
    .must([
      kubectl,
      '--kubeconfig',
      ADMIN,
      'get',
      'csr',
      '-o',
      'name',
      '--field-selector',
      'spec.signerName=kubernetes.io/kubelet-serving',
    ])
    .trim()
    .split('\n')
    .filter((name) => name !== '')
  if (names.length === 0) throw new Error('the kubelet asks for no serving certificate')
  machine.must([kubectl, '--kubeconfig', ADMIN, 'certificate', 'approve', ...names])
}

/** What the configuration is for, asked of the running API server. */
function askApiServer(machine: Machine, kubectl: string, say: (line: string) => void): void {
  const anonymous = (where: string): string => machine.run([...ask(where)]).output.trim()
  const rows: [string, string, string][] = [
    ['/livez without a credential', anonymous('/livez'), '200'],
    ['/version without a credential', anonymous('/version'), '401'],
    ['/api/v1/namespaces without a credential', anonymous('/api/v1/namespaces'), '401'],
    ['a Secret in etcd', storedSecret(machine, kubectl), 'k8s:enc:secretbox:v1:key1:'],
    [
      'a privileged pod in a namespace without a label',
      privilegedPod(machine, kubectl),
      'violates PodSecurity "baseline:latest"',
    ],
    ['logs, over the serving certificate of the kubelet', logs(machine, kubectl), 'true'],
    [
      'lines of the audit log',
      machine.must(['sh', '-c', 'test -s /var/log/kubernetes/audit/audit.log && echo some']).trim(),
      'some',
    ],
  ]
  for (const [what, got, wanted] of rows) {
    if (!got.includes(wanted)) throw new Error(`${what}: ${got}, and it should be ${wanted}`)
    say(`  ${what}: ${wanted}`)
  }
}

function* ask(where: string): Generator<string> {
  yield process.execPath
  yield '-e'
  yield `require('https').get({host:'${NODE_ADDRESS}',port:6443,path:'${where}',rejectUnauthorized:false},r=>{console.log(r.statusCode);r.resume()}).on('error',e=>console.log(e.message))`
}

function storedSecret(machine: Machine, kubectl: string): string {
  machine.must([
    kubectl,
    '--kubeconfig',
    ADMIN,
    'create',
    'secret',
    'generic',
    'seen',
    '--from-literal=a=planted-secret',
  ])
  // The database is a file of pages: what is written in clear is found in it.
  return machine.must([
    'sh',
    '-c',
    'if grep -aq planted-secret /var/lib/etcd/member/snap/db /var/lib/etcd/member/wal/*.wal; then echo in clear; else grep -aoh "k8s:enc:secretbox:v1:key1:" /var/lib/etcd/member/wal/*.wal | head -n 1; fi',
  ])
}

function privilegedPod(machine: Machine, kubectl: string): string {
  const pod =
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"x","securityContext":{"privileged":true}}]}}'
  return machine.run(['sh', '-c', `echo '${pod}' | ${kubectl} --kubeconfig ${ADMIN} -n default create -f -`])
    .output
}

function logs(machine: Machine, kubectl: string): string {
  const deadline = Date.now() + 60_000
  for (;;) {
    const ended = machine.run([
      kubectl,
      '--kubeconfig',
      ADMIN,
      '-n',
      'kube-system',
      'logs',
      `kube-scheduler-${NODE_NAME}`,
      '--tail=1',
    ])
    if (ended.status === 0) return 'true'
    if (Date.now() > deadline) return ended.output
  }
}

/** Our own audit of the host: nothing at or above low beyond what is named above. */
export function judge(machine: Machine): string {
  const { output } = machine.run([
    'sh',
    '-c',
    '"$@" 2>/dev/null',
    'sh',
    ...RAMPART,
    'audit',
    '--host',
    '-o',
    'json',
  ])
  const { findings } = JSON.parse(output) as AuditJson
  const counted = findings.filter(({ severity, check }) => severity !== 'info' && !NOT_OURS.test(check))
  const unexpected = counted.filter(({ check }) => REMAIN[check] === undefined)
  if (unexpected.length > 0) {
    const lines = unexpected.map(({ severity, check, message }) => `  ${severity} ${check}: ${message}`)
    throw new Error(`the audit of a hardened host finds:\n${lines.join('\n')}`)
  }
  const left = [...new Set(counted.map(({ check }) => `${check} (${REMAIN[check] ?? ''})`))]
  return `audit: 0 findings that a configuration of kubeadm closes; left: ${left.join(', ')}`
}

export function seconds(since: number): string {
  return `${Math.round((Date.now() - since) / 1000)} s`
}
