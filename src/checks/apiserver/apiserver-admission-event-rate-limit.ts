import { pluginDocument } from '../../effective/index.js'
import { readOpaqueConfiguration } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { limitEvents } from './limit-events.js'
import { pluginInForce } from './plugin-in-force.js'

const PLUGIN = 'EventRateLimit'

export const apiserverAdmissionEventRateLimit = defineCheck({
  id: 'apiserver-admission-event-rate-limit',
  title: 'Nothing limits how many events clients may write',
  severity: 'low',
  because: 'a client that floods the API server with events slows it down; nothing is disclosed',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'A pod that fails in a loop, or somebody who means it, can fill etcd with events and keep the API server from its work.',
  references: [
    cis('1.2.9'),
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#eventratelimit'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, PLUGIN)
    if (state === undefined) return
    if (!state.on)
      return report.fail(state.evidence, {
        message: 'no limit on events is in force',
        fix: limitEvents(apiserver, false),
      })
    // Source: kubernetes v1.36.3 plugin/pkg/admission/eventratelimit/admission.go, newEventRateLimit: it has no default.
    const limits = pluginDocument(apiserver, PLUGIN, readOpaqueConfiguration)
    if (!limits.known) return report.unknown(limits)
    if (limits.value !== undefined) return
    report.fail(state.evidence, {
      message: `the plug-in ${PLUGIN} is switched on without its configuration: the API server does not start`,
      fix: limitEvents(apiserver, true),
    })
  },
  examples: {
    bad: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
    good: apiserverWith(
      [
        '--enable-admission-plugins=NodeRestriction,EventRateLimit',
        '--admission-control-config-file=/etc/kubernetes/admission/config.yaml',
      ],
      {
        files: {
          '/etc/kubernetes/admission/config.yaml':
            'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n- name: EventRateLimit\n  path: limits.yaml\n',
          '/etc/kubernetes/admission/limits.yaml':
            'apiVersion: eventratelimit.admission.k8s.io/v1alpha1\nkind: Configuration\nlimits:\n- {type: Namespace, qps: 50, burst: 100}\n',
        },
      },
    ),
  },
})
