import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeBindAddress } from '../judge-serving.js'

export const controllerManagerBindAddress = defineCheck({
  id: 'controller-manager-bind-address',
  title: 'The port of the controller manager is open beyond its host',
  severity: 'low',
  because: 'the port asks for credentials; what it tells without is its health',
  reach: 'user',
  appliesTo: 'controller-manager',
  why: 'Metrics and health are read on the host itself or through the API server. A port that others reach is one more place for a fault in its authentication.',
  references: [
    cis('1.3.7'),
    kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/'),
  ],
  evaluate(manager, report) {
    judgeBindAddress(manager, report)
  },
  examples: {
    bad: controllerManagerWith(['--bind-address=0.0.0.0']),
    good: controllerManagerWith(['--bind-address=127.0.0.1']),
  },
})
