import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOff } from './plugin-in-force.js'

export const apiserverAdmissionNamespaceAutoProvision = defineCheck({
  id: 'apiserver-admission-namespace-auto-provision',
  title: 'Whoever may create objects makes namespaces by the way',
  severity: 'low',
  because:
    'rules for the creation of namespaces (labels, quotas, policies) are passed by; the creator needs rights in that namespace all the same',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'This plug-in creates the namespace that a request names. It has no Pod Security label, no quota and no network policy.',
  references: [kubernetesDocs('reference/access-authn-authz/admission-controllers/#namespaceautoprovision')],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'NamespaceAutoProvision')
    if (state === undefined || !state.on) return
    report.fail(state.evidence, {
      message: 'namespaces come into being when something is created in them',
      fix: {
        ...switchOff(apiserver, 'NamespaceAutoProvision'),
        breaks: 'what relied on it has to create its namespaces first',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--enable-admission-plugins=NamespaceAutoProvision']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
