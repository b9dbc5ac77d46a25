import type { PackageManager } from '../upgrade-plan.js'

/**
 * How a node's system installs packages, by its `osImage` (the PRETTY_NAME of /etc/os-release). Fedora has DNF 5 since
 * 41; the other systems of that family have DNF 4 or yum, which take the same words.
 * Source: docs.fedoraproject.org, Changes/SwitchToDnf5; kubernetes.io, Upgrading kubeadm clusters.
 */
export function packageManagerOf(osImage: string): PackageManager {
  const image = osImage.toLowerCase()
  if (/^(?:debian|ubuntu|linux mint|raspbian|pop!_os)/.test(image)) return 'apt'
  const fedora = /^fedora(?: linux)? (\d{1,3})/.exec(image)
  // The variants without a package manager of that kind (CoreOS, Silverblue) put layers instead.
  if (/coreos|silverblue|kinoite|atomic/.test(image)) return 'unknown'
  if (fedora !== null) return Number(fedora[1]) >= 41 ? 'dnf5' : 'dnf'
  if (/^(?:red hat enterprise linux|centos|rocky linux|almalinux|oracle linux|amazon linux)/.test(image))
    return 'dnf'
  return 'unknown'
}
