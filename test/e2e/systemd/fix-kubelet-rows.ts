import type { Said, SystemdMachine } from './machine.js'
import type { Rows } from './rows.js'

const UNIT = 'kubelet.service'
const CONFIG = '/var/lib/kubelet/config.yaml'
const FLAGS = '/var/lib/kubelet/kubeadm-flags.env'
const HOOK = '/etc/systemd/system/kubelet.service.d/50-test.conf'
/** Without an API server to ask a kubelet cannot leave AlwaysAllow: that one is in `npm run -s e2e:fix-kubelet`. */
const CHECKS = ['kubelet-anonymous-auth', 'kubelet-read-only-port']

/** The unit and its drop-in as kubeadm's packages have them. Source: kubernetes/release v0.18.0, cmd/krel/templates/latest. */
const UNIT_TEXT = `[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`
const DROP_IN_TEXT = `[Service]
Environment="KUBELET_CONFIG_ARGS=--config=${CONFIG}"
EnvironmentFile=-${FLAGS}
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`
/** A kubelet without a cluster that lets everybody in; there are no controllers here to put pods under. */
const CONFIG_TEXT = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: 127.0.0.1
authentication:
  anonymous:
    enabled: true
  webhook:
    enabled: false
authorization:
  mode: AlwaysAllow
cgroupsPerQOS: false
enforceNodeAllocatable: []
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
failSwapOn: false
localStorageCapacityIsolation: false
readOnlyPort: 10255
`

/** `rampart fix --host` closes a real kubelet that systemd starts by kubeadm's unit and drop-in. */
export function fixKubeletRows(machine: SystemdMachine, rows: Rows): void {
  prepare(machine)
  const before = ports(machine)
  rows.row(
    'a real kubelet runs by its unit, and lets everybody in',
    before === '200 200',
    `${before}\n${machine.journal(UNIT)}`,
  )
  doesNotStart(machine, rows)
  const pid = machine.pid(UNIT)
  const said = fix(machine, '--apply')
  const run = /fix rollback (\S+?)`/.exec(said.out + said.err)?.[1] ?? ''
  rows.row(
    'fix --apply restarts kubelet.service, and closes it',
    said.code === 0 && machine.pid(UNIT) > 0 && machine.pid(UNIT) !== pid && ports(machine) === '401 closed',
    `${ports(machine)}\n${said.out}${said.err}`,
  )
  const back = machine.rampart('fix', 'rollback', run)
  rows.row(
    'fix rollback puts file and kubelet back',
    back.code === 0 && machine.read(CONFIG) === CONFIG_TEXT && ports(machine) === '200 200',
    `${ports(machine)}\n${back.out}${back.err}`,
  )
  machine.must(`systemctl stop ${UNIT}`)
}

function fix(machine: SystemdMachine, ...args: readonly string[]): Said {
  return machine.rampart(
    ...['fix', '--host', ...CHECKS.flatMap((id) => ['--check', id])],
    ...['--health-timeout', '60', ...args],
  )
}

function prepare(machine: SystemdMachine): void {
  machine.write('/usr/lib/systemd/system/kubelet.service', UNIT_TEXT)
  machine.write('/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf', DROP_IN_TEXT)
  machine.write(CONFIG, CONFIG_TEXT)
  machine.write(FLAGS, 'KUBELET_KUBEADM_ARGS="--node-ip=127.0.0.1"\n')
  // The kubelet reads the kernel's messages for processes that were killed for their memory: there are none in this one.
  machine.must(`ln -sf /dev/null /dev/kmsg && systemctl daemon-reload && systemctl start ${UNIT}`)
  machine.until('the kubelet answers', () => ports(machine) === '200 200')
}

/** The status of /pods without a credential on the kubelet's port and on the read-only one. */
function ports(machine: SystemdMachine): string {
  const ask = (scheme: string, port: number): string =>
    `require('${scheme}').get({host: '127.0.0.1', port: ${port}, path: '/pods', rejectUnauthorized: false, timeout: 5000}, (answer) => { console.log(answer.statusCode); process.exit() }).on('error', () => { console.log('closed'); process.exit() })`
  const of = (scheme: string, port: number): string =>
    machine.run(['node', '-e', ask(scheme, port)]).out.trim()
  return `${of('https', 10250)} ${of('http', 10255)}`
}

function doesNotStart(machine: SystemdMachine, rows: Rows): void {
  machine.write(HOOK, `[Service]\nExecStartPre=/bin/grep -q 10255 ${CONFIG}\n`)
  machine.must('systemctl daemon-reload')
  const said = fix(machine, '--apply', '--health-timeout', '15')
  machine.must(`rm ${HOOK} && systemctl daemon-reload`)
  rows.row(
    'a kubelet that does not come up: exit 4, put back, and it answers',
    said.code === 4 &&
      machine.read(CONFIG) === CONFIG_TEXT &&
      machine.pid(UNIT) > 0 &&
      ports(machine) === '200 200',
    `${ports(machine)}\n${said.out}${said.err}`,
  )
}
