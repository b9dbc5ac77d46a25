import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'

export const apiserverAdmissionNodeRestriction = defineCheck({
  id: 'apiserver-admission-node-restriction',
  title: 'A kubelet may change other nodes and label itself as it likes',
  severity: 'high',
  because: 'who takes one node draws the pods and Secrets of others to it',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'The Node authorizer lets a kubelet write Nodes and pods; this plug-in holds it to its own Node, to the pods bound to it, and away from the labels that decide which pods a node gets.',
  references: [
    cis('1.2.14'),
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#noderestriction'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'NodeRestriction')
    if (state === undefined || state.on) return
    report.fail(state.evidence, {
      message: 'nothing holds kubelets to their own Node and pods',
      fix: {
        ...switchOn(apiserver, 'NodeRestriction'),
        breaks:
          "what uses a kubelet's credential to label nodes under node-restriction.kubernetes.io, or to change other nodes, is refused",
      },
    })
  },
  examples: {
    bad: apiserverWith(['--enable-admission-plugins=LimitRanger']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
