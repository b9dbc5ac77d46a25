import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardArgocdInsecure } from './dashboard-argocd-insecure.js'
import { consoleWith } from './example-console.js'

const image = 'quay.io/argoproj/argocd:v3.2.0'
const args = ['/usr/local/bin/argocd-server']
const env = [
  {
    name: 'ARGOCD_SERVER_INSECURE',
    valueFrom: { configMapKeyRef: { name: 'argocd-cmd-params-cm', key: 'server.insecure', optional: true } },
  },
]
const parameters = (data: object): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'argocd-cmd-params-cm', namespace: 'tools' },
    data,
  })

checkTests(dashboardArgocdInsecure, [
  {
    name: 'the flag',
    kind: 'failing',
    given: { manifests: consoleWith({ image, args: [...args, '--insecure'] }) },
    expect: [{ result: 'fail', severity: 'high', line: 15, fix: 'patch' }],
  },
  {
    name: 'the ConfigMap',
    kind: 'failing',
    given: {
      manifests: `${consoleWith({ image, args, env })}---\n${parameters({ 'server.insecure': 'true' })}\n`,
    },
    expect: [{ result: 'fail', line: 30, fix: 'advice' }],
  },
  {
    name: 'the flag beats the ConfigMap',
    kind: 'odd',
    given: {
      manifests: `${consoleWith({ image, args: [...args, '--insecure=false'], env })}---\n${parameters({ 'server.insecure': 'true' })}\n`,
    },
    expect: [],
  },
  {
    name: 'the ConfigMap does not say',
    kind: 'passing',
    given: { manifests: `${consoleWith({ image, args, env })}---\n${parameters({})}\n` },
    expect: [],
  },
  {
    name: 'the ConfigMap was not read',
    kind: 'unknown',
    given: { manifests: consoleWith({ image, args, env }) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: consoleWith({ image, command: args, args: '--insecure' }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
