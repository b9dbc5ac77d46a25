import { pluginDocument, type FlagDocument } from '../../effective/index.js'
import { readPodSecurityConfiguration, type PodSecurityConfiguration } from '../../kube/index.js'
import { defineCheck, type Report } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce } from './plugin-in-force.js'

const FLAG = 'admission-control-config-file'

/** Namespaces of the system, and those that rke2 exempts for its own components. */
const SYSTEM: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'cis-operator-system',
  'tigera-operator',
])

const SET_LEVEL = advice(
  'Set `defaults.enforce: baseline` (and warn and audit to restricted) in the PodSecurityConfiguration, exempt kube-system, and restart kube-apiserver; label the namespaces that need more.',
  {
    breaks:
      'pods that break the level are refused in every namespace without a label; look first with warn and audit alone',
  },
)

function judgeExemptions({ value, originAt }: FlagDocument<PodSecurityConfiguration>, report: Report): void {
  const { usernames, runtimeClasses, namespaces } = value.exemptions
  const exempt = [
    ['users', usernames],
    ['runtime classes', runtimeClasses],
    ['namespaces', namespaces.filter((name) => !SYSTEM.has(name))],
  ] as const
  for (const [what, names] of exempt) {
    if (names.length === 0) continue
    const list = names.map((name) => `\`${name}\``).join(', ')
    report.fail(
      {
        origin: originAt(value.places.exemptions),
        key: `exemptions of ${what}`,
        message: `exempt ${what}: ${list}`,
      },
      {
        message: `Pod Security passes over the ${what} ${list}`,
        fix: advice(
          `Take them out of the exemptions, and label the namespaces that need privileged pods instead; exemptions of users also hold for whoever may impersonate them.`,
          { breaks: 'their pods are judged by the level of their namespace from then on' },
        ),
      },
    )
  }
}

export const apiserverPodSecurityConfig = defineCheck({
  id: 'apiserver-pod-security-config',
  title: 'Namespaces without a label take privileged pods',
  severity: 'medium',
  because:
    'a namespace that nobody labelled, or that somebody may create, is without Pod Security; likewise what is exempt',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'What holds in a namespace without labels is set by the configuration of the PodSecurity plug-in, and is privileged unless that says otherwise. Exempt users, runtime classes and namespaces are not judged at all.',
  references: [
    cis('5.2.1'),
    kubernetesDocs('tasks/configure-pod-container/enforce-standards-admission-controller/'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'PodSecurity')
    if (state === undefined) return
    if (!state.on) return report.notApplicable('the PodSecurity plug-in is off')
    const document = pluginDocument(apiserver, 'PodSecurity', readPodSecurityConfiguration)
    if (!document.known) return report.unknown(document)
    if (document.value === undefined) {
      const file = apiserver.string(FLAG)
      const evidence =
        file.known && file.value !== ''
          ? {
              origin: document.origin,
              key: 'defaults.enforce',
              message: 'the file says nothing of PodSecurity',
            }
          : flagEvidence(apiserver, FLAG, document.origin)
      return report.fail(evidence, {
        message: 'no level is set for namespaces without labels: they take privileged pods',
        fix: SET_LEVEL,
      })
    }
    const { value, originAt } = document.value
    if (value.defaults.enforce.level === 'privileged') {
      report.fail(
        {
          origin: originAt(value.places.enforce),
          key: 'defaults.enforce',
          message: '`defaults.enforce` is `privileged`',
        },
        { message: 'namespaces without labels take privileged pods', fix: SET_LEVEL },
      )
    }
    judgeExemptions(document.value, report)
  },
  examples: {
    bad: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
    good: apiserverWith(['--admission-control-config-file=/etc/kubernetes/admission.yaml'], {
      files: {
        '/etc/kubernetes/admission.yaml': `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults: {enforce: baseline, audit: restricted, warn: restricted}
    exemptions: {namespaces: [kube-system]}
`,
      },
    }),
  },
})
