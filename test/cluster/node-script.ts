/** What the processes of a node are told. Every folder lies below the cluster's own. */
export interface NodePaths {
  /** The folder of the node. */
  readonly node: string
  readonly containerdConfig: string
  readonly containerdSocket: string
  readonly images: string
  /** The program that is the kubelet, by its first argument. */
  readonly program: string
  readonly kubeletArgs: readonly string[]
}

/** Places that containerd, CNI plug-ins and the kubelet write to whatever they are configured to. */
const COVERED = [
  '/run',
  '/var/run/netns',
  '/var/lib/cni',
  '/var/lib/kubelet',
  '/var/log/pods',
  '/var/log/containers',
]
/** The plug-ins switch forwarding on where it is off. Nothing of the machine is to change, and pods need no way out. */
const FORWARDING = '/proc/sys/net/ipv4/ip_forward'

/**
 * The script that is the first process of the node's own process and mount namespaces. When it ends, or is killed, the
 * kernel ends containerd, its shims and every container with it, and takes the mounts down.
 */
export function nodeScript(paths: NodePaths): string {
  const log = quote(`${paths.node}/containerd.log`)
  return [
    'set -e',
    // A kubelet may spread mounts to containers, but none leaves this namespace.
    'mount --make-rshared /',
    ...COVERED.flatMap((folder) => [`mkdir -p ${folder}`, `mount -t tmpfs -o mode=755 rampart ${folder}`]),
    `echo 1 >${quote(`${paths.node}/forwarding`)}`,
    `mount --bind ${quote(`${paths.node}/forwarding`)} ${FORWARDING}`,
    `containerd --config ${quote(paths.containerdConfig)} >${log} 2>&1 &`,
    `ctr='ctr --address ${paths.containerdSocket} --namespace k8s.io'`,
    'tries=0',
    'until $ctr version >/dev/null 2>&1; do',
    '  tries=$((tries + 1))',
    `  if [ $tries -gt 300 ]; then echo 'containerd does not answer:'; tail -n 5 ${log}; exit 1; fi`,
    '  sleep 0.1',
    'done',
    `$ctr images import --snapshotter native ${quote(paths.images)}`,
    `${[paths.program, 'kubelet', ...paths.kubeletArgs].map(quote).join(' ')} &`,
    'wait $!',
    '',
  ].join('\n')
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
