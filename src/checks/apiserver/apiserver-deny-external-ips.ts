import { asList, valueAt, type Fix, type KubeObject } from '../../model/index.js'
import { minorOf } from '../../effective/index.js'
import { defineCheck, type ComponentSubject } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverDenyExternalIps = defineCheck({
  id: 'apiserver-deny-external-ips',
  title: 'Services may take any external address',
  severity: 'medium',
  because:
    'whoever may create Services in one namespace can take traffic of the whole cluster; info where another policy forbids it',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'A Service with `externalIPs` draws traffic for that address, of any pod and node, to its own pods (CVE-2020-8554). The plug-in DenyServiceExternalIPs refuses such Services; nothing else in Kubernetes does. The field is deprecated since 1.36.',
  references: [
    cis('1.2.3'),
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#denyserviceexternalips'),
  ],
  evaluate(apiserver, report) {
    const plugins = apiserver.strings('admission-plugins')
    if (!plugins.known) return report.unknown(plugins)
    if (plugins.value.includes('DenyServiceExternalIPs')) return
    const minor = minorOf(apiserver.version)
    if (minor !== undefined && minor < 21) {
      return report.notApplicable('the plug-in came with Kubernetes 1.21')
    }
    const policy = otherPolicy(apiserver)
    const used = apiserver.index
      .ofKind('', 'Service')
      .filter(({ content }) => asList(valueAt(content, ['spec', 'externalIPs'])).length > 0)
    report.fail(flagEvidence(apiserver, 'enable-admission-plugins', plugins.origin), {
      message: 'the plug-in DenyServiceExternalIPs is not on',
      ...(policy === undefined
        ? {}
        : {
            severity: 'info' as const,
            because: `${policy.ref.kind} ${policy.ref.name} speaks of externalIPs`,
          }),
      fix: { ...enableFix(apiserver), breaks: breaksOf(used) },
    })
  },
  examples: {
    bad: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs']),
  },
})

/** Policies that may forbid such Services. */
const POLICIES: readonly (readonly [group: string, kind: string])[] = [
  ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicy'],
  ['kyverno.io', 'ClusterPolicy'],
  ['policies.kyverno.io', 'ValidatingPolicy'],
  ['constraints.gatekeeper.sh', 'K8sExternalIPs'],
]

function otherPolicy({ index }: ComponentSubject): KubeObject | undefined {
  return POLICIES.flatMap(([group, kind]) => index.ofKind(group, kind)).find(
    ({ content, ref }) => ref.kind === 'K8sExternalIPs' || JSON.stringify(content).includes('externalIPs'),
  )
}

function enableFix(apiserver: ComponentSubject): Fix {
  const given = apiserver.strings('enable-admission-plugins')
  const replaced = apiserver.config.settings.some(
    ({ setting, source }) => setting === 'admission-control' && source.kind === 'flag',
  )
  if (!given.known || replaced) return advice('Add DenyServiceExternalIPs to the admission plug-ins.')
  return apiserver.change('enable-admission-plugins', [...given.value, 'DenyServiceExternalIPs'])
}

function breaksOf(services: readonly KubeObject[]): string {
  if (services.length === 0) return 'new Services that name external addresses'
  const names = services.slice(0, 5).map(({ ref }) => `${ref.namespace}/${ref.name}`)
  const more = services.length > names.length ? ` and ${services.length - names.length} more` : ''
  return `new addresses of Services that use them: ${names.join(', ')}${more}; those that are there stay`
}
