import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runCommand } from '../../../../src/actions/commands/index.js'
import {
  HostUnreachable,
  wholeScript,
  type HostAnswer,
  type HostTransport,
} from '../../../../src/actions/upgrade/index.js'

/** What a command of a hollow host does instead of its work, once. */
export type Trouble = 'fail' | 'hang'

/**
 * A machine of a node: a root of its own with the programs of this machine, and apt, kubeadm, systemctl and their like
 * replaced by ones that record what they are told, change the files that the real ones change, and fail or hang on demand.
 */
export class HollowHost {
  /** Calls of the transport that are lost from now on; before or after the script ran. */
  lose: { calls: number; when: 'before' | 'after' } | undefined

  constructor(
    readonly name: string,
    private readonly root: string,
    private readonly programs: string,
  ) {}

  /** The version that the running kubelet reports, `v1.36.3`. */
  get running(): string {
    return `v${this.read('state/running')}`
  }

  /** What apt, kubeadm and systemctl were told to do, in order; questions are not among them. */
  get log(): string[] {
    const text = existsSync(this.at('state/log')) ? this.read('state/log') : ''
    return text === '' ? [] : text.split('\n')
  }

  /** Whether a command line is one that goes into the log: of a program that is replaced, and no question. */
  records(line: string): boolean {
    const [program = ''] = line.split(' ')
    return NAMES.includes(program) && !/^(kubeadm version|kubelet --version|dpkg-query|curl -sS)/.test(line)
  }

  /** The images of the static pods by component. */
  images(): Map<string, string> {
    const images = new Map<string, string>()
    for (const component of [...COMPONENTS, 'etcd']) {
      const file = this.at(`etc/kubernetes/manifests/${component}.yaml`)
      if (!existsSync(file)) continue
      images.set(component, /image: (\S+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '')
    }
    return images
  }

  /** The version to which `kubeadm upgrade apply` brought the cluster; undefined where it never ran here. */
  get clusterVersion(): string | undefined {
    return existsSync(this.at('state/cluster-version')) ? this.read('state/cluster-version') : undefined
  }

  /** The next command that begins so fails or hangs. */
  trouble(what: Trouble, pattern: string): void {
    writeFileSync(this.at('state/trouble'), `${what} ${pattern}\n`)
    if (what === 'hang') writeFileSync(this.at('state/hang'), '')
  }

  /** Lets a command go on that hangs. */
  release(): void {
    rmSync(this.at('state/hang'), { force: true })
  }

  write(file: string, text: string): void {
    writeFileSync(this.at(file), text)
  }

  read(file: string): string {
    return readFileSync(this.at(file), 'utf8').trim()
  }

  at(file: string): string {
    return path.join(this.root, file)
  }

  /** The words that run a shell in this host. */
  shell(): string[] {
    return [
      'unshare',
      '--mount',
      '--propagation',
      'private',
      'sh',
      '-c',
      ENTER,
      'sh',
      this.root,
      this.programs,
    ]
  }

  transport(): HostTransport {
    return {
      kind: 'ssh',
      name: this.name,
      run: async (script, { timeoutMs, signal }): Promise<HostAnswer> => {
        this.loseOne('before')
        const result = await runCommand(this.shell(), {
          stdin: wholeScript(script),
          timeoutMs,
          ...(signal === undefined ? {} : { signal }),
        })
        this.loseOne('after')
        return { status: result.status ?? 255, stdout: result.stdout, stderr: result.stderr }
      },
      close: () => undefined,
    }
  }

  private loseOne(when: 'before' | 'after'): void {
    if (this.lose?.when !== when || this.lose.calls <= 0) return
    this.lose = { when, calls: this.lose.calls - 1 }
    throw new HostUnreachable(`${this.name}: the connection was lost`)
  }
}

const COMPONENTS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const

// The mounts are of the shell's own namespace: they end with the last process in it.
const ENTER = `set -e
r=$1
mount --bind /usr "$r/usr"
mount --bind "$2" "$r/usr/local/bin"
mount --bind /proc "$r/proc"
mount --bind /dev "$r/dev"
exec chroot "$r" /bin/sh -s`

const FAKE = `#!/bin/sh
name=\${0##*/}
line="$name $*"
case "$line" in
"kubeadm version"*) echo "v$(cat /state/kubeadm)"; exit 0 ;;
"kubelet --version"*) echo "Kubernetes v$(cat /state/kubelet)"; exit 0 ;;
"dpkg-query"*) for last in "$@"; do :; done; echo "$(cat "/state/$last")-1.1"; exit 0 ;;
"curl -sS"*) cat /state/etcd-health 2>/dev/null || echo '{"health":"true","reason":""}'; exit 0 ;;
esac
printf '%s\\n' "$line" >>/state/log
if [ -f /state/trouble ]; then
  read -r what pattern </state/trouble
  case "$line" in
  $pattern*)
    rm /state/trouble
    if [ "$what" = fail ]; then echo "E: $name fails, as the test wants" >&2; exit 100; fi
    while [ -e /state/hang ]; do sleep 0.1; done ;;
  esac
fi
control_plane() {
  [ -f /etc/kubernetes/manifests/kube-apiserver.yaml ] || return 0
  for f in kube-apiserver kube-controller-manager kube-scheduler; do
    sed "s|\\(image: .*\\):v.*|\\1:$1|" /etc/kubernetes/manifests/$f.yaml >/state/manifest
    cat /state/manifest >/etc/kubernetes/manifests/$f.yaml
  done
}
case "$line" in
"apt-get install"*)
  for each in "$@"; do
    case "$each" in *=*) v=\${each#*=}; echo "\${v%%-*}" >"/state/\${each%%=*}" ;; esac
  done ;;
"kubeadm upgrade apply"*)
  control_plane "$3"
  date >>/var/lib/kubelet/config.yaml
  echo "$3" >/state/cluster-version
  echo "[upgrade/successful] SUCCESS! Your cluster was upgraded to $3" ;;
"kubeadm upgrade node"*)
  control_plane "v$(cat /state/kubeadm)"
  date >>/var/lib/kubelet/config.yaml ;;
"systemctl restart kubelet"*) cat /state/kubelet >/state/running ;;
"kubectl "*" snapshot save "*)
  for last in "$@"; do :; done
  echo snapshot >"$last" ;;
"curl "*|"gpg "*)
  while [ $# -gt 0 ]; do
    if [ "$1" = -o ]; then echo key >"$2"; fi
    shift
  done ;;
esac
exit 0
`
const NAMES = [
  'apt-get',
  'apt-mark',
  'dpkg-query',
  'curl',
  'gpg',
  'kubeadm',
  'kubelet',
  'kubectl',
  'systemctl',
]

/** Writes the programs that all hollow hosts share. */
export function writePrograms(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of NAMES) {
    writeFileSync(path.join(folder, name), FAKE)
    chmodSync(path.join(folder, name), 0o755)
  }
}

