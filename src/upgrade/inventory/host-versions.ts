import { kubeletsOf } from '../../effective/index.js'
import type { Estate } from '../../model/index.js'
import { parseKubeVersion } from '../kube-version.js'
import type { InstalledComponent, VersionedComponent } from './cluster-inventory.js'

const PACKAGES: readonly VersionedComponent[] = ['kubeadm', 'kubectl', 'kubelet']

/** Versions of what is installed on hosts: by the database of packages, else as the kubelet's own path or pods say it. */
export function hostVersions(estate: Estate): InstalledComponent[] {
  if (estate.hosts.length === 0) return []
  const views = kubeletsOf(estate)
  return estate.hosts.flatMap((host) => {
    const file = '/var/lib/dpkg/status'
    const found = installed(host.files.get(file)?.text ?? '')
    const ofPackages = PACKAGES.flatMap((component): InstalledComponent[] => {
      const version = found.get(component)
      // Packages of the project are `1.36.2-1.1`: what follows the hyphen is the package's own count.
      const text = version === undefined ? undefined : `v${version.replace(/-.*$/, '')}`
      return text === undefined ? [] : [componentOf(component, host.name, text, `${file} on ${host.name}`)]
    })
    const kubelet = views.find((view) => view.host === host.name)?.version
    if (found.has('kubelet') || kubelet?.known !== true) return ofPackages
    const seen = kubelet.origin.kind === 'file' ? kubelet.origin.file : `the kubelet of ${host.name}`
    return [...ofPackages, componentOf('kubelet', host.name, `v${kubelet.value}`, seen)]
  })
}

function componentOf(
  component: VersionedComponent,
  node: string,
  text: string,
  seen: string,
): InstalledComponent {
  const version = parseKubeVersion(text)
  return { component, node, text, seen, ...(version === undefined ? {} : { version }) }
}

/** Versions of installed packages by their names. */
function installed(status: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const entry of status.split('\n\n')) {
    const name = /^Package: (kube\w{1,10})$/m.exec(entry)?.[1]
    const version = /^Version: (\d\S{0,60})$/m.exec(entry)?.[1]
    if (name !== undefined && version !== undefined && /^Status: .* installed$/m.test(entry))
      found.set(name, version)
  }
  return found
}
