/** What a host says of itself. */
export interface HostFacts {
  /** `v1.36.2`; empty where the program is not there or does not answer. */
  readonly kubeadm: string
  readonly kubelet: string
  /** Images of the static pods by component, from the manifests; empty on a worker. */
  readonly images: ReadonlyMap<string, string>
  /** Whether the kubelet's configuration was written after the present kubeadm was installed. */
  readonly configured: boolean
  /** Minors of the Kubernetes repositories that the package manager knows, `v1.36`. */
  readonly repositories: readonly string[]
}

/**
 * Asks a host. Each line is `key=value`. kubeadm writes the kubelet's configuration in each upgrade, and a package's
 * program changes its inode when it is installed (its own times are those of the build).
 */
export const FACTS_SCRIPT = `PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
echo "kubeadm=$(kubeadm version -o short 2>/dev/null)"
echo "kubelet=$(kubelet --version 2>/dev/null | sed -n 's/^Kubernetes //p')"
for f in /etc/kubernetes/manifests/*.yaml; do
  [ -f "$f" ] && sed -n "s|^ *-\\{0,1\\} *image: *|image=$(basename "$f" .yaml) |p" "$f"
done
k=$(command -v kubeadm)
[ -n "$k" ] && echo "installed=$(stat -L -c %Z "$k" 2>/dev/null)"
echo "configured=$(stat -c %Y /var/lib/kubelet/config.yaml 2>/dev/null)"
cat /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources /etc/yum.repos.d/*.repo 2>/dev/null |
  sed -n 's|.*core:/stable:/\\(v1\\.[0-9]*\\)/.*|repository=\\1|p'
exit 0`

/** Reads the answer. Lines that it does not know are left out. */
export function readHostFacts(text: string): HostFacts {
  const values = new Map<string, string>()
  const images = new Map<string, string>()
  const repositories: string[] = []
  for (const line of text.split('\n')) {
    const at = line.indexOf('=')
    if (at < 0) continue
    const [key, value] = [line.slice(0, at), line.slice(at + 1).trim()]
    if (key === 'image') {
      const [component = '', image = ''] = value.split(' ')
      images.set(component, image.replace(/^["']|["']$/g, ''))
    } else if (key === 'repository') repositories.push(value)
    else values.set(key, value)
  }
  const [installed, configured] = [Number(values.get('installed')), Number(values.get('configured'))]
  return {
    kubeadm: values.get('kubeadm') ?? '',
    kubelet: values.get('kubelet') ?? '',
    images,
    configured: installed > 0 && configured >= installed,
    repositories,
  }
}

/** The tag of an image without its digest; empty where it has none. */
export function tagOf(image: string): string {
  return /:([\w][\w.-]{0,127})(?:@sha256:[0-9a-f]{64})?$/.exec(image)?.[1] ?? ''
}