/** Makes the root of a host at a version (`1.36.3`). */
export function makeHost(
  name: string,
  root: string,
  programs: string,
  { version, controlPlane }: { readonly version: string; readonly controlPlane: boolean },
): HollowHost {
  rmSync(root, { recursive: true, force: true })
  const folders = [
    'usr',
    'proc',
    'dev',
    'tmp',
    'state',
    'etc/apt/sources.list.d',
    'etc/kubernetes/manifests',
    'etc/kubernetes/pki',
    'var/lib/kubelet',
    'var/lib/etcd',
  ]
  for (const folder of folders) mkdirSync(path.join(root, folder), { recursive: true })
  for (const folder of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${folder}`, path.join(root, folder))
  const files: Record<string, string> = {
    'state/kubeadm': version,
    'state/kubelet': version,
    'state/kubectl': version,
    'state/running': version,
    'etc/apt/sources.list.d/kubernetes.list': `deb https://pkgs.k8s.io/core:/stable:/v${version.split('.').slice(0, 2).join('.')}/deb/ /\n`,
    'var/lib/kubelet/config.yaml': 'kind: KubeletConfiguration\n',
    'var/lib/kubelet/kubeadm-flags.env': '',
    'etc/kubernetes/kubelet.conf': '',
  }
  if (controlPlane) {
    for (const conf of ['admin', 'controller-manager', 'scheduler']) files[`etc/kubernetes/${conf}.conf`] = ''
    for (const component of COMPONENTS) {
      files[`etc/kubernetes/manifests/${component}.yaml`] =
        `spec:\n  containers:\n  - name: ${component}\n    image: registry.k8s.io/${component}:v${version}\n`
    }
    files['etc/kubernetes/manifests/etcd.yaml'] =
      'spec:\n  containers:\n  - name: etcd\n    image: registry.k8s.io/etcd:3.6.8-0\n'
  }
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(root, file), text)
  return new HollowHost(name, root, programs)
}
