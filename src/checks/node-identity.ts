import { asString, known, unknown, type Fact, type Host, type Origin } from '../model/index.js'
import { currentUser } from '../kubeconfig/index.js'
import { certificatesOf, subjectOf } from '../pki/index.js'
import type { ComponentSubject } from './define-check.js'

/** The user and groups as which a kubelet speaks to the API server, from the certificate of its kubeconfig. */
export function nodeIdentity(kubelet: ComponentSubject): Fact<{ user: string; groups: string[] }> {
  const host = kubelet.machine
  if (host === undefined) return unknown('no-source', 'the files of the host were not read')
  const setting = kubelet.setting('--kubeconfig')
  if (!setting.known) return setting
  const path = asString(setting.value) ?? ''
  if (path === '') return unknown('no-source', 'the kubelet is given no kubeconfig', setting.origin)
  const text = host.files.get(path)?.text
  if (text === undefined) return unknown('no-source', `\`${path}\` was not read`, setting.origin)
  const origin: Origin = { kind: 'file', host: host.name, file: path, line: 1 }
  const user = currentUser(text)
  if (user === undefined)
    return unknown('unparsable', `\`${path}\` is not a kubeconfig with a current user`, origin)
  const pem = user.certificate ?? textOf(host, user.certificateFile)
  const certificate = pem === undefined ? undefined : certificatesOf(pem)[0]
  if (certificate !== undefined) return known(subjectOf(certificate), origin)
  return unknown('no-source', `the client certificate of \`${path}\` was not read`, origin)
}

function textOf(host: Host, path: string | undefined): string | undefined {
  return path === undefined ? undefined : host.files.get(path)?.text
}
