import { checkTests } from '../../../test/kit/check-tests.js'
import { secretWith } from './example-objects.js'
import { secretOpaqueKubeSystem } from './secret-opaque-kube-system.js'

const there = (fields: object, name = 'cloud'): { manifests: string } => ({
  manifests: secretWith(fields, name, 'kube-system'),
})

checkTests(secretOpaqueKubeSystem, [
  {
    name: 'one by hand',
    kind: 'failing',
    given: there({ type: 'Opaque' }),
    expect: [{ result: 'fail', severity: 'info', fix: 'advice' }],
  },
  { name: 'no type is Opaque', kind: 'odd', given: there({}), expect: [{ result: 'fail' }] },
  {
    name: 'a bootstrap token',
    kind: 'passing',
    given: there({ type: 'bootstrap.kubernetes.io/token' }),
    expect: [],
  },
  {
    name: 'what kubeadm leaves for two hours',
    kind: 'odd',
    given: there({ type: 'Opaque' }, 'kubeadm-certs'),
    expect: [],
  },
  {
    name: 'another namespace',
    kind: 'passing',
    given: { manifests: secretWith({ type: 'Opaque' }) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: there({ type: 7 }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
