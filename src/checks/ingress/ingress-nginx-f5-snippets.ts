import { isObject, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { INGRESSES } from './ingress-parts.js'

export const ingressNginxF5Snippets = defineCheck({
  id: 'ingress-nginx-f5-snippets',
  title: 'An Ingress writes into the configuration of NGINX Ingress Controller',
  severity: 'high',
  because: 'text of the Ingress becomes configuration of a server that reads Secrets of the cluster',
  reach: 'user',
  appliesTo: 'object',
  kinds: INGRESSES,
  why: 'With snippets, whoever may write an Ingress adds directives to the server: files of the controller, its token among them, can be served to the outside.',
  references: [
    'https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-snippets/',
  ],
  evaluate({ object }, report) {
    const path = ['metadata', 'annotations']
    const annotations = valueAt(object.content, path) ?? {}
    if (!isObject(annotations)) {
      return report.unknown(
        unknown('unparsable', 'annotations are no mapping', { kind: 'object', object, path }),
      )
    }
    for (const name of Object.keys(annotations)) {
      if (!/^nginx\.(?:org|com)\/[\w-]*snippets$/.test(name)) continue
      report.fail(fieldEvidence(object, [...path, name], `annotation ${name}`, name), {
        message: `\`${name}\` puts its text into the configuration`,
        fix: advice(
          'Take the annotation away; run the controller without `-enable-snippets`, and use its own policies.',
          {
            breaks: 'what the snippet does for this Ingress',
          },
        ),
      })
    }
  },
  examples: {
    bad: {
      manifests: ingressWith(`rules: [${ruleFor('a.example')}]`, 'nginx.org/server-snippets: "return 200;"'),
    },
    good: { manifests: ingressWith(`rules: [${ruleFor('a.example')}]`, 'nginx.org/proxy-read-timeout: 30s') },
  },
})
