import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runAudit } from '../../audit/index.js'
import { estateFrom } from '../../sources/index.js'
import { checks } from '../catalogue.js'
import { apiserverWith } from './example-apiserver.js'

const asked = checks.filter(({ appliesTo }) => appliesTo === 'apiserver')

const flag = fc.constantFrom(
  '--authorization-config=/etc/kubernetes/a.yaml',
  '--authentication-config=/etc/kubernetes/a.yaml',
  '--authentication-token-webhook-config-file=/etc/kubernetes/a.yaml',
  '--authorization-mode=Webhook,RBAC',
  '--authorization-webhook-config-file=/etc/kubernetes/b.yaml',
  '--oidc-issuer-url=x',
  '--runtime-config=api/all',
  '--feature-gates=AllAlpha=maybe,=,:',
  '--etcd-servers-overrides=#;;,/',
  '--cors-allowed-origins=(((,[',
  '--__proto__=1',
  '--constructor',
  '--insecure-port=x',
  '--request-timeout=forever',
)

it('checks of the API server answer, whatever its flags, files and objects are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(flag, fc.string({ maxLength: 20 })), { maxLength: 6 }),
      fc.jsonValue({ maxDepth: 3 }),
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('jwt', 'authorizers', 'anonymous', 'clusters'),
      async (flags, inside, data, key) => {
        const file = JSON.stringify({
          apiVersion: 'apiserver.config.k8s.io/v1',
          kind: key === 'authorizers' ? 'AuthorizationConfiguration' : 'AuthenticationConfiguration',
          [key]: [
            { claimMappings: { groups: inside, username: inside }, userValidationRules: inside },
            inside,
          ],
        })
        const secret = {
          apiVersion: 'v1',
          kind: 'Secret',
          type: 'bootstrap.kubernetes.io/token',
          metadata: { name: 'bootstrap-token-a', namespace: 'kube-system' },
          data,
        }
        const estate = await estateFrom(
          apiserverWith(['--enable-bootstrap-token-auth', ...flags], {
            manifests: JSON.stringify(secret),
            files: { '/etc/kubernetes/a.yaml': file, '/etc/kubernetes/b.yaml': JSON.stringify(inside) },
          }),
        )
        const result = runAudit(estate, { version: 'test', checks: asked })
        expect(result.coverage).toHaveLength(asked.length)
      },
    ),
    { numRuns: 25 },
  )
}, 120_000)
