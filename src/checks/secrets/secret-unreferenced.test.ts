import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith, secretWith } from './example-objects.js'
import { secretUnreferenced } from './secret-unreferenced.js'

const rest = `---
apiVersion: v1
kind: Pod
metadata: { name: p, namespace: shop }
spec: { containers: [], imagePullSecrets: [{ name: pull }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: default, namespace: shop }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: i, namespace: shop }
spec: { tls: [{ secretName: tls }] }
---
${deploymentWith({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: 'x' } } }] })}`
const cluster = (...secrets: string[]): { complete: true; manifests: string } => ({
  complete: true,
  manifests: `${secrets.join('---\n')}${rest}`,
})

checkTests(secretUnreferenced, [
  {
    name: 'one that nothing names',
    kind: 'failing',
    given: cluster(secretWith({}, 'old'), secretWith({}, 'db')),
    expect: [{ result: 'fail', severity: 'info', message: /old/, fix: 'advice' }],
  },
  {
    name: 'the name of one in another namespace',
    kind: 'odd',
    given: cluster(secretWith({}, 'db', 'mail')),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a pod, an Ingress and a variable name them',
    kind: 'passing',
    given: cluster(secretWith({}, 'pull'), secretWith({}, 'tls'), secretWith({}, 'db')),
    expect: [],
  },
  {
    name: 'releases of Helm and what controllers find by labels',
    kind: 'odd',
    given: cluster(
      secretWith({ type: 'helm.sh/release.v1' }, 'sh.helm.release.v1.web.v1'),
      secretWith({}, 'repo').replace(
        'namespace: shop }',
        'namespace: shop, labels: { argocd.argoproj.io/secret-type: repository } }',
      ),
    ),
    expect: [],
  },
  {
    name: 'manifests alone: said once',
    kind: 'unknown',
    given: { manifests: `${secretWith({}, 'b')}---\n${secretWith({}, 'a')}` },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: cluster(secretWith({ type: [] }, 'x')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
