import { MANAGED_CONTROL_PLANE, UNSEEN_CONTROL_PLANE } from '../../src/checks/example-control-plane.js'
import type { CheckRow } from './check-tests.js'

/** What every check of a component of the control plane answers where its flags cannot be seen. */
export function unseenRows(component: string): readonly CheckRow[] {
  return [
    {
      name: 'a flag holds a variable that nobody sets',
      kind: 'unknown',
      given: {
        manifests: `apiVersion: v1
kind: Pod
metadata: {name: ${component}-cp-1, namespace: kube-system, annotations: {kubernetes.io/config.mirror: x}}
spec:
  nodeName: cp-1
  containers:
  - name: ${component}
    image: registry.k8s.io/${component}:v1.36.2
    command: [${component}, --v=$(VERBOSITY)]
`,
      },
      expect: [{ result: 'unknown', reason: 'unresolved-variable' }],
    },
    {
      name: 'a host of the control plane on which it was not seen',
      kind: 'unknown',
      given: UNSEEN_CONTROL_PLANE,
      expect: [{ result: 'unknown', reason: 'no-source', message: /cp-1 is a host of the control plane/ }],
    },
    {
      name: 'the provider runs it',
      kind: 'odd',
      given: MANAGED_CONTROL_PLANE,
      expect: [{ result: 'notApplicable', message: `Amazon EKS runs ${component}` }],
    },
  ]
}
