import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'
import { minorOf } from '../../effective/index.js'

/** Source: kubernetes v1.22.0 plugin/pkg/admission/security/podsecurity; alpha then, on by default from 1.23. */
const SINCE = 22

export const apiserverAdmissionPodSecurity = defineCheck({
  id: 'apiserver-admission-pod-security',
  title: 'Pod Security labels of namespaces have no effect',
  severity: 'high',
  because:
    'whoever may create pods may create privileged ones, whatever the namespace says; lower where another admission policy stands in',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'The pod-security.kubernetes.io labels are only read by this plug-in. Where it is off, they are decoration, and a privileged pod is one step from its node.',
  references: [
    cis('5.2.1'),
    nsa('Pod security enforcement'),
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#podsecurity'),
  ],
  evaluate(apiserver, report) {
    if ((minorOf(apiserver.version) ?? SINCE) < SINCE) {
      return report.notApplicable(`PodSecurity came with Kubernetes 1.${SINCE}`)
    }
    const state = pluginInForce(apiserver, report, 'PodSecurity')
    if (state === undefined || state.on) return
    report.fail(state.evidence, {
      message: 'the plug-in that enforces Pod Security is off',
      fix: {
        ...switchOn(apiserver, 'PodSecurity'),
        breaks: 'labels of namespaces begin to act: pods that break their level are refused',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--disable-admission-plugins=PodSecurity']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
