import { defineCheck } from '../define-check.js'
import { kubernetesDocs, nsa } from '../references.js'
import { podWith } from './example-pod.js'
import { judgeResources } from './judge-resources.js'

export const podNoRequests = defineCheck({
  id: 'pod-no-requests',
  title: 'A container asks for no share of its node',
  severity: 'low',
  because: 'hygiene: it is the first to starve and to be evicted, or makes others so',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'The scheduler places pods by their requests. Without them a node takes more than it can carry, and its pods are evicted in an order that nobody chose.',
  references: [
    kubernetesDocs('concepts/configuration/manage-resources-containers/'),
    nsa('resource policies'),
  ],
  evaluate(workload, report) {
    judgeResources(workload, report, {
      what: 'request',
      resources: ['cpu', 'memory'],
      severity: 'low',
      fix: 'Set `resources.requests` for cpu and memory to what the program needs in quiet times.',
      breaks: 'pods that fit on no node stay pending',
    })
  },
  examples: {
    bad: podWith(''),
    good: podWith('resources:\n  requests:\n    cpu: 100m\n    memory: 256Mi'),
  },
})
