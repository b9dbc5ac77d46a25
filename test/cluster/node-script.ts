import { readlinkSync } from 'node:fs'
import type { NodeNetwork } from './node-network.js'

/** What the processes of a node are told. Every folder lies below the cluster's own. */
export interface NodePaths {
  /** The folder of the node. */
  readonly node: string
  readonly containerdConfig: string
  readonly containerdSocket: string
  readonly images: string
  readonly network: NodeNetwork
  /** The program that is the kubelet, by its first argument. */
  readonly program: string
  readonly kubeletArgs: readonly string[]
  /** Started again whenever it ends, as a service manager does it. */
  readonly restarts: boolean
}

/** Places that containerd, CNI plug-ins and the kubelet write to whatever they are configured to. */
const COVERED = [
  '/run',
  // Static pods and what they read, in tests of a control plane in pods.
  '/etc/kubernetes',
  '/var/run/netns',
  '/var/lib/cni',
  '/var/lib/kubelet',
  '/var/log/pods',
  '/var/log/containers',
]
/**
 * The script that is the first process of the node's own process, mount and network namespaces. When it ends, or is
 * killed, the kernel ends containerd, its shims and every container with it, and takes mounts and interfaces down.
 */
export function nodeScript(paths: NodePaths): string {
  const { network } = paths
  const log = quote(`${paths.node}/containerd.log`)
  const kubelet = `${paths.node}/bin/kubelet`
  const before = quote(beforeStartFile(paths.node))
  const start = `${[kubelet, ...paths.kubeletArgs].map(quote).join(' ')} &`
  return [
    'set -e',
    // Everything below changes what the namespaces hold: this machine's own are not to be touched.
    `test "$(readlink /proc/self/ns/net)" != ${quote(readlinkSync('/proc/self/ns/net'))}`,
    `test "$(readlink /proc/self/ns/mnt)" != ${quote(readlinkSync('/proc/self/ns/mnt'))}`,
    // A kubelet may spread mounts to containers, but none leaves this namespace.
    'mount --make-rshared /',
    ...COVERED.flatMap((folder) => [`mkdir -p ${folder}`, `mount -t tmpfs -o mode=755 rampart ${folder}`]),
    'mkdir -p /etc/kubernetes/manifests',
    'ip link set lo up',
    // The other end is plugged in from outside, where the host's namespace is.
    'until ip link show eth0 >/dev/null 2>&1; do sleep 0.1; done',
    `ip address add ${network.node}/30 dev eth0`,
    'ip link set eth0 up',
    `ip route add default via ${network.host}`,
    'echo 1 >/proc/sys/net/ipv4/ip_forward',
    `containerd --config ${quote(paths.containerdConfig)} >${log} 2>&1 &`,
    `ctr='ctr --address ${paths.containerdSocket} --namespace k8s.io'`,
    'tries=0',
    'until $ctr version >/dev/null 2>&1; do',
    '  tries=$((tries + 1))',
    `  if [ $tries -gt 300 ]; then echo 'containerd does not answer:'; tail -n 5 ${log}; exit 1; fi`,
    '  sleep 0.1',
    'done',
    `$ctr images import --snapshotter native ${quote(paths.images)}`,
    // A name of its own, as on any host: the program is the component that it is called.
    `mkdir -p ${quote(`${paths.node}/bin`)} && ln -sf ${quote(paths.program)} ${quote(kubelet)}`,
    ...(paths.restarts
      ? [
          'while :; do',
          `[ ! -x ${before} ] || ${before} || { sleep 1; continue; }`,
          start,
          `echo $! >${quote(kubeletPidFile(paths.node))}`,
          'wait $! || true',
          'sleep 1',
          'done',
        ]
      : [start, 'wait $!']),
    '',
  ].join('\n')
}

/** Where the process of a kubelet that is started again is kept, as its namespace numbers it. */
export function kubeletPidFile(node: string): string {
  return `${node}/kubelet.pid`
}

/** A program that runs before a kubelet is started again; while it fails, the kubelet is not started. */
export function beforeStartFile(node: string): string {
  return `${node}/before-start.sh`
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
