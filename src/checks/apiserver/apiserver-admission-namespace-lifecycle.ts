import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'

export const apiserverAdmissionNamespaceLifecycle = defineCheck({
  id: 'apiserver-admission-namespace-lifecycle',
  title: 'Objects can be made in namespaces that do not exist or are being deleted',
  severity: 'medium',
  because: 'what is made there is overlooked by people and by policies that select namespaces',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'This plug-in refuses objects in namespaces that are missing or going away, and the deletion of the system namespaces.',
  references: [
    cis('1.2.13'),
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#namespacelifecycle'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'NamespaceLifecycle')
    if (state === undefined || state.on) return
    report.fail(state.evidence, {
      message: 'the plug-in that guards the life of namespaces is off',
      fix: switchOn(apiserver, 'NamespaceLifecycle'),
    })
  },
  examples: {
    bad: apiserverWith(['--disable-admission-plugins=NamespaceLifecycle']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
