import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podOnControlPlane } from './pod-on-control-plane.js'

const tolerating = (toleration: string): ReturnType<typeof podWith> =>
  podWith('', `tolerations: [{${toleration}}]`)
const NODE = (taint: string): string =>
  `---\napiVersion: v1\nkind: Node\nmetadata: {name: cp-1, labels: {node-role.kubernetes.io/control-plane: ""}}\nspec: {taints: [${taint}]}\n`
const placed = (taint: string): { manifests: string } => ({
  manifests: `${podWith('', 'nodeName: cp-1').manifests ?? ''}${NODE(taint)}`,
})

checkTests(podOnControlPlane, [
  {
    name: 'the taint of a control plane',
    kind: 'failing',
    given: tolerating('key: node-role.kubernetes.io/master, effect: NoSchedule'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.tolerations[node-role.kubernetes.io/master]',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'every taint',
    kind: 'failing',
    given: tolerating('operator: Exists'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'by a label',
    kind: 'failing',
    given: podWith('', 'nodeSelector: {node-role.kubernetes.io/control-plane: ""}'),
    expect: [{ result: 'fail' }],
  },
  { name: 'another taint', kind: 'passing', given: tolerating('key: gpu, operator: Exists'), expect: [] },
  {
    name: 'put on such a node',
    kind: 'odd',
    given: placed('{key: node-role.kubernetes.io/control-plane, effect: NoSchedule}'),
    expect: [{ result: 'fail', path: 'spec.nodeName' }],
  },
  { name: 'a node that is open to all', kind: 'odd', given: placed(''), expect: [] },
  {
    name: 'in a namespace of the system',
    kind: 'odd',
    given: {
      manifests: (tolerating('operator: Exists').manifests ?? '').replace(
        'namespace: shop',
        'namespace: kube-system',
      ),
    },
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: podWith('', 'tolerations: {a: b}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
