import { nginxPrefixes } from '../../kube/index.js'
import { isObject, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { INGRESSES, rulesOf } from './ingress-parts.js'
import { BREAKS_OUT, CRITICAL, HIGH } from './nginx-annotation-risks.js'

export const ingressNginxAnnotation = defineCheck({
  id: 'ingress-nginx-annotation',
  title: 'An Ingress writes into the configuration of ingress-nginx',
  severity: 'high',
  because:
    'text of the Ingress becomes configuration of a server that reads every Secret; medium for annotations that were abused before',
  reach: 'user',
  appliesTo: 'object',
  kinds: INGRESSES,
  why: 'Whoever may write an Ingress with a snippet, or with a value that leaves its place, makes the controller run code with its own account, which reads the Secrets of the cluster (CVE-2021-25742, CVE-2025-1097, CVE-2025-1098, CVE-2025-24514).',
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/',
    'https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/',
  ],
  evaluate({ object, index }, report) {
    const annotations = valueAt(object.content, ['metadata', 'annotations']) ?? {}
    if (!isObject(annotations)) {
      return report.unknown(
        unknown('unparsable', 'annotations are no mapping', {
          kind: 'object',
          object,
          path: ['metadata', 'annotations'],
        }),
      )
    }
    const own = Object.entries(annotations).flatMap(([name, value]) => {
      const prefix = nginxPrefixes(index).find((each) => name.startsWith(`${each}/`))
      return prefix === undefined ? [] : [{ name, short: name.slice(prefix.length + 1), value }]
    })
    for (const { name, short, value } of own) {
      const evidence = fieldEvidence(object, ['metadata', 'annotations', name], `annotation ${short}`, name)
      if (CRITICAL.has(short)) {
        report.fail(evidence, {
          message: `\`${short}\` puts its text into the configuration`,
          fix: fixFor(short),
        })
      } else if (typeof value === 'string' && BREAKS_OUT.test(value)) {
        report.fail(evidence, {
          message: `\`${short}\` holds a sign that can leave its place in the configuration`,
          fix: fixFor(short),
        })
      } else if (HIGH.has(short)) {
        report.fail(evidence, {
          message: `\`${short}\` was used to inject configuration before`,
          fix: fixFor(short),
          severity: 'medium',
          because: 'its value is checked by newer controllers, and has been the way in before',
        })
      }
    }
    if (own.length === 0) return
    for (const { paths } of rulesOf(object)) {
      for (const { path, at } of paths) {
        if (!BREAKS_OUT.test(path)) continue
        report.fail(
          fieldEvidence(object, [...at, 'path'], 'the path holds a sign that can leave its place'),
          {
            message: `path ${JSON.stringify(path)} holds a sign that can leave its place in the configuration`,
            fix: advice('Write the path without quotes, braces, `;`, `#` and line breaks.', {
              breaks: 'clients that use the path as it is',
            }),
          },
        )
      }
    }
  },
  examples: {
    bad: {
      manifests: ingressWith(
        `rules: [${ruleFor('a.example')}]`,
        `nginx.ingress.kubernetes.io/configuration-snippet: 'more_set_headers "X-A: b";'`,
      ),
    },
    good: {
      manifests: ingressWith(
        `rules: [${ruleFor('a.example')}]`,
        'nginx.ingress.kubernetes.io/proxy-body-size: 8m',
      ),
    },
  },
})

function fixFor(name: string) {
  return advice(
    `Take the annotation away and use one that does what is meant alone (headers, redirects and limits have their own), or the configuration of the controller.`,
    {
      breaks: `what \`${name}\` does for this Ingress`,
    },
  )
}
