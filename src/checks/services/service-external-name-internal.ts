import { isPrivateAddress } from '../../kube/index.js'
import { unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { serviceWith } from './example-service.js'
import { serviceType } from './service-type.js'

export const serviceExternalNameInternal = defineCheck({
  id: 'service-external-name-internal',
  title: 'A Service is another name for something inside',
  severity: 'medium',
  because:
    'an Ingress or a proxy that may reach this Service reaches what it names, past the border of the namespace',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Service'],
  why: 'A Service of type ExternalName gives a name of the cluster to any other name. Whoever may create one in a namespace that an Ingress controller serves makes it ask the metadata service, the API server or a Service of another team.',
  references: [kubernetesDocs('concepts/services-networking/service/#externalname')],
  evaluate(subject, report) {
    const { object } = subject
    if (serviceType(subject, report) !== 'ExternalName') return
    const path = ['spec', 'externalName']
    const name = valueAt(object.content, path)
    if (typeof name !== 'string') {
      return report.unknown(
        unknown('unparsable', '`externalName` is no text', { kind: 'object', object, path }),
      )
    }
    const what = inside(name.toLowerCase().replace(/\.$/, ''))
    if (what === undefined) return
    report.fail(fieldEvidence(object, path, `externalName is ${name}`), {
      message: `it leads to ${what}: ${name}`,
      fix: advice(
        'Let clients name what they mean, and have Services of other namespaces reached by their own names.',
        {
          breaks: `clients that use ${object.ref.name} for ${name}`,
        },
      ),
    })
  },
  examples: {
    bad: { manifests: serviceWith('type: ExternalName\nexternalName: metadata.google.internal') },
    good: { manifests: serviceWith('type: ExternalName\nexternalName: db.example.com') },
  },
})

function inside(name: string): string | undefined {
  if (/^(?:169\.254\.\d+\.\d+|metadata(?:\.google\.internal)?|instance-data(?:\.[\w.-]+)?)$/.test(name))
    return 'the metadata service'
  if (/^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/.test(name) || name.endsWith('.localhost'))
    return 'the host that asks'
  if (/^kubernetes(?:\.default(?:\.svc(?:\.[\w.-]+)?)?)?$/.test(name)) return 'the API server'
  if (/\.svc(?:\.cluster\.local)?$/.test(name) || name.endsWith('.pod.cluster.local'))
    return 'a name of the cluster'
  return isPrivateAddress(name) ? 'a private address' : undefined
}
