import { clusterMinor, describeRule } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { clusterRole } from './example-objects.js'
import { judgedRules, ROLES } from './judged-rules.js'

const READS = new Set(['get', 'list', 'watch'])
const NODE = `---
apiVersion: v1
kind: Node
metadata: { name: n1 }
status: { nodeInfo: { kubeletVersion: v1.36.2 } }
`

/** Gate KubeletFineGrainedAuthz, on by default. Source: kubernetes v1.36.2 pkg/features/kube_features.go. */
const FINE_GRAINED_SINCE = 33

export const rbacNodesProxyFineGrained = defineCheck({
  id: 'rbac-nodes-proxy-fine-grained',
  title: 'A role reads the kubelet through nodes/proxy, where narrower rights would do',
  severity: 'low',
  because: 'what it gives its subjects is said for each of them; here is the role that need not give it',
  reach: 'user',
  appliesTo: 'object',
  kinds: ROLES,
  why: 'nodes/proxy is the whole API of the kubelet, and commands in every pod are part of what `get` on it reaches. From 1.33 the kubelet asks for nodes/metrics, nodes/stats, nodes/log, nodes/pods, nodes/healthz and nodes/configz first, so that agents need no more than what they read.',
  references: [
    'CIS Kubernetes Benchmark v2.1.0, 5.1.14',
    kubernetesDocs('reference/access-authn-authz/kubelet-authn-authz/#fine-grained-authorization'),
  ],
  evaluate(subject, report) {
    const { object, index } = subject
    const minor = clusterMinor(index)
    if (minor !== undefined && minor < FINE_GRAINED_SINCE) return
    for (const rule of judgedRules(subject, report)) {
      const at = rule.resources.indexOf('nodes/proxy')
      const core = rule.apiGroups.includes('') || rule.apiGroups.includes('*')
      if (at < 0 || !core || rule.verbs.length === 0 || !rule.verbs.every((verb) => READS.has(verb))) continue
      const origin = { kind: 'object', object, path: [...rule.path, 'resources', at] } as const
      if (minor === undefined) {
        const detail = 'no Node tells the version: narrower rights than nodes/proxy are there from 1.33 on'
        report.unknown(unknown('version-unknown', detail, origin))
        continue
      }
      report.fail(
        { origin, key: `rules nodes/proxy ${describeRule(rule)}`, message: describeRule(rule) },
        {
          message: `${object.ref.kind} ${object.ref.name} reads through nodes/proxy`,
          fix: advice(
            'Replace nodes/proxy in the rule by those of nodes/metrics, nodes/stats, nodes/log, nodes/pods, nodes/healthz and nodes/configz that the agent reads (Prometheus: nodes/metrics; metrics-server: nodes/metrics and nodes/stats).',
            {
              needs:
                'the agent asks port 10250 of the nodes itself: a request that the API server passes on (/api/v1/nodes/NAME/proxy/...) still needs nodes/proxy',
              breaks: 'requests for other paths of the kubelet',
            },
          ),
        },
      )
    }
  },
  examples: {
    bad: {
      manifests: `${clusterRole('metrics', [{ verbs: ['get'], apiGroups: [''], resources: ['nodes/proxy'] }])}${NODE}`,
    },
    good: {
      manifests: `${clusterRole('metrics', [{ verbs: ['get'], apiGroups: [''], resources: ['nodes/metrics'] }])}${NODE}`,
    },
  },
})
