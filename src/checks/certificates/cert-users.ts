import { asString, valueAt, unknown, type Estate, type KubeObject } from '../../model/index.js'
import { certificateFacts } from '../../pki/index.js'
import { defineCheck, type EvidenceInput } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates, kubeconfigOf } from './example-hosts.js'
import { certificatesOfHost } from '../../certificates/index.js'

const GROUP = 'certificates.k8s.io'
const KIND = 'CertificateSigningRequest'

/** Names that installers give to the administrator they make. */
const INSTALLERS: ReadonlySet<string> = new Set([
  'kubernetes-admin',
  'kubernetes-super-admin',
  'admin',
  'kube-admin',
  'minikube-user',
])

export const certUsers = defineCheck({
  id: 'cert-users',
  title: 'People sign in with client certificates',
  severity: 'info',
  because: 'advice: such a certificate cannot be taken back, and leavers keep it until it ends',
  reach: 'user',
  appliesTo: 'estate',
  why: 'Kubernetes has no list of revoked certificates. An identity provider ends a session when somebody leaves.',
  references: [cis('3.1.1'), kubernetesDocs('reference/access-authn-authz/authentication/')],
  evaluate({ estate, index, now }, report) {
    const requests = index.ofKind(GROUP, KIND)
    const people = new Map<string, EvidenceInput[]>()
    const put = (user: string, evidence: EvidenceInput): void => {
      if (user === '' || user.startsWith('system:') || INSTALLERS.has(user)) return
      people.set(user, [...(people.get(user) ?? []), evidence])
    }
    for (const { user, evidence } of inKubeconfigs(estate, now)) put(user, evidence)
    for (const request of requests) {
      const user = issuedTo(request, now)
      if (user === undefined) continue
      const origin = { kind: 'object' as const, object: request, path: ['status', 'certificate'] }
      put(user, {
        origin,
        key: request.ref.name,
        message: `${request.ref.name} gave a certificate to ${user}`,
      })
    }
    if (people.size === 0) {
      if (estate.hosts.length > 0 || index.holdsAll(GROUP, KIND)) return
      const detail = 'neither hosts nor the signing requests of a cluster were read'
      // Manifests alone raise no question about who signs in.
      if (estate.sources.every(({ kind }) => kind === 'manifests')) report.notApplicable(detail)
      else report.unknown(unknown('no-source', detail))
      return
    }
    const names = [...people.keys()].sort()
    const shown = names.slice(0, 10).join(', ')
    report.fail([...people.values()].flat(), {
      message: `client certificates of people: ${shown}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`,
      fix: advice(
        'Let people sign in by OIDC or another provider, and keep one certificate for the day on which that is broken.',
      ),
    })
  },
  examples: {
    bad: hostWithCertificates({ '/home/alice/.kube/config': kubeconfigOf(CERTIFICATES.person) }),
    good: hostWithCertificates({ '/etc/kubernetes/scheduler.conf': kubeconfigOf(CERTIFICATES.client) }),
  },
})

function inKubeconfigs(estate: Estate, now: number): { user: string; evidence: EvidenceInput }[] {
  return estate.hosts.flatMap((host) =>
    certificatesOfHost(host).flatMap(({ embedded, first, user, notAfter, origin, key, file }) =>
      embedded !== 'client' || !first || notAfter < now
        ? []
        : [
            {
              user,
              evidence: {
                origin,
                key: `${host.name} ${key}`,
                message: `\`${file.path}\` on ${host.name} is ${user}`,
              },
            },
          ],
    ),
  )
}

/** Whose certificate a request gave, while it is valid. */
function issuedTo(request: KubeObject, now: number): string | undefined {
  if (asString(valueAt(request.content, ['spec', 'signerName'])) !== 'kubernetes.io/kube-apiserver-client')
    return undefined
  const data = asString(valueAt(request.content, ['status', 'certificate'])) ?? ''
  const [certificate] = certificateFacts(Buffer.from(data.slice(0, 100_000), 'base64').toString('latin1'))
  return certificate === undefined || certificate.notAfter < now ? undefined : certificate.user
}
