import { checkTests } from '../../../test/kit/check-tests.js'
import { crdConversionWebhook } from './crd-conversion-webhook.js'
import { objectOf } from './example-webhook.js'

const definition = (conversion: unknown): string =>
  objectOf('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', {
    spec: { conversion },
  })
const webhook = (clientConfig: unknown): string =>
  definition({ strategy: 'Webhook', webhook: { clientConfig } })
const service = objectOf('v1', 'Service', 'converter', {}, 'widgets')
const inside = (name: string): string => webhook({ service: { namespace: 'widgets', name } })

checkTests(crdConversionWebhook, [
  {
    name: 'its Service is gone',
    kind: 'failing',
    given: { complete: true, manifests: `${inside('gone')}${service}` },
    expect: [{ result: 'fail', severity: 'info', message: /widgets\/gone does not exist/, fix: 'advice' }],
  },
  {
    name: 'a server outside',
    kind: 'failing',
    given: { manifests: webhook({ url: 'https://c.example.com/x?y' }) },
    expect: [{ result: 'fail', message: /outside/ }],
  },
  {
    name: 'it is there',
    kind: 'passing',
    given: { complete: true, manifests: `${inside('converter')}${service}` },
    expect: [],
  },
  { name: 'services were not read', kind: 'odd', given: { manifests: inside('converter') }, expect: [] },
  {
    name: 'no conversion',
    kind: 'passing',
    given: { manifests: definition({ strategy: 'None' }) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: webhook('x') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
