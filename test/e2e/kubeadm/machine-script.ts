import { readlinkSync } from 'node:fs'

/** Folders of the machine that kubeadm, the kubelet and containerd write to: the machine's own go over them. */
export const COVERED = [
  '/run',
  '/etc/apt',
  '/etc/kubernetes',
  '/etc/sysctl.d',
  '/var/lib/cni',
  '/var/lib/etcd',
  '/var/lib/kubelet',
  '/var/lib/rampart',
  '/var/log/containers',
  '/var/log/kubernetes',
  '/var/log/pods',
  '/usr/libexec/kubernetes',
  '/lib/modules',
] as const

export const NODE_NAME = 'cp-1'
export const NODE_ADDRESS = '10.77.0.2'
export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock'

/**
 * The first process of the machine's own process, mount, network and host name namespaces. When it ends, or is killed, the
 * kernel ends everything in it and takes the mounts away.
 */
export function machineScript(folder: string, images: readonly string[]): string {
  return [
    'set -e',
    `test "$(readlink /proc/self/ns/net)" != ${quote(readlinkSync('/proc/self/ns/net'))}`,
    `test "$(readlink /proc/self/ns/mnt)" != ${quote(readlinkSync('/proc/self/ns/mnt'))}`,
    `export PATH=${quote(`${folder}/bin`)}:$PATH`,
    // A kubelet spreads mounts to containers, but none leaves this namespace.
    'mount --make-rprivate /',
    'mount --make-rshared /',
    ...COVERED.map(
      (each) => `mount -t tmpfs -o mode=${each === '/var/lib/etcd' ? '700' : '755'} rampart ${each}`,
    ),
    'mkdir -p /run/netns /etc/apt/sources.list.d',
    `hostname ${NODE_NAME}`,
    // No name is asked outside of the machine.
    `printf '127.0.0.1 localhost\\n${NODE_ADDRESS} ${NODE_NAME}\\n' >${quote(`${folder}/hosts`)}`,
    `: >${quote(`${folder}/resolv.conf`)}`,
    `mount --bind ${quote(`${folder}/hosts`)} /etc/hosts`,
    `mount --bind ${quote(`${folder}/resolv.conf`)} /etc/resolv.conf`,
    // Whoever names the programs by their paths meets the stand-ins too.
    ...['systemctl', 'apt-get', 'apt-mark'].map(
      (name) =>
        `if [ -e /usr/bin/${name} ]; then mount --bind ${quote(`${folder}/bin/${name}`)} /usr/bin/${name}; fi`,
    ),
    'ip link set lo up',
    // Both ends are in the machine: nothing leaves it.
    'ip link add eth0 type veth peer name eth1',
    `ip address add ${NODE_ADDRESS}/24 dev eth0`,
    'ip link set eth0 up',
    'ip link set eth1 up',
    'ip route add default via 10.77.0.1',
    'echo 1 >/proc/sys/net/ipv4/ip_forward',
    `containerd --config ${quote(`${folder}/containerd.toml`)} >${quote(`${folder}/containerd.log`)} 2>&1 &`,
    `ctr='ctr --address ${CONTAINERD_SOCKET} --namespace k8s.io'`,
    'tries=0',
    'until $ctr version >/dev/null 2>&1; do',
    '  tries=$((tries + 1))',
    `  if [ $tries -gt 300 ]; then echo 'containerd does not answer:'; tail -n 5 ${quote(`${folder}/containerd.log`)}; exit 1; fi`,
    '  sleep 0.1',
    'done',
    ...images.map((each) => `$ctr images import ${quote(each)} >/dev/null`),
    `sh ${quote(`${folder}/supervise`)} &`,
    'touch /run/machine-ready',
    'wait $!',
    '',
  ].join('\n')
}

export function machineContainerd(folder: string, plugins: string, pause: string): string {
  const text = JSON.stringify
  const cri = 'plugins."io.containerd.grpc.v1.cri"'
  return `version = 2
root = ${text(`${folder}/containerd`)}
state = "/run/containerd/state"
[grpc]
address = ${text(CONTAINERD_SOCKET)}
[${cri}]
sandbox_image = ${text(pause)}
# The root of a container or a small machine may not make itself harder to kill (CAP_SYS_RESOURCE).
restrict_oom_score_adj = true
[${cri}.cni]
bin_dir = ${text(plugins)}
conf_dir = ${text(`${folder}/cni`)}
[${cri}.containerd]
snapshotter = "overlayfs"
`
}

export function machineNetwork(): object {
  const ipam = { type: 'host-local', dataDir: '/run/cni-addresses', ranges: [[{ subnet: '10.244.0.0/24' }]] }
  return {
    cniVersion: '0.4.0',
    name: 'test',
    plugins: [{ type: 'ptp', ipMasq: false, ipam: { ...ipam, routes: [{ dst: '0.0.0.0/0' }] } }],
  }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
